// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title IERC5192
/// @notice Minimal soulbound tokens (ERC-5192).
interface IERC5192 {
    /// @notice Emitted when a token is bound to its owner.
    event Locked(uint256 tokenId);

    /// @notice Part of the standard; never emitted here.
    event Unlocked(uint256 tokenId);

    /// @notice Whether a token is bound to its owner; reverts when there is no such token.
    function locked(uint256 tokenId) external view returns (bool);
}
