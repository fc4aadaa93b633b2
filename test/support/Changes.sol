// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IConsentRegistry} from "../../contracts/consent/IConsentRegistry.sol";
import {IDelegateRegistry} from "../../contracts/identity/IDelegateRegistry.sol";
import {
    Authorisation,
    Closing,
    Extend,
    Grant,
    Resume,
    TakeOver,
    Veto,
    Withdraw
} from "../../contracts/types/Consent.sol";
import {Appointment, Dismissal} from "../../contracts/types/Delegate.sol";
import {ParticipantId} from "../../contracts/types/Ids.sol";

/// @dev A change as it is signed and as it is sent. Its members are static, so their ABI words are the EIP-712 ones.
struct Change {
    /// The EIP-712 type, written out here a second time: not taken from contracts/.
    string typed;
    /// The function that takes it with an authorisation.
    bytes4 selector;
    /// A word for each member.
    bytes members;
    /// The call by which the participant does it themself; empty when there is none.
    bytes own;
}

/// @dev The EIP-712 struct hash of a change: the members stand between whose it is and when it was signed.
function structHash(
    Change memory change,
    ParticipantId participantId,
    Authorisation memory given
) pure returns (bytes32) {
    return
        keccak256(
            bytes.concat(
                abi.encode(keccak256(bytes(change.typed)), participantId),
                change.members,
                abi.encode(given.signedAt, given.deadline)
            )
        );
}

/// @dev The call that takes a change with its authorisation: selector, members, the place of the authorisation, and it.
function signedCall(Change memory change, Authorisation memory given) pure returns (bytes memory) {
    bytes memory tail = abi.encode(given);
    // Encoded alone it lies behind one word, which names its place; here it lies behind the members too.
    uint256 place = change.members.length + 0x20;
    assembly ("memory-safe") {
        mstore(add(tail, 0x20), place)
    }
    return bytes.concat(change.selector, change.members, tail);
}

/// @dev How many members a change has.
function memberCount(Change memory change) pure returns (uint256) {
    return change.members.length / 32;
}

/// @dev The change as it is sent with the lowest bit of one member's word altered.
function altered(Change memory change, uint256 member) pure returns (Change memory other) {
    bytes memory members = bytes.concat(change.members);
    members[32 * member + 31] ^= 0x01;
    return Change({typed: change.typed, selector: change.selector, members: members, own: change.own});
}

function granting(Grant memory change) pure returns (Change memory) {
    return
        Change({
            typed: "Grant(bytes32 participantId,bytes32 scopeId,bytes32 termsDigest,uint64 elements,uint8 preferences,"
            "uint32 until,uint16 version,uint32 signedAt,uint32 deadline)",
            selector: IConsentRegistry.grantBySig.selector,
            members: abi.encode(change),
            own: abi.encodeCall(IConsentRegistry.grant, (change))
        });
}

function updating(Grant memory change) pure returns (Change memory) {
    return
        Change({
            typed: "Update(bytes32 participantId,bytes32 scopeId,bytes32 termsDigest,uint64 elements,uint8 preferences,"
            "uint32 until,uint16 version,uint32 signedAt,uint32 deadline)",
            selector: IConsentRegistry.updateBySig.selector,
            members: abi.encode(change),
            own: abi.encodeCall(IConsentRegistry.update, (change))
        });
}

function extending(Extend memory change) pure returns (Change memory) {
    return
        Change({
            typed: "Extend(bytes32 participantId,bytes32 scopeId,bytes32 termsDigest,uint32 until,uint16 version,"
            "uint32 signedAt,uint32 deadline)",
            selector: IConsentRegistry.extendBySig.selector,
            members: abi.encode(change),
            own: abi.encodeCall(IConsentRegistry.extend, (change))
        });
}

function resuming(Resume memory change) pure returns (Change memory) {
    return
        Change({
            typed: "Resume(bytes32 participantId,bytes32 scopeId,uint16 version,uint32 signedAt,uint32 deadline)",
            selector: IConsentRegistry.resumeBySig.selector,
            members: abi.encode(change),
            own: abi.encodeCall(IConsentRegistry.resume, (change))
        });
}

function suspending(Closing memory change) pure returns (Change memory) {
    return
        Change({
            typed: "Suspend(bytes32 participantId,bytes32 scopeId,uint16 minVersion,uint32 signedAt,uint32 deadline)",
            selector: IConsentRegistry.suspendBySig.selector,
            members: abi.encode(change),
            own: abi.encodeCall(IConsentRegistry.suspend, (change.scopeId))
        });
}

function declining(Closing memory change) pure returns (Change memory) {
    return
        Change({
            typed: "Decline(bytes32 participantId,bytes32 scopeId,uint16 minVersion,uint32 signedAt,uint32 deadline)",
            selector: IConsentRegistry.declineBySig.selector,
            members: abi.encode(change),
            own: abi.encodeCall(IConsentRegistry.decline, (change.scopeId))
        });
}

function annulling(Closing memory change) pure returns (Change memory) {
    return
        Change({
            typed: "Annul(bytes32 participantId,bytes32 scopeId,uint16 minVersion,uint32 signedAt,uint32 deadline)",
            selector: IConsentRegistry.annulBySig.selector,
            members: abi.encode(change),
            own: abi.encodeCall(IConsentRegistry.annul, (change.scopeId))
        });
}

function withdrawing(Withdraw memory change) pure returns (Change memory) {
    return
        Change({
            typed: "Withdraw(bytes32 participantId,bytes32 scopeId,uint8 extent,uint16 minVersion,uint32 signedAt,"
            "uint32 deadline)",
            selector: IConsentRegistry.withdrawBySig.selector,
            members: abi.encode(change),
            own: abi.encodeCall(IConsentRegistry.withdraw, (change.scopeId, change.extent))
        });
}

function takingOver(TakeOver memory change) pure returns (Change memory) {
    return
        Change({
            typed: "TakeOver(bytes32 participantId,bytes32 scopeId,bytes32 attestedId,uint32 signedAt,uint32 deadline)",
            selector: IConsentRegistry.takeOver.selector,
            members: abi.encode(change),
            own: ""
        });
}

function vetoing(Veto memory change) pure returns (Change memory) {
    return
        Change({
            typed: "Veto(bytes32 participantId,bytes32 scopeId,bytes32 newParticipantId,uint32 signedAt,"
            "uint32 deadline)",
            selector: IConsentRegistry.vetoRecoveryBySig.selector,
            members: abi.encode(change),
            own: abi.encodeCall(IConsentRegistry.vetoRecovery, (change.scopeId))
        });
}

function appointing(Appointment memory change) pure returns (Change memory) {
    return
        Change({
            typed: "Appoint(bytes32 participantId,bytes32 scopeId,bytes32 delegateId,uint8 verbs,uint32 until,"
            "uint32 signedAt,uint32 deadline)",
            selector: IDelegateRegistry.appointBySig.selector,
            members: abi.encode(change),
            own: abi.encodeCall(IDelegateRegistry.appoint, (change))
        });
}

function dismissing(Dismissal memory change) pure returns (Change memory) {
    return
        Change({
            typed: "Dismiss(bytes32 participantId,bytes32 scopeId,bytes32 delegateId,uint32 signedAt,uint32 deadline)",
            selector: IDelegateRegistry.dismissBySig.selector,
            members: abi.encode(change),
            own: abi.encodeCall(IDelegateRegistry.dismiss, (change))
        });
}
