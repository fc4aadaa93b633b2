// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

import {IInstitutionRegistry} from "../../contracts/identity/IInstitutionRegistry.sol";
import {
    ALL_FACTS,
    FACT_ETHICS_APPROVAL,
    FACT_NOT_COMMERCIAL,
    FACT_NOT_FOR_PROFIT,
    FACT_PUBLICATION,
    FACT_REGIONS,
    KIND_GRU,
    KIND_HMB
} from "../../contracts/libraries/DataUse.sol";
import {IFactRegistry} from "../../contracts/licence/IFactRegistry.sol";
import {FactQuery} from "../../contracts/licence/IFactSource.sol";
import {InstitutionId, NO_INSTITUTION} from "../../contracts/types/Ids.sol";
import {ConsentSigning} from "../support/ConsentSigning.sol";
import {structHash} from "../support/Statements.sol";
import {VM} from "../support/Vm.sol";

contract FactRegistryTest is ConsentSigning {
    address private constant OTHER_COMMITTEE = address(0xC0332);
    InstitutionId private constant OTHER_BOARD = InstitutionId.wrap(keccak256("another committee"));
    InstitutionId private constant COLLEGE = InstitutionId.wrap(keccak256("college"));
    bytes32 private constant PAPER = keccak256("paper");

    bytes32 private purpose;
    bytes32 private otherPurpose;
    Person private official;

    function setUp() public {
        _deploySystem();
        purpose = keccak256(abi.encode(_purpose(KIND_GRU)));
        otherPurpose = keccak256(abi.encode(_purpose(KIND_HMB)));
        official = _person("official");
        VM.startPrank(GOVERNANCE);
        institutions.addOfficial(UNIVERSITY, official.account);
        institutions.admit(OTHER_BOARD, _profile(COMMITTEE_BIT, true), OTHER_COMMITTEE);
        institutions.admit(COLLEGE, _profile(RESEARCHER_BIT, true), address(0xC011));
        VM.stopPrank();
    }

    // state

    function test_GivenOfficialOfInstitution_WhenStates_RecordsItAndSaysSo() public {
        VM.expectEmit(address(facts));
        emit IFactRegistry.FactsStated(UNIVERSITY, purpose, RESEARCHER, FACT_PUBLICATION, PAPER);
        _state(FACT_PUBLICATION);
        _assertRecord(UNIVERSITY, purpose, FACT_PUBLICATION, 0, 1);
        _assertSettled(FACT_PUBLICATION, FACT_PUBLICATION, FACT_PUBLICATION | FACT_NOT_FOR_PROFIT);
    }

    function test_GivenStatement_WhenStatedAgain_ReplacesIt() public {
        _state(FACT_PUBLICATION | FACT_REGIONS);
        _state(FACT_NOT_COMMERCIAL);
        _assertRecord(UNIVERSITY, purpose, FACT_NOT_COMMERCIAL, 0, 2);
        _state(0);
        _assertRecord(UNIVERSITY, purpose, 0, 0, 3);
    }

    function test_GivenStatement_WhenAnotherLicenseeOrPurposeIsAskedFor_SaysNothingOfIt() public {
        _state(ALL_FACTS);
        _assertRecord(PHARMA, purpose, 0, 0, 0);
        _assertRecord(UNIVERSITY, otherPurpose, 0, 0, 0);
        FactQuery memory query = _query(FACT_PUBLICATION);
        query.purposeDigest = otherPurpose;
        (, uint32 unattested) = facts.settle(query);
        VM.assertEq(unattested, ALL_FACTS & ~FACT_NOT_FOR_PROFIT, "another purpose");
        query = _query(FACT_PUBLICATION);
        query.licensee = COLLEGE;
        (, unattested) = facts.settle(query);
        VM.assertEq(unattested, ALL_FACTS & ~FACT_NOT_FOR_PROFIT, "another licensee");
    }

    function test_GivenBitsThatAreNoFact_WhenStated_RevertsUnknown() public {
        VM.expectRevert(abi.encodeWithSelector(IFactRegistry.FactUnknown.selector, uint32(1) << 17));
        _state(ALL_FACTS | (1 << 17));
    }

    function test_GivenNoInstitutionOrAccountThatIsNoOfficial_WhenStates_RevertsOfficialUnknown() public {
        address account = address(0xACC);
        VM.prank(GOVERNANCE);
        institutions.addAccount(UNIVERSITY, account);
        address[2] memory others = [STRANGER, account];
        for (uint256 i = 0; i < others.length; ++i) {
            VM.expectRevert(
                abi.encodeWithSelector(IInstitutionRegistry.InstitutionOfficialUnknown.selector, others[i])
            );
            VM.prank(others[i]);
            facts.state(purpose, FACT_PUBLICATION, PAPER);
        }
    }

    function test_GivenOfficialWithoutAnyRole_WhenStates_RecordsIt() public {
        VM.prank(official.account);
        facts.state(purpose, FACT_PUBLICATION, PAPER);
        _assertRecord(UNIVERSITY, purpose, FACT_PUBLICATION, 0, 1);
    }

    function test_GivenSuspendedInstitution_WhenStates_RevertsNotInStanding() public {
        _suspend(UNIVERSITY);
        VM.expectRevert(abi.encodeWithSelector(IInstitutionRegistry.InstitutionNotInStanding.selector, UNIVERSITY));
        _state(FACT_PUBLICATION);
    }

    // stateBySig

    function test_GivenOfficialsSignature_WhenRelayedByAnyone_RecordsItAndSaysSo() public {
        IFactRegistry.Statement memory statement = _statement();
        bytes memory signature = _signed(statement);
        VM.expectEmit(address(facts));
        emit IFactRegistry.FactsStated(UNIVERSITY, purpose, official.account, statement.facts, PAPER);
        VM.prank(STRANGER);
        facts.stateBySig(statement, signature);
        _assertRecord(UNIVERSITY, purpose, statement.facts, 0, 1);
    }

    function test_GivenLastSecondOfDeadline_WhenRelayed_CountsAndNotAfter() public {
        IFactRegistry.Statement memory statement = _statement();
        bytes memory signature = _signed(statement);
        VM.warp(statement.deadline + 1);
        VM.expectRevert(
            abi.encodeWithSelector(
                IFactRegistry.FactDeadlinePassed.selector,
                statement.deadline,
                statement.deadline + 1
            )
        );
        facts.stateBySig(statement, signature);
        VM.warp(statement.deadline);
        facts.stateBySig(statement, signature);
    }

    function test_GivenRelayed_WhenReplayed_RevertsNumberUsed() public {
        IFactRegistry.Statement memory statement = _statement();
        bytes memory signature = _signed(statement);
        facts.stateBySig(statement, signature);
        VM.expectRevert(abi.encodeWithSelector(IFactRegistry.FactNumberUsed.selector, 0, 1));
        facts.stateBySig(statement, signature);
    }

    function test_GivenSignature_WhenAColleagueStatesFirst_ItNoLongerCounts() public {
        IFactRegistry.Statement memory statement = _statement();
        bytes memory signature = _signed(statement);
        _state(0);
        VM.expectRevert(abi.encodeWithSelector(IFactRegistry.FactNumberUsed.selector, 0, 1));
        facts.stateBySig(statement, signature);
        _assertRecord(UNIVERSITY, purpose, 0, 0, 1);
    }

    function test_GivenNumberOfLater_WhenRelayed_RevertsNumberUsed() public {
        IFactRegistry.Statement memory statement = _statement();
        statement.number = 1;
        bytes memory signature = _signed(statement);
        VM.expectRevert(abi.encodeWithSelector(IFactRegistry.FactNumberUsed.selector, 1, 0));
        facts.stateBySig(statement, signature);
    }

    function test_GivenAnyFieldChanged_WhenRelayed_RevertsSignatureInvalid() public {
        bytes memory signature = _signed(_statement());
        for (uint256 field = 0; field < 6; ++field) {
            IFactRegistry.Statement memory statement = _statement();
            if (field == 0) statement.licensee = COLLEGE;
            else if (field == 1) statement.purposeDigest = otherPurpose;
            else if (field == 2) statement.facts = ALL_FACTS;
            else if (field == 3) statement.document = "another paper";
            else if (field == 4) statement.number = 7;
            else statement.deadline += 1;
            _expectSignatureInvalid(statement, signature);
            facts.stateBySig(statement, signature);
        }
    }

    function test_GivenSignatureForOtherChainContractOrVersion_WhenRelayed_RevertsSignatureInvalid() public {
        IFactRegistry.Statement memory statement = _statement();
        bytes32 hash = structHash(statement);
        bytes32[4] memory digests = [
            _typedData(hash, "Concord FactRegistry", "1", block.chainid + 1, address(facts)),
            _typedData(hash, "Concord FactRegistry", "1", block.chainid, address(licences)),
            _typedData(hash, "Concord FactRegistry", "2", block.chainid, address(facts)),
            _typedData(hash, "Concord Consent", "1", block.chainid, address(facts))
        ];
        for (uint256 i = 0; i < digests.length; ++i) {
            bytes memory signature = _sign(official, digests[i]);
            _expectSignatureInvalid(statement, signature);
            facts.stateBySig(statement, signature);
        }
    }

    function test_GivenSignatureOfStrangerOrOtherInstitution_WhenRelayed_RevertsSignatureInvalid() public {
        IFactRegistry.Statement memory statement = _statement();
        Person memory other = _person("official of the company");
        bytes memory signature = _sign(other, _digestOf(statement));
        for (uint256 i = 0; i < 2; ++i) {
            VM.expectRevert(
                abi.encodeWithSelector(IFactRegistry.FactSignatureInvalid.selector, UNIVERSITY, other.account)
            );
            facts.stateBySig(statement, signature);
            if (i == 0) _addOfficial(PHARMA, other.account);
        }
    }

    function test_GivenSignatureOfAccountThatIsNoOfficial_WhenRelayed_RevertsSignatureInvalid() public {
        IFactRegistry.Statement memory statement = _statement();
        VM.startPrank(GOVERNANCE);
        institutions.addAccount(UNIVERSITY, official.account);
        institutions.removeOfficial(official.account);
        VM.stopPrank();
        bytes memory signature = _signed(statement);
        _expectSignatureInvalid(statement, signature);
        facts.stateBySig(statement, signature);
    }

    function test_GivenOfficialWhoHasMoved_WhenRelayed_CountsForNeitherInstitution() public {
        IFactRegistry.Statement memory statement = _statement();
        bytes memory signature = _signed(statement);
        VM.prank(GOVERNANCE);
        institutions.removeOfficial(official.account);
        _addOfficial(PHARMA, official.account);
        _expectSignatureInvalid(statement, signature);
        facts.stateBySig(statement, signature);
        statement.licensee = PHARMA;
        _expectSignatureInvalid(statement, signature);
        facts.stateBySig(statement, signature);
    }

    function test_GivenSuspendedInstitution_WhenItsSignatureIsRelayed_RevertsNotInStanding() public {
        IFactRegistry.Statement memory statement = _statement();
        bytes memory signature = _signed(statement);
        _suspend(UNIVERSITY);
        VM.expectRevert(abi.encodeWithSelector(IInstitutionRegistry.InstitutionNotInStanding.selector, UNIVERSITY));
        facts.stateBySig(statement, signature);
    }

    function test_GivenNobodysSignatureForNobody_WhenRelayed_RevertsOfficialUnknown() public {
        IFactRegistry.Statement memory statement = _statement();
        statement.licensee = NO_INSTITUTION;
        Person memory nobody = _person("nobody");
        bytes memory signature = _sign(nobody, _digestOf(statement));
        VM.expectRevert(
            abi.encodeWithSelector(IInstitutionRegistry.InstitutionOfficialUnknown.selector, nobody.account)
        );
        facts.stateBySig(statement, signature);
    }

    function test_GivenMalformedSignature_WhenRelayed_Reverts() public {
        IFactRegistry.Statement memory statement = _statement();
        VM.expectRevert(abi.encodeWithSelector(ECDSA.ECDSAInvalidSignatureLength.selector, 0));
        facts.stateBySig(statement, "");
        VM.expectRevert(ECDSA.ECDSAInvalidSignature.selector);
        facts.stateBySig(statement, new bytes(65));
    }

    function test_GivenSignedBitsThatAreNoFact_WhenRelayed_RevertsUnknown() public {
        IFactRegistry.Statement memory statement = _statement();
        statement.facts = uint32(1) << 31;
        bytes memory signature = _signed(statement);
        VM.expectRevert(abi.encodeWithSelector(IFactRegistry.FactUnknown.selector, statement.facts));
        facts.stateBySig(statement, signature);
    }

    // approveEthics

    function test_GivenCommittee_WhenApproves_RecordsItAndSaysSo() public {
        uint32 until = _now() + 10;
        VM.expectEmit(address(facts));
        emit IFactRegistry.EthicsApproved(UNIVERSITY, purpose, ETHICS, until, PAPER);
        _approve(COMMITTEE, until);
        _assertRecord(UNIVERSITY, purpose, 0, until, 0);
        VM.assertTrue(facts.committeeOf(UNIVERSITY, purpose) == ETHICS);
        VM.assertTrue(facts.committeeOf(UNIVERSITY, otherPurpose) == NO_INSTITUTION);
        VM.assertTrue(facts.committeeOf(PHARMA, purpose) == NO_INSTITUTION);
    }

    function test_GivenApproval_WhenItLapses_HoldsToTheLastSecondAndOutweighsStatementsThen() public {
        _approve(COMMITTEE, _now() + 10);
        _state(FACT_ETHICS_APPROVAL);
        _advance(9);
        _assertSettled(0, FACT_ETHICS_APPROVAL, FACT_ETHICS_APPROVAL | FACT_NOT_FOR_PROFIT);
        _advance(1);
        _assertSettled(FACT_ETHICS_APPROVAL, 0, FACT_ETHICS_APPROVAL | FACT_NOT_FOR_PROFIT);
    }

    function test_GivenApproval_WhenTakenBack_EndsAtOnceAndOutweighsStatements() public {
        _approve(COMMITTEE, _now() + 10);
        _state(FACT_ETHICS_APPROVAL);
        VM.expectEmit(address(facts));
        emit IFactRegistry.EthicsApproved(UNIVERSITY, purpose, ETHICS, _now(), PAPER);
        _approve(COMMITTEE, 0);
        _assertSettled(FACT_ETHICS_APPROVAL, 0, FACT_ETHICS_APPROVAL | FACT_NOT_FOR_PROFIT);
        _approve(COMMITTEE, _now() + 1);
        _assertSettled(0, FACT_ETHICS_APPROVAL, FACT_ETHICS_APPROVAL | FACT_NOT_FOR_PROFIT);
    }

    function test_GivenEndThatHasPassed_WhenApproved_RevertsApprovalPassed() public {
        VM.expectRevert(abi.encodeWithSelector(IFactRegistry.FactApprovalPassed.selector, _now(), block.timestamp));
        _approve(COMMITTEE, _now());
    }

    function test_GivenApprovalOfAnother_WhenCommitteeChangesIt_RevertsNotYours() public {
        _approve(COMMITTEE, _now() + 10);
        uint32[2] memory ends = [0, _now() + 20];
        for (uint256 i = 0; i < ends.length; ++i) {
            VM.expectRevert(abi.encodeWithSelector(IFactRegistry.FactApprovalNotYours.selector, ETHICS));
            _approve(OTHER_COMMITTEE, ends[i]);
        }
    }

    function test_GivenApprovalOfPredecessor_WhenSuccessorChangesIt_IsItsOwnFromThenOn() public {
        _approve(COMMITTEE, _now() + 10);
        VM.prank(GOVERNANCE);
        institutions.succeed(ETHICS, OTHER_BOARD);
        _approve(OTHER_COMMITTEE, _now() + 20);
        VM.assertTrue(facts.committeeOf(UNIVERSITY, purpose) == OTHER_BOARD);
        _approve(OTHER_COMMITTEE, 0);
        _assertRecord(UNIVERSITY, purpose, 0, _now(), 0);
    }

    function test_GivenConflictOfInterest_WhenApproved_RevertsUntilItIsLifted() public {
        VM.prank(RESEARCHER);
        institutions.declareConflict(ETHICS, PAPER);
        _expectConflict(UNIVERSITY);
        _approve(COMMITTEE, _now() + 10);
        _approve(OTHER_COMMITTEE, _now() + 10);
        VM.prank(GOVERNANCE);
        institutions.liftConflict(ETHICS, UNIVERSITY, PAPER);
        VM.prank(COMMITTEE);
        facts.approveEthics(UNIVERSITY, otherPurpose, _now() + 10, PAPER);
    }

    function test_GivenOwnUse_WhenCommitteeApproves_RevertsConflictOfInterest() public {
        _expectConflict(ETHICS);
        VM.prank(COMMITTEE);
        facts.approveEthics(ETHICS, purpose, _now() + 10, PAPER);
    }

    function test_GivenConflictSinceTheApproval_WhenTakenBack_EndsAndCannotBeGivenAgain() public {
        _approve(COMMITTEE, _now() + 10);
        VM.prank(COMMITTEE);
        institutions.declareConflict(UNIVERSITY, PAPER);
        _approve(COMMITTEE, 0);
        _assertRecord(UNIVERSITY, purpose, 0, _now(), 0);
        _expectConflict(UNIVERSITY);
        _approve(COMMITTEE, _now() + 10);
    }

    function test_GivenNoApproval_WhenTakenBack_RevertsNotYours() public {
        VM.expectRevert(abi.encodeWithSelector(IFactRegistry.FactApprovalNotYours.selector, NO_INSTITUTION));
        _approve(COMMITTEE, 0);
    }

    function test_GivenNoCommittee_WhenApproves_RevertsUnauthorised() public {
        VM.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, RESEARCHER));
        _approve(RESEARCHER, _now() + 10);
    }

    function test_GivenSuspendedCommittee_WhenApproves_RevertsNotInStanding() public {
        _suspend(ETHICS);
        VM.expectRevert(abi.encodeWithSelector(IInstitutionRegistry.InstitutionNotInStanding.selector, ETHICS));
        _approve(COMMITTEE, _now() + 10);
    }

    // settle

    function test_GivenNothingOnRecord_WhenSettled_HoldsWhatThePurposeStatesUnattested() public view {
        uint32 stated = FACT_PUBLICATION | FACT_ETHICS_APPROVAL;
        _assertSettled(stated, stated, FACT_NOT_FOR_PROFIT);
    }

    function test_GivenPurposeThatCallsAFactUnattested_WhenSettled_StatementDoesNotAttestIt() public {
        _state(ALL_FACTS);
        FactQuery memory query = _query(FACT_PUBLICATION);
        query.unattested = FACT_PUBLICATION;
        (uint32 held, uint32 unattested) = facts.settle(query);
        VM.assertEq(held, FACT_PUBLICATION | FACT_NOT_FOR_PROFIT);
        VM.assertEq(unattested, FACT_PUBLICATION);
    }

    function test_GivenStatedNotForProfit_WhenRecordsSayOtherwise_RecordsDecide() public {
        VM.prank(COMPANY);
        facts.state(purpose, ALL_FACTS, PAPER);
        FactQuery memory query = _query(FACT_NOT_FOR_PROFIT);
        query.licensee = PHARMA;
        (uint32 held, ) = facts.settle(query);
        VM.assertEq(held, 0);
    }

    function test_GivenListedInstitutions_WhenSettled_EveryOneMustBeNotForProfit() public view {
        bytes32[] memory listed = new bytes32[](2);
        (listed[0], listed[1]) = (InstitutionId.unwrap(COLLEGE), InstitutionId.unwrap(BIOBANK));
        VM.assertTrue(_isNotForProfit(UNIVERSITY, listed), "all are");
        VM.assertFalse(_isNotForProfit(PHARMA, listed), "the licensee is not");
        listed[1] = InstitutionId.unwrap(PHARMA);
        VM.assertFalse(_isNotForProfit(UNIVERSITY, listed), "the last is not");
        listed[1] = InstitutionId.unwrap(NOBODY);
        VM.assertFalse(_isNotForProfit(UNIVERSITY, listed), "the last is no institution");
    }

    function _isNotForProfit(InstitutionId licensee, bytes32[] memory listed) private view returns (bool) {
        FactQuery memory query = _query(0);
        query.licensee = licensee;
        query.institutions = listed;
        (uint32 held, ) = facts.settle(query);
        return held & FACT_NOT_FOR_PROFIT != 0;
    }

    /// @dev The university is not-for-profit by its record, whatever is stated.
    function _assertSettled(uint32 stated, uint32 held, uint32 attested) private view {
        (uint32 heldNow, uint32 unattested) = facts.settle(_query(stated));
        VM.assertEq(heldNow, held | FACT_NOT_FOR_PROFIT, "held");
        VM.assertEq(unattested, ALL_FACTS & ~attested, "unattested");
    }

    function _assertRecord(
        InstitutionId licensee,
        bytes32 purposeDigest,
        uint32 attested,
        uint32 ethicsUntil,
        uint32 statements
    ) private view {
        IFactRegistry.FactRecord memory found = facts.recordOf(licensee, purposeDigest);
        VM.assertEq(found.attested, attested, "attested");
        VM.assertEq(found.ethicsUntil, ethicsUntil, "ethics approval");
        VM.assertEq(found.statements, statements, "statements");
    }

    function _expectSignatureInvalid(IFactRegistry.Statement memory statement, bytes memory signature) private {
        address signer = ECDSA.recover(_digestOf(statement), signature);
        VM.expectRevert(
            abi.encodeWithSelector(IFactRegistry.FactSignatureInvalid.selector, statement.licensee, signer)
        );
    }

    function _state(uint32 stated) private {
        VM.prank(RESEARCHER);
        facts.state(purpose, stated, PAPER);
    }

    function _approve(address account, uint32 until) private {
        VM.prank(account);
        facts.approveEthics(UNIVERSITY, purpose, until, PAPER);
    }

    function _suspend(InstitutionId institutionId) private {
        VM.prank(GOVERNANCE);
        institutions.suspend(institutionId);
    }

    function _addOfficial(InstitutionId institutionId, address account) private {
        VM.prank(GOVERNANCE);
        institutions.addOfficial(institutionId, account);
    }

    function _expectConflict(InstitutionId licensee) private {
        VM.expectRevert(abi.encodeWithSelector(IFactRegistry.FactConflictOfInterest.selector, licensee, ETHICS));
    }

    function _query(uint32 stated) private view returns (FactQuery memory query) {
        query.asked = ALL_FACTS;
        query.licensee = UNIVERSITY;
        query.purposeDigest = purpose;
        query.stated = stated;
    }

    /// @dev The university's first about the purpose, good for an hour.
    function _statement() private view returns (IFactRegistry.Statement memory) {
        return
            IFactRegistry.Statement({
                licensee: UNIVERSITY,
                purposeDigest: purpose,
                facts: FACT_PUBLICATION | FACT_NOT_COMMERCIAL,
                document: PAPER,
                number: 0,
                deadline: _now() + 1 hours
            });
    }

    function _signed(IFactRegistry.Statement memory statement) private view returns (bytes memory) {
        return _sign(official, _digestOf(statement));
    }

    function _digestOf(IFactRegistry.Statement memory statement) private view returns (bytes32) {
        return _typedData(structHash(statement), "Concord FactRegistry", "1", block.chainid, address(facts));
    }
}
