// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Ancestors, NUMBERS_PER_WORD} from "../../contracts/libraries/Ancestors.sol";
import {VM} from "../support/Vm.sol";

contract AncestorsTest {
    function testFuzz_GivenTwoSets_WhenUnited_HoldsEachOnceAscending(uint64 a, uint64 b) public pure {
        uint32[] memory merged = Ancestors.union(_numbersOf(a), _numbersOf(b));
        VM.assertEq(keccak256(abi.encode(merged)), keccak256(abi.encode(_numbersOf(a | b))));
    }

    function testFuzz_GivenNumbers_WhenPacked_AreReadAgain(uint32[] memory numbers) public pure {
        for (uint256 i = 0; i < numbers.length; ++i) {
            uint256 word = Ancestors.pack(numbers, i - (i % NUMBERS_PER_WORD));
            VM.assertEq(Ancestors.numberIn(word, i), numbers[i]);
        }
        VM.assertEq(Ancestors.pack(numbers, numbers.length), 0);
    }

    /// @dev Ascending numbers of any size, from the bits of a set.
    function _numbersOf(uint64 set) private pure returns (uint32[] memory numbers) {
        uint256 count = 0;
        for (uint256 i = 0; i < 64; ++i) count += (set >> i) & 1;
        numbers = new uint32[](count);
        count = 0;
        for (uint256 i = 0; i < 64; ++i) {
            if ((set >> i) & 1 != 0) numbers[count++] = uint32(i * 67_000_000);
        }
    }
}
