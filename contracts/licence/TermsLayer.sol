// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ITermsRegistry} from "../consent/ITermsRegistry.sol";
import {Verdicts} from "../libraries/Verdicts.sol";
import {ConsentStatus} from "../types/Consent.sol";
import {LayerKind, Verdict} from "../types/DataUse.sol";
import {ScopeId} from "../types/Ids.sol";
import {IDecisionRegistry} from "./IDecisionRegistry.sol";
import {ILayer, LayerQuery} from "./ILayer.sol";

/// @title TermsLayer
/// @notice What terms of the scope say while they hold, the same for every participant.
abstract contract TermsLayer is ILayer {
    using Verdicts for Verdict;

    ITermsRegistry private immutable TERMS;
    IDecisionRegistry private immutable DECISIONS;

    constructor(ITermsRegistry terms, IDecisionRegistry decisions) {
        TERMS = terms;
        DECISIONS = decisions;
    }

    function _verdictOfTerms(
        LayerQuery calldata query,
        bytes32 termsDigest,
        LayerKind kind
    ) internal view returns (Verdict memory) {
        return
            Verdicts
                .ofStatus(_statusOf(query.scopeId, termsDigest))
                .join(DECISIONS.verdictOf(termsDigest, query.purposeDigest, query.licensee))
                .tag(kind);
    }

    /// @dev Such terms have no state but the one that time gives them.
    function _statusOf(ScopeId scopeId, bytes32 termsDigest) private view returns (ConsentStatus) {
        (uint16 number, uint32 reConsentBy) = TERMS.numberOf(scopeId, termsDigest);
        (, uint32 from) = TERMS.termsAt(scopeId, number);
        if (reConsentBy <= block.timestamp) return ConsentStatus.Expired;
        return block.timestamp < from ? ConsentStatus.Scheduled : ConsentStatus.Active;
    }
}
