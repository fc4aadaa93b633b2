// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Lineage, Purpose, Terms, Verdict} from "../types/DataUse.sol";
import {
    FACT_COLLABORATION,
    FACT_ETHICS_APPROVAL,
    FACT_GENETIC_STUDY,
    FACT_NO_LINKAGE,
    FACT_NO_REIDENTIFICATION,
    FACT_NO_TRAINING,
    FACT_NOT_COMMERCIAL,
    FACT_NOT_FOR_PROFIT,
    FACT_PROJECTS,
    FACT_PUBLICATION,
    FACT_PUBLISH_FROM,
    FACT_REGIONS,
    FACT_RETURNS_DATA,
    FACT_USERS,
    KIND_CC,
    KIND_CTRL,
    KIND_DS,
    KIND_GRU,
    KIND_HMB,
    KIND_MDS,
    KIND_POA,
    MODIFIER_CC,
    MODIFIER_COL,
    MODIFIER_GS,
    MODIFIER_GSO,
    MODIFIER_IRB,
    MODIFIER_IS,
    MODIFIER_MOR,
    MODIFIER_NCU,
    MODIFIER_NMDS,
    MODIFIER_NMT,
    MODIFIER_NPOA,
    MODIFIER_NPU,
    MODIFIER_NPUNCU,
    MODIFIER_NRI,
    MODIFIER_NRL,
    MODIFIER_PS,
    MODIFIER_PUB,
    MODIFIER_RS,
    MODIFIER_RTN,
    MODIFIER_TS,
    MODIFIER_US,
    PERMISSION_DS,
    PERMISSION_GRU,
    PERMISSION_HMB,
    PERMISSION_NRES,
    PERMISSION_POA
} from "./DataUse.sol";
import {
    DENY_COL_COLLABORATION,
    DENY_DS_NOT_COVERED,
    DENY_ELEMENTS_NOT_COVERED,
    DENY_GSO_GENETIC_STUDY,
    DENY_GS_REGIONS,
    DENY_IRB_ETHICS_APPROVAL,
    DENY_IS_INSTITUTIONS,
    DENY_KIND_OFFSET,
    DENY_MOR_PUBLISH_FROM,
    DENY_NCU_COMMERCIAL,
    DENY_NMDS,
    DENY_NMT_TRAINS_MODEL,
    DENY_NPOA,
    DENY_NPU,
    DENY_NPUNCU_COMMERCIAL,
    DENY_NPUNCU_NOT_FOR_PROFIT,
    DENY_NRI_REIDENTIFIES,
    DENY_NRL_LINKS_RECORDS,
    DENY_PS_PROJECTS,
    DENY_PUB_PUBLICATION,
    DENY_RS_RESEARCH_TYPES,
    DENY_RTN_RETURNS_DATA,
    DENY_TS_MONTHS,
    DENY_UNPROVEN,
    DENY_US_USERS,
    MANUAL_COL_NOT_SIGNED,
    MANUAL_COL_UNATTESTED,
    MANUAL_CTRL_NEEDS_REVIEW,
    MANUAL_GSO_UNATTESTED,
    MANUAL_GS_UNATTESTED,
    MANUAL_IRB_UNATTESTED,
    MANUAL_MOR_UNATTESTED,
    MANUAL_NCU_UNATTESTED,
    MANUAL_NMT_UNATTESTED,
    MANUAL_NPUNCU_COMMERCIAL_UNATTESTED,
    MANUAL_NPUNCU_NOT_FOR_PROFIT_UNATTESTED,
    MANUAL_NPU_UNATTESTED,
    MANUAL_NRI_UNATTESTED,
    MANUAL_NRL_UNATTESTED,
    MANUAL_PS_UNATTESTED,
    MANUAL_PUB_UNATTESTED,
    MANUAL_RS_FREE_TEXT,
    MANUAL_RTN_UNATTESTED,
    MANUAL_SENSITIVE_OFFSET,
    MANUAL_US_UNATTESTED
} from "./Verdicts.sol";

