// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @dev Bits of a dataset's number.
uint256 constant NUMBER_BITS = 32;
/// @dev Numbers of datasets that a word of storage holds.
uint256 constant NUMBERS_PER_WORD = 8;

/// @title Ancestors
/// @notice Sets of datasets by their numbers: ascending, each once, eight to a word in storage.
library Ancestors {
    /// @notice What is in one of the lists, or in both.
    function union(uint32[] memory a, uint32[] memory b) internal pure returns (uint32[] memory merged) {
        uint32[] memory room = new uint32[](a.length + b.length);
        uint256 count = 0;
        uint256 i = 0;
        uint256 j = 0;
        while (i < a.length || j < b.length) {
            bool isOfA = j == b.length || (i < a.length && a[i] <= b[j]);
            uint32 number = isOfA ? a[i] : b[j];
            if (isOfA && j < b.length && b[j] == number) ++j;
            if (isOfA) ++i;
            else ++j;
            room[count++] = number;
        }
        merged = new uint32[](count);
        for (uint256 k = 0; k < count; ++k) merged[k] = room[k];
    }

    /// @notice The numbers from `start` on, as many as a word holds, as that word.
    function pack(uint32[] memory numbers, uint256 start) internal pure returns (uint256 word) {
        for (uint256 i = 0; i < NUMBERS_PER_WORD && start + i < numbers.length; ++i) {
            word |= uint256(numbers[start + i]) << (NUMBER_BITS * i);
        }
    }

    /// @notice The number at a place of a list, read from the word that {pack} made for it.
    function numberIn(uint256 word, uint256 place) internal pure returns (uint32) {
        return uint32(word >> (NUMBER_BITS * (place % NUMBERS_PER_WORD)));
    }
}
