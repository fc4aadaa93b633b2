// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {Blockhash} from "@openzeppelin/contracts/utils/Blockhash.sol";
import {RLP} from "@openzeppelin/contracts/utils/RLP.sol";
import {Hashes} from "@openzeppelin/contracts/utils/cryptography/Hashes.sol";

import {IAuditLog} from "../../contracts/audit/IAuditLog.sol";
import {IInstitutionRegistry} from "../../contracts/identity/IInstitutionRegistry.sol";
import {ILicenceRegistry} from "../../contracts/licence/ILicenceRegistry.sol";
import {AccessBatch, AccessLeaf, AuditEntry, Lawfulness} from "../../contracts/types/Audit.sol";
import {WithdrawalExtent} from "../../contracts/types/Consent.sol";
import {LicenceId} from "../../contracts/types/Ids.sol";
import {LicensedStudy} from "../support/LicensedStudy.sol";
import {VM} from "../support/Vm.sol";

contract AuditLogTest is LicensedStudy {
    using RLP for RLP.Encoder;

    /// @dev Another leaf of every batch, so that a proof has a step.
    bytes32 private constant SIBLING = keccak256("another participant's leaf");

    /// @dev The history contract of EIP-2935, as the standard has it: a ring of 8,191 block hashes.
    bytes private constant HISTORY_CODE =
        hex"3373fffffffffffffffffffffffffffffffffffffffe14604657602036036042575f35600143038111604257611fff814303116042"
        hex"57611fff9006545f5260205ff35b5f5ffd5b5f35611fff60014303065500";
    uint256 private constant HISTORY_LENGTH = 8_191;

    Person private alice;
    LicenceId private licenceId;
    AccessLeaf private leaf;

    function setUp() public {
        _deployStudy();
        alice = _consented("alice");
        licenceId = _issued();
        leaf = AccessLeaf({scopeId: SCOPE, participantId: alice.id, version: 1});
        _nextBlock();
    }

    // log

    function test_GivenCustodian_WhenLogs_ChainsEntryAndSaysSo() public {
        AccessBatch memory batch = _batch();
        AuditEntry memory entry = _entryOf(batch, blockhash(block.number - 1));
        bytes32 head = keccak256(abi.encode(bytes32(0), entry));
        VM.expectEmit(address(audit));
        emit IAuditLog.AccessLogged(
            0,
            licenceId,
            BIOBANK,
            batch.root,
            batch.count,
            batch.claimedBlock,
            entry.claimedBlockHash,
            batch.agent,
            batch.workflow,
            entry.loggedAt,
            head
        );
        VM.prank(CUSTODIAN);
        VM.assertEq(audit.log(batch), 0);
        VM.assertEq(audit.count(), 1);
        VM.assertEq(audit.headAt(0), 0);
        VM.assertEq(audit.headAt(1), head);

        VM.prank(CUSTODIAN);
        VM.assertEq(audit.log(batch), 1);
        VM.assertEq(audit.headAt(1), head, "an entry changed");
        VM.assertEq(audit.headAt(2), keccak256(abi.encode(head, entry)));
        VM.assertEq(audit.headAt(3), 0);
    }

    function test_GivenEmptyBatch_WhenLogged_RevertsBatchEmpty() public {
        AccessBatch memory batch = _batch();
        batch.root = 0;
        _assertLogReverts(CUSTODIAN, batch, abi.encodeWithSelector(IAuditLog.AuditBatchEmpty.selector));
        batch = _batch();
        batch.count = 0;
        _assertLogReverts(CUSTODIAN, batch, abi.encodeWithSelector(IAuditLog.AuditBatchEmpty.selector));
    }

    function test_GivenBlockOfNowOrLater_WhenLogged_RevertsNotExecuted() public {
        AccessBatch memory batch = _batch();
        for (uint64 i = 0; i < 2; ++i) {
            batch.claimedBlock = uint64(block.number) + i;
            _assertLogReverts(
                CUSTODIAN,
                batch,
                abi.encodeWithSelector(IAuditLog.AuditBlockNotExecuted.selector, batch.claimedBlock, block.number)
            );
        }
    }

    function test_GivenAnotherCustodian_WhenLogs_RevertsNotCustodian() public {
        address other = address(0xC0572);
        VM.prank(GOVERNANCE);
        institutions.admit(NOBODY, _profile(CUSTODIAN_BIT, true), other);
        _assertLogReverts(
            other,
            _batch(),
            abi.encodeWithSelector(IAuditLog.AuditNotCustodian.selector, licenceId, NOBODY)
        );
    }

    function test_GivenNoCustodian_WhenLogs_RevertsUnauthorised() public {
        _assertLogReverts(
            RESEARCHER,
            _batch(),
            abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, RESEARCHER)
        );
    }

    function test_GivenSuspendedCustodian_WhenLogs_RevertsNotInStanding() public {
        VM.prank(GOVERNANCE);
        institutions.suspend(BIOBANK);
        _assertLogReverts(
            CUSTODIAN,
            _batch(),
            abi.encodeWithSelector(IInstitutionRegistry.InstitutionNotInStanding.selector, BIOBANK)
        );
    }

    function test_GivenUnknownLicence_WhenLogged_RevertsUnknown() public {
        AccessBatch memory batch = _batch();
        batch.licenceId = LicenceId.wrap(9);
        _assertLogReverts(CUSTODIAN, batch, abi.encodeWithSelector(ILicenceRegistry.LicenceUnknown.selector, 9));
    }

    function test_GivenAnAccessNobodyLicensed_WhenLogged_IsKeptToBeJudged() public {
        _terminate(licenceId);
        VM.prank(CUSTODIAN);
        VM.assertEq(audit.log(_batch()), 0);
    }

    // lawfulness: what it judges

    function test_GivenConsentAndLicenceOfTheMoment_WhenJudged_IsLawful() public {
        _assertLawfulness(Lawfulness.Lawful);
    }

    function test_GivenWithdrawalAfterTheAccess_WhenJudged_StaysLawful() public {
        (AuditEntry memory entry, bytes memory header) = _logged();
        _advance(1);
        _withdraw();
        _terminate(licenceId);
        _assertJudged(entry, header, Lawfulness.Lawful);
    }

    function test_GivenAccessInTheBlockAfterWithdrawal_WhenJudged_IsNotPermitted() public {
        _withdraw();
        _nextBlock();
        _assertLawfulness(Lawfulness.NotPermitted);
    }

    function test_GivenAccessInTheVeryBlockOfWithdrawal_WhenJudged_IsNotPermitted() public {
        _withdraw();
        _advanceBlockOnly();
        _assertLawfulness(Lawfulness.NotPermitted);
    }

    function test_GivenNobodysConsent_WhenJudged_IsNotPermitted() public {
        leaf.participantId = _person("nobody").id;
        _assertLawfulness(Lawfulness.NotPermitted);
    }

    function test_GivenOtherVersionReliedOn_WhenJudged_IsVersionNotCurrent() public {
        leaf.version = 2;
        _assertLawfulness(Lawfulness.VersionNotCurrent);
    }

    function test_GivenResumedSince_WhenOldVersionReliedOn_IsVersionNotCurrent() public {
        VM.prank(alice.account);
        consents.suspend(SCOPE);
        _nextBlock();
        VM.prank(alice.account);
        consents.resume(_resumeOf(alice));
        _nextBlock();
        _assertLawfulness(Lawfulness.VersionNotCurrent);
        leaf.version = 3;
        (AuditEntry memory entry, bytes memory header) = _logged();
        VM.assertTrue(_judge(1, entry, header) == Lawfulness.Lawful);
    }

    function test_GivenLicenceNotYetIssued_WhenJudged_IsNotInForce() public {
        licenceId = _approved();
        _advanceBlockOnly();
        _assertLawfulness(Lawfulness.LicenceNotInForce);
    }

    function test_GivenLicenceEnded_WhenJudged_IsNotInForce() public {
        _advance(TERM);
        _advanceBlockOnly();
        _assertLawfulness(Lawfulness.LicenceNotInForce);
    }

    function test_GivenLicenceTerminated_WhenJudged_IsNotInForce() public {
        _terminate(licenceId);
        _advanceBlockOnly();
        _assertLawfulness(Lawfulness.LicenceNotInForce);
    }

    function test_GivenLeafOfAnotherScope_WhenJudged_IsNotInForceThere() public {
        leaf.scopeId = OTHER_SCOPE;
        _assertLawfulness(Lawfulness.LicenceNotInForce);
    }

    // lawfulness: late entries

    function test_GivenBlockTheChainNoLongerKnows_WhenLogged_IsLateAndTimeUnproven() public {
        _etchHistory(HISTORY_CODE);
        uint64 claimed = uint64(block.number) - 1;
        VM.store(Blockhash.HISTORY_STORAGE_ADDRESS, bytes32(uint256(claimed) % HISTORY_LENGTH), "a later block's");
        VM.roll(uint256(claimed) + HISTORY_LENGTH + 1);
        _assertLate(claimed);
    }

    function test_GivenHistoryContractThatFailsWithAReason_WhenLogged_IsLateAndTimeUnproven() public {
        // Hardhat's EVM has one that reverts with a message.
        _etchHistory(hex"6308c379a05f5260205ffd");
        uint64 claimed = uint64(block.number) - 1;
        VM.roll(uint256(claimed) + 257);
        _assertLate(claimed);
    }

    function test_GivenChainWithoutHistoryContract_WhenLogged_IsLateAndTimeUnproven() public {
        _etchHistory("");
        uint64 claimed = uint64(block.number) - 1;
        VM.roll(uint256(claimed) + 257);
        _assertLate(claimed);
    }

    function test_GivenOldestBlockThatTheHistoryContractKnows_WhenLogged_IsInTime() public {
        _etchHistory(HISTORY_CODE);
        uint64 claimed = uint64(block.number) - 1;
        bytes memory header = _header(block.timestamp);
        VM.store(Blockhash.HISTORY_STORAGE_ADDRESS, bytes32(uint256(claimed) % HISTORY_LENGTH), keccak256(header));
        VM.roll(uint256(claimed) + HISTORY_LENGTH);
        AccessBatch memory batch = _batch();
        batch.claimedBlock = claimed;
        AuditEntry memory entry = _entryOf(batch, keccak256(header));
        VM.prank(CUSTODIAN);
        audit.log(batch);
        _assertJudged(entry, header, Lawfulness.Lawful);
    }

    // lawfulness: what is no proof

    function test_GivenAlteredEntry_WhenJudged_RevertsEntryMismatch() public {
        (AuditEntry memory entry, bytes memory header) = _logged();
        for (uint256 i = 0; i < 9; ++i) {
            AuditEntry memory altered = abi.decode(abi.encode(entry), (AuditEntry));
            if (i == 0) altered.batch.licenceId = LicenceId.wrap(9);
            else if (i == 1) altered.batch.root ^= bytes32(uint256(1));
            else if (i == 2) altered.batch.count += 1;
            else if (i == 3) altered.batch.claimedBlock -= 1;
            else if (i == 4) altered.batch.agent ^= bytes32(uint256(1));
            else if (i == 5) altered.batch.workflow ^= bytes32(uint256(1));
            else if (i == 6) altered.custodian = NOBODY;
            else if (i == 7) altered.claimedBlockHash = 0;
            else altered.loggedAt += 1;
            VM.expectRevert(abi.encodeWithSelector(IAuditLog.AuditEntryMismatch.selector, 0));
            audit.lawfulness(0, altered, leaf, _proof(), header);
        }
    }

    function test_GivenOtherIndex_WhenJudged_RevertsEntryMismatch() public {
        (AuditEntry memory entry, bytes memory header) = _logged();
        VM.expectRevert(abi.encodeWithSelector(IAuditLog.AuditEntryMismatch.selector, 1));
        audit.lawfulness(1, entry, leaf, _proof(), header);
        _nextBlock();
        _logged();
        VM.expectRevert(abi.encodeWithSelector(IAuditLog.AuditEntryMismatch.selector, 1));
        audit.lawfulness(1, entry, leaf, _proof(), header);
        VM.expectRevert(abi.encodeWithSelector(IAuditLog.AuditEntryMismatch.selector, type(uint256).max));
        audit.lawfulness(type(uint256).max, entry, leaf, _proof(), header);
    }

    function test_GivenLeafOutsideTheTree_WhenJudged_RevertsLeafUnproven() public {
        (AuditEntry memory entry, bytes memory header) = _logged();
        AccessLeaf memory other = leaf;
        other.version = 7;
        VM.expectRevert(abi.encodeWithSelector(IAuditLog.AuditLeafUnproven.selector, 0));
        audit.lawfulness(0, entry, other, _proof(), header);
        VM.expectRevert(abi.encodeWithSelector(IAuditLog.AuditLeafUnproven.selector, 0));
        audit.lawfulness(0, entry, leaf, new bytes32[](0), header);
    }

    function test_GivenAnotherHeader_WhenJudged_RevertsHeaderMismatch() public {
        (AuditEntry memory entry, ) = _logged();
        bytes memory forged = _header(block.timestamp - 1_000);
        VM.expectRevert(
            abi.encodeWithSelector(IAuditLog.AuditHeaderMismatch.selector, entry.claimedBlockHash, keccak256(forged))
        );
        audit.lawfulness(0, entry, leaf, _proof(), forged);
    }

    /// @dev Logs the leaf's access in the last block, and judges it.
    function _assertLawfulness(Lawfulness expected) private {
        (AuditEntry memory entry, bytes memory header) = _logged();
        _assertJudged(entry, header, expected);
    }

    function _logged() private returns (AuditEntry memory entry, bytes memory header) {
        header = _header(block.timestamp);
        VM.setBlockhash(block.number - 1, keccak256(header));
        AccessBatch memory batch = _batch();
        entry = _entryOf(batch, keccak256(header));
        VM.prank(CUSTODIAN);
        audit.log(batch);
    }

    function _assertLate(uint64 claimed) private {
        AccessBatch memory batch = _batch();
        batch.claimedBlock = claimed;
        VM.prank(CUSTODIAN);
        audit.log(batch);
        _assertJudged(_entryOf(batch, 0), "no header is read", Lawfulness.TimeUnproven);
    }

    function _etchHistory(bytes memory code) private {
        VM.etch(Blockhash.HISTORY_STORAGE_ADDRESS, code);
    }

    function _assertLogReverts(address sender, AccessBatch memory batch, bytes memory reason) private {
        VM.expectRevert(reason);
        VM.prank(sender);
        audit.log(batch);
        VM.assertEq(audit.count(), 0);
    }

    function _withdraw() private {
        VM.prank(alice.account);
        consents.withdraw(SCOPE, WithdrawalExtent.NoFurtherUse);
    }

    function _nextBlock() private {
        _advance(1);
        _advanceBlockOnly();
    }

    /// @dev A further block of the same second.
    function _advanceBlockOnly() private {
        VM.roll(block.number + 1);
    }

    function _assertJudged(AuditEntry memory entry, bytes memory header, Lawfulness expected) private view {
        VM.assertEq(uint256(_judge(0, entry, header)), uint256(expected), "lawfulness");
    }

    function _judge(uint256 index, AuditEntry memory entry, bytes memory header) private view returns (Lawfulness) {
        return audit.lawfulness(index, entry, leaf, _proof(), header);
    }

    function _batch() private view returns (AccessBatch memory) {
        AccessLeaf memory used = leaf;
        return
            AccessBatch({
                licenceId: licenceId,
                root: Hashes.commutativeKeccak256(keccak256(bytes.concat(keccak256(abi.encode(used)))), SIBLING),
                count: 2,
                claimedBlock: uint64(block.number) - 1,
                agent: "agent",
                workflow: "workflow"
            });
    }

    function _entryOf(AccessBatch memory batch, bytes32 hash) private view returns (AuditEntry memory) {
        return AuditEntry({batch: batch, custodian: BIOBANK, claimedBlockHash: hash, loggedAt: _now()});
    }

    /// @dev A block header of Prague: 21 fields, of which the timestamp is the twelfth.
    function _header(uint256 timestamp) private pure returns (bytes memory) {
        RLP.Encoder memory fields = RLP.encoder();
        fields.push(bytes32("parent")).push(bytes32("ommers")).push(address(1)).push(bytes32("state"));
        fields.push(bytes32("transactions")).push(bytes32("receipts")).push(new bytes(256)).push(uint256(0));
        fields.push(uint256(7)).push(uint256(30_000_000)).push(uint256(21_000)).push(timestamp);
        fields.push(bytes("extra")).push(bytes32("randao")).push(new bytes(8)).push(uint256(1));
        fields.push(bytes32("withdrawals")).push(uint256(0)).push(uint256(0)).push(bytes32("beacon"));
        fields.push(bytes32("requests"));
        return fields.encode();
    }

    function _proof() private pure returns (bytes32[] memory proof) {
        proof = new bytes32[](1);
        proof[0] = SIBLING;
    }
}
