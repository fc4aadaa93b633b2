// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IConsentRegistry} from "../consent/IConsentRegistry.sol";
import {ITermsRegistry} from "../consent/ITermsRegistry.sol";
import {LayerKind, Verdict} from "../types/DataUse.sol";
import {NO_PARTICIPANT, ParticipantId} from "../types/Ids.sol";
import {IDecisionRegistry} from "./IDecisionRegistry.sol";
import {ILayer, LayerQuery} from "./ILayer.sol";
import {IPolicyRegistry} from "./IPolicyRegistry.sol";
import {WordLayer} from "./WordLayer.sol";

/// @title CoConsentLayer
/// @notice The say of the family or community whose co-consent the scope asks for; without one it approves.
contract CoConsentLayer is WordLayer {
    IPolicyRegistry private immutable POLICIES;

    constructor(
        IConsentRegistry consents,
        ITermsRegistry terms,
        IDecisionRegistry decisions,
        IPolicyRegistry policies
    ) WordLayer(consents, terms, decisions) {
        POLICIES = policies;
    }

    /// @inheritdoc ILayer
    function verdictOn(
        LayerQuery calldata query
    ) external view override returns (Verdict memory verdict, bytes32 termsDigest) {
        ParticipantId group = POLICIES.policyOf(query.scopeId).group;
        if (group != NO_PARTICIPANT) return _verdictOfWord(query, group, LayerKind.CoConsent);
    }
}
