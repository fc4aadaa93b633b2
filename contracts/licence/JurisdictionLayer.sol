// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ITermsRegistry} from "../consent/ITermsRegistry.sol";
import {LayerKind, Verdict} from "../types/DataUse.sol";
import {IDecisionRegistry} from "./IDecisionRegistry.sol";
import {ILayer, LayerQuery} from "./ILayer.sol";
import {IPolicyRegistry} from "./IPolicyRegistry.sol";
import {TermsLayer} from "./TermsLayer.sol";

/// @title JurisdictionLayer
/// @notice The rules of the jurisdiction that the scope is under; without any it approves.
contract JurisdictionLayer is TermsLayer {
    IPolicyRegistry private immutable POLICIES;

    constructor(
        ITermsRegistry terms,
        IDecisionRegistry decisions,
        IPolicyRegistry policies
    ) TermsLayer(terms, decisions) {
        POLICIES = policies;
    }

    /// @inheritdoc ILayer
    function verdictOn(
        LayerQuery calldata query
    ) external view override returns (Verdict memory verdict, bytes32 termsDigest) {
        termsDigest = POLICIES.policyOf(query.scopeId).jurisdictionTerms;
        if (termsDigest != 0) verdict = _verdictOfTerms(query, termsDigest, LayerKind.Jurisdiction);
    }
}
