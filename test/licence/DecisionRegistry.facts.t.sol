// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {
    ALL_FACTS,
    FACT_COLLABORATION,
    FACT_ETHICS_APPROVAL,
    FACT_GENETIC_STUDY,
    FACT_NOT_COMMERCIAL,
    FACT_NO_LINKAGE,
    FACT_NO_REIDENTIFICATION,
    FACT_NO_TRAINING,
    FACT_PROJECTS,
    FACT_PUBLICATION,
    FACT_PUBLISH_FROM,
    FACT_REGIONS,
    FACT_RETURNS_DATA,
    FACT_USERS,
    KIND_GRU,
    MODIFIER_COL,
    MODIFIER_GS,
    MODIFIER_GSO,
    MODIFIER_IRB,
    MODIFIER_IS,
    MODIFIER_MOR,
    MODIFIER_NCU,
    MODIFIER_NMT,
    MODIFIER_NPU,
    MODIFIER_NPUNCU,
    MODIFIER_NRI,
    MODIFIER_NRL,
    MODIFIER_PS,
    MODIFIER_PUB,
    MODIFIER_RS,
    MODIFIER_RTN,
    MODIFIER_TS,
    MODIFIER_US
} from "../../contracts/libraries/DataUse.sol";
import {
    DENY_COL_COLLABORATION,
    DENY_GSO_GENETIC_STUDY,
    DENY_GS_REGIONS,
    DENY_IRB_ETHICS_APPROVAL,
    DENY_MOR_PUBLISH_FROM,
    DENY_NCU_COMMERCIAL,
    DENY_NMT_TRAINS_MODEL,
    DENY_NPU,
    DENY_NPUNCU_COMMERCIAL,
    DENY_NPUNCU_NOT_FOR_PROFIT,
    DENY_NRI_REIDENTIFIES,
    DENY_NRL_LINKS_RECORDS,
    DENY_PS_PROJECTS,
    DENY_PUB_PUBLICATION,
    DENY_RTN_RETURNS_DATA,
    DENY_UNPROVEN,
    DENY_US_USERS,
    MANUAL_COL_NOT_SIGNED,
    MANUAL_COL_UNATTESTED,
    MANUAL_GSO_UNATTESTED,
    MANUAL_GS_UNATTESTED,
    MANUAL_IRB_UNATTESTED,
    MANUAL_MOR_UNATTESTED,
    MANUAL_NCU_UNATTESTED,
    MANUAL_NMT_UNATTESTED,
    MANUAL_NPUNCU_COMMERCIAL_UNATTESTED,
    MANUAL_NRI_UNATTESTED,
    MANUAL_NRL_UNATTESTED,
    MANUAL_PS_UNATTESTED,
    MANUAL_PUB_UNATTESTED,
    MANUAL_RTN_UNATTESTED,
    MANUAL_US_UNATTESTED
} from "../../contracts/libraries/Verdicts.sol";
import {IDecisionRegistry} from "../../contracts/licence/IDecisionRegistry.sol";
import {LineageWitness, Purpose, Terms, Verdict} from "../../contracts/types/DataUse.sol";
import {InstitutionId} from "../../contracts/types/Ids.sol";
import {ConcordSystem} from "../support/ConcordSystem.sol";
import {VM} from "../support/Vm.sol";

