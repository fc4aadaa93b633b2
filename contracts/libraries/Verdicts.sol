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

uint256 constant DENY_NCU_COMMERCIAL = 1 << 20;
uint256 constant DENY_NPUNCU_NOT_FOR_PROFIT = 1 << 21;
uint256 constant DENY_NPUNCU_COMMERCIAL = 1 << 22;
uint256 constant DENY_IRB_ETHICS_APPROVAL = 1 << 23;
uint256 constant DENY_COL_COLLABORATION = 1 << 24;
uint256 constant DENY_PUB_PUBLICATION = 1 << 25;
uint256 constant DENY_RTN_RETURNS_DATA = 1 << 26;
uint256 constant DENY_GSO_GENETIC_STUDY = 1 << 27;
uint256 constant DENY_GS_REGIONS = 1 << 28;
uint256 constant DENY_IS_INSTITUTIONS = 1 << 29;
uint256 constant DENY_US_USERS = 1 << 30;
uint256 constant DENY_PS_PROJECTS = 1 << 31;
uint256 constant DENY_RS_RESEARCH_TYPES = 1 << 32;
uint256 constant DENY_TS_MONTHS = 1 << 33;
uint256 constant DENY_MOR_PUBLISH_FROM = 1 << 34;
uint256 constant DENY_NRI_REIDENTIFIES = 1 << 35;
uint256 constant DENY_NRL_LINKS_RECORDS = 1 << 36;
uint256 constant DENY_NMT_TRAINS_MODEL = 1 << 37;
uint256 constant DENY_ELEMENTS_NOT_COVERED = 1 << 38;

/// @dev MANUAL reasons by code.
uint256 constant MANUAL_CTRL_NEEDS_REVIEW = 1 << 0;
uint256 constant MANUAL_NPU_UNATTESTED = 1 << 1;
uint256 constant MANUAL_NCU_UNATTESTED = 1 << 2;
uint256 constant MANUAL_NPUNCU_NOT_FOR_PROFIT_UNATTESTED = 1 << 3;
uint256 constant MANUAL_NPUNCU_COMMERCIAL_UNATTESTED = 1 << 4;
uint256 constant MANUAL_IRB_UNATTESTED = 1 << 5;
uint256 constant MANUAL_COL_UNATTESTED = 1 << 6;
uint256 constant MANUAL_COL_NOT_SIGNED = 1 << 7;
uint256 constant MANUAL_PUB_UNATTESTED = 1 << 8;
uint256 constant MANUAL_RTN_UNATTESTED = 1 << 9;
uint256 constant MANUAL_GSO_UNATTESTED = 1 << 10;
uint256 constant MANUAL_GS_UNATTESTED = 1 << 11;
uint256 constant MANUAL_US_UNATTESTED = 1 << 12;
uint256 constant MANUAL_PS_UNATTESTED = 1 << 13;
uint256 constant MANUAL_RS_FREE_TEXT = 1 << 14;
uint256 constant MANUAL_MOR_UNATTESTED = 1 << 15;
uint256 constant MANUAL_NRI_UNATTESTED = 1 << 16;
uint256 constant MANUAL_NRL_UNATTESTED = 1 << 17;
uint256 constant MANUAL_NMT_UNATTESTED = 1 << 18;
/// @dev Codes 19 to 27: a sensitive topic, in the order of the SENSITIVE_ bits.
uint256 constant MANUAL_SENSITIVE_OFFSET = 19;
/// @dev A model that was made of the data stands; the committee says what the end of a consent means for it.
uint256 constant MANUAL_MODEL_CONSENT_ENDED = 1 << 28;

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

    /// @notice The verdict with a layer's MANUAL reasons resolved, as they are tagged. A DENY is never resolved.
    function resolve(Verdict memory verdict, LayerKind layer, uint256 resolved) internal pure returns (Verdict memory) {
        return Verdict({deny: verdict.deny, manual: verdict.manual & ~(resolved & reasonsOf(layer))});
    }

    /// @notice All reasons that are in a layer's place.
    function reasonsOf(LayerKind layer) internal pure returns (uint256) {
        return ((1 << REASONS_PER_LAYER) - 1) << (uint256(layer) * REASONS_PER_LAYER);
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
