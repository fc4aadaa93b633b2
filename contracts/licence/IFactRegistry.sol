// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Purpose} from "../types/DataUse.sol";
import {InstitutionId} from "../types/Ids.sol";
import {IFactSource} from "./IFactSource.sol";

/**
 * @title IFactRegistry
 * @notice Signed statements of licensees about a purpose, and ethics approvals by committees.
 * @dev A statement is the licensee's word that what the purpose says is true: without one, each fact that terms ask for
 * goes to a person. An approval is a record of the committee that gave it, and holds until it lapses.
 */
interface IFactRegistry is IFactSource {
    /// @dev What is on record for one licensee and one purpose.
    struct FactRecord {
        /// Facts that the licensee's statement attests: the FACT_ bits.
        uint32 attested;
        /// First second at which the ethics approval no longer holds (Unix seconds); 0 is none.
        uint32 ethicsUntil;
        /// How many statements the licensee has made: the number that the next signed one has to bear.
        uint32 statements;
    }

    /// @dev What an official of the licensee signs (EIP-712).
    struct Statement {
        InstitutionId licensee;
        bytes32 purposeDigest;
        /// Facts that the licensee answers for: the FACT_ bits; 0 takes the statement back.
        uint32 facts;
        /// Digest of the signed paper.
        bytes32 document;
        /// {FactRecord.statements}: the signature counts once, and not after a later statement.
        uint32 number;
        /// Last second at which the signature counts (Unix seconds).
        uint32 deadline;
    }

    /// @notice Emitted when a licensee states facts about its use; replaces what it stated before.
    event FactsStated(
        InstitutionId indexed licensee,
        bytes32 indexed purposeDigest,
        address indexed official,
        uint32 facts,
        bytes32 document
    );

    /// @notice Emitted when a committee approves a use, or takes the approval back: it then ends at that block's time.
    event EthicsApproved(
        InstitutionId indexed licensee,
        bytes32 indexed purposeDigest,
        InstitutionId indexed committee,
        uint32 until,
        bytes32 document
    );

    /// @notice Thrown when a statement is about something that is no fact of this version.
    /// @custom:fix Use only the FACT_ bits of DataUse.sol.
    error FactUnknown(uint32 facts);

    /// @notice Thrown when a statement's signature comes too late.
    /// @custom:fix Have the official sign again with a later deadline.
    error FactDeadlinePassed(uint32 deadline, uint256 blockTime);

    /// @notice Thrown when a signed statement was used already, or a later one stands.
    /// @custom:fix Have the official sign again with the next number.
    error FactNumberUsed(uint32 number, uint32 next);

    /// @notice Thrown when a statement was signed by no official of its licensee, or for something else.
    /// @custom:fix Have an official of the licensee sign exactly what is sent, for this contract and chain.
    error FactSignatureInvalid(InstitutionId licensee, address signer);

    /// @notice Thrown when an approval would have ended before it begins.
    /// @custom:fix Give an end in the future, or 0 to take the approval back.
    error FactApprovalPassed(uint32 until, uint256 blockTime);

    /// @notice Thrown when a committee would change the approval that another one gave, or take back what none gave.
    /// @custom:fix Have the committee that approved change it, or its successor.
    error FactApprovalNotYours(InstitutionId committee);

    /// @notice Thrown when a purpose leaves out the region of an institution with access.
    /// @custom:fix State every region in which the data is stored, computed or seen, or none.
    error FactRegionUnstated(InstitutionId institutionId, uint32 region);

    /// @notice Thrown when a purpose leaves out the institution that asks.
    /// @custom:fix State every institution with access, or none.
    error FactInstitutionUnstated(InstitutionId licensee);

    /// @notice Thrown when a purpose names a user whom none of its institutions has on record.
    /// @custom:fix Have the user's institution add the commitment first.
    error FactUserUnknown(bytes32 commitment);

    /// @notice Thrown when a committee would approve the use of a licensee that it is in conflict of interest with.
    /// @custom:fix Have another committee approve it; if the conflict is over, have the registrar lift it first.
    error FactConflictOfInterest(InstitutionId licensee, InstitutionId committee);

    /**
     * @notice States facts about a purpose, in place of an earlier statement. For an official of the licensee.
     * @param facts that the licensee answers for: the FACT_ bits; 0 takes the statement back.
     * @param document digest of the signed paper.
     */
    function state(bytes32 purposeDigest, uint32 facts, bytes32 document) external;

    /// @notice States facts by the signature of an official of the licensee; for anyone to relay.
    function stateBySig(Statement calldata statement, bytes calldata signature) external;

    /**
     * @notice Records that the caller's committee approves a licensee's use. Refused while the two are in conflict of
     * interest, which never stops taking an approval back.
     * @param until first second at which the approval no longer holds (Unix seconds); 0 takes it back, and whatever the
     * licensee states is then no approval.
     * @param document digest of the approval.
     */
    function approveEthics(InstitutionId licensee, bytes32 purposeDigest, uint32 until, bytes32 document) external;

    /// @notice What is on record.
    function recordOf(InstitutionId licensee, bytes32 purposeDigest) external view returns (FactRecord memory);

    /**
     * @notice Reverts unless a purpose is well formed, and what it states agrees with the records of institutions: the
     * licensee is among the institutions, all of those are in good standing, its region is among the regions, and each
     * user is on record of one of the institutions. An empty list states nothing, and is not checked.
     * @return purposeDigest keccak256(abi.encode(purpose)).
     */
    function requireRecords(
        InstitutionId licensee,
        Purpose calldata purpose
    ) external view returns (bytes32 purposeDigest);

    /**
     * @notice Reverts unless a processor's region is among those that a purpose states. An empty list states nothing.
     * @return purposeDigest keccak256(abi.encode(purpose)).
     */
    function requireProcessorRegion(
        InstitutionId processor,
        Purpose calldata purpose
    ) external view returns (bytes32 purposeDigest);

    /// @notice The committee that approved a use, whether or not the approval still holds; empty if none did.
    function committeeOf(InstitutionId licensee, bytes32 purposeDigest) external view returns (InstitutionId);
}
