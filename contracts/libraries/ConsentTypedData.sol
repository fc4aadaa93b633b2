// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Authorisation, Closing, Extend, Grant, Resume, TakeOver, Veto, Withdraw} from "../types/Consent.sol";
import {ParticipantId, ScopeId} from "../types/Ids.sol";

/// @title ConsentTypedData
/// @notice EIP-712 struct hashes of the changes that a participant or their delegate signs.
library ConsentTypedData {
    bytes32 internal constant GRANT_TYPEHASH = keccak256(
        "Grant(bytes32 participantId,bytes32 scopeId,bytes32 termsDigest,uint64 elements,uint8 preferences,"
        "uint32 until,uint16 version,uint32 signedAt,uint32 deadline)"
    );
    bytes32 internal constant UPDATE_TYPEHASH = keccak256(
        "Update(bytes32 participantId,bytes32 scopeId,bytes32 termsDigest,uint64 elements,uint8 preferences,"
        "uint32 until,uint16 version,uint32 signedAt,uint32 deadline)"
    );
    bytes32 internal constant EXTEND_TYPEHASH = keccak256(
        "Extend(bytes32 participantId,bytes32 scopeId,bytes32 termsDigest,uint32 until,uint16 version,"
        "uint32 signedAt,uint32 deadline)"
    );
    bytes32 internal constant RESUME_TYPEHASH = keccak256(
        "Resume(bytes32 participantId,bytes32 scopeId,uint16 version,uint32 signedAt,uint32 deadline)"
    );
    bytes32 internal constant SUSPEND_TYPEHASH = keccak256(
        "Suspend(bytes32 participantId,bytes32 scopeId,uint16 minVersion,uint32 signedAt,uint32 deadline)"
    );
    bytes32 internal constant DECLINE_TYPEHASH = keccak256(
        "Decline(bytes32 participantId,bytes32 scopeId,uint16 minVersion,uint32 signedAt,uint32 deadline)"
    );
    bytes32 internal constant ANNUL_TYPEHASH = keccak256(
        "Annul(bytes32 participantId,bytes32 scopeId,uint16 minVersion,uint32 signedAt,uint32 deadline)"
    );
    bytes32 internal constant WITHDRAW_TYPEHASH = keccak256(
        "Withdraw(bytes32 participantId,bytes32 scopeId,uint8 extent,uint16 minVersion,uint32 signedAt,"
        "uint32 deadline)"
    );
    bytes32 internal constant TAKE_OVER_TYPEHASH = keccak256(
        "TakeOver(bytes32 participantId,bytes32 scopeId,bytes32 attestedId,uint32 signedAt,uint32 deadline)"
    );
    bytes32 internal constant VETO_TYPEHASH = keccak256(
        "Veto(bytes32 participantId,bytes32 scopeId,bytes32 newParticipantId,uint32 signedAt,uint32 deadline)"
    );

    /// @param typehash GRANT_TYPEHASH or UPDATE_TYPEHASH.
    function hash(
        bytes32 typehash,
        Grant calldata change,
        ParticipantId participantId,
        Authorisation calldata authorisation
    ) internal pure returns (bytes32) {
        return
            keccak256(
                abi.encode(
                    typehash,
                    participantId,
                    change.scopeId,
                    change.termsDigest,
                    change.elements,
                    change.preferences,
                    change.until,
                    change.version,
                    authorisation.signedAt,
                    authorisation.deadline
                )
            );
    }

    function hash(
        Extend calldata change,
        ParticipantId participantId,
        Authorisation calldata authorisation
    ) internal pure returns (bytes32) {
        return
            keccak256(
                abi.encode(
                    EXTEND_TYPEHASH,
                    participantId,
                    change.scopeId,
                    change.termsDigest,
                    change.until,
                    change.version,
                    authorisation.signedAt,
                    authorisation.deadline
                )
            );
    }

    function hash(
        Resume calldata change,
        ParticipantId participantId,
        Authorisation calldata authorisation
    ) internal pure returns (bytes32) {
        return _hash(RESUME_TYPEHASH, participantId, change.scopeId, bytes32(uint256(change.version)), authorisation);
    }

    /// @param typehash SUSPEND_TYPEHASH, DECLINE_TYPEHASH or ANNUL_TYPEHASH.
    function hash(
        bytes32 typehash,
        Closing calldata change,
        ParticipantId participantId,
        Authorisation calldata authorisation
    ) internal pure returns (bytes32) {
        return _hash(typehash, participantId, change.scopeId, bytes32(uint256(change.minVersion)), authorisation);
    }

    function hash(
        Withdraw calldata change,
        ParticipantId participantId,
        Authorisation calldata authorisation
    ) internal pure returns (bytes32) {
        return
            keccak256(
                abi.encode(
                    WITHDRAW_TYPEHASH,
                    participantId,
                    change.scopeId,
                    change.extent,
                    change.minVersion,
                    authorisation.signedAt,
                    authorisation.deadline
                )
            );
    }

    function hash(
        TakeOver calldata change,
        ParticipantId participantId,
        Authorisation calldata authorisation
    ) internal pure returns (bytes32) {
        bytes32 attestedId = ParticipantId.unwrap(change.attestedId);
        return _hash(TAKE_OVER_TYPEHASH, participantId, change.scopeId, attestedId, authorisation);
    }

    function hash(
        Veto calldata change,
        ParticipantId participantId,
        Authorisation calldata authorisation
    ) internal pure returns (bytes32) {
        bytes32 newParticipantId = ParticipantId.unwrap(change.newParticipantId);
        return _hash(VETO_TYPEHASH, participantId, change.scopeId, newParticipantId, authorisation);
    }

    /// @dev The changes with one member of their own.
    function _hash(
        bytes32 typehash,
        ParticipantId participantId,
        ScopeId scopeId,
        bytes32 member,
        Authorisation calldata authorisation
    ) private pure returns (bytes32) {
        return
            keccak256(
                abi.encode(typehash, participantId, scopeId, member, authorisation.signedAt, authorisation.deadline)
            );
    }
}
