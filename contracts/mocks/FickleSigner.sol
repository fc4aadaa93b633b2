// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title FickleSigner
/// @notice A wallet or verifier that vouches for anything while anyone has it so, and for nothing otherwise.
contract FickleSigner {
    bool public vouches;

    function setVouches(bool vouches_) external {
        vouches = vouches_;
    }

    fallback() external {
        bytes4 answer = vouches ? msg.sig : bytes4(0);
        assembly ("memory-safe") {
            mstore(0, answer)
            return(0, 0x20)
        }
    }
}
