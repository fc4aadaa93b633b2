// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessBatch, AccessLeaf, AuditEntry, Lawfulness} from "../types/Audit.sol";
import {InstitutionId, LicenceId} from "../types/Ids.sol";

/**
 * @title IAuditLog
 * @notice An append-only hash chain of accesses, each a Merkle root over the participants whose data was used.
 * @dev An access was lawful for a participant when the version relied on was current and permitted, and the licence in
 * force, as the claimed block was executed. Times are whole seconds: a closing in a later block of the same second
 * makes an access unlawful, in the participant's favour.
 *
 * Head of n entries: keccak256(abi.encode(head of n - 1, entry)).
 */
interface IAuditLog {
    /// @notice Emitted when an access is logged; carries the entry whole.
    event AccessLogged(
        uint256 indexed index,
        LicenceId indexed licenceId,
        InstitutionId indexed custodian,
        bytes32 root,
        uint32 count,
        uint64 claimedBlock,
        bytes32 claimedBlockHash,
        bytes32 agent,
        bytes32 workflow,
        uint32 loggedAt,
        bytes32 head
    );

    /// @notice Thrown when an entry has no leaves.
    /// @custom:fix Log the root and the number of the participants whose data was used.
    error AuditBatchEmpty();

    /// @notice Thrown when the claimed block is not executed yet.
    /// @custom:fix Claim a block that was executed before this one.
    error AuditBlockNotExecuted(uint64 claimedBlock, uint256 blockNumber);

    /// @notice Thrown when the caller's institution does not hold the licensed dataset.
    /// @custom:fix Send from an account of the dataset's custodian.
    error AuditNotCustodian(LicenceId licenceId, InstitutionId caller);

    /// @notice Thrown when an entry is not the one in the log.
    /// @custom:fix Take the entry and the head before it from the AccessLogged events, unchanged.
    error AuditEntryMismatch(uint256 index);

    /// @notice Thrown when a leaf is not in the entry's tree.
    /// @custom:fix Ask the custodian for the leaf and its proof again.
    error AuditLeafUnproven(uint256 index);

    /// @notice Thrown when a header is not that of the claimed block.
    /// @custom:fix Give the RLP-encoded header whose hash the entry holds.
    error AuditHeaderMismatch(bytes32 expected, bytes32 given);

    /**
     * @notice Logs an access. For an account of the licensed dataset's custodian.
     * @dev An entry whose claimed block the chain no longer knows is accepted as late: after 8,191 blocks, or 256 where
     * the chain lacks EIP-2935.
     * @return index the entry's number, from 0.
     */
    function log(AccessBatch calldata batch) external returns (uint256 index);

    /// @notice How many entries there are.
    function count() external view returns (uint256);

    /// @notice The head of the hash chain after `entries` entries; zero for none.
    function headAt(uint256 entries) external view returns (bytes32);

    /**
     * @notice Whether one participant's part in a logged access was lawful; reverts when the proof is no proof.
     * @param index the entry's number.
     * @param entry the entry as logged.
     * @param leaf the participant's part.
     * @param proof Merkle proof of the leaf.
     * @param header RLP-encoded header of the claimed block; not read for a late entry.
     */
    function lawfulness(
        uint256 index,
        AuditEntry calldata entry,
        AccessLeaf calldata leaf,
        bytes32[] calldata proof,
        bytes calldata header
    ) external view returns (Lawfulness);
}