/**
 * @title DataUseMatcher
 * @notice Decides one layer's terms against a purpose; pure. Its TypeScript twin is src/model/matching.ts.
 * @dev In parts, because the first never changes and may be kept, while facts, answers and time may not: {ofPurpose}
 * reads terms, purpose and proved lineages; {ofFacts} what records and signed statements say now; {ofElements} what
 * this participant agreed to.
 */
library DataUseMatcher {
    enum Coverage {
        Covered,
        NotCovered,
        Unproven
    }

    /// @dev What {ofFacts} asks each modifier about.
    struct FactQuestion {
        uint32 modifiers;
        uint32 held;
        uint32 unattested;
    }

    /// @dev Modifiers whose rows read facts.
    uint32 internal constant ABOUT_FACTS =
        MODIFIER_NPU |
            MODIFIER_NCU |
            MODIFIER_NPUNCU |
            MODIFIER_IRB |
            MODIFIER_COL |
            MODIFIER_PUB |
            MODIFIER_RTN |
            MODIFIER_GSO |
            MODIFIER_GS |
            MODIFIER_US |
            MODIFIER_PS |
            MODIFIER_MOR |
            MODIFIER_NRI |
            MODIFIER_NRL |
            MODIFIER_NMT;

    /// @dev Kinds that a permission passes without more.
    uint8 private constant PASSED_BY_NRES = KIND_GRU | KIND_HMB | KIND_DS | KIND_POA | KIND_MDS | KIND_CC;
    uint8 private constant PASSED_BY_GRU = KIND_GRU | KIND_HMB | KIND_DS | KIND_POA | KIND_MDS;
    uint8 private constant PASSED_BY_HMB = KIND_HMB | KIND_DS | KIND_MDS;
    uint8 private constant PASSED_BY_POA = KIND_POA | KIND_MDS;

    /// @dev Rows of lists and dates, whose facts the purpose states by the list or date itself.
    uint256 private constant IF_UNATTESTED =
        MANUAL_GS_UNATTESTED | MANUAL_US_UNATTESTED | MANUAL_PS_UNATTESTED | MANUAL_MOR_UNATTESTED;

    /**
     * @notice What terms say of a purpose, facts and time aside.
     * @param lineages proved ancestors; a term or region without one is UNPROVEN, never not covered.
     * @return verdict untagged reasons. Two sorts of MANUAL reasons are only provisional, and taken out by {ofFacts}:
     * that no investigator has signed, which is nothing where no collaboration is agreed; and that a list or date is
     * unattested, which stands wherever it would be a reason.
     */
    function ofPurpose(
        Terms memory terms,
        Purpose memory purpose,
        Lineage[] memory lineages
    ) internal pure returns (Verdict memory verdict) {
        _judgeKinds(verdict, terms, purpose, lineages);
        _judgeLists(verdict, terms, purpose, lineages);
        uint32 modifiers = terms.modifiers;
        if (modifiers & MODIFIER_RS != 0) _judgeResearchTypes(verdict, terms, purpose);
        if (modifiers & MODIFIER_TS != 0 && (purpose.months == 0 || purpose.months > terms.months)) {
            verdict.deny |= DENY_TS_MONTHS;
        }
        if (modifiers & MODIFIER_MOR != 0) {
            if (purpose.publishFrom < terms.moratoriumUntil) verdict.deny |= DENY_MOR_PUBLISH_FROM;
            else verdict.manual |= MANUAL_MOR_UNATTESTED;
        }
        if (terms.investigators.length != 0 && !_isAnyListed(purpose.collaborators, terms.investigators)) {
            verdict.manual |= MANUAL_COL_NOT_SIGNED;
        }
        verdict.manual |= uint256(purpose.sensitive) << MANUAL_SENSITIVE_OFFSET;
        verdict.deny |= ofElements(terms.elements, purpose.elements).deny;
    }

    /**
     * @notice What {ofPurpose} said, joined with what modifiers say of the facts.
     * @param modifiers of the same terms.
     * @param held facts that are true, by a record or as the purpose states.
     * @param unattested facts without a record or a signed statement behind them.
     * @return verdict untagged reasons.
     */
    function ofFacts(
        Verdict memory ofTerms,
        uint32 modifiers,
        uint32 held,
        uint32 unattested
    ) internal pure returns (Verdict memory verdict) {
        verdict = Verdict({deny: ofTerms.deny, manual: ofTerms.manual});
        FactQuestion memory question = FactQuestion({modifiers: modifiers, held: held, unattested: unattested});
        _judgeOrganisation(verdict, question);
        _judgeConduct(verdict, question);
        if (held & FACT_COLLABORATION == 0) verdict.manual &= ~MANUAL_COL_NOT_SIGNED;
        if (verdict.manual & IF_UNATTESTED == 0) return verdict;

        if (unattested & FACT_REGIONS == 0) verdict.manual &= ~MANUAL_GS_UNATTESTED;
        if (unattested & FACT_USERS == 0) verdict.manual &= ~MANUAL_US_UNATTESTED;
        if (unattested & FACT_PROJECTS == 0) verdict.manual &= ~MANUAL_PS_UNATTESTED;
        if (unattested & FACT_PUBLISH_FROM == 0) verdict.manual &= ~MANUAL_MOR_UNATTESTED;
    }

    /// @notice Whether all that is asked for was agreed to. A category's bit covers only itself here: whoever agrees to
    /// a category sets its elements' bits too.
    function ofElements(uint64 agreed, uint64 asked) internal pure returns (Verdict memory verdict) {
        if (asked & ~agreed != 0) verdict.deny = DENY_ELEMENTS_NOT_COVERED;
    }

    /// @dev Who uses the data, and to what end.
    function _judgeOrganisation(Verdict memory verdict, FactQuestion memory question) private pure {
        _need(verdict, question, MODIFIER_NPU, FACT_NOT_FOR_PROFIT, DENY_NPU, MANUAL_NPU_UNATTESTED);
        _need(verdict, question, MODIFIER_NCU, FACT_NOT_COMMERCIAL, DENY_NCU_COMMERCIAL, MANUAL_NCU_UNATTESTED);
        _need(
            verdict,
            question,
            MODIFIER_NPUNCU,
            FACT_NOT_FOR_PROFIT,
            DENY_NPUNCU_NOT_FOR_PROFIT,
            MANUAL_NPUNCU_NOT_FOR_PROFIT_UNATTESTED
        );
        _need(
            verdict,
            question,
            MODIFIER_NPUNCU,
            FACT_NOT_COMMERCIAL,
            DENY_NPUNCU_COMMERCIAL,
            MANUAL_NPUNCU_COMMERCIAL_UNATTESTED
        );
        _need(verdict, question, MODIFIER_IRB, FACT_ETHICS_APPROVAL, DENY_IRB_ETHICS_APPROVAL, MANUAL_IRB_UNATTESTED);
    }

    /// @dev What users of the data promise, and how they study it.
    function _judgeConduct(Verdict memory verdict, FactQuestion memory question) private pure {
        _need(verdict, question, MODIFIER_COL, FACT_COLLABORATION, DENY_COL_COLLABORATION, MANUAL_COL_UNATTESTED);
        _need(verdict, question, MODIFIER_PUB, FACT_PUBLICATION, DENY_PUB_PUBLICATION, MANUAL_PUB_UNATTESTED);
        _need(verdict, question, MODIFIER_RTN, FACT_RETURNS_DATA, DENY_RTN_RETURNS_DATA, MANUAL_RTN_UNATTESTED);
        _need(verdict, question, MODIFIER_GSO, FACT_GENETIC_STUDY, DENY_GSO_GENETIC_STUDY, MANUAL_GSO_UNATTESTED);
        _need(verdict, question, MODIFIER_NRI, FACT_NO_REIDENTIFICATION, DENY_NRI_REIDENTIFIES, MANUAL_NRI_UNATTESTED);
        _need(verdict, question, MODIFIER_NRL, FACT_NO_LINKAGE, DENY_NRL_LINKS_RECORDS, MANUAL_NRL_UNATTESTED);
        _need(verdict, question, MODIFIER_NMT, FACT_NO_TRAINING, DENY_NMT_TRAINS_MODEL, MANUAL_NMT_UNATTESTED);
    }

    /// @dev A modifier that wants a fact: absent it denies, unattested a person decides.
    function _need(
        Verdict memory verdict,
        FactQuestion memory question,
        uint32 modifier_,
        uint32 fact,
        uint256 deny,
        uint256 manual
    ) private pure {
        if (question.modifiers & modifier_ == 0) return;
        if (question.held & fact == 0) verdict.deny |= deny;
        else if (question.unattested & fact != 0) verdict.manual |= manual;
    }

    function _judgeKinds(
        Verdict memory verdict,
        Terms memory terms,
        Purpose memory purpose,
        Lineage[] memory lineages
    ) private pure {
        (uint8 passed, uint8 reviewed) = _byBroadPermissions(terms);
        uint8 uncovered = 0;
        Coverage coverage = Coverage.Covered;
        if (terms.permissions & PERMISSION_DS != 0) {
            coverage = _coverage(terms.ontologyRelease, terms.diseases, purpose.diseases, lineages);
            uint8 diseaseSpecific = _diseaseSpecificKinds(terms.modifiers, purpose.diseases.length != 0);
            if (coverage == Coverage.Covered) {
                passed |= diseaseSpecific & ~KIND_CTRL;
                reviewed |= diseaseSpecific & KIND_CTRL;
            } else {
                uncovered = diseaseSpecific;
            }
        }

        uint8 refused = purpose.kinds & ~(passed | reviewed);
        if (refused & uncovered != 0) {
            verdict.deny |= coverage == Coverage.Unproven ? DENY_UNPROVEN : DENY_DS_NOT_COVERED;
        }
        verdict.deny |= uint256(refused & ~uncovered) << DENY_KIND_OFFSET;
        if (purpose.kinds & reviewed != 0) verdict.manual |= MANUAL_CTRL_NEEDS_REVIEW;

        if (terms.modifiers & MODIFIER_NMDS != 0 && purpose.kinds & KIND_MDS != 0) verdict.deny |= DENY_NMDS;
        if (terms.modifiers & MODIFIER_NPOA != 0 && purpose.kinds & KIND_POA != 0) verdict.deny |= DENY_NPOA;
    }

    /// @dev The modifiers that name who, where and what for.
    function _judgeLists(
        Verdict memory verdict,
        Terms memory terms,
        Purpose memory purpose,
        Lineage[] memory lineages
    ) private pure {
        uint32 modifiers = terms.modifiers;
        if (modifiers & MODIFIER_GS != 0) {
            Coverage coverage =
                purpose.regions.length == 0
                    ? Coverage.NotCovered
                    : _coverage(terms.regionRelease, terms.regions, purpose.regions, lineages);
            if (coverage == Coverage.Covered) verdict.manual |= MANUAL_GS_UNATTESTED;
            else verdict.deny |= coverage == Coverage.Unproven ? DENY_UNPROVEN : DENY_GS_REGIONS;
        }
        if (modifiers & MODIFIER_IS != 0 && !_areListed(purpose.institutions, terms.institutions)) {
            verdict.deny |= DENY_IS_INSTITUTIONS;
        }
        if (modifiers & MODIFIER_US != 0) {
            if (_areListed(purpose.users, terms.users)) verdict.manual |= MANUAL_US_UNATTESTED;
            else verdict.deny |= DENY_US_USERS;
        }
        if (modifiers & MODIFIER_PS != 0) {
            if (_areListed(purpose.projects, terms.projects)) verdict.manual |= MANUAL_PS_UNATTESTED;
            else verdict.deny |= DENY_PS_PROJECTS;
        }
    }

    /// @dev A coded type is covered by the same code. What is not covered by codes, a person may find in the words.
    function _judgeResearchTypes(Verdict memory verdict, Terms memory terms, Purpose memory purpose) private pure {
        bool areCovered = purpose.researchTexts.length == 0 && _areListed(purpose.researchTypes, terms.researchTypes);
        if (areCovered) return;
        bool isStated = purpose.researchTypes.length + purpose.researchTexts.length != 0;
        if (isStated && terms.researchTexts.length != 0) verdict.manual |= MANUAL_RS_FREE_TEXT;
        else verdict.deny |= DENY_RS_RESEARCH_TYPES;
    }

    /// @dev Every permission but DS: which kinds pass, and which a person must review.
    function _byBroadPermissions(Terms memory terms) private pure returns (uint8 passed, uint8 reviewed) {
        uint16 permissions = terms.permissions;
        if (permissions & PERMISSION_NRES != 0) passed |= PASSED_BY_NRES;
        if (permissions & PERMISSION_GRU != 0) passed |= PASSED_BY_GRU;
        if (permissions & PERMISSION_HMB != 0) passed |= PASSED_BY_HMB;
        if (permissions & PERMISSION_POA != 0) passed |= PASSED_BY_POA;
        if (permissions & (PERMISSION_NRES | PERMISSION_GRU | PERMISSION_HMB) != 0) reviewed = KIND_CTRL;
        if (permissions & (PERMISSION_GRU | PERMISSION_HMB) != 0 && terms.modifiers & MODIFIER_CC != 0) {
            passed |= KIND_CC;
        }
    }

    /// @dev Kinds that DS lets through once every listed disease is covered.
    function _diseaseSpecificKinds(uint32 modifiers, bool hasDiseases) private pure returns (uint8 kinds) {
        if (!hasDiseases) return KIND_MDS;
        kinds = KIND_DS | KIND_MDS | KIND_CTRL;
        if (modifiers & MODIFIER_CC != 0) kinds |= KIND_CC;
    }

    /// @dev ALL that is asked must be covered; one that is proved not to be outweighs one that is not proved.
    function _coverage(
        bytes32 release,
        uint32[] memory agreed,
        uint32[] memory asked,
        Lineage[] memory lineages
    ) private pure returns (Coverage worst) {
        for (uint256 i = 0; i < asked.length; ++i) {
            Coverage coverage = _coverageOf(release, agreed, asked[i], lineages);
            if (coverage == Coverage.NotCovered) return Coverage.NotCovered;
            if (coverage == Coverage.Unproven) worst = Coverage.Unproven;
        }
    }

    function _coverageOf(
        bytes32 release,
        uint32[] memory agreed,
        uint32 term,
        Lineage[] memory lineages
    ) private pure returns (Coverage) {
        if (_contains(agreed, term)) return Coverage.Covered;
        bool isComplete = false;
        for (uint256 i = 0; i < lineages.length; ++i) {
            Lineage memory lineage = lineages[i];
            if (lineage.term != term || lineage.release != release) continue;
            for (uint256 j = 0; j < agreed.length; ++j) {
                if (_contains(lineage.ancestors, agreed[j])) return Coverage.Covered;
            }
            isComplete = isComplete || lineage.complete;
        }
        return isComplete ? Coverage.NotCovered : Coverage.Unproven;
    }

    function _contains(uint32[] memory list, uint32 value) private pure returns (bool) {
        for (uint256 i = 0; i < list.length; ++i) {
            if (list[i] == value) return true;
        }
        return false;
    }

    /// @dev Whether something is asked, and every one of it is in the list.
    function _areListed(bytes32[] memory asked, bytes32[] memory list) private pure returns (bool) {
        for (uint256 i = 0; i < asked.length; ++i) {
            if (!_contains(list, asked[i])) return false;
        }
        return asked.length != 0;
    }

    function _isAnyListed(bytes32[] memory asked, bytes32[] memory list) private pure returns (bool) {
        for (uint256 i = 0; i < asked.length; ++i) {
            if (_contains(list, asked[i])) return true;
        }
        return false;
    }

    function _contains(bytes32[] memory list, bytes32 value) private pure returns (bool) {
        for (uint256 i = 0; i < list.length; ++i) {
            if (list[i] == value) return true;
        }
        return false;
    }
}
