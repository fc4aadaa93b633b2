// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {
    ALL_FACTS,
    FACT_COLLABORATION,
    FACT_ETHICS_APPROVAL,
    FACT_GENETIC_STUDY,
    FACT_NOT_COMMERCIAL,
    FACT_NOT_FOR_PROFIT,
    FACT_NO_LINKAGE,
    FACT_NO_REIDENTIFICATION,
    FACT_NO_TRAINING,
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
    PERMISSION_POA,
    SENSITIVE_CHILDREN,
    SENSITIVE_NOT_HEALTH
} from "../../contracts/libraries/DataUse.sol";
import {DataUseMatcher} from "../../contracts/libraries/DataUseMatcher.sol";
import {
    DENY_COL_COLLABORATION,
    DENY_DS_NOT_COVERED,
    DENY_ELEMENTS_NOT_COVERED,
    DENY_GSO_GENETIC_STUDY,
    DENY_GS_REGIONS,
    DENY_IRB_ETHICS_APPROVAL,
    DENY_IS_INSTITUTIONS,
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
    MANUAL_US_UNATTESTED,
    Verdicts
} from "../../contracts/libraries/Verdicts.sol";
import {Lineage, Outcome, Purpose, Terms, Verdict} from "../../contracts/types/DataUse.sol";
import {purposeFor} from "../support/DataUseForms.sol";
import {ConcordSystem} from "../support/ConcordSystem.sol";
import {VM} from "../support/Vm.sol";

