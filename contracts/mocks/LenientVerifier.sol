// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC7913SignatureVerifier} from "@openzeppelin/contracts/interfaces/IERC7913.sol";
import {WebAuthn} from "@openzeppelin/contracts/utils/cryptography/WebAuthn.sol";

/// @title LenientVerifier
/// @notice Takes assertions of authenticators that have not verified the user. Nobody has listed its code.
contract LenientVerifier is IERC7913SignatureVerifier {
    function verify(
        bytes calldata key,
        bytes32 hash,
        bytes calldata signature
    ) external view override returns (bytes4) {
        (, WebAuthn.WebAuthnAuth calldata auth) = WebAuthn.tryDecodeAuth(signature);
        bool isGood = WebAuthn.verify(abi.encodePacked(hash), auth, bytes32(key), bytes32(key[32:]), false);
        return isGood ? IERC7913SignatureVerifier.verify.selector : bytes4(0);
    }
}
