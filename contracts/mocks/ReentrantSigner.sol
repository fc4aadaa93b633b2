// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title ReentrantSigner
/// @notice A wallet or verifier that first tries a call of its own to whoever asks, and then vouches for anything.
contract ReentrantSigner {
    bytes private _attempt;

    /// @param attempt the call that it tries.
    constructor(bytes memory attempt) {
        _attempt = attempt;
    }

    /// @notice The same by a transaction of its own, to show that the attempt works outside a check.
    function attemptOn(address target) external returns (bool succeeded) {
        (succeeded, ) = target.call(_attempt);
    }

    fallback() external {
        (bool succeeded, ) = msg.sender.call(_attempt);
        // Whoever is let in is found out: it vouches for nothing.
        bytes4 answer = succeeded ? bytes4(0) : msg.sig;
        assembly ("memory-safe") {
            mstore(0, answer)
            return(0, 0x20)
        }
    }
}
