// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title FixedAnswerSigner
/// @notice A wallet or verifier that answers every question with the same bytes, or reverts with them.
contract FixedAnswerSigner {
    bool private immutable REVERTS;
    bytes32 private immutable FIRST_WORD;
    uint256 private immutable LENGTH;

    /// @param firstWord what the answer begins with; zeros follow.
    /// @param length of the answer in bytes, shorter than a word or as long as gas allows.
    constructor(bool reverts, bytes32 firstWord, uint256 length) {
        REVERTS = reverts;
        FIRST_WORD = firstWord;
        LENGTH = length;
    }

    fallback() external {
        bool reverts = REVERTS;
        bytes32 firstWord = FIRST_WORD;
        uint256 length = LENGTH;
        // Nothing else of the memory is used: the call ends here.
        assembly ("memory-safe") {
            let answer := mload(0x40)
            mstore(answer, firstWord)
            if reverts {
                revert(answer, length)
            }
            return(answer, length)
        }
    }
}
