// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ConsentStatus} from "../types/Consent.sol";
import {LayerKind, Outcome, Verdict} from "../types/DataUse.sol";

/// @dev Reasons a layer may give, of each sort. Five layers of 51 fit one word.
uint256 constant REASONS_PER_LAYER = 51;

/// @dev DENY reasons by code. Codes 0 to 7 are the numbers of ConsentStatus (2, Active, is no reason).
uint256 constant DENY_UNPROVEN = 1 << 8;
/// @dev Codes 9 to 15: a kind that no permission passes, in the order of the KIND_ bits.
uint256 constant DENY_KIND_OFFSET = 9;
uint256 constant DENY_DS_NOT_COVERED = 1 << 16;
uint256 constant DENY_NMDS = 1 << 17;
uint256 constant DENY_NPOA = 1 << 18;
uint256 constant DENY_NPU = 1 << 19;

/// @dev MANUAL reasons by code.
uint256 constant MANUAL_CTRL_NEEDS_REVIEW = 1 << 0;
uint256 constant MANUAL_NPU_UNATTESTED = 1 << 1;

/// @title Verdicts
/// @notice Decisions as sets of reasons: joined by union, so that the worst result wins.
library Verdicts {
    /// @notice The union of two verdicts.
    function join(Verdict memory a, Verdict memory b) internal pure returns (Verdict memory) {
        return Verdict({deny: a.deny | b.deny, manual: a.manual | b.manual});
    }

    /// @notice A layer's own reasons, moved to that layer's place.
    function tag(Verdict memory untagged, LayerKind layer) internal pure returns (Verdict memory) {
        uint256 offset = uint256(layer) * REASONS_PER_LAYER;
        return Verdict({deny: untagged.deny << offset, manual: untagged.manual << offset});
    }

    /// @notice The verdict with the given MANUAL reasons resolved. A DENY is never resolved.
    function resolve(Verdict memory verdict, uint256 resolved) internal pure returns (Verdict memory) {
        return Verdict({deny: verdict.deny, manual: verdict.manual & ~resolved});
    }

    /// @notice What a consent's computed status says.
    function ofStatus(ConsentStatus status) internal pure returns (Verdict memory) {
        return Verdict({deny: status == ConsentStatus.Active ? 0 : 1 << uint256(status), manual: 0});
    }

    function outcome(Verdict memory verdict) internal pure returns (Outcome) {
        if (verdict.deny != 0) return Outcome.Deny;
        return verdict.manual != 0 ? Outcome.Manual : Outcome.Approve;
    }
}
