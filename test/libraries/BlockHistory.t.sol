// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Blockhash} from "@openzeppelin/contracts/utils/Blockhash.sol";

import {BlockHistory} from "../../contracts/libraries/BlockHistory.sol";
import {VM} from "../support/Vm.sol";

contract BlockHistoryTest {
    uint256 private constant START_BLOCK = 20_000;

    function setUp() public {
        VM.roll(START_BLOCK);
        VM.setBlockhash(START_BLOCK - 1, "last");
        VM.setBlockhash(START_BLOCK - 256, "oldest of the opcode");
        _etchHistory(hex"");
    }

    function test_GivenLast256Blocks_WhenAsked_TheOpcodeAnswers() public view {
        VM.assertEq(BlockHistory.hashOf(START_BLOCK - 1), bytes32("last"));
        VM.assertEq(BlockHistory.hashOf(START_BLOCK - 256), bytes32("oldest of the opcode"));
    }

    function test_GivenThisBlockOrLater_WhenAsked_AnswersZero() public {
        _etchHistory(hex"60015f5260205ff3");
        VM.assertEq(BlockHistory.hashOf(START_BLOCK), 0);
        VM.assertEq(BlockHistory.hashOf(START_BLOCK + 1), 0);
        VM.assertEq(BlockHistory.hashOf(type(uint256).max), 0);
    }

    function test_GivenOlderBlock_WhenHistoryContractAnswers_AnswerIsItsWord() public {
        // Answers what it was asked.
        _etchHistory(hex"5f355f5260205ff3");
        VM.assertEq(uint256(BlockHistory.hashOf(START_BLOCK - 257)), START_BLOCK - 257);
    }

    function test_GivenOlderBlock_WhenHistoryContractReverts_AnswersZero() public {
        _etchHistory(hex"60015f5260205ffd");
        VM.assertEq(BlockHistory.hashOf(START_BLOCK - 257), 0);
    }

    function test_GivenOlderBlock_WhenAnswerIsNoWord_AnswersZero() public {
        _etchHistory(hex"60015f5260405ff3");
        VM.assertEq(BlockHistory.hashOf(START_BLOCK - 257), 0);
        _etchHistory(hex"60015f5260015ff3");
        VM.assertEq(BlockHistory.hashOf(START_BLOCK - 257), 0);
    }

    function test_GivenOlderBlock_WhenChainHasNoHistoryContract_AnswersZero() public view {
        VM.assertEq(BlockHistory.hashOf(START_BLOCK - 257), 0);
        VM.assertEq(BlockHistory.hashOf(0), 0);
    }

    function _etchHistory(bytes memory code) private {
        VM.etch(Blockhash.HISTORY_STORAGE_ADDRESS, code);
    }
}
