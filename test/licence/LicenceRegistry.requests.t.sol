// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IInstitutionRegistry} from "../../contracts/identity/IInstitutionRegistry.sol";
import {
    FACT_COLLABORATION,
    FACT_PUBLICATION,
    FACT_RETURNS_DATA,
    KIND_GRU,
    KIND_HMB
} from "../../contracts/libraries/DataUse.sol";
import {IFactRegistry} from "../../contracts/licence/IFactRegistry.sol";
import {ILicenceRegistry} from "../../contracts/licence/ILicenceRegistry.sol";
import {DatasetRecord} from "../../contracts/types/Dataset.sol";
import {Purpose} from "../../contracts/types/DataUse.sol";
import {InstitutionId, LicenceId, NO_INSTITUTION} from "../../contracts/types/Ids.sol";
import {DeliveryMode, DutyKind, LicenceAsk, LicenceStatus} from "../../contracts/types/Licence.sol";
import {structHash} from "../support/LicenceRequests.sol";
import {LicensedStudy} from "../support/LicensedStudy.sol";
import {VM} from "../support/Vm.sol";

/// @title LicenceRegistryRequestsTest
/// @notice Who may ask, what an official signs, which records a purpose has to agree with, and what is kept of it.
contract LicenceRegistryRequestsTest is LicensedStudy {
    address private constant ASSISTANT = address(0xA551);
    uint32 private constant GERMANY = 276;
    bytes32 private constant USER = keccak256("a salted user");

    Person private official;

    function setUp() public {
        _deployStudy();
        official = _person("official");
        VM.startPrank(GOVERNANCE);
        institutions.addOfficial(UNIVERSITY, official.account);
        institutions.addAccount(UNIVERSITY, ASSISTANT);
        VM.stopPrank();
    }

    // The official

    function test_GivenOfficialsSignature_WhenAnotherAccountAsks_HoldsTheRequest() public {
        LicenceId licenceId = _requestedBySig(_ask(_now() + TERM), _now());
        VM.assertEq(licences.progress(licenceId).holder, ASSISTANT);
        VM.assertTrue(licences.subject(licenceId).licensee == UNIVERSITY);
    }

    function test_GivenNoOfficial_WhenAsksAlone_RevertsSignatureInvalid() public {
        DatasetRecord memory record = dataset;
        VM.expectRevert(
            abi.encodeWithSelector(ILicenceRegistry.LicenceSignatureInvalid.selector, UNIVERSITY, ASSISTANT)
        );
        VM.prank(ASSISTANT);
        licences.request(record, _purpose(KIND_GRU), _ask(_now() + TERM));
    }

    function test_GivenSignatureUsed_WhenUsedAgain_RevertsUsed() public {
        LicenceAsk memory ask = _ask(_now() + TERM);
        bytes memory call = _signedCall(official, ask, _now());
        _assertAccepted(call);
        bytes32 digest = _digest(_signed(ASSISTANT, ask, _now()));
        _assertReverts(call, abi.encodeWithSelector(ILicenceRegistry.LicenceSignatureUsed.selector, digest));
        // With another deadline it is another signature.
        _assertAccepted(_signedCall(official, ask, _now() + 1));
    }

    function test_GivenDeadlinePassed_WhenAsked_Reverts() public {
        LicenceAsk memory ask = _ask(_now() + TERM);
        bytes memory call = _signedCall(official, ask, _now() + 1);
        _advance(1);
        uint256 state = VM.snapshotState();
        _assertAccepted(call);
        VM.revertToState(state);
        _advance(1);
        _assertReverts(
            call,
            abi.encodeWithSelector(ILicenceRegistry.LicenceDeadlinePassed.selector, _now() - 1, block.timestamp)
        );
    }

    function test_GivenAnythingElseThanWasSigned_WhenAsked_RevertsSignatureInvalid() public {
        LicenceAsk memory ask = _ask(_now() + TERM);
        bytes memory signature = _sign(official, _digest(_signed(ASSISTANT, ask, _now())));
        DatasetRecord memory other = _anchored("other content", standardTerms);
        Purpose memory purpose = _purpose(KIND_GRU);
        _assertOtherSigner(other, purpose, ask, _now(), signature);
        _assertOtherSigner(dataset, _purpose(KIND_HMB), ask, _now(), signature);
        _assertOtherSigner(dataset, purpose, ask, _now() + 1, signature);
        LicenceAsk memory longer = _ask(ask.until + 1);
        _assertOtherSigner(dataset, purpose, longer, _now(), signature);
        LicenceAsk memory wider = _ask(ask.until);
        wider.delivery = DeliveryMode.Export;
        _assertOtherSigner(dataset, purpose, wider, _now(), signature);
        LicenceAsk memory renewing = _ask(ask.until);
        renewing.renews = _issued();
        _assertOtherSigner(dataset, purpose, renewing, _now(), signature);
    }

    function test_GivenSignatureForAnotherHolder_WhenTheirColleagueAsks_RevertsSignatureInvalid() public {
        LicenceAsk memory ask = _ask(_now() + TERM);
        bytes memory signature = _sign(official, _digest(_signed(RESEARCHER, ask, _now())));
        _assertOtherSigner(dataset, _purpose(KIND_GRU), ask, _now(), signature);
    }

    function test_GivenAnotherInstitutionsOfficial_WhenAsked_RevertsSignatureInvalid() public {
        Person memory stranger = _person("another official");
        VM.prank(GOVERNANCE);
        institutions.addOfficial(PHARMA, stranger.account);
        _assertReverts(
            _signedCall(stranger, _ask(_now() + TERM), _now()),
            abi.encodeWithSelector(ILicenceRegistry.LicenceSignatureInvalid.selector, UNIVERSITY, stranger.account)
        );
    }

    // Records

    function test_GivenRegions_WhenTheLicenseesIsAmongThem_IsAccepted() public {
        Purpose memory purpose = _purpose(KIND_GRU);
        purpose.regions = _list(GERMANY, REGION);
        _requestedFor(purpose);
    }

    function test_GivenRegions_WhenTheLicenseesIsNot_RevertsRegionUnstated() public {
        Purpose memory purpose = _purpose(KIND_GRU);
        purpose.regions = _list(GERMANY);
        _assertPurposeReverts(
            purpose,
            abi.encodeWithSelector(IFactRegistry.FactRegionUnstated.selector, UNIVERSITY, REGION)
        );
    }

    function test_GivenInstitutions_WhenTheLicenseeIsNotAmongThem_RevertsInstitutionUnstated() public {
        Purpose memory purpose = _purpose(KIND_GRU);
        purpose.institutions = _institutions(PHARMA, NO_INSTITUTION);
        _assertPurposeReverts(
            purpose,
            abi.encodeWithSelector(IFactRegistry.FactInstitutionUnstated.selector, UNIVERSITY)
        );
    }

    function test_GivenInstitutions_WhenOneIsNotInStanding_RevertsNotInStanding() public {
        Purpose memory purpose = _purpose(KIND_GRU);
        purpose.institutions = _institutions(UNIVERSITY, PHARMA);
        _requestedFor(purpose);
        VM.prank(GOVERNANCE);
        institutions.suspend(PHARMA);
        _assertPurposeReverts(
            purpose,
            abi.encodeWithSelector(IInstitutionRegistry.InstitutionNotInStanding.selector, PHARMA)
        );
    }

    function test_GivenUsers_WhenOneIsOnNobodysRecord_RevertsUserUnknown() public {
        Purpose memory purpose = _purpose(KIND_GRU);
        purpose.users = new bytes32[](1);
        purpose.users[0] = USER;
        bytes memory reason = abi.encodeWithSelector(IFactRegistry.FactUserUnknown.selector, USER);
        _assertPurposeReverts(purpose, reason);
        VM.prank(COMPANY);
        institutions.addUser(USER);
        _assertPurposeReverts(purpose, reason);
        // The company's user counts where the company has access.
        purpose.institutions = _institutions(UNIVERSITY, PHARMA);
        _requestedFor(purpose);
    }

    function test_GivenUserOfTheLicensee_WhenAsked_IsAccepted() public {
        Purpose memory purpose = _purpose(KIND_GRU);
        purpose.users = new bytes32[](1);
        purpose.users[0] = USER;
        VM.prank(RESEARCHER);
        institutions.addUser(USER);
        _requestedFor(purpose);
    }

    // What is kept

    function test_GivenPromises_WhenAsked_KeepsTheDutiesThatTheyBring() public {
        Purpose memory purpose = _purpose(KIND_GRU);
        purpose.stated = FACT_PUBLICATION;
        VM.assertEq(_promisedBy(purpose), 1 << uint8(DutyKind.Publish));
        purpose.stated = FACT_RETURNS_DATA;
        VM.assertEq(_promisedBy(purpose), 1 << uint8(DutyKind.ReturnData));
        purpose.stated = FACT_COLLABORATION;
        VM.assertEq(_promisedBy(purpose), 1 << uint8(DutyKind.Collaborate));
        purpose.stated = 0;
        purpose.publishFrom = _now() + 1;
        VM.assertEq(_promisedBy(purpose), 1 << uint8(DutyKind.Moratorium));
        purpose.stated = FACT_PUBLICATION | FACT_RETURNS_DATA | FACT_COLLABORATION;
        VM.assertEq(_promisedBy(purpose), 15);
    }

    function test_GivenEachDelivery_WhenAsked_KeepsIt() public {
        for (uint8 i = 0; i <= uint8(type(DeliveryMode).max); ++i) {
            LicenceAsk memory ask = _ask(_now() + TERM);
            ask.delivery = DeliveryMode(i);
            VM.assertTrue(licences.progress(_requestedWith(ask)).delivery == DeliveryMode(i));
        }
    }

    // Renewal

    function test_GivenIssuedLicence_WhenRenewed_GoesThroughEveryStepAnew() public {
        LicenceAsk memory ask = _ask(_now() + 2 * TERM);
        ask.renews = _issued();
        LicenceId licenceId = _requestedWith(ask);
        VM.assertTrue(licences.status(licenceId) == LicenceStatus.Requested);
        VM.assertTrue(licences.status(ask.renews) == LicenceStatus.Effective);
    }

    function test_GivenOtherLicenseeDatasetOrPurpose_WhenRenewed_RevertsMismatch() public {
        LicenceId issued = _issued();
        LicenceAsk memory ask = _ask(_now() + TERM);
        ask.renews = issued;
        bytes memory reason = abi.encodeWithSelector(ILicenceRegistry.LicenceRenewalMismatch.selector, issued);
        DatasetRecord memory record = dataset;
        VM.expectRevert(reason);
        VM.prank(COMPANY);
        licences.request(record, _purpose(KIND_GRU), ask);
        VM.expectRevert(reason);
        VM.prank(RESEARCHER);
        licences.request(record, _purpose(KIND_HMB), ask);
        DatasetRecord memory other = _anchored("other content", standardTerms);
        VM.expectRevert(reason);
        VM.prank(RESEARCHER);
        licences.request(other, _purpose(KIND_GRU), ask);
    }

    function test_GivenLicenceNotIssuedOrUnknown_WhenRenewed_Reverts() public {
        LicenceAsk memory ask = _ask(_now() + TERM);
        ask.renews = _approved();
        DatasetRecord memory record = dataset;
        VM.expectRevert(abi.encodeWithSelector(ILicenceRegistry.LicenceRenewalMismatch.selector, ask.renews));
        VM.prank(RESEARCHER);
        licences.request(record, _purpose(KIND_GRU), ask);
        ask.renews = LicenceId.wrap(99);
        VM.expectRevert(abi.encodeWithSelector(ILicenceRegistry.LicenceUnknown.selector, 99));
        VM.prank(RESEARCHER);
        licences.request(record, _purpose(KIND_GRU), ask);
    }

    // Given

    function _requestedWith(LicenceAsk memory ask) private returns (LicenceId) {
        DatasetRecord memory record = dataset;
        VM.prank(RESEARCHER);
        return licences.request(record, _purpose(KIND_GRU), ask);
    }

    function _requestedBySig(LicenceAsk memory ask, uint32 deadline) private returns (LicenceId) {
        bytes memory answer = _assertAccepted(_signedCall(official, ask, deadline));
        return abi.decode(answer, (LicenceId));
    }

    function _promisedBy(Purpose memory purpose) private returns (uint8) {
        return licences.progress(_requestedFor(purpose)).promised;
    }

    function _signedCall(
        Person memory signer,
        LicenceAsk memory ask,
        uint32 deadline
    ) private view returns (bytes memory) {
        bytes memory signature = _sign(signer, _digest(_signed(ASSISTANT, ask, deadline)));
        return abi.encodeCall(ILicenceRegistry.requestBySig, (dataset, _purpose(KIND_GRU), ask, deadline, signature));
    }

    function _signed(
        address holder,
        LicenceAsk memory ask,
        uint32 deadline
    ) private view returns (ILicenceRegistry.SignedRequest memory) {
        return
            ILicenceRegistry.SignedRequest({
                holder: holder,
                datasetId: datasets.idOf(dataset),
                purposeDigest: keccak256(abi.encode(_purpose(KIND_GRU))),
                until: ask.until,
                delivery: ask.delivery,
                renews: ask.renews,
                deadline: deadline
            });
    }

    function _digest(ILicenceRegistry.SignedRequest memory signed) private view returns (bytes32) {
        return _typedData(structHash(signed), "Concord LicenceRegistry", "1", block.chainid, address(licences));
    }

    function _institutions(InstitutionId a, InstitutionId b) private pure returns (bytes32[] memory list) {
        (bytes32 first, bytes32 second) = (InstitutionId.unwrap(a), InstitutionId.unwrap(b));
        if (second == 0) {
            list = new bytes32[](1);
            list[0] = first;
            return list;
        }
        list = new bytes32[](2);
        (list[0], list[1]) = first < second ? (first, second) : (second, first);
    }

    // Then

    function _assertAccepted(bytes memory call) private returns (bytes memory answer) {
        bool isAccepted;
        VM.prank(ASSISTANT);
        (isAccepted, answer) = address(licences).call(call);
        VM.assertTrue(isAccepted, "refused");
    }

    function _assertReverts(bytes memory call, bytes memory reason) private {
        VM.prank(ASSISTANT);
        (bool isAccepted, bytes memory found) = address(licences).call(call);
        VM.assertFalse(isAccepted, "accepted");
        VM.assertEq(keccak256(found), keccak256(reason), "reason");
    }

    /// @dev What is sent is not what was signed, so that the signature is some other account's.
    function _assertOtherSigner(
        DatasetRecord memory record,
        Purpose memory purpose,
        LicenceAsk memory ask,
        uint32 deadline,
        bytes memory signature
    ) private {
        VM.prank(ASSISTANT);
        (bool isAccepted, bytes memory reason) = address(licences).call(
            abi.encodeCall(ILicenceRegistry.requestBySig, (record, purpose, ask, deadline, signature))
        );
        VM.assertFalse(isAccepted, "accepted");
        VM.assertTrue(bytes4(reason) == ILicenceRegistry.LicenceSignatureInvalid.selector, "another reason");
    }

    function _assertPurposeReverts(Purpose memory purpose, bytes memory reason) private {
        DatasetRecord memory record = dataset;
        VM.expectRevert(reason);
        VM.prank(RESEARCHER);
        licences.request(record, purpose, _ask(_now() + TERM));
    }
}
