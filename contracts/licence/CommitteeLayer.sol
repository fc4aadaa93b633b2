// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ITermsRegistry} from "../consent/ITermsRegistry.sol";
import {LayerKind, Verdict} from "../types/DataUse.sol";
import {IDecisionRegistry} from "./IDecisionRegistry.sol";
import {ILayer, LayerQuery} from "./ILayer.sol";
import {IPolicyRegistry} from "./IPolicyRegistry.sol";
import {TermsLayer} from "./TermsLayer.sol";

/// @title CommitteeLayer
/// @notice The conditions that the scope's committee has set; without any it approves.
contract CommitteeLayer is TermsLayer {
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
        termsDigest = POLICIES.policyOf(query.scopeId).committeeTerms;
        if (termsDigest != 0) verdict = _verdictOfTerms(query, termsDigest, LayerKind.Committee);
    }
}
