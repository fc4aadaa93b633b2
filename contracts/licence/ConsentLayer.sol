// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IConsentRegistry} from "../consent/IConsentRegistry.sol";
import {ITermsRegistry} from "../consent/ITermsRegistry.sol";
import {LayerKind, Verdict} from "../types/DataUse.sol";
import {IDecisionRegistry} from "./IDecisionRegistry.sol";
import {ILayer, LayerQuery} from "./ILayer.sol";
import {WordLayer} from "./WordLayer.sol";

/// @title ConsentLayer
/// @notice The participant's own say.
contract ConsentLayer is WordLayer {
    constructor(
        IConsentRegistry consents,
        ITermsRegistry terms,
        IDecisionRegistry decisions
    ) WordLayer(consents, terms, decisions) {}

    /// @inheritdoc ILayer
    function verdictOn(LayerQuery calldata query) external view override returns (Verdict memory, bytes32) {
        return _verdictOfWord(query, query.participantId, LayerKind.Consent);
    }
}
