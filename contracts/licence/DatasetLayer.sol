// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ITermsRegistry} from "../consent/ITermsRegistry.sol";
import {Verdicts} from "../libraries/Verdicts.sol";
import {ConsentStatus} from "../types/Consent.sol";
import {LayerKind, Verdict} from "../types/DataUse.sol";
import {ScopeId} from "../types/Ids.sol";
import {IDecisionRegistry} from "./IDecisionRegistry.sol";
import {ILayer, LayerQuery} from "./ILayer.sol";

/// @title DatasetLayer
/// @notice The dataset's own terms while they hold, the same for every participant.
contract DatasetLayer is ILayer {
    using Verdicts for Verdict;

    ITermsRegistry private immutable TERMS;
    IDecisionRegistry private immutable DECISIONS;

    constructor(ITermsRegistry terms, IDecisionRegistry decisions) {
        TERMS = terms;
        DECISIONS = decisions;
    }

    /// @inheritdoc ILayer
    function verdictOn(
        LayerQuery calldata query
    ) external view override returns (Verdict memory verdict, bytes32 termsDigest) {
        termsDigest = query.datasetTerms;
        verdict = Verdicts
            .ofStatus(_statusOf(query.scopeId, termsDigest))
            .join(DECISIONS.verdictOf(termsDigest, query.purposeDigest, query.licensee))
            .tag(LayerKind.Dataset);
    }

    /// @dev A dataset's terms have no state but the one that time gives them.
    function _statusOf(ScopeId scopeId, bytes32 termsDigest) private view returns (ConsentStatus) {
        (uint16 number, uint32 reConsentBy) = TERMS.numberOf(scopeId, termsDigest);
        (, uint32 from) = TERMS.termsAt(scopeId, number);
        if (reConsentBy <= block.timestamp) return ConsentStatus.Expired;
        return block.timestamp < from ? ConsentStatus.Scheduled : ConsentStatus.Active;
    }
}