/// @title DataUseMatcherTest
/// @notice Each row of MATCHING.md's table, and what must hold whatever the terms.
contract DataUseMatcherTest is ConcordSystem {
    using DataUseMatcher for Verdict;
    using Verdicts for Verdict;

    bytes32 private constant RELEASE = keccak256("a release");
    bytes32 private constant OTHER_RELEASE = keccak256("another release");

    // A piece of Mondo: lung cancer descends from cancer, and flu does not.
    uint32 private constant CANCER = 4992;
    uint32 private constant LUNG_CANCER = 5138;
    uint32 private constant FLU = 5812;
    uint32 private constant DISEASE = 700_096;

    uint32 private constant DENMARK = 352_190_464;
    uint32 private constant EEA = 410_000_000;
    uint32 private constant ELSEWHERE = 500_000_000;
    bytes32 private constant A = bytes32(uint256(1));
    bytes32 private constant B = bytes32(uint256(2));
    bytes32 private constant C = bytes32(uint256(3));
    uint32 private constant DAY = 20_000 * 1 days;

    uint256 private constant GRU_NOT_PERMITTED = 1 << 9;
    uint256 private constant HMB_NOT_PERMITTED = 1 << 10;
    uint256 private constant DS_NOT_PERMITTED = 1 << 11;
    uint256 private constant POA_NOT_PERMITTED = 1 << 12;
    uint256 private constant MDS_NOT_PERMITTED = 1 << 13;
    uint256 private constant CTRL_NOT_PERMITTED = 1 << 14;
    uint256 private constant CC_NOT_PERMITTED = 1 << 15;

    // NRES

    function test_GivenNres_WhenEachKindButCtrl_Approves() public pure {
        _assertKinds(PERMISSION_NRES, 0, KIND_GRU | KIND_HMB | KIND_DS | KIND_POA | KIND_MDS | KIND_CC);
        _assertApproves(PERMISSION_NRES, 0, KIND_GRU | KIND_HMB | KIND_DS | KIND_POA | KIND_MDS | KIND_CC);
    }

    function test_GivenNres_WhenCtrl_NeedsReview() public pure {
        _assertReview(PERMISSION_NRES, 0, KIND_CTRL);
    }

    // GRU

    function test_GivenGru_WhenGruHmbDsPoaMds_Approves() public pure {
        _assertKinds(PERMISSION_GRU, 0, KIND_GRU | KIND_HMB | KIND_DS | KIND_POA | KIND_MDS);
    }

    function test_GivenGru_WhenCcWithoutTheCode_Denies() public pure {
        _assertDenies(PERMISSION_GRU, 0, KIND_CC, CC_NOT_PERMITTED);
    }

    function test_GivenGruWithCc_WhenCc_Approves() public pure {
        _assertApproves(PERMISSION_GRU, MODIFIER_CC, KIND_CC);
    }

    function test_GivenGru_WhenCtrl_NeedsReview() public pure {
        _assertReview(PERMISSION_GRU, 0, KIND_CTRL);
    }

    // HMB

    function test_GivenHmb_WhenHmbDsMds_Approves() public pure {
        _assertKinds(PERMISSION_HMB, 0, KIND_HMB | KIND_DS | KIND_MDS);
    }

    function test_GivenHmb_WhenGru_Denies() public pure {
        _assertDenies(PERMISSION_HMB, 0, KIND_GRU, GRU_NOT_PERMITTED);
    }

    function test_GivenHmb_WhenPoa_Denies() public pure {
        _assertDenies(PERMISSION_HMB, 0, KIND_POA, POA_NOT_PERMITTED);
    }

    function test_GivenHmb_WhenCcWithoutTheCode_Denies() public pure {
        _assertDenies(PERMISSION_HMB, 0, KIND_CC, CC_NOT_PERMITTED);
    }

    function test_GivenHmbWithCc_WhenCc_Approves() public pure {
        _assertApproves(PERMISSION_HMB, MODIFIER_CC, KIND_CC);
    }

    function test_GivenHmb_WhenCtrl_NeedsReview() public pure {
        _assertReview(PERMISSION_HMB, 0, KIND_CTRL);
    }

    // DS

    function test_GivenDs_WhenDsForTheVeryDisease_ApprovesWithoutAnyLineage() public pure {
        _assertVerdict(_ds(0), _for(KIND_DS, _list(CANCER)), _none(), 0, 0);
    }

    function test_GivenDs_WhenDsForDescendant_Approves() public pure {
        _assertVerdict(_ds(0), _for(KIND_DS, _list(LUNG_CANCER)), _proved(LUNG_CANCER, CANCER), 0, 0);
    }

    function test_GivenDs_WhenDsForDescendantWithoutProof_IsUnproven() public pure {
        _assertVerdict(_ds(0), _for(KIND_DS, _list(LUNG_CANCER)), _none(), DENY_UNPROVEN, 0);
    }

    function test_GivenDs_WhenProofIsOfAnotherRelease_IsUnproven() public pure {
        Lineage[] memory lineages = _proved(LUNG_CANCER, CANCER);
        lineages[0].release = OTHER_RELEASE;
        _assertVerdict(_ds(0), _for(KIND_DS, _list(LUNG_CANCER)), lineages, DENY_UNPROVEN, 0);
    }

    function test_GivenDs_WhenProofIsOfAnotherTerm_IsUnproven() public pure {
        _assertVerdict(_ds(0), _for(KIND_DS, _list(FLU)), _proved(LUNG_CANCER, CANCER), DENY_UNPROVEN, 0);
    }

    function test_GivenDs_WhenLineageIsCompleteWithoutTheDisease_IsNotCovered() public pure {
        _assertVerdict(_ds(0), _for(KIND_DS, _list(FLU)), _complete(FLU, DISEASE), DENY_DS_NOT_COVERED, 0);
    }

    function test_GivenDs_WhenLineageIsIncompleteWithoutTheDisease_IsUnproven() public pure {
        _assertVerdict(_ds(0), _for(KIND_DS, _list(FLU)), _proved(FLU, DISEASE), DENY_UNPROVEN, 0);
    }

    function test_GivenDs_WhenIncompleteLineageFollowsTheCompleteOne_IsStillNotCovered() public pure {
        Lineage[] memory lineages = new Lineage[](2);
        (lineages[0], lineages[1]) = (_complete(FLU, DISEASE)[0], _proved(FLU, DISEASE)[0]);
        _assertVerdict(_ds(0), _for(KIND_DS, _list(FLU)), lineages, DENY_DS_NOT_COVERED, 0);
        (lineages[0], lineages[1]) = (lineages[1], lineages[0]);
        _assertVerdict(_ds(0), _for(KIND_DS, _list(FLU)), lineages, DENY_DS_NOT_COVERED, 0);
    }

    function test_GivenDs_WhenPurposeIsBroader_IsNotCovered() public pure {
        Lineage[] memory lineages = _complete(DISEASE, 0);
        lineages[0].ancestors = new uint32[](0);
        _assertVerdict(_ds(0), _for(KIND_DS, _list(DISEASE)), lineages, DENY_DS_NOT_COVERED, 0);
    }

    function test_GivenDs_WhenOneOfTwoDiseasesIsCovered_Denies() public pure {
        Purpose memory purpose = _for(KIND_DS, _list(CANCER, FLU));
        _assertVerdict(_ds(0), purpose, _complete(FLU, DISEASE), DENY_DS_NOT_COVERED, 0);
        _assertVerdict(_ds(0), purpose, _none(), DENY_UNPROVEN, 0);
    }

    function test_GivenDs_WhenOneDiseaseIsUnprovenAndOneUncovered_IsNotCovered() public pure {
        Purpose memory purpose = _for(KIND_DS, _list(LUNG_CANCER, FLU));
        _assertVerdict(_ds(0), purpose, _complete(FLU, DISEASE), DENY_DS_NOT_COVERED, 0);
        purpose = _for(KIND_DS, _list(FLU, LUNG_CANCER));
        _assertVerdict(_ds(0), purpose, _complete(FLU, DISEASE), DENY_DS_NOT_COVERED, 0);
    }

    function test_GivenDsForTwoDiseases_WhenEachDiseaseHasAnAncestorAmongThem_Approves() public pure {
        Terms memory terms_ = _ds(0);
        terms_.diseases = _list(CANCER, FLU);
        _assertVerdict(terms_, _for(KIND_DS, _list(LUNG_CANCER, FLU)), _complete(LUNG_CANCER, CANCER), 0, 0);
    }

    function test_GivenDs_WhenMdsWithoutDiseases_Approves() public pure {
        _assertVerdict(_ds(0), _purpose(KIND_MDS), _none(), 0, 0);
    }

    function test_GivenDs_WhenMdsForCoveredDisease_Approves() public pure {
        _assertVerdict(_ds(0), _for(KIND_MDS, _list(CANCER)), _none(), 0, 0);
    }

    function test_GivenDs_WhenMdsForUncoveredDisease_Denies() public pure {
        _assertVerdict(_ds(0), _for(KIND_MDS, _list(FLU)), _complete(FLU, DISEASE), DENY_DS_NOT_COVERED, 0);
    }

    function test_GivenDs_WhenGru_Denies() public pure {
        _assertVerdict(_ds(0), _for(KIND_GRU, _list(CANCER)), _none(), GRU_NOT_PERMITTED, 0);
    }

    function test_GivenDs_WhenHmb_Denies() public pure {
        _assertVerdict(_ds(0), _for(KIND_HMB, _list(CANCER)), _none(), HMB_NOT_PERMITTED, 0);
    }

    function test_GivenDs_WhenPoa_Denies() public pure {
        _assertVerdict(_ds(0), _for(KIND_POA, _list(CANCER)), _none(), POA_NOT_PERMITTED, 0);
    }

    function test_GivenDs_WhenCcWithoutTheCode_Denies() public pure {
        _assertVerdict(_ds(0), _for(KIND_CC, _list(CANCER)), _none(), CC_NOT_PERMITTED, 0);
    }

    function test_GivenDsWithCc_WhenCcForCoveredDisease_Approves() public pure {
        _assertVerdict(_ds(MODIFIER_CC), _for(KIND_CC, _list(CANCER)), _none(), 0, 0);
    }

    function test_GivenDsWithCc_WhenCcWithoutDisease_Denies() public pure {
        _assertVerdict(_ds(MODIFIER_CC), _purpose(KIND_CC), _none(), CC_NOT_PERMITTED, 0);
    }

    function test_GivenDsWithCc_WhenCcForUncoveredDisease_Denies() public pure {
        Lineage[] memory lineages = _complete(FLU, DISEASE);
        _assertVerdict(_ds(MODIFIER_CC), _for(KIND_CC, _list(FLU)), lineages, DENY_DS_NOT_COVERED, 0);
    }

    function test_GivenDs_WhenCtrlForCoveredDisease_NeedsReview() public pure {
        _assertVerdict(_ds(0), _for(KIND_CTRL, _list(CANCER)), _none(), 0, MANUAL_CTRL_NEEDS_REVIEW);
    }

    function test_GivenDs_WhenCtrlWithoutDisease_Denies() public pure {
        _assertVerdict(_ds(0), _purpose(KIND_CTRL), _none(), CTRL_NOT_PERMITTED, 0);
    }

    function test_GivenDs_WhenCtrlForUncoveredDisease_Denies() public pure {
        _assertVerdict(_ds(0), _for(KIND_CTRL, _list(FLU)), _complete(FLU, DISEASE), DENY_DS_NOT_COVERED, 0);
    }

    function test_GivenDsAndUncoveredDisease_WhenAnotherKindIsRefusedToo_GivesBothReasons() public pure {
        Purpose memory purpose = _for(KIND_DS | KIND_POA, _list(FLU));
        _assertVerdict(_ds(0), purpose, _complete(FLU, DISEASE), DENY_DS_NOT_COVERED | POA_NOT_PERMITTED, 0);
    }

    // POA

    function test_GivenPoa_WhenPoaMds_Approves() public pure {
        _assertKinds(PERMISSION_POA, 0, KIND_POA | KIND_MDS);
    }

    function test_GivenPoa_WhenGruHmbDsCcCtrl_Denies() public pure {
        _assertDenies(PERMISSION_POA, 0, KIND_GRU, GRU_NOT_PERMITTED);
        _assertDenies(PERMISSION_POA, 0, KIND_HMB, HMB_NOT_PERMITTED);
        _assertDenies(PERMISSION_POA, 0, KIND_DS, DS_NOT_PERMITTED);
        _assertDenies(PERMISSION_POA, 0, KIND_CC, CC_NOT_PERMITTED);
        _assertDenies(PERMISSION_POA, 0, KIND_CTRL, CTRL_NOT_PERMITTED);
    }

    // Permissions together

    function test_GivenHmbAndPoa_WhenEitherKind_Approves() public pure {
        _assertApproves(PERMISSION_HMB | PERMISSION_POA, 0, KIND_HMB | KIND_POA);
    }

    function test_GivenDsAndPoa_WhenUncoveredDiseaseUnderPoa_PoaStillPasses() public pure {
        Terms memory terms_ = _ds(0);
        terms_.permissions |= PERMISSION_POA;
        _assertVerdict(terms_, _for(KIND_POA | KIND_MDS, _list(FLU)), _complete(FLU, DISEASE), 0, 0);
    }

    function test_GivenSeveralKinds_WhenOneIsRefused_Denies() public pure {
        _assertDenies(PERMISSION_HMB, 0, KIND_HMB | KIND_GRU, GRU_NOT_PERMITTED);
        _assertDenies(PERMISSION_HMB, 0, KIND_GRU | KIND_POA, GRU_NOT_PERMITTED | POA_NOT_PERMITTED);
    }

    function test_GivenSeveralKinds_WhenOneNeedsReviewAndOneIsRefused_GivesBothReasons() public pure {
        _assertVerdict(
            _with(PERMISSION_HMB, 0),
            _purpose(KIND_CTRL | KIND_POA),
            _none(),
            POA_NOT_PERMITTED,
            MANUAL_CTRL_NEEDS_REVIEW
        );
    }

    // NMDS, NPOA

    function test_GivenNmds_WhenMds_DeniesUnderEachPermission() public pure {
        _assertDenies(PERMISSION_NRES, MODIFIER_NMDS, KIND_MDS, DENY_NMDS);
        _assertDenies(PERMISSION_GRU, MODIFIER_NMDS, KIND_MDS, DENY_NMDS);
        _assertDenies(PERMISSION_POA, MODIFIER_NMDS, KIND_MDS, DENY_NMDS);
        _assertVerdict(_ds(MODIFIER_NMDS), _for(KIND_MDS, _list(CANCER)), _none(), DENY_NMDS, 0);
    }

    function test_GivenNmds_WhenNoMds_Approves() public pure {
        _assertApproves(PERMISSION_NRES, MODIFIER_NMDS, KIND_GRU | KIND_HMB | KIND_POA);
    }

    function test_GivenNpoa_WhenPoa_DeniesUnderNresAndGru() public pure {
        _assertDenies(PERMISSION_NRES, MODIFIER_NPOA, KIND_POA, DENY_NPOA);
        _assertDenies(PERMISSION_GRU, MODIFIER_NPOA, KIND_POA, DENY_NPOA);
    }

    function test_GivenNpoa_WhenNoPoa_Approves() public pure {
        _assertApproves(PERMISSION_GRU, MODIFIER_NPOA, KIND_GRU | KIND_HMB | KIND_MDS);
    }

    function test_GivenNmdsAndNpoa_WhenBothAndRefusedKind_GivesEveryReason() public pure {
        _assertDenies(
            PERMISSION_GRU,
            MODIFIER_NMDS | MODIFIER_NPOA,
            KIND_MDS | KIND_POA | KIND_CC,
            DENY_NMDS | DENY_NPOA | CC_NOT_PERMITTED
        );
    }

    // NPU

    function test_GivenNpu_WhenNotForProfit_Approves() public pure {
        _assertFacts(MODIFIER_NPU, FACT_NOT_FOR_PROFIT, 0, 0, 0);
    }

    function test_GivenNpu_WhenForProfitOrUnknown_Denies() public pure {
        _assertFacts(MODIFIER_NPU, 0, 0, DENY_NPU, 0);
    }

    function test_GivenNpu_WhenForProfitAndUnattested_Denies() public pure {
        _assertFacts(MODIFIER_NPU, 0, FACT_NOT_FOR_PROFIT, DENY_NPU, 0);
    }

    function test_GivenNpu_WhenNotForProfitButUnattested_NeedsReview() public pure {
        _assertFacts(MODIFIER_NPU, FACT_NOT_FOR_PROFIT, FACT_NOT_FOR_PROFIT, 0, MANUAL_NPU_UNATTESTED);
    }

    function test_GivenNoNpu_WhenForProfitOrUnattested_Approves() public pure {
        _assertFacts(MODIFIER_CC | MODIFIER_NMDS | MODIFIER_NPOA, 0, FACT_NOT_FOR_PROFIT, 0, 0);
    }

    // Modifiers that want one fact

    function test_GivenNcu_WhenFactIsHeldAbsentOrUnattested_ApprovesDeniesOrNeedsReview() public pure {
        _assertFactRow(MODIFIER_NCU, FACT_NOT_COMMERCIAL, DENY_NCU_COMMERCIAL, MANUAL_NCU_UNATTESTED);
    }

    function test_GivenIrb_WhenFactIsHeldAbsentOrUnattested_ApprovesDeniesOrNeedsReview() public pure {
        _assertFactRow(MODIFIER_IRB, FACT_ETHICS_APPROVAL, DENY_IRB_ETHICS_APPROVAL, MANUAL_IRB_UNATTESTED);
    }

    function test_GivenCol_WhenFactIsHeldAbsentOrUnattested_ApprovesDeniesOrNeedsReview() public pure {
        _assertFactRow(MODIFIER_COL, FACT_COLLABORATION, DENY_COL_COLLABORATION, MANUAL_COL_UNATTESTED);
    }

    function test_GivenPub_WhenFactIsHeldAbsentOrUnattested_ApprovesDeniesOrNeedsReview() public pure {
        _assertFactRow(MODIFIER_PUB, FACT_PUBLICATION, DENY_PUB_PUBLICATION, MANUAL_PUB_UNATTESTED);
    }

    function test_GivenRtn_WhenFactIsHeldAbsentOrUnattested_ApprovesDeniesOrNeedsReview() public pure {
        _assertFactRow(MODIFIER_RTN, FACT_RETURNS_DATA, DENY_RTN_RETURNS_DATA, MANUAL_RTN_UNATTESTED);
    }

    function test_GivenGso_WhenFactIsHeldAbsentOrUnattested_ApprovesDeniesOrNeedsReview() public pure {
        _assertFactRow(MODIFIER_GSO, FACT_GENETIC_STUDY, DENY_GSO_GENETIC_STUDY, MANUAL_GSO_UNATTESTED);
    }

    function test_GivenNri_WhenFactIsHeldAbsentOrUnattested_ApprovesDeniesOrNeedsReview() public pure {
        _assertFactRow(MODIFIER_NRI, FACT_NO_REIDENTIFICATION, DENY_NRI_REIDENTIFIES, MANUAL_NRI_UNATTESTED);
    }

    function test_GivenNrl_WhenFactIsHeldAbsentOrUnattested_ApprovesDeniesOrNeedsReview() public pure {
        _assertFactRow(MODIFIER_NRL, FACT_NO_LINKAGE, DENY_NRL_LINKS_RECORDS, MANUAL_NRL_UNATTESTED);
    }

    function test_GivenNmt_WhenFactIsHeldAbsentOrUnattested_ApprovesDeniesOrNeedsReview() public pure {
        _assertFactRow(MODIFIER_NMT, FACT_NO_TRAINING, DENY_NMT_TRAINS_MODEL, MANUAL_NMT_UNATTESTED);
    }

    function test_GivenNpuncu_WhenEitherFactIsMissing_DeniesByThatOne() public pure {
        uint32 both = FACT_NOT_FOR_PROFIT | FACT_NOT_COMMERCIAL;
        _assertFacts(MODIFIER_NPUNCU, both, 0, 0, 0);
        _assertFacts(
            MODIFIER_NPUNCU,
            FACT_NOT_FOR_PROFIT,
            both,
            DENY_NPUNCU_COMMERCIAL,
            MANUAL_NPUNCU_NOT_FOR_PROFIT_UNATTESTED
        );
        _assertFacts(
            MODIFIER_NPUNCU,
            FACT_NOT_COMMERCIAL,
            both,
            DENY_NPUNCU_NOT_FOR_PROFIT,
            MANUAL_NPUNCU_COMMERCIAL_UNATTESTED
        );
        _assertFacts(MODIFIER_NPUNCU, 0, both, DENY_NPUNCU_NOT_FOR_PROFIT | DENY_NPUNCU_COMMERCIAL, 0);
        _assertFacts(
            MODIFIER_NPUNCU,
            both,
            both,
            0,
            MANUAL_NPUNCU_NOT_FOR_PROFIT_UNATTESTED | MANUAL_NPUNCU_COMMERCIAL_UNATTESTED
        );
    }

    function test_GivenNoModifierAboutFacts_WhenNothingIsHeld_Approves() public pure {
        _assertFacts(~DataUseMatcher.ABOUT_FACTS, 0, ALL_FACTS, 0, 0);
    }

    function test_GivenReasonsOfTerms_WhenFactsAreJoined_TheyStay() public pure {
        Verdict memory verdict = Verdict({deny: DENY_TS_MONTHS, manual: MANUAL_RS_FREE_TEXT}).ofFacts(
            MODIFIER_NCU,
            0,
            0
        );
        VM.assertEq(verdict.deny, DENY_TS_MONTHS | DENY_NCU_COMMERCIAL);
        VM.assertEq(verdict.manual, MANUAL_RS_FREE_TEXT);
    }

    // COL with investigators

    function test_GivenColWithInvestigators_WhenNoneHasSigned_NeedsReviewOnlyIfAgreed() public pure {
        Terms memory terms_ = _gru(MODIFIER_COL);
        terms_.investigators = _hashes(A, B);
        Purpose memory purpose = _purpose(KIND_GRU);
        _assertVerdict(terms_, purpose, _none(), 0, MANUAL_COL_NOT_SIGNED);
        _assertSettled(terms_, purpose, FACT_COLLABORATION, 0, 0, MANUAL_COL_NOT_SIGNED);
        _assertSettled(terms_, purpose, 0, 0, DENY_COL_COLLABORATION, 0);
        purpose.collaborators = _hashes(C);
        _assertVerdict(terms_, purpose, _none(), 0, MANUAL_COL_NOT_SIGNED);
        purpose.collaborators = _hashes(B, C);
        _assertVerdict(terms_, purpose, _none(), 0, 0);
    }

    // GS

    function test_GivenGs_WhenEveryRegionIsListedOrWithin_ApprovesOnceAttested() public pure {
        Purpose memory purpose = _purpose(KIND_GRU);
        purpose.regions = _list(DENMARK, EEA);
        _assertProvisional(_gs(), purpose, _proved(DENMARK, EEA), FACT_REGIONS, MANUAL_GS_UNATTESTED);
    }

    function test_GivenGs_WhenARegionIsOutsideOrNoneIsStated_Denies() public pure {
        Purpose memory purpose = _purpose(KIND_GRU);
        _assertVerdict(_gs(), purpose, _none(), DENY_GS_REGIONS, 0);
        purpose.regions = _list(EEA, ELSEWHERE);
        _assertVerdict(_gs(), purpose, _complete(ELSEWHERE, CANCER), DENY_GS_REGIONS, 0);
        _assertVerdict(_gs(), purpose, _none(), DENY_UNPROVEN, 0);
    }

    function test_GivenNoGs_WhenRegionsAreStated_SaysNothing() public pure {
        Purpose memory purpose = _purpose(KIND_GRU);
        purpose.regions = _list(ELSEWHERE);
        _assertVerdict(_gru(0), purpose, _none(), 0, 0);
    }

    // IS, US, PS

    function test_GivenIs_WhenEveryInstitutionIsListed_Approves() public pure {
        Terms memory terms_ = _gru(MODIFIER_IS);
        terms_.institutions = _hashes(A, B);
        Purpose memory purpose = _purpose(KIND_GRU);
        _assertVerdict(terms_, purpose, _none(), DENY_IS_INSTITUTIONS, 0);
        purpose.institutions = _hashes(A, B);
        _assertVerdict(terms_, purpose, _none(), 0, 0);
        purpose.institutions = _hashes(B, C);
        _assertVerdict(terms_, purpose, _none(), DENY_IS_INSTITUTIONS, 0);
    }

    function test_GivenUs_WhenEveryUserIsListed_ApprovesOnceAttested() public pure {
        Terms memory terms_ = _gru(MODIFIER_US);
        terms_.users = _hashes(A, B);
        Purpose memory purpose = _purpose(KIND_GRU);
        _assertVerdict(terms_, purpose, _none(), DENY_US_USERS, 0);
        purpose.users = _hashes(A, C);
        _assertVerdict(terms_, purpose, _none(), DENY_US_USERS, 0);
        purpose.users = _hashes(B);
        _assertProvisional(terms_, purpose, _none(), FACT_USERS, MANUAL_US_UNATTESTED);
    }

    function test_GivenPs_WhenEveryProjectIsListed_ApprovesOnceAttested() public pure {
        Terms memory terms_ = _gru(MODIFIER_PS);
        terms_.projects = _hashes(A, B);
        Purpose memory purpose = _purpose(KIND_GRU);
        _assertVerdict(terms_, purpose, _none(), DENY_PS_PROJECTS, 0);
        purpose.projects = _hashes(C);
        _assertVerdict(terms_, purpose, _none(), DENY_PS_PROJECTS, 0);
        purpose.projects = _hashes(A);
        _assertProvisional(terms_, purpose, _none(), FACT_PROJECTS, MANUAL_PS_UNATTESTED);
    }

    // RS

    function test_GivenRsByCodes_WhenEveryTypeIsListed_Approves() public pure {
        Terms memory terms_ = _gru(MODIFIER_RS);
        terms_.researchTypes = _hashes(A, B);
        Purpose memory purpose = _purpose(KIND_GRU);
        _assertVerdict(terms_, purpose, _none(), DENY_RS_RESEARCH_TYPES, 0);
        purpose.researchTypes = _hashes(A);
        _assertVerdict(terms_, purpose, _none(), 0, 0);
        purpose.researchTypes = _hashes(A, C);
        _assertVerdict(terms_, purpose, _none(), DENY_RS_RESEARCH_TYPES, 0);
        purpose.researchTypes = _hashes(A);
        purpose.researchTexts = _hashes(C);
        _assertVerdict(terms_, purpose, _none(), DENY_RS_RESEARCH_TYPES, 0);
    }

    function test_GivenRsInWords_WhenATypeIsStated_NeedsReviewUnlessCodesCoverIt() public pure {
        Terms memory terms_ = _gru(MODIFIER_RS);
        terms_.researchTypes = _hashes(A);
        terms_.researchTexts = _hashes(B);
        Purpose memory purpose = _purpose(KIND_GRU);
        _assertVerdict(terms_, purpose, _none(), DENY_RS_RESEARCH_TYPES, 0);
        purpose.researchTypes = _hashes(C);
        _assertVerdict(terms_, purpose, _none(), 0, MANUAL_RS_FREE_TEXT);
        purpose.researchTypes = _hashes(A);
        _assertVerdict(terms_, purpose, _none(), 0, 0);
        purpose.researchTypes = new bytes32[](0);
        purpose.researchTexts = _hashes(B);
        _assertVerdict(terms_, purpose, _none(), 0, MANUAL_RS_FREE_TEXT);
    }

    // TS, MOR

    function test_GivenTs_WhenMonthsAreUpToTheLimit_Approves() public pure {
        Terms memory terms_ = _gru(MODIFIER_TS);
        terms_.months = 12;
        Purpose memory purpose = _purpose(KIND_GRU);
        _assertVerdict(terms_, purpose, _none(), DENY_TS_MONTHS, 0);
        purpose.months = 1;
        _assertVerdict(terms_, purpose, _none(), 0, 0);
        purpose.months = 12;
        _assertVerdict(terms_, purpose, _none(), 0, 0);
        purpose.months = 13;
        _assertVerdict(terms_, purpose, _none(), DENY_TS_MONTHS, 0);
        terms_.modifiers = 0;
        _assertVerdict(terms_, purpose, _none(), 0, 0);
    }

    function test_GivenMor_WhenPublishedFromThatDayOn_ApprovesOnceAttested() public pure {
        Terms memory terms_ = _gru(MODIFIER_MOR);
        terms_.moratoriumUntil = DAY;
        Purpose memory purpose = _purpose(KIND_GRU);
        _assertVerdict(terms_, purpose, _none(), DENY_MOR_PUBLISH_FROM, 0);
        purpose.publishFrom = DAY - 1;
        _assertVerdict(terms_, purpose, _none(), DENY_MOR_PUBLISH_FROM, 0);
        purpose.publishFrom = DAY;
        _assertProvisional(terms_, purpose, _none(), FACT_PUBLISH_FROM, MANUAL_MOR_UNATTESTED);
    }

    function test_GivenEveryProvisionalReason_WhenOneFactIsAttested_OnlyItsReasonGoes() public pure {
        uint256 all = MANUAL_GS_UNATTESTED | MANUAL_US_UNATTESTED | MANUAL_PS_UNATTESTED | MANUAL_MOR_UNATTESTED;
        uint32[4] memory facts = [FACT_REGIONS, FACT_USERS, FACT_PROJECTS, FACT_PUBLISH_FROM];
        uint256[4] memory reasons = [
            MANUAL_GS_UNATTESTED,
            MANUAL_US_UNATTESTED,
            MANUAL_PS_UNATTESTED,
            MANUAL_MOR_UNATTESTED
        ];
        for (uint256 i = 0; i < facts.length; ++i) {
            Verdict memory verdict = Verdict({deny: 0, manual: all}).ofFacts(0, 0, ALL_FACTS & ~facts[i]);
            VM.assertEq(verdict.manual, all & ~reasons[i]);
        }
    }

    // Sensitive topics

    function test_GivenAnyPermission_WhenTopicIsSensitive_NeedsReviewUnderNresToo() public pure {
        Purpose memory purpose = _purpose(KIND_GRU);
        purpose.sensitive = SENSITIVE_CHILDREN;
        _assertVerdict(_with(PERMISSION_NRES, 0), purpose, _none(), 0, 1 << MANUAL_SENSITIVE_OFFSET);
        purpose.sensitive = SENSITIVE_CHILDREN | SENSITIVE_NOT_HEALTH;
        uint256 both = (1 << MANUAL_SENSITIVE_OFFSET) | (1 << (MANUAL_SENSITIVE_OFFSET + 8));
        _assertVerdict(_gru(0), purpose, _none(), 0, both);
        VM.assertEq(
            DataUseMatcher.ofFacts(Verdict({deny: 0, manual: both}), 0, 0, 0).manual,
            both,
            "no fact settles it"
        );
    }

    // Elements

    function test_GivenTermsAboutSomeElements_WhenOthersAreAsked_Denies() public pure {
        Terms memory terms_ = _gru(0);
        terms_.elements = 6;
        Purpose memory purpose = _purpose(KIND_GRU);
        _assertVerdict(terms_, purpose, _none(), 0, 0);
        purpose.elements = 2;
        _assertVerdict(terms_, purpose, _none(), 0, 0);
        purpose.elements = 3;
        _assertVerdict(terms_, purpose, _none(), DENY_ELEMENTS_NOT_COVERED, 0);
    }

    function testFuzz_GivenElements_WhenAsked_AllMustBeWithin(uint64 agreed, uint64 asked) public pure {
        bool isWithin = agreed | asked == agreed;
        VM.assertEq(DataUseMatcher.ofElements(agreed, asked).deny, isWithin ? 0 : DENY_ELEMENTS_NOT_COVERED);
        VM.assertEq(DataUseMatcher.ofElements(agreed, asked).manual, 0);
        VM.assertEq(DataUseMatcher.ofElements(agreed, agreed & asked).deny, 0);
    }

    // What holds whatever the terms

    function testFuzz_GivenAnyTerms_WhenAPermissionIsAdded_NothingIsWorse(uint256 seed, uint8 added) public pure {
        Terms memory narrow = _anyTerms(seed);
        Terms memory wide = _anyTerms(seed);
        wide.permissions |= uint16(1 << (added % 5));
        _assertNoWorse(wide, narrow, seed);
    }

    function testFuzz_GivenPermissionsThatContainEachOther_WhenCompared_BroaderIsNeverWorse(uint256 seed) public pure {
        uint16[2][6] memory pairs = [
            [PERMISSION_NRES, PERMISSION_GRU],
            [PERMISSION_NRES, PERMISSION_POA],
            [PERMISSION_GRU, PERMISSION_HMB],
            [PERMISSION_GRU, PERMISSION_POA],
            [PERMISSION_GRU, PERMISSION_DS],
            [PERMISSION_HMB, PERMISSION_DS]
        ];
        for (uint256 i = 0; i < pairs.length; ++i) {
            Terms memory broad = _anyTerms(seed);
            Terms memory narrow = _anyTerms(seed);
            broad.permissions = pairs[i][0];
            narrow.permissions = pairs[i][1];
            _assertNoWorse(broad, narrow, seed);
        }
    }

    function testFuzz_GivenAnyTerms_WhenARestrictionIsAdded_NothingIsBetter(uint256 seed, uint8 added) public pure {
        Terms memory free = _anyTerms(seed);
        Terms memory bound_ = _anyTerms(seed);
        bound_.modifiers |= added % 2 == 0 ? MODIFIER_NMDS : MODIFIER_NPOA;
        _assertNoWorse(free, bound_, seed);
    }

    function testFuzz_GivenAnyTerms_WhenCcIsAdded_NothingIsWorse(uint256 seed) public pure {
        Terms memory without = _anyTerms(seed);
        Terms memory with = _anyTerms(seed);
        without.modifiers &= ~MODIFIER_CC;
        with.modifiers |= MODIFIER_CC;
        _assertNoWorse(with, without, seed);
    }

    function testFuzz_GivenAnyTerms_WhenALineageIsAdded_ApprovalStaysAndUnprovenOnlyIsSettled(
        uint256 seed,
        uint256 more
    ) public pure {
        Terms memory terms_ = _anyTerms(seed);
        Purpose memory purpose = _anyPurpose(seed);
        Lineage[] memory few = _anyLineages(seed, 2);
        Lineage[] memory many = new Lineage[](3);
        (many[0], many[1], many[2]) = (few[0], few[1], _anyLineage(more));
        Verdict memory before = DataUseMatcher.ofPurpose(terms_, purpose, few);
        Verdict memory then = DataUseMatcher.ofPurpose(terms_, purpose, many);
        if (before.outcome() == Outcome.Approve) VM.assertTrue(then.outcome() == Outcome.Approve, "approval lost");
        VM.assertGe(uint256(before.outcome()), uint256(then.outcome()), "worse for a proof");
        uint256 settled = DENY_UNPROVEN | DENY_DS_NOT_COVERED;
        VM.assertEq(before.deny & ~settled, then.deny & ~settled, "a proof changed another reason");
        if (before.deny & settled == 0) VM.assertEq(then.deny, before.deny);
    }

    function testFuzz_GivenAnyTerms_WhenLineagesAreOfOtherReleases_TheyChangeNothing(
        uint256 seed,
        uint256 more
    ) public pure {
        Lineage[] memory few = _anyLineages(seed, 2);
        Lineage[] memory many = new Lineage[](3);
        (many[0], many[1], many[2]) = (few[0], few[1], _anyLineage(more));
        many[2].release = OTHER_RELEASE;
        Verdict memory a = DataUseMatcher.ofPurpose(_anyTerms(seed), _anyPurpose(seed), few);
        Verdict memory b = DataUseMatcher.ofPurpose(_anyTerms(seed), _anyPurpose(seed), many);
        VM.assertEq(a.deny, b.deny);
        VM.assertEq(a.manual, b.manual);
    }

    function testFuzz_GivenDiseases_WhenAFurtherOneIsAsked_NothingIsBetter(uint256 seed) public pure {
        Purpose memory one = _anyPurpose(seed);
        Purpose memory two = _anyPurpose(seed);
        one.diseases = _list(1);
        two.diseases = _list(1, 2 + uint32(seed % 3));
        Lineage[] memory lineages = _anyLineages(seed, 3);
        Verdict memory a = DataUseMatcher.ofPurpose(_anyTerms(seed), one, lineages);
        Verdict memory b = DataUseMatcher.ofPurpose(_anyTerms(seed), two, lineages);
        VM.assertGe(uint256(b.outcome()), uint256(a.outcome()), "better for one more disease");
    }

    function testFuzz_GivenAnyTerms_WhenAFurtherKindIsAsked_NothingIsBetter(uint256 seed, uint8 added) public pure {
        Purpose memory less = _anyPurpose(seed);
        Purpose memory more = _anyPurpose(seed);
        more.kinds |= uint8(1 << (added % 7));
        Lineage[] memory lineages = _anyLineages(seed, 2);
        Verdict memory a = DataUseMatcher.ofPurpose(_anyTerms(seed), less, lineages);
        Verdict memory b = DataUseMatcher.ofPurpose(_anyTerms(seed), more, lineages);
        VM.assertEq(a.deny & ~b.deny, 0, "a reason went away");
        VM.assertEq(a.manual & ~b.manual, 0, "a reason went away");
    }

    function testFuzz_GivenAnyTerms_WhenDecided_ReasonsAreKnownOnes(uint256 seed) public pure {
        Verdict memory verdict = DataUseMatcher.ofPurpose(_anyTerms(seed), _anyPurpose(seed), _anyLineages(seed, 2));
        VM.assertEq(verdict.deny & ~uint256(0x7FF00), 0, "no such reason");
        VM.assertEq(verdict.manual & ~MANUAL_CTRL_NEEDS_REVIEW, 0, "no such reason");
        VM.assertTrue(verdict.deny & DENY_UNPROVEN == 0 || verdict.deny & DENY_DS_NOT_COVERED == 0, "both at once");
    }

    /// @dev Exactly the kinds in `passed` pass alone, each without a reason; all others have one.
    function _assertKinds(uint16 permissions, uint32 modifiers, uint8 passed) private pure {
        for (uint8 i = 0; i < 7; ++i) {
            uint8 kind = uint8(1 << i);
            Verdict memory verdict = _decided(_with(permissions, modifiers), _for(kind, _list(FLU)), _none());
            VM.assertTrue((verdict.outcome() == Outcome.Approve) == (passed & kind != 0), "kind");
        }
    }

    function _assertApproves(uint16 permissions, uint32 modifiers, uint8 kinds) private pure {
        _assertVerdict(_with(permissions, modifiers), _for(kinds, _list(FLU)), _none(), 0, 0);
    }

    function _assertReview(uint16 permissions, uint32 modifiers, uint8 kinds) private pure {
        _assertVerdict(_with(permissions, modifiers), _for(kinds, _list(FLU)), _none(), 0, MANUAL_CTRL_NEEDS_REVIEW);
        _assertVerdict(_with(permissions, modifiers), _purpose(kinds), _none(), 0, MANUAL_CTRL_NEEDS_REVIEW);
    }

    function _assertDenies(uint16 permissions, uint32 modifiers, uint8 kinds, uint256 deny) private pure {
        _assertVerdict(_with(permissions, modifiers), _for(kinds, _list(FLU)), _none(), deny, 0);
    }

    function _assertVerdict(
        Terms memory terms_,
        Purpose memory purpose,
        Lineage[] memory lineages,
        uint256 deny,
        uint256 manual
    ) private pure {
        Verdict memory verdict = _decided(terms_, purpose, lineages);
        VM.assertEq(verdict.deny, deny, "deny");
        VM.assertEq(verdict.manual, manual, "manual");
    }

    function _assertFacts(uint32 modifiers, uint32 held, uint32 unattested, uint256 deny, uint256 manual) private pure {
        Verdict memory verdict = DataUseMatcher.ofFacts(Verdict({deny: 0, manual: 0}), modifiers, held, unattested);
        VM.assertEq(verdict.deny, deny, "deny");
        VM.assertEq(verdict.manual, manual, "manual");
    }

    /// @dev Held approves; absent denies, attested or not; held but unattested needs review.
    function _assertFactRow(uint32 modifier_, uint32 fact, uint256 deny, uint256 manual) private pure {
        _assertFacts(modifier_, fact, 0, 0, 0);
        _assertFacts(modifier_, fact, ALL_FACTS & ~fact, 0, 0);
        _assertFacts(modifier_, 0, 0, deny, 0);
        _assertFacts(modifier_, ALL_FACTS & ~fact, fact, deny, 0);
        _assertFacts(modifier_, fact, fact, 0, manual);
        _assertFacts(DataUseMatcher.ABOUT_FACTS & ~modifier_, ALL_FACTS & ~fact, 0, _othersOf(fact), 0);
    }

    /// @dev What the other modifiers about facts say when one fact is absent: NPU, NCU and NPUNCU share theirs.
    function _othersOf(uint32 fact) private pure returns (uint256) {
        return fact == FACT_NOT_COMMERCIAL ? DENY_NPUNCU_COMMERCIAL : 0;
    }

    /// @dev A list or date that is covered needs review until its fact is attested.
    function _assertProvisional(
        Terms memory terms_,
        Purpose memory purpose,
        Lineage[] memory lineages,
        uint32 fact,
        uint256 manual
    ) private pure {
        Verdict memory verdict = _decided(terms_, purpose, lineages);
        VM.assertEq(verdict.deny, 0, "deny");
        VM.assertEq(verdict.manual, manual, "provisional");
        VM.assertEq(verdict.ofFacts(terms_.modifiers, 0, ALL_FACTS).manual, manual, "unattested");
        VM.assertEq(verdict.ofFacts(terms_.modifiers, 0, ALL_FACTS & ~fact).manual, 0, "attested");
    }

    function _assertSettled(
        Terms memory terms_,
        Purpose memory purpose,
        uint32 held,
        uint32 unattested,
        uint256 deny,
        uint256 manual
    ) private pure {
        Verdict memory verdict = _decided(terms_, purpose, _none()).ofFacts(terms_.modifiers, held, unattested);
        VM.assertEq(verdict.deny, deny, "deny");
        VM.assertEq(verdict.manual, manual, "manual");
    }

    function _gru(uint32 modifiers) private pure returns (Terms memory) {
        return _with(PERMISSION_GRU, modifiers);
    }

    function _gs() private pure returns (Terms memory given) {
        given = _gru(MODIFIER_GS);
        given.regions = _list(EEA);
        given.regionRelease = RELEASE;
    }

    function _hashes(bytes32 one) private pure returns (bytes32[] memory list) {
        list = new bytes32[](1);
        list[0] = one;
    }

    function _hashes(bytes32 one, bytes32 two) private pure returns (bytes32[] memory list) {
        list = new bytes32[](2);
        (list[0], list[1]) = (one, two);
    }

    function _assertNoWorse(Terms memory better, Terms memory worse, uint256 seed) private pure {
        Purpose memory purpose = _anyPurpose(seed);
        Lineage[] memory lineages = _anyLineages(seed, 3);
        Outcome a = DataUseMatcher.ofPurpose(better, purpose, lineages).outcome();
        Outcome b = DataUseMatcher.ofPurpose(worse, purpose, lineages).outcome();
        VM.assertLe(uint256(a), uint256(b), "worse");
    }

    function _decided(
        Terms memory terms_,
        Purpose memory purpose,
        Lineage[] memory lineages
    ) private pure returns (Verdict memory) {
        return DataUseMatcher.ofPurpose(terms_, purpose, lineages);
    }

    function _with(uint16 permissions, uint32 modifiers) private pure returns (Terms memory given) {
        given = _terms("documents");
        given.permissions = permissions;
        given.modifiers = modifiers;
    }

    function _ds(uint32 modifiers) private pure returns (Terms memory given) {
        given = _with(PERMISSION_DS, modifiers);
        given.diseases = _list(CANCER);
        given.ontologyRelease = RELEASE;
    }

    function _for(uint8 kinds, uint32[] memory diseases) private pure returns (Purpose memory) {
        return purposeFor(kinds, diseases);
    }

    function _none() private pure returns (Lineage[] memory) {
        return new Lineage[](0);
    }

    function _proved(uint32 term, uint32 ancestor) private pure returns (Lineage[] memory lineages) {
        lineages = new Lineage[](1);
        lineages[0] = Lineage({release: RELEASE, term: term, ancestors: _list(ancestor), complete: false});
    }

    function _complete(uint32 term, uint32 ancestor) private pure returns (Lineage[] memory lineages) {
        lineages = _proved(term, ancestor);
        lineages[0].complete = true;
    }

    // Anything, over five diseases, so that coverage comes out every way.

    function _anyTerms(uint256 seed) private pure returns (Terms memory given) {
        uint256 draw = uint256(keccak256(abi.encode(seed, "terms")));
        given = _with(uint16(draw % 32), uint32((draw >> 16) % 16));
        given.diseases = _list(1 + uint32((draw >> 32) % 5), 1 + uint32((draw >> 64) % 5));
        given.ontologyRelease = RELEASE;
    }

    function _anyPurpose(uint256 seed) private pure returns (Purpose memory) {
        uint256 draw = uint256(keccak256(abi.encode(seed, "purpose")));
        uint32[] memory diseases = new uint32[]((draw >> 16) % 3);
        for (uint256 i = 0; i < diseases.length; ++i) diseases[i] = 1 + uint32((draw >> (32 * (i + 1))) % 5);
        return _for(uint8(draw % 128), diseases);
    }

    function _anyLineages(uint256 seed, uint256 length) private pure returns (Lineage[] memory lineages) {
        lineages = new Lineage[](length);
        for (uint256 i = 0; i < length; ++i) lineages[i] = _anyLineage(uint256(keccak256(abi.encode(seed, i))));
    }

    function _anyLineage(uint256 draw) private pure returns (Lineage memory) {
        uint32[] memory ancestors = new uint32[](draw % 3);
        for (uint256 i = 0; i < ancestors.length; ++i) ancestors[i] = 1 + uint32((draw >> (32 * (i + 1))) % 5);
        return
            Lineage({
                release: (draw >> 128) % 4 == 0 ? OTHER_RELEASE : RELEASE,
                term: 1 + uint32((draw >> 160) % 5),
                ancestors: ancestors,
                complete: (draw >> 200) % 2 == 0
            });
    }
}
