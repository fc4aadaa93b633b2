// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Authorisation} from "../types/Consent.sol";
import {Appointment, Dismissal} from "../types/Delegate.sol";
import {ParticipantId} from "../types/Ids.sol";

/// @title DelegateTypedData
/// @notice EIP-712 struct hashes of what a participant signs about their proxies.
library DelegateTypedData {
    bytes32 internal constant APPOINT_TYPEHASH = keccak256(
        "Appoint(bytes32 participantId,bytes32 scopeId,bytes32 delegateId,uint8 verbs,uint32 until,uint32 signedAt,"
        "uint32 deadline)"
    );
    bytes32 internal constant DISMISS_TYPEHASH = keccak256(
        "Dismiss(bytes32 participantId,bytes32 scopeId,bytes32 delegateId,uint32 signedAt,uint32 deadline)"
    );

    function hash(
        Appointment calldata change,
        ParticipantId participantId,
        Authorisation calldata authorisation
    ) internal pure returns (bytes32) {
        return
            keccak256(
                abi.encode(
                    APPOINT_TYPEHASH,
                    participantId,
                    change.scopeId,
                    change.delegateId,
                    change.verbs,
                    change.until,
                    authorisation.signedAt,
                    authorisation.deadline
                )
            );
    }

    function hash(
        Dismissal calldata change,
        ParticipantId participantId,
        Authorisation calldata authorisation
    ) internal pure returns (bytes32) {
        return
            keccak256(
                abi.encode(
                    DISMISS_TYPEHASH,
                    participantId,
                    change.scopeId,
                    change.delegateId,
                    authorisation.signedAt,
                    authorisation.deadline
                )
            );
    }
}
