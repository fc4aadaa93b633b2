// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Authorisation, Grant, Resume, Suspend, Withdraw} from "../types/Consent.sol";
import {ParticipantId} from "../types/Ids.sol";

/// @title ConsentTypedData
/// @notice EIP-712 struct hashes of the changes that a participant signs.
library ConsentTypedData {
    bytes32 internal constant GRANT_TYPEHASH = keccak256(
        "Grant(bytes32 participantId,bytes32 scopeId,bytes32 termsDigest,uint64 elements,uint8 preferences,"
        "uint32 until,uint16 version,uint32 signedAt,uint32 deadline)"
    );
    bytes32 internal constant RESUME_TYPEHASH = keccak256(
        "Resume(bytes32 participantId,bytes32 scopeId,uint16 version,uint32 signedAt,uint32 deadline)"
    );
    bytes32 internal constant SUSPEND_TYPEHASH = keccak256(
        "Suspend(bytes32 participantId,bytes32 scopeId,uint16 minVersion,uint32 signedAt,uint32 deadline)"
    );
    bytes32 internal constant WITHDRAW_TYPEHASH = keccak256(
        "Withdraw(bytes32 participantId,bytes32 scopeId,uint8 extent,uint16 minVersion,uint32 signedAt,"
        "uint32 deadline)"
    );

    function hash(
        Grant calldata change,
        ParticipantId participantId,
        Authorisation calldata authorisation
    ) internal pure returns (bytes32) {
        return
            keccak256(
                abi.encode(
                    GRANT_TYPEHASH,
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
        Resume calldata change,
        ParticipantId participantId,
        Authorisation calldata authorisation
    ) internal pure returns (bytes32) {
        return
            keccak256(
                abi.encode(
                    RESUME_TYPEHASH,
                    participantId,
                    change.scopeId,
                    change.version,
                    authorisation.signedAt,
                    authorisation.deadline
                )
            );
    }

    function hash(
        Suspend calldata change,
        ParticipantId participantId,
        Authorisation calldata authorisation
    ) internal pure returns (bytes32) {
        return
            keccak256(
                abi.encode(
                    SUSPEND_TYPEHASH,
                    participantId,
                    change.scopeId,
                    change.minVersion,
                    authorisation.signedAt,
                    authorisation.deadline
                )
            );
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
}
