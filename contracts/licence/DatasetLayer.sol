// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ITermsRegistry} from "../consent/ITermsRegistry.sol";
import {LayerKind, Verdict} from "../types/DataUse.sol";
import {IDecisionRegistry} from "./IDecisionRegistry.sol";
import {ILayer, LayerQuery} from "./ILayer.sol";
import {TermsLayer} from "./TermsLayer.sol";

/// @title DatasetLayer
/// @notice The dataset's own terms.
contract DatasetLayer is TermsLayer {
    constructor(ITermsRegistry terms, IDecisionRegistry decisions) TermsLayer(terms, decisions) {}

    /// @inheritdoc ILayer
    function verdictOn(
        LayerQuery calldata query
    ) external view override returns (Verdict memory verdict, bytes32 termsDigest) {
        termsDigest = query.datasetTerms;
        verdict = _verdictOfTerms(query, termsDigest, LayerKind.Dataset);
    }
}
