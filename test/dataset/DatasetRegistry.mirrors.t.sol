// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {IDatasetRegistry} from "../../contracts/dataset/IDatasetRegistry.sol";
import {IInstitutionRegistry} from "../../contracts/identity/IInstitutionRegistry.sol";
import {DatasetRecord, MAX_MIRRORS, Mirror, MIRROR_FRESHNESS} from "../../contracts/types/Dataset.sol";
import {DatasetId, InstitutionId} from "../../contracts/types/Ids.sol";
import {VM} from "../support/Vm.sol";
import {DatasetForm} from "./DatasetForm.sol";

/// @notice Copies, who attests to hold them, and who takes custody when the custodian is gone.
contract DatasetRegistryMirrorsTest is DatasetForm {
    bytes32 private constant COPY = keccak256("encrypted copy");
    uint64 private constant SIZE = 1 << 40;

    DatasetRecord private _dataset;
    DatasetId private _datasetId;

    function setUp() public {
        _deploySystem();
        _admitHospital();
        DatasetRecord memory record = _record("content", "terms");
        record.successor = HOSPITAL;
        VM.prank(CUSTODIAN);
        _datasetId = datasets.anchor(record);
        _dataset = record;
    }

    // offerCopy

    function test_GivenCustodian_WhenOffersCopy_IsOnOffer() public {
        VM.expectEmit(address(datasets));
        emit IDatasetRegistry.DatasetCopyOffered(_datasetId, BIOBANK, COPY, SIZE, 1);
        _offer(COPY);
        (bytes32 digest, uint64 size, uint32 offeredAt) = datasets.copyOf(_datasetId);
        VM.assertTrue(digest == COPY && size == SIZE && offeredAt == START);
    }

    function test_GivenIncompleteCopy_WhenOffered_RevertsCopyIncomplete() public {
        DatasetRecord memory record = _dataset;
        VM.startPrank(CUSTODIAN);
        VM.expectRevert(abi.encodeWithSelector(IDatasetRegistry.DatasetCopyIncomplete.selector));
        datasets.offerCopy(record, 0, SIZE);
        VM.expectRevert(abi.encodeWithSelector(IDatasetRegistry.DatasetCopyIncomplete.selector));
        datasets.offerCopy(record, COPY, 0);
        VM.stopPrank();
    }

    function test_GivenOthersOrNoAnchor_WhenCopyOffered_Reverts() public {
        DatasetRecord memory record = _dataset;
        VM.expectRevert(abi.encodeWithSelector(IDatasetRegistry.DatasetNotCustodian.selector, BIOBANK, HOSPITAL));
        VM.prank(HOSPITAL_ACCOUNT);
        datasets.offerCopy(record, COPY, SIZE);
        VM.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, RESEARCHER));
        VM.prank(RESEARCHER);
        datasets.offerCopy(record, COPY, SIZE);
        record.contentDigest = "never anchored";
        VM.expectRevert(abi.encodeWithSelector(IDatasetRegistry.DatasetNotAnchored.selector, _id(record)));
        VM.prank(CUSTODIAN);
        datasets.offerCopy(record, COPY, SIZE);
    }

    // attestMirror

    function test_GivenCopyOnOffer_WhenAttested_IsAMirror() public {
        _offer(COPY);
        VM.warp(START + 10);
        VM.expectEmit(address(datasets));
        emit IDatasetRegistry.DatasetMirrorAttested(_datasetId, HOSPITAL, COPY, 1);
        _attest(HOSPITAL_ACCOUNT, COPY);
        Mirror[] memory mirrors = datasets.mirrorsOf(_datasetId);
        VM.assertEq(mirrors.length, 1);
        VM.assertTrue(mirrors[0].institutionId == HOSPITAL && mirrors[0].isFresh);
        VM.assertEq(mirrors[0].attestedAt, START + 10);
    }

    function test_GivenAttestation_WhenTimePasses_CountsUntilItIsOldAndAgainWhenRepeated() public {
        _offer(COPY);
        _attest(HOSPITAL_ACCOUNT, COPY);
        VM.warp(START + MIRROR_FRESHNESS - 1);
        _assertFresh(HOSPITAL, true);
        VM.warp(START + MIRROR_FRESHNESS);
        _assertFresh(HOSPITAL, false);
        _attest(HOSPITAL_ACCOUNT, COPY);
        _assertFresh(HOSPITAL, true);
        VM.assertEq(datasets.mirrorsOf(_datasetId).length, 1);
    }

    function test_GivenAnotherCopyOffered_WhenAsked_OldAttestationsCountNoMore() public {
        _offer(COPY);
        _attest(HOSPITAL_ACCOUNT, COPY);
        // In the same second, and even of the very same bytes.
        _offer(COPY);
        _assertFresh(HOSPITAL, false);
        _attest(HOSPITAL_ACCOUNT, COPY);
        _assertFresh(HOSPITAL, true);
        _offer("another copy");
        _assertFresh(HOSPITAL, false);
        _assertAttestReverts(
            HOSPITAL_ACCOUNT,
            COPY,
            abi.encodeWithSelector(
                IDatasetRegistry.DatasetCopyMismatch.selector,
                _datasetId,
                bytes32("another copy"),
                COPY
            )
        );
    }

    function test_GivenMirrorNotInStanding_WhenAsked_ItsAttestationDoesNotCount() public {
        _offer(COPY);
        _attest(HOSPITAL_ACCOUNT, COPY);
        VM.prank(GOVERNANCE);
        institutions.suspend(HOSPITAL);
        _assertFresh(HOSPITAL, false);
        _assertAttestReverts(
            HOSPITAL_ACCOUNT,
            COPY,
            abi.encodeWithSelector(IInstitutionRegistry.InstitutionNotInStanding.selector, HOSPITAL)
        );
    }

    function test_GivenNoOfferOrNoMember_WhenAttested_Reverts() public {
        bytes4 mismatch = IDatasetRegistry.DatasetCopyMismatch.selector;
        _assertAttestReverts(HOSPITAL_ACCOUNT, COPY, abi.encodeWithSelector(mismatch, _datasetId, 0, COPY));
        _assertAttestReverts(HOSPITAL_ACCOUNT, 0, abi.encodeWithSelector(mismatch, _datasetId, 0, 0));
        _assertAttestReverts(
            STRANGER,
            COPY,
            abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, STRANGER)
        );
    }

    function test_GivenCustodian_WhenAttests_RevertsMirrorIsCustodian() public {
        _offer(COPY);
        _assertIsCustodian(CUSTODIAN, BIOBANK);
        _expel(BIOBANK);
        _claim(HOSPITAL_ACCOUNT);
        _assertIsCustodian(HOSPITAL_ACCOUNT, HOSPITAL);
    }

    function test_GivenAllPlacesTaken_WhenOneMoreAttests_TakesThatOfWhoCountsNoMore() public {
        _offer(COPY);
        for (uint256 i = 0; i < MAX_MIRRORS; ++i) _attest(_admitMirror(i), COPY);
        _assertAttestReverts(
            HOSPITAL_ACCOUNT,
            COPY,
            abi.encodeWithSelector(IDatasetRegistry.DatasetMirrorsFull.selector, _datasetId)
        );
        _expel(_mirrorAt(3));
        VM.expectEmit(address(datasets));
        emit IDatasetRegistry.DatasetMirrorWithdrawn(_datasetId, _mirrorAt(3));
        _attest(HOSPITAL_ACCOUNT, COPY);
        _assertFresh(HOSPITAL, true);
        Mirror[] memory mirrors = datasets.mirrorsOf(_datasetId);
        VM.assertEq(mirrors.length, MAX_MIRRORS);
        for (uint256 i = 0; i < MAX_MIRRORS; ++i) VM.assertTrue(mirrors[i].institutionId != _mirrorAt(3));
    }

    // withdrawMirror

    function testFuzz_GivenMirrors_WhenSomeWithdraw_TheOthersStay(uint16 leaving) public {
        _offer(COPY);
        for (uint256 i = 0; i < MAX_MIRRORS; ++i) _attest(_admitMirror(i), COPY);
        uint256 left = MAX_MIRRORS;
        for (uint256 i = 0; i < MAX_MIRRORS; ++i) {
            if ((leaving >> i) & 1 == 0) continue;
            VM.expectEmit(address(datasets));
            emit IDatasetRegistry.DatasetMirrorWithdrawn(_datasetId, _mirrorAt(i));
            VM.prank(_accountAt(i));
            datasets.withdrawMirror(_datasetId);
            --left;
        }
        VM.assertEq(datasets.mirrorsOf(_datasetId).length, left);
        for (uint256 i = 0; i < MAX_MIRRORS; ++i) {
            if ((leaving >> i) & 1 == 0) {
                _assertFresh(_mirrorAt(i), true);
                _attest(_accountAt(i), COPY);
            }
        }
        VM.assertEq(datasets.mirrorsOf(_datasetId).length, left);
    }

    function test_GivenNoMirror_WhenWithdraws_RevertsNotMirror() public {
        VM.expectRevert(abi.encodeWithSelector(IDatasetRegistry.DatasetNotMirror.selector, _datasetId, HOSPITAL));
        VM.prank(HOSPITAL_ACCOUNT);
        datasets.withdrawMirror(_datasetId);
        VM.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, STRANGER));
        VM.prank(STRANGER);
        datasets.withdrawMirror(_datasetId);
    }

    // claim

    function test_GivenCustodianExpelled_WhenNamedSuccessorClaims_GoesOn() public {
        DatasetRecord memory record = _dataset;
        _offer(COPY);
        _attest(HOSPITAL_ACCOUNT, COPY);
        _expel(BIOBANK);
        VM.expectEmit(address(datasets));
        emit IDatasetRegistry.DatasetClaimed(_datasetId, HOSPITAL, BIOBANK);
        VM.expectEmit(address(datasets));
        emit IDatasetRegistry.DatasetMirrorWithdrawn(_datasetId, HOSPITAL);
        _claim(HOSPITAL_ACCOUNT);
        VM.assertTrue(datasets.custodianOf(_datasetId) == HOSPITAL);
        VM.assertEq(datasets.mirrorsOf(_datasetId).length, 0);

        DatasetRecord memory next = _next(record, "next");
        next.custodian = HOSPITAL;
        VM.startPrank(HOSPITAL_ACCOUNT);
        datasets.offerCopy(record, "the successor's copy", SIZE);
        VM.assertEq(datasets.versionOf(datasets.anchorVersion(next, record)), 2);
        datasets.retract(record);
        VM.stopPrank();
    }

    function test_GivenCustodianSucceeded_WhenSuccessorClaims_GoesOnWhoeverIsNamed() public {
        _succeed(BIOBANK, _admitted(0));
        _assertClaimReverts(HOSPITAL_ACCOUNT, BIOBANK, HOSPITAL);
        _claim(_accountAt(0));
        VM.assertTrue(datasets.custodianOf(_datasetId) == _mirrorAt(0));
    }

    function test_GivenNamedSuccessorSucceeded_WhenItsSuccessorClaims_GoesOn() public {
        _expel(BIOBANK);
        _succeed(HOSPITAL, _admitted(0));
        _claim(_accountAt(0));
        VM.assertTrue(datasets.custodianOf(_datasetId) == _mirrorAt(0));
    }

    function test_GivenClaimed_WhenClaimantIsSucceeded_CustodyPassesOn() public {
        _expel(BIOBANK);
        _claim(HOSPITAL_ACCOUNT);
        _assertClaimReverts(HOSPITAL_ACCOUNT, HOSPITAL, HOSPITAL);
        _succeed(HOSPITAL, _admitted(0));
        VM.expectEmit(address(datasets));
        emit IDatasetRegistry.DatasetClaimed(_datasetId, _mirrorAt(0), HOSPITAL);
        _claim(_accountAt(0));
    }

    function test_GivenCustodyNotPassed_WhenClaimed_RevertsNotSuccessor() public {
        _assertClaimReverts(HOSPITAL_ACCOUNT, BIOBANK, HOSPITAL);
        _assertClaimReverts(CUSTODIAN, BIOBANK, BIOBANK);
        VM.prank(GOVERNANCE);
        institutions.suspend(BIOBANK);
        _assertClaimReverts(HOSPITAL_ACCOUNT, BIOBANK, HOSPITAL);
        _expel(BIOBANK);
        _admitted(0);
        _assertClaimReverts(_accountAt(0), BIOBANK, _mirrorAt(0));
    }

    function test_GivenNoSuccessorNamed_WhenCustodianExpelled_NobodyClaims() public {
        DatasetRecord memory record = _anchored("other content");
        _expel(BIOBANK);
        VM.expectRevert(
            abi.encodeWithSelector(IDatasetRegistry.DatasetNotSuccessor.selector, _id(record), BIOBANK, HOSPITAL)
        );
        VM.prank(HOSPITAL_ACCOUNT);
        datasets.claim(record);
    }

    function test_GivenStrangerOrNoAnchor_WhenClaimed_Reverts() public {
        DatasetRecord memory record = _dataset;
        VM.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, STRANGER));
        VM.prank(STRANGER);
        datasets.claim(record);
        record.contentDigest = "never anchored";
        VM.expectRevert(abi.encodeWithSelector(IDatasetRegistry.DatasetNotAnchored.selector, _id(record)));
        VM.prank(HOSPITAL_ACCOUNT);
        datasets.claim(record);
    }

    function test_GivenClaimed_WhenVersionNamesOldCustodian_RevertsNotCustodian() public {
        DatasetRecord memory record = _dataset;
        _expel(BIOBANK);
        _claim(HOSPITAL_ACCOUNT);
        DatasetRecord memory next = _next(record, "next");
        VM.expectRevert(abi.encodeWithSelector(IDatasetRegistry.DatasetNotCustodian.selector, HOSPITAL, BIOBANK));
        VM.prank(HOSPITAL_ACCOUNT);
        datasets.anchorVersion(next, record);
    }

    function _offer(bytes32 copyDigest) private {
        DatasetRecord memory record = _dataset;
        VM.prank(CUSTODIAN);
        datasets.offerCopy(record, copyDigest, SIZE);
    }

    function _attest(address account, bytes32 copyDigest) private {
        VM.prank(account);
        datasets.attestMirror(_datasetId, copyDigest);
    }

    function _claim(address account) private {
        DatasetRecord memory record = _dataset;
        VM.prank(account);
        datasets.claim(record);
    }

    function _admitMirror(uint256 i) private returns (address account) {
        account = _accountAt(i);
        _admit(_mirrorAt(i), account);
    }

    function _admitted(uint256 i) private returns (InstitutionId) {
        _admitMirror(i);
        return _mirrorAt(i);
    }

    function _assertFresh(InstitutionId institutionId, bool isFresh) private view {
        Mirror[] memory mirrors = datasets.mirrorsOf(_datasetId);
        for (uint256 i = 0; i < mirrors.length; ++i) {
            if (mirrors[i].institutionId != institutionId) continue;
            VM.assertTrue(mirrors[i].isFresh == isFresh, "freshness");
            return;
        }
        VM.assertTrue(false, "no mirror");
    }

    function _assertAttestReverts(address account, bytes32 copyDigest, bytes memory reason) private {
        VM.expectRevert(reason);
        _attest(account, copyDigest);
    }

    function _assertIsCustodian(address account, InstitutionId institutionId) private {
        VM.expectRevert(
            abi.encodeWithSelector(IDatasetRegistry.DatasetMirrorIsCustodian.selector, _datasetId, institutionId)
        );
        _attest(account, COPY);
    }

    function _assertClaimReverts(address account, InstitutionId custodian, InstitutionId caller) private {
        VM.expectRevert(
            abi.encodeWithSelector(IDatasetRegistry.DatasetNotSuccessor.selector, _datasetId, custodian, caller)
        );
        _claim(account);
    }

    function _mirrorAt(uint256 i) private pure returns (InstitutionId) {
        return InstitutionId.wrap(keccak256(abi.encode("mirror", i)));
    }

    function _accountAt(uint256 i) private pure returns (address) {
        return address(uint160(0x3140 + i));
    }
}
