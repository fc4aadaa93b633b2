// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

import {ParticipantId} from "../types/Ids.sol";

/**
 * @title SignerLib
 * @notice Signer bytes, the participant's id that follows from them, and whether a signature is theirs.
 * @dev The seam for further kinds of signer: an account is 20 bytes; an ERC-7913 signer (verifier and key) is longer.
 */
library SignerLib {
    uint256 private constant ACCOUNT_LENGTH = 20;

    function participantIdOf(bytes calldata signer) internal pure returns (ParticipantId) {
        return ParticipantId.wrap(keccak256(signer));
    }

    function participantIdOf(address account) internal pure returns (ParticipantId) {
        return ParticipantId.wrap(keccak256(abi.encodePacked(account)));
    }

    /// @notice Whether the kind of signer is one that this version can check.
    function isSupported(bytes calldata signer) internal pure returns (bool) {
        return signer.length == ACCOUNT_LENGTH;
    }

    /**
     * @notice Whether `signature` is the signer's over `digest`.
     * @dev An account's own ECDSA signature counts whether or not it has code, so that an EIP-7702 delegation takes
     * nobody's say away. 65 bytes, low s: malleable and compact forms are not the signer's.
     */
    function isValid(bytes calldata signer, bytes32 digest, bytes calldata signature) internal pure returns (bool) {
        (address recovered, ECDSA.RecoverError failure, ) = ECDSA.tryRecoverCalldata(digest, signature);
        return failure == ECDSA.RecoverError.NoError && recovered == address(bytes20(signer));
    }
}
