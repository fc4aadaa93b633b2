// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

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

    /// @notice The committee that approved a use, whether or not the approval still holds; empty if none did.
    function committeeOf(InstitutionId licensee, bytes32 purposeDigest) external view returns (InstitutionId);
}
