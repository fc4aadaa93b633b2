// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Facts, Lineage, Purpose, Terms, Verdict} from "../types/DataUse.sol";
import {
    FACT_NOT_FOR_PROFIT,
    KIND_CC,
    KIND_CTRL,
    KIND_DS,
    KIND_GRU,
    KIND_HMB,
    KIND_MDS,
    KIND_POA,
    MODIFIER_CC,
    MODIFIER_NMDS,
    MODIFIER_NPOA,
    MODIFIER_NPU,
    PERMISSION_DS,
    PERMISSION_GRU,
    PERMISSION_HMB,
    PERMISSION_NRES,
    PERMISSION_POA
} from "./DataUse.sol";
import {
    DENY_DS_NOT_COVERED,
    DENY_KIND_OFFSET,
    DENY_NMDS,
    DENY_NPOA,
    DENY_NPU,
    DENY_UNPROVEN,
    MANUAL_CTRL_NEEDS_REVIEW,
    MANUAL_NPU_UNATTESTED
} from "./Verdicts.sol";

/**
 * @title DataUseMatcher
 * @notice Decides one layer's terms against a purpose; pure. Its TypeScript twin is src/model/matching.ts.
 * @dev In two parts, because the first never changes and may be kept, while facts and time may not:
 * {ofPurpose} reads terms, purpose and proved lineages; {ofFacts} reads what records say now.
 */
library DataUseMatcher {
    enum Coverage {
        Covered,
        NotCovered,
        Unproven
    }

    /// @dev Kinds that a permission passes without more.
    uint8 private constant PASSED_BY_NRES = KIND_GRU | KIND_HMB | KIND_DS | KIND_POA | KIND_MDS | KIND_CC;
    uint8 private constant PASSED_BY_GRU = KIND_GRU | KIND_HMB | KIND_DS | KIND_POA | KIND_MDS;
    uint8 private constant PASSED_BY_HMB = KIND_HMB | KIND_DS | KIND_MDS;
    uint8 private constant PASSED_BY_POA = KIND_POA | KIND_MDS;

    /**
     * @notice What terms say of a purpose, facts and time aside.
     * @param lineages proved ancestors; a term without one is UNPROVEN, never DS_NOT_COVERED.
     * @return verdict untagged reasons.
     */
    function ofPurpose(
        Terms memory terms,
        Purpose memory purpose,
        Lineage[] memory lineages
    ) internal pure returns (Verdict memory verdict) {
        (uint8 passed, uint8 reviewed) = _byBroadPermissions(terms);
        uint8 uncovered = 0;
        Coverage coverage = Coverage.Covered;
        if (terms.permissions & PERMISSION_DS != 0) {
            coverage = _coverage(terms, purpose.diseases, lineages);
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
            verdict.deny = coverage == Coverage.Unproven ? DENY_UNPROVEN : DENY_DS_NOT_COVERED;
        }
        verdict.deny |= uint256(refused & ~uncovered) << DENY_KIND_OFFSET;
        if (purpose.kinds & reviewed != 0) verdict.manual = MANUAL_CTRL_NEEDS_REVIEW;

        if (terms.modifiers & MODIFIER_NMDS != 0 && purpose.kinds & KIND_MDS != 0) verdict.deny |= DENY_NMDS;
        if (terms.modifiers & MODIFIER_NPOA != 0 && purpose.kinds & KIND_POA != 0) verdict.deny |= DENY_NPOA;
    }

    /**
     * @notice What modifiers say of the facts.
     * @param unattested facts that the purpose states without a record or a signed statement behind them.
     * @return verdict untagged reasons.
     */
    function ofFacts(
        uint32 modifiers,
        Facts memory facts,
        uint16 unattested
    ) internal pure returns (Verdict memory verdict) {
        if (modifiers & MODIFIER_NPU != 0) {
            if (facts.held & FACT_NOT_FOR_PROFIT == 0) verdict.deny |= DENY_NPU;
            else if (unattested & FACT_NOT_FOR_PROFIT != 0) verdict.manual |= MANUAL_NPU_UNATTESTED;
        }
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

    /// @dev ALL diseases must be covered; one that is proved not to be outweighs one that is not proved.
    function _coverage(
        Terms memory terms,
        uint32[] memory diseases,
        Lineage[] memory lineages
    ) private pure returns (Coverage worst) {
        for (uint256 i = 0; i < diseases.length; ++i) {
            Coverage coverage = _coverageOf(terms, diseases[i], lineages);
            if (coverage == Coverage.NotCovered) return Coverage.NotCovered;
            if (coverage == Coverage.Unproven) worst = Coverage.Unproven;
        }
    }

    function _coverageOf(
        Terms memory terms,
        uint32 disease,
        Lineage[] memory lineages
    ) private pure returns (Coverage) {
        if (_contains(terms.diseases, disease)) return Coverage.Covered;
        bool isComplete = false;
        for (uint256 i = 0; i < lineages.length; ++i) {
            Lineage memory lineage = lineages[i];
            if (lineage.term != disease || lineage.release != terms.ontologyRelease) continue;
            for (uint256 j = 0; j < terms.diseases.length; ++j) {
                if (_contains(lineage.ancestors, terms.diseases[j])) return Coverage.Covered;
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
}