/// @title DecisionRegistryFactsTest
/// @notice Each answer is kept once; what follows from it changes with the records alone.
contract DecisionRegistryFactsTest is ConcordSystem {
    /// @dev A modifier that wants a fact, and its reasons.
    struct Row {
        uint32 modifier_;
        uint32 fact;
        uint256 deny;
        uint256 manual;
    }

    uint32 private constant DENMARK = 208;
    bytes32 private constant LISTED = keccak256("listed");

    Row[] private stated;
    Row[] private listed;

    function setUp() public {
        _deploySystem();
        stated.push(Row(MODIFIER_NCU, FACT_NOT_COMMERCIAL, DENY_NCU_COMMERCIAL, MANUAL_NCU_UNATTESTED));
        stated.push(Row(MODIFIER_IRB, FACT_ETHICS_APPROVAL, DENY_IRB_ETHICS_APPROVAL, MANUAL_IRB_UNATTESTED));
        stated.push(Row(MODIFIER_COL, FACT_COLLABORATION, DENY_COL_COLLABORATION, MANUAL_COL_UNATTESTED));
        stated.push(Row(MODIFIER_PUB, FACT_PUBLICATION, DENY_PUB_PUBLICATION, MANUAL_PUB_UNATTESTED));
        stated.push(Row(MODIFIER_RTN, FACT_RETURNS_DATA, DENY_RTN_RETURNS_DATA, MANUAL_RTN_UNATTESTED));
        stated.push(Row(MODIFIER_GSO, FACT_GENETIC_STUDY, DENY_GSO_GENETIC_STUDY, MANUAL_GSO_UNATTESTED));
        stated.push(Row(MODIFIER_NRI, FACT_NO_REIDENTIFICATION, DENY_NRI_REIDENTIFIES, MANUAL_NRI_UNATTESTED));
        stated.push(Row(MODIFIER_NRL, FACT_NO_LINKAGE, DENY_NRL_LINKS_RECORDS, MANUAL_NRL_UNATTESTED));
        stated.push(Row(MODIFIER_NMT, FACT_NO_TRAINING, DENY_NMT_TRAINS_MODEL, MANUAL_NMT_UNATTESTED));
        stated.push(
            Row(MODIFIER_NPUNCU, FACT_NOT_COMMERCIAL, DENY_NPUNCU_COMMERCIAL, MANUAL_NPUNCU_COMMERCIAL_UNATTESTED)
        );
        listed.push(Row(MODIFIER_GS, FACT_REGIONS, DENY_GS_REGIONS, MANUAL_GS_UNATTESTED));
        listed.push(Row(MODIFIER_US, FACT_USERS, DENY_US_USERS, MANUAL_US_UNATTESTED));
        listed.push(Row(MODIFIER_PS, FACT_PROJECTS, DENY_PS_PROJECTS, MANUAL_PS_UNATTESTED));
        listed.push(Row(MODIFIER_MOR, FACT_PUBLISH_FROM, DENY_MOR_PUBLISH_FROM, MANUAL_MOR_UNATTESTED));
    }

    // What a purpose states

    function test_GivenStatedFact_WhenLicenseeAttestsAndTakesBack_VerdictFollowsWithoutDeciding() public {
        for (uint256 i = 0; i < stated.length; ++i) {
            Row memory row = stated[i];
            Purpose memory purpose = _purpose(KIND_GRU);
            purpose.stated = row.fact;
            Terms memory given = _decided(row.modifier_, purpose);
            _assertVerdict(given, purpose, 0, row.manual);
            _state(purpose, ALL_FACTS & ~row.fact);
            _assertVerdict(given, purpose, 0, row.manual);
            _state(purpose, row.fact);
            _assertVerdict(given, purpose, 0, 0);
            _state(purpose, 0);
            _assertVerdict(given, purpose, 0, row.manual);
        }
    }

    function test_GivenFactNotStated_WhenLicenseeAttestsEverything_StillDenies() public {
        for (uint256 i = 0; i < stated.length; ++i) {
            Row memory row = stated[i];
            Purpose memory purpose = _purpose(KIND_GRU);
            Terms memory given = _decided(row.modifier_, purpose);
            _state(purpose, ALL_FACTS);
            _assertVerdict(given, purpose, row.deny, 0);
        }
    }

    function test_GivenAttested_WhenAskedForAnotherLicensee_ItIsNotAttested() public {
        Purpose memory purpose = _purpose(KIND_GRU);
        purpose.stated = FACT_PUBLICATION;
        Terms memory given = _decided(MODIFIER_PUB, purpose);
        _state(purpose, FACT_PUBLICATION);
        _assertVerdict(given, purpose, 0, 0);
        _assertVerdict(given, purpose, PHARMA, 0, MANUAL_PUB_UNATTESTED);
    }

    // What lists and dates say

    function test_GivenListedAndAttested_WhenTakenBack_VerdictFollowsWithoutDeciding() public {
        for (uint256 i = 0; i < listed.length; ++i) {
            Row memory row = listed[i];
            Purpose memory purpose = _listing(row.modifier_, true);
            Terms memory given = _decided(row.modifier_, purpose);
            _assertVerdict(given, purpose, 0, row.manual);
            _state(purpose, row.fact);
            _assertVerdict(given, purpose, 0, 0);
            _state(purpose, ALL_FACTS & ~row.fact);
            _assertVerdict(given, purpose, 0, row.manual);
        }
    }

    function test_GivenNotListed_WhenAttested_StillDenies() public {
        for (uint256 i = 0; i < listed.length; ++i) {
            Row memory row = listed[i];
            if (row.modifier_ == MODIFIER_GS) continue;
            Purpose memory purpose = _listing(row.modifier_, false);
            Terms memory given = _decided(row.modifier_, purpose);
            _state(purpose, ALL_FACTS);
            _assertVerdict(given, purpose, row.deny, 0);
        }
    }

    function test_GivenNoRegion_WhenAttested_StillDenies() public {
        Purpose memory purpose = _purpose(KIND_GRU);
        Terms memory given = _decided(MODIFIER_GS, purpose);
        _state(purpose, ALL_FACTS);
        _assertVerdict(given, purpose, DENY_GS_REGIONS, 0);
    }

    function test_GivenRowsWithoutFacts_WhenAsked_RecordsChangeNothing() public {
        uint32[3] memory modifiers = [MODIFIER_IS, MODIFIER_RS, MODIFIER_TS];
        for (uint256 i = 0; i < modifiers.length; ++i) {
            Purpose memory purpose = _listing(modifiers[i], true);
            Terms memory given = _decided(modifiers[i], purpose);
            _assertVerdict(given, purpose, 0, 0);
            _state(purpose, ALL_FACTS);
            _assertVerdict(given, purpose, 0, 0);
        }
    }

    // Collaboration

    function test_GivenInvestigatorsNoneOfWhomSigned_WhenAgreedAndAttested_NeedsReview() public {
        Purpose memory purpose = _purpose(KIND_GRU);
        purpose.stated = FACT_COLLABORATION;
        Terms memory given = _withInvestigators();
        _keep(given, purpose);
        _assertVerdict(given, purpose, 0, MANUAL_COL_NOT_SIGNED | MANUAL_COL_UNATTESTED);
        _state(purpose, FACT_COLLABORATION);
        _assertVerdict(given, purpose, 0, MANUAL_COL_NOT_SIGNED);
    }

    function test_GivenInvestigatorWhoSigned_WhenAttested_Approves() public {
        Purpose memory purpose = _purpose(KIND_GRU);
        purpose.stated = FACT_COLLABORATION;
        purpose.collaborators = _one(LISTED);
        Terms memory given = _withInvestigators();
        _keep(given, purpose);
        _state(purpose, FACT_COLLABORATION);
        _assertVerdict(given, purpose, 0, 0);
    }

    function test_GivenInvestigatorsAndNoAgreement_WhenAsked_DeniesForThatAlone() public {
        Purpose memory purpose = _purpose(KIND_GRU);
        Terms memory given = _withInvestigators();
        _keep(given, purpose);
        _assertVerdict(given, purpose, DENY_COL_COLLABORATION, 0);
    }

    // Ethics approval

    function test_GivenIrb_WhenCommitteeApproves_HoldsUntilItLapsesToTheSecond() public {
        Purpose memory purpose = _purpose(KIND_GRU);
        Terms memory given = _decided(MODIFIER_IRB, purpose);
        _assertVerdict(given, purpose, DENY_IRB_ETHICS_APPROVAL, 0);
        _approve(purpose, uint32(block.timestamp) + 10);
        _assertVerdict(given, purpose, 0, 0);
        VM.warp(block.timestamp + 9);
        _assertVerdict(given, purpose, 0, 0);
        VM.warp(block.timestamp + 1);
        _assertVerdict(given, purpose, DENY_IRB_ETHICS_APPROVAL, 0);
    }

    function test_GivenIrbStatedAndAttested_WhenApprovalIsTakenBack_Denies() public {
        Purpose memory purpose = _purpose(KIND_GRU);
        purpose.stated = FACT_ETHICS_APPROVAL;
        Terms memory given = _decided(MODIFIER_IRB, purpose);
        _state(purpose, FACT_ETHICS_APPROVAL);
        _assertVerdict(given, purpose, 0, 0);
        _approve(purpose, uint32(block.timestamp) + 10);
        _approve(purpose, 0);
        _assertVerdict(given, purpose, DENY_IRB_ETHICS_APPROVAL, 0);
    }

    // Who has access

    function test_GivenNpuAndListedInstitutions_WhenAsked_EveryOneCounts() public {
        Purpose memory purpose = _purpose(KIND_GRU);
        purpose.institutions = _one(InstitutionId.unwrap(BIOBANK));
        Terms memory given = _decided(MODIFIER_NPU, purpose);
        _assertVerdict(given, purpose, 0, 0);
        purpose.institutions = _one(InstitutionId.unwrap(PHARMA));
        given = _decided(MODIFIER_NPU, purpose);
        _assertVerdict(given, purpose, DENY_NPU, 0);
    }

    function test_GivenListedInstitutionAdmittedLater_WhenAsked_ItsRecordCountsFromThen() public {
        Purpose memory purpose = _purpose(KIND_GRU);
        purpose.institutions = _one(InstitutionId.unwrap(NOBODY));
        Terms memory given = _decided(MODIFIER_NPU, purpose);
        _assertVerdict(given, purpose, DENY_NPU, 0);
        VM.prank(GOVERNANCE);
        institutions.admit(NOBODY, _profile(RESEARCHER_BIT, true), address(0xB0D));
        _assertVerdict(given, purpose, 0, 0);
    }

    function test_GivenSeveralTermsWithNpu_WhenDecided_TheirVerdictsAgree() public {
        Purpose memory purpose = _purpose(KIND_GRU);
        purpose.institutions = _one(InstitutionId.unwrap(PHARMA));
        Terms memory first = _decided(MODIFIER_NPU, purpose);
        Terms memory second = _decided(MODIFIER_NPU | MODIFIER_PUB, purpose);
        _assertVerdict(first, purpose, DENY_NPU, 0);
        _assertVerdict(second, purpose, DENY_NPU | DENY_PUB_PUBLICATION, 0);
    }

    function test_GivenNpuncuAndCompany_WhenAsked_BothReasonsAreGiven() public {
        Purpose memory purpose = _purpose(KIND_GRU);
        Terms memory given = _decided(MODIFIER_NPUNCU, purpose);
        _assertVerdict(given, purpose, PHARMA, DENY_NPUNCU_NOT_FOR_PROFIT | DENY_NPUNCU_COMMERCIAL, 0);
    }

    function test_GivenRegionNeitherListedNorProved_WhenDecided_NothingIsKept() public {
        Purpose memory purpose = _listing(MODIFIER_GS, false);
        Terms memory given = _carrying(MODIFIER_GS);
        VM.expectPartialRevert(IDecisionRegistry.DecisionUnproven.selector);
        _keep(given, purpose);
        _assertVerdict(given, purpose, DENY_UNPROVEN, 0);
    }

    function _assertVerdict(Terms memory given, Purpose memory purpose, uint256 deny, uint256 manual) private view {
        _assertVerdict(given, purpose, UNIVERSITY, deny, manual);
    }

    function _assertVerdict(
        Terms memory given,
        Purpose memory purpose,
        InstitutionId licensee,
        uint256 deny,
        uint256 manual
    ) private view {
        Verdict memory verdict = decisions.verdictOf(
            keccak256(abi.encode(given)),
            keccak256(abi.encode(purpose)),
            licensee
        );
        VM.assertEq(verdict.deny, deny, "deny");
        VM.assertEq(verdict.manual, manual, "manual");
    }

    function _decided(uint32 modifiers, Purpose memory purpose) private returns (Terms memory given) {
        given = _carrying(modifiers);
        _keep(given, purpose);
    }

    function _keep(Terms memory given, Purpose memory purpose) private {
        decisions.decide(given, purpose, new LineageWitness[](0));
    }

    function _state(Purpose memory purpose, uint32 attested) private {
        VM.prank(RESEARCHER);
        facts.state(keccak256(abi.encode(purpose)), attested, "paper");
    }

    function _approve(Purpose memory purpose, uint32 until) private {
        VM.prank(COMMITTEE);
        facts.approveEthics(UNIVERSITY, keccak256(abi.encode(purpose)), until, "paper");
    }

    function _withInvestigators() private pure returns (Terms memory given) {
        given = _carrying(MODIFIER_COL);
        given.investigators = _one(LISTED);
    }

    /// @dev Terms with these modifiers and what they take.
    function _carrying(uint32 modifiers) private pure returns (Terms memory given) {
        given = _terms("facts");
        given.modifiers = modifiers;
        if (modifiers == MODIFIER_GS) (given.regions, given.regionRelease) = (_list(DENMARK), LISTED);
        else if (modifiers == MODIFIER_US) given.users = _one(LISTED);
        else if (modifiers == MODIFIER_PS) given.projects = _one(LISTED);
        else if (modifiers == MODIFIER_MOR) given.moratoriumUntil = 100;
        else if (modifiers == MODIFIER_IS) given.institutions = _one(LISTED);
        else if (modifiers == MODIFIER_RS) given.researchTypes = _one(LISTED);
        else if (modifiers == MODIFIER_TS) given.months = 12;
    }

    /// @dev A purpose that says what such terms ask for, within them or outside.
    function _listing(uint32 modifier_, bool isWithin) private pure returns (Purpose memory purpose) {
        purpose = _purpose(KIND_GRU);
        bytes32[] memory list = _one(isWithin ? LISTED : keccak256("not listed"));
        if (modifier_ == MODIFIER_GS) purpose.regions = _list(isWithin ? DENMARK : DENMARK + 1);
        else if (modifier_ == MODIFIER_US) purpose.users = list;
        else if (modifier_ == MODIFIER_PS) purpose.projects = list;
        else if (modifier_ == MODIFIER_MOR) purpose.publishFrom = isWithin ? 100 : 99;
        else if (modifier_ == MODIFIER_IS) purpose.institutions = list;
        else if (modifier_ == MODIFIER_RS) purpose.researchTypes = list;
        else if (modifier_ == MODIFIER_TS) purpose.months = 12;
    }

    function _one(bytes32 value) private pure returns (bytes32[] memory list) {
        list = new bytes32[](1);
        list[0] = value;
    }
}
