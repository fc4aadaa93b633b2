// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IConsentRegistry} from "../consent/IConsentRegistry.sol";
import {ITermsRegistry} from "../consent/ITermsRegistry.sol";
import {ConsentWordLib} from "../libraries/ConsentWordLib.sol";
import {DataUseMatcher} from "../libraries/DataUseMatcher.sol";
import {Verdicts} from "../libraries/Verdicts.sol";
import {ConsentWord} from "../types/Consent.sol";
import {LayerKind, Verdict} from "../types/DataUse.sol";
import {ParticipantId} from "../types/Ids.sol";
import {IDecisionRegistry} from "./IDecisionRegistry.sol";
import {ILayer, LayerQuery} from "./ILayer.sol";

/// @title WordLayer
/// @notice What a participant's or a group's own word says: state, time, and the terms that were agreed to.
abstract contract WordLayer is ILayer {
    using ConsentWordLib for ConsentWord;
    using Verdicts for Verdict;

    IConsentRegistry private immutable CONSENTS;
    ITermsRegistry private immutable TERMS;
    IDecisionRegistry private immutable DECISIONS;

    constructor(IConsentRegistry consents, ITermsRegistry terms, IDecisionRegistry decisions) {
        CONSENTS = consents;
        TERMS = terms;
        DECISIONS = decisions;
    }

    function _verdictOfWord(
        LayerQuery calldata query,
        ParticipantId participantId,
        LayerKind kind
    ) internal view returns (Verdict memory verdict, bytes32 termsDigest) {
        ConsentWord word = CONSENTS.wordOf(query.scopeId, participantId);
        uint32 from;
        (termsDigest, from) = TERMS.termsAt(query.scopeId, word.termsNumber());
        verdict = Verdicts.ofStatus(word.statusAt(from, block.timestamp));
        // Without terms there is nothing to match: the state alone says no.
        if (termsDigest != 0) {
            verdict = verdict.join(DataUseMatcher.ofElements(word.elements(), query.elements)).join(
                DECISIONS.verdictOf(termsDigest, query.purposeDigest, query.licensee)
            );
        }
        verdict = verdict.tag(kind);
    }
}
