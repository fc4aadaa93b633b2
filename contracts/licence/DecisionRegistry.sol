// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IOntologyRegistry} from "../dataset/IOntologyRegistry.sol";
import {DataUse} from "../libraries/DataUse.sol";
import {DataUseMatcher} from "../libraries/DataUseMatcher.sol";
import {DENY_UNPROVEN, Verdicts} from "../libraries/Verdicts.sol";
import {Lineage, LineageWitness, Purpose, Terms, Verdict} from "../types/DataUse.sol";
import {InstitutionId} from "../types/Ids.sol";
import {IDecisionRegistry} from "./IDecisionRegistry.sol";
import {IFactSource} from "./IFactSource.sol";

/// @title DecisionRegistry
contract DecisionRegistry is IDecisionRegistry {
    using Verdicts for Verdict;

    /// @dev One slot: 64 bits hold a layer's reasons of either sort (REASONS_PER_LAYER is 51).
    struct Answer {
        uint64 deny;
        uint64 manual;
        uint32 modifiers;
        uint16 unattested;
        bool isKept;
    }

    IOntologyRegistry private immutable ONTOLOGIES;
    IFactSource private immutable FACTS;

    mapping(bytes32 termsDigest => mapping(bytes32 purposeDigest => Answer answer)) private _answers;

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
            unattested: purpose.unattested,
            isKept: true
        });
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
        if (answer.modifiers == 0) return verdict;
        return verdict.join(DataUseMatcher.ofFacts(answer.modifiers, FACTS.factsOf(licensee), answer.unattested));
    }

    /// @dev Proved lineages: the witnesses', and for each disease the kept pairs with the terms' diseases.
    function _lineages(
        Terms calldata terms,
        Purpose calldata purpose,
        LineageWitness[] calldata witnesses
    ) private view returns (Lineage[] memory lineages) {
        bytes32 release = terms.ontologyRelease;
        lineages = new Lineage[](witnesses.length + purpose.diseases.length);
        for (uint256 i = 0; i < witnesses.length; ++i) {
            ONTOLOGIES.requireLineage(release, witnesses[i]);
            lineages[i] = Lineage({
                release: release,
                term: witnesses[i].term,
                ancestors: witnesses[i].ancestors,
                complete: true
            });
        }
        for (uint256 i = 0; i < purpose.diseases.length; ++i) {
            lineages[witnesses.length + i] = _keptLineage(release, purpose.diseases[i], terms.diseases);
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
