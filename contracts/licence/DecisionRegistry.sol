// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IOntologyRegistry} from "../dataset/IOntologyRegistry.sol";
import {ALL_FACTS, DataUse, FACT_NOT_FOR_PROFIT, MODIFIER_NPU, MODIFIER_NPUNCU} from "../libraries/DataUse.sol";
import {DataUseMatcher} from "../libraries/DataUseMatcher.sol";
import {DENY_UNPROVEN} from "../libraries/Verdicts.sol";
import {Lineage, LineageWitness, Purpose, Terms, Verdict} from "../types/DataUse.sol";
import {InstitutionId} from "../types/Ids.sol";
import {IDecisionRegistry} from "./IDecisionRegistry.sol";
import {FactQuery, IFactSource} from "./IFactSource.sol";

/// @title DecisionRegistry
contract DecisionRegistry is IDecisionRegistry {
    using DataUseMatcher for Verdict;

    /// @dev One slot: 64 bits hold a layer's reasons of either sort (REASONS_PER_LAYER is 51).
    struct Answer {
        uint64 deny;
        uint64 manual;
        uint32 modifiers;
        uint32 stated;
        uint32 unattested;
        bool isKept;
    }

    uint32 private constant ABOUT_INSTITUTIONS = MODIFIER_NPU | MODIFIER_NPUNCU;

    IOntologyRegistry private immutable ONTOLOGIES;
    IFactSource private immutable FACTS;

    mapping(bytes32 termsDigest => mapping(bytes32 purposeDigest => Answer answer)) private _answers;
    /// @dev Of purposes whose facts depend on who has access: the institutions that they list.
    mapping(bytes32 purposeDigest => bytes32[] institutions) private _institutions;

    constructor(IOntologyRegistry ontologies, IFactSource facts) {
        ONTOLOGIES = ontologies;
        FACTS = facts;
    }

    /// @inheritdoc IDecisionRegistry
    function decide(
        Terms calldata terms,
        Purpose calldata purpose,
        LineageWitness[] calldata witnesses
    ) external override {
        DataUse.requireValid(terms);
        DataUse.requireValid(purpose);
        bytes32 termsDigest = DataUse.digest(terms);
        bytes32 purposeDigest = DataUse.digest(purpose);
        if (_answers[termsDigest][purposeDigest].isKept) return;
        Verdict memory verdict = DataUseMatcher.ofPurpose(terms, purpose, _lineages(terms, purpose, witnesses));
        if (verdict.deny & DENY_UNPROVEN != 0) revert DecisionUnproven(termsDigest, purposeDigest);

        _answers[termsDigest][purposeDigest] = Answer({
            deny: uint64(verdict.deny),
            manual: uint64(verdict.manual),
            modifiers: terms.modifiers,
            stated: purpose.stated,
            unattested: purpose.unattested,
            isKept: true
        });
        if (terms.modifiers & ABOUT_INSTITUTIONS != 0 && _institutions[purposeDigest].length == 0) {
            _institutions[purposeDigest] = purpose.institutions;
        }
        emit DecisionKept(termsDigest, purposeDigest, verdict.deny, verdict.manual);
    }

    /// @inheritdoc IDecisionRegistry
    function isKept(bytes32 termsDigest, bytes32 purposeDigest) external view override returns (bool) {
        return _answers[termsDigest][purposeDigest].isKept;
    }

    /// @inheritdoc IDecisionRegistry
    function verdictOf(
        bytes32 termsDigest,
        bytes32 purposeDigest,
        InstitutionId licensee
    ) external view override returns (Verdict memory verdict) {
        Answer memory answer = _answers[termsDigest][purposeDigest];
        if (!answer.isKept) return Verdict({deny: DENY_UNPROVEN, manual: 0});
        verdict = Verdict({deny: answer.deny, manual: answer.manual});
        if (answer.modifiers & DataUseMatcher.ABOUT_FACTS == 0) return verdict;
        FactQuery memory query;
        query.licensee = licensee;
        query.purposeDigest = purposeDigest;
        query.asked = ALL_FACTS & ~FACT_NOT_FOR_PROFIT;
        query.stated = answer.stated;
        query.unattested = answer.unattested;
        if (answer.modifiers & ABOUT_INSTITUTIONS != 0) {
            query.asked = ALL_FACTS;
            query.institutions = _institutions[purposeDigest];
        }
        (uint32 held, uint32 unattested) = FACTS.settle(query);
        return verdict.ofFacts(answer.modifiers, held, unattested);
    }

    /// @dev Proved lineages: the witnesses', and for each disease and region the kept pairs with those of the terms.
    function _lineages(
        Terms calldata terms,
        Purpose calldata purpose,
        LineageWitness[] calldata witnesses
    ) private view returns (Lineage[] memory lineages) {
        uint256 diseases = purpose.diseases.length;
        lineages = new Lineage[](witnesses.length + diseases + purpose.regions.length);
        uint256 next = 0;
        for (uint256 i = 0; i < witnesses.length; ++i) {
            LineageWitness calldata witness = witnesses[i];
            ONTOLOGIES.requireLineage(witness);
            lineages[next++] = Lineage({
                release: witness.release,
                term: witness.term,
                ancestors: witness.ancestors,
                complete: true
            });
        }
        for (uint256 i = 0; i < diseases; ++i) {
            lineages[next++] = _keptLineage(terms.ontologyRelease, purpose.diseases[i], terms.diseases);
        }
        for (uint256 i = 0; i < purpose.regions.length; ++i) {
            lineages[next++] = _keptLineage(terms.regionRelease, purpose.regions[i], terms.regions);
        }
    }

    function _keptLineage(
        bytes32 release,
        uint32 term,
        uint32[] calldata candidates
    ) private view returns (Lineage memory lineage) {
        lineage = Lineage({release: release, term: term, ancestors: new uint32[](1), complete: false});
        for (uint256 i = 0; i < candidates.length; ++i) {
            if (!ONTOLOGIES.isProved(release, term, candidates[i])) continue;
            lineage.ancestors[0] = candidates[i];
            return lineage;
        }
        lineage.ancestors = new uint32[](0);
    }
}
