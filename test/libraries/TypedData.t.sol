// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ConsentTypedData} from "../../contracts/libraries/ConsentTypedData.sol";
import {DelegateTypedData} from "../../contracts/libraries/DelegateTypedData.sol";
import {
    Authorisation,
    Closing,
    Extend,
    Grant,
    Resume,
    TakeOver,
    Veto,
    Withdraw,
    WithdrawalExtent
} from "../../contracts/types/Consent.sol";
import {Appointment, Dismissal} from "../../contracts/types/Delegate.sol";
import {ParticipantId, ScopeId} from "../../contracts/types/Ids.sol";
import {
    Change,
    annulling,
    appointing,
    declining,
    dismissing,
    extending,
    granting,
    resuming,
    structHash,
    suspending,
    takingOver,
    updating,
    vetoing,
    withdrawing
} from "../support/Changes.sol";
import {VM} from "../support/Vm.sol";

/// @title Puts the libraries' calldata functions within reach.
contract TypedDataHarness {
    function grant(Grant calldata c, ParticipantId id, Authorisation calldata a) external pure returns (bytes32) {
        return ConsentTypedData.hash(ConsentTypedData.GRANT_TYPEHASH, c, id, a);
    }

    function update(Grant calldata c, ParticipantId id, Authorisation calldata a) external pure returns (bytes32) {
        return ConsentTypedData.hash(ConsentTypedData.UPDATE_TYPEHASH, c, id, a);
    }

    function extend(Extend calldata c, ParticipantId id, Authorisation calldata a) external pure returns (bytes32) {
        return ConsentTypedData.hash(c, id, a);
    }

    function resume(Resume calldata c, ParticipantId id, Authorisation calldata a) external pure returns (bytes32) {
        return ConsentTypedData.hash(c, id, a);
    }

    function suspend(Closing calldata c, ParticipantId id, Authorisation calldata a) external pure returns (bytes32) {
        return ConsentTypedData.hash(ConsentTypedData.SUSPEND_TYPEHASH, c, id, a);
    }

    function decline(Closing calldata c, ParticipantId id, Authorisation calldata a) external pure returns (bytes32) {
        return ConsentTypedData.hash(ConsentTypedData.DECLINE_TYPEHASH, c, id, a);
    }

    function annul(Closing calldata c, ParticipantId id, Authorisation calldata a) external pure returns (bytes32) {
        return ConsentTypedData.hash(ConsentTypedData.ANNUL_TYPEHASH, c, id, a);
    }

    function withdraw(Withdraw calldata c, ParticipantId id, Authorisation calldata a) external pure returns (bytes32) {
        return ConsentTypedData.hash(c, id, a);
    }

    function takeOver(TakeOver calldata c, ParticipantId id, Authorisation calldata a) external pure returns (bytes32) {
        return ConsentTypedData.hash(c, id, a);
    }

    function veto(Veto calldata c, ParticipantId id, Authorisation calldata a) external pure returns (bytes32) {
        return ConsentTypedData.hash(c, id, a);
    }

    function appoint(
        Appointment calldata c,
        ParticipantId id,
        Authorisation calldata a
    ) external pure returns (bytes32) {
        return DelegateTypedData.hash(c, id, a);
    }

    function dismiss(Dismissal calldata c, ParticipantId id, Authorisation calldata a) external pure returns (bytes32) {
        return DelegateTypedData.hash(c, id, a);
    }
}

/// @title TypedDataTest
/// @notice Every struct hash against EIP-712 as it is written out in test/support/Changes.sol.
contract TypedDataTest {
    TypedDataHarness private harness;

    function setUp() public {
        harness = new TypedDataHarness();
    }

    function testFuzz_GivenGrant_WhenHashed_IsTheEip712Hash(
        Grant memory change,
        ParticipantId id,
        Authorisation memory given
    ) public view {
        _assertHash(harness.grant(change, id, given), granting(change), id, given);
        _assertHash(harness.update(change, id, given), updating(change), id, given);
    }

    function testFuzz_GivenExtend_WhenHashed_IsTheEip712Hash(
        Extend memory change,
        ParticipantId id,
        Authorisation memory given
    ) public view {
        _assertHash(harness.extend(change, id, given), extending(change), id, given);
    }

    function testFuzz_GivenResume_WhenHashed_IsTheEip712Hash(
        Resume memory change,
        ParticipantId id,
        Authorisation memory given
    ) public view {
        _assertHash(harness.resume(change, id, given), resuming(change), id, given);
    }

    function testFuzz_GivenClosing_WhenHashed_IsTheEip712Hash(
        Closing memory change,
        ParticipantId id,
        Authorisation memory given
    ) public view {
        _assertHash(harness.suspend(change, id, given), suspending(change), id, given);
        _assertHash(harness.decline(change, id, given), declining(change), id, given);
        _assertHash(harness.annul(change, id, given), annulling(change), id, given);
    }

    function testFuzz_GivenWithdraw_WhenHashed_IsTheEip712Hash(
        ScopeId scopeId,
        uint16 minVersion,
        ParticipantId id,
        Authorisation memory given
    ) public view {
        for (uint8 extent = 0; extent <= uint8(type(WithdrawalExtent).max); ++extent) {
            Withdraw memory change = Withdraw(scopeId, WithdrawalExtent(extent), minVersion);
            _assertHash(harness.withdraw(change, id, given), withdrawing(change), id, given);
        }
    }

    function testFuzz_GivenTakeOver_WhenHashed_IsTheEip712Hash(
        TakeOver memory change,
        ParticipantId id,
        Authorisation memory given
    ) public view {
        _assertHash(harness.takeOver(change, id, given), takingOver(change), id, given);
    }

    function testFuzz_GivenVeto_WhenHashed_IsTheEip712Hash(
        Veto memory change,
        ParticipantId id,
        Authorisation memory given
    ) public view {
        _assertHash(harness.veto(change, id, given), vetoing(change), id, given);
    }

    function testFuzz_GivenAppointment_WhenHashed_IsTheEip712Hash(
        Appointment memory change,
        ParticipantId id,
        Authorisation memory given
    ) public view {
        _assertHash(harness.appoint(change, id, given), appointing(change), id, given);
    }

    function testFuzz_GivenDismissal_WhenHashed_IsTheEip712Hash(
        Dismissal memory change,
        ParticipantId id,
        Authorisation memory given
    ) public view {
        _assertHash(harness.dismiss(change, id, given), dismissing(change), id, given);
    }

    function _assertHash(
        bytes32 actual,
        Change memory change,
        ParticipantId id,
        Authorisation memory given
    ) private pure {
        VM.assertEq(actual, structHash(change, id, given));
    }
}
