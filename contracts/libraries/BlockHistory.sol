// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Blockhash} from "@openzeppelin/contracts/utils/Blockhash.sol";

/// @title BlockHistory
/// @notice Hashes of executed blocks, as far back as the chain itself remembers them.
library BlockHistory {
    /// @dev How far the BLOCKHASH opcode reaches.
    uint256 private constant OPCODE_REACH = 256;

    /**
     * @notice The hash of an executed block; zero for blocks to come, and for those that the chain no longer knows
     * (8,191 blocks back at the most, 256 where the chain lacks EIP-2935).
     * @dev OpenZeppelin's Blockhash takes whatever the history contract of EIP-2935 leaves in memory, also what it
     * reverts with. Here the answer counts only if the call succeeded with one word.
     */
    function hashOf(uint256 blockNumber) internal view returns (bytes32) {
        if (blockNumber >= block.number) return 0;
        if (block.number - blockNumber <= OPCODE_REACH) return blockhash(blockNumber);
        // solhint-disable-next-line avoid-low-level-calls
        (bool success, bytes memory answer) = Blockhash.HISTORY_STORAGE_ADDRESS.staticcall(abi.encode(blockNumber));
        return success && answer.length == 32 ? abi.decode(answer, (bytes32)) : bytes32(0);
    }
}
