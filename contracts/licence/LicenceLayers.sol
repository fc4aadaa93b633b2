// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IConsentRegistry} from "../consent/IConsentRegistry.sol";
import {ITermsRegistry} from "../consent/ITermsRegistry.sol";
import {ConsentWordLib} from "../libraries/ConsentWordLib.sol";
import {DataUseMatcher} from "../libraries/DataUseMatcher.sol";
import {MANUAL_MODEL_CONSENT_ENDED, Verdicts} from "../libraries/Verdicts.sol";
import {ConsentStatus, ConsentWord} from "../types/Consent.sol";
import {DataLevel} from "../types/Dataset.sol";
import {LayerKind, Verdict} from "../types/DataUse.sol";
import {NO_PARTICIPANT, ParticipantId} from "../types/Ids.sol";
import {IDecisionRegistry} from "./IDecisionRegistry.sol";
import {ILicenceLayers, LAYER_COUNT, LayerQuery} from "./ILicenceLayers.sol";
import {IPolicyRegistry} from "./IPolicyRegistry.sol";

/**
 * @title LicenceLayers
 * @dev Two sorts: words of a participant or a group (state, time and the terms agreed to), and terms that hold for all.
 * Both follow what stands now; nothing is kept here.
 */
contract LicenceLayers is ILicenceLayers {
    using ConsentWordLib for ConsentWord;
    using Verdicts for Verdict;

    IConsentRegistry private immutable CONSENTS;
    ITermsRegistry private immutable TERMS;
    IDecisionRegistry private immutable DECISIONS;
    IPolicyRegistry private immutable POLICIES;

    constructor(
        IConsentRegistry consents,
        ITermsRegistry terms,
        IDecisionRegistry decisions,
        IPolicyRegistry policies
    ) {
        CONSENTS = consents;
        TERMS = terms;
        DECISIONS = decisions;
        POLICIES = policies;
    }

    /// @inheritdoc ILicenceLayers
    function verdictOn(
        LayerQuery calldata query
    ) external view override returns (Verdict memory verdict, bytes32[LAYER_COUNT] memory termsDigests) {
        IPolicyRegistry.Policy memory policy = POLICIES.policyOf(query.scopeId);
        termsDigests[uint256(LayerKind.Dataset)] = query.datasetTerms;
        termsDigests[uint256(LayerKind.Committee)] = policy.committeeTerms;
        termsDigests[uint256(LayerKind.Jurisdiction)] = policy.jurisdictionTerms;

        Verdict memory ofDataset = _decided(query, query.datasetTerms);
        verdict = ofDataset.join(_ofWindow(query, query.datasetTerms)).tag(LayerKind.Dataset);
        if (query.participantId != NO_PARTICIPANT) {
            verdict = verdict.join(_ofWord(query, LayerKind.Consent, query.participantId, termsDigests, ofDataset));
        }
        if (policy.group != NO_PARTICIPANT) {
            verdict = verdict.join(_ofWord(query, LayerKind.CoConsent, policy.group, termsDigests, ofDataset));
        }
        if (policy.committeeTerms != 0) {
            verdict = verdict.join(_ofTerms(query, LayerKind.Committee, policy.committeeTerms));
        }
        if (policy.jurisdictionTerms != 0) {
            verdict = verdict.join(_ofTerms(query, LayerKind.Jurisdiction, policy.jurisdictionTerms));
        }
    }

    /// @dev Most have agreed to the dataset's own terms, of which one reading serves for both.
    function _ofWord(
        LayerQuery calldata query,
        LayerKind kind,
        ParticipantId participantId,
        bytes32[LAYER_COUNT] memory termsDigests,
        Verdict memory ofDataset
    ) private view returns (Verdict memory verdict) {
        ConsentWord word = CONSENTS.wordOf(query.scopeId, participantId);
        (bytes32 termsDigest, uint32 from) = TERMS.termsAt(query.scopeId, word.termsNumber());
        termsDigests[uint256(kind)] = termsDigest;
        verdict = _ofStatus(word.statusAt(from, block.timestamp), query.level);
        // Without terms there is nothing to match: the state alone says no.
        if (termsDigest != 0) {
            verdict = verdict.join(DataUseMatcher.ofElements(word.elements(), query.elements)).join(
                termsDigest == query.datasetTerms ? ofDataset : _decided(query, termsDigest)
            );
        }
        return verdict.tag(kind);
    }

    function _ofTerms(
        LayerQuery calldata query,
        LayerKind kind,
        bytes32 termsDigest
    ) private view returns (Verdict memory) {
        return _decided(query, termsDigest).join(_ofWindow(query, termsDigest)).tag(kind);
    }

    function _decided(LayerQuery calldata query, bytes32 termsDigest) private view returns (Verdict memory) {
        return DECISIONS.verdictOf(termsDigest, query.purposeDigest, query.licensee);
    }

    /// @dev Terms that hold for all have no state but the one that time gives them.
    function _ofWindow(LayerQuery calldata query, bytes32 termsDigest) private view returns (Verdict memory) {
        (uint32 from, uint32 reConsentBy) = TERMS.windowOf(query.scopeId, termsDigest);
        if (reConsentBy <= block.timestamp) return Verdicts.ofStatus(ConsentStatus.Expired);
        return Verdicts.ofStatus(block.timestamp < from ? ConsentStatus.Scheduled : ConsentStatus.Active);
    }

    /// @dev A consent that has ended drops the participant from individual data. Aggregates stand, and models go to the
    /// committee: both were made while it held.
    function _ofStatus(ConsentStatus status, DataLevel level) private pure returns (Verdict memory) {
        bool hasEnded =
            status == ConsentStatus.Suspended || status == ConsentStatus.Withdrawn || status == ConsentStatus.Expired;
        if (level == DataLevel.Individual || !hasEnded) return Verdicts.ofStatus(status);
        return Verdict({deny: 0, manual: level == DataLevel.Model ? MANUAL_MODEL_CONSENT_ENDED : 0});
    }
}
