// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LineageWitness, Purpose, Terms, Verdict} from "../types/DataUse.sol";
import {InstitutionId} from "../types/Ids.sol";

/**
 * @title IDecisionRegistry
 * @notice What terms say of purposes: worked out once for a pair of digests, and kept.
 * @dev The terms' digest covers the releases that they pin, so an answer never changes. Facts, state and time are read
 * anew at every reading.
 */
interface IDecisionRegistry {
    /// @notice Emitted when an answer is kept; the reasons are untagged, facts and time aside.
    event DecisionKept(bytes32 indexed termsDigest, bytes32 indexed purposeDigest, uint256 deny, uint256 manual);

    /// @notice Thrown when the witnesses leave a disease open: it is neither covered nor proved not to be.
    /// @custom:fix Prove the pair in the ontology registry, or add the disease's lineage witness.
    error DecisionUnproven(bytes32 termsDigest, bytes32 purposeDigest);

    /**
     * @notice Works out and keeps what terms say of a purpose. For anyone; doing it again changes nothing.
     * @dev A pair that the ontology registry has kept needs no witness.
     * @param witnesses complete ancestors of the purpose's diseases in the release that the terms pin.
     */
    function decide(Terms calldata terms, Purpose calldata purpose, LineageWitness[] calldata witnesses) external;

    /// @notice Whether the answer for the two digests is kept.
    function isKept(bytes32 termsDigest, bytes32 purposeDigest) external view returns (bool);

    /**
     * @notice The kept answer, joined with what the terms' modifiers say of the licensee's facts now.
     * @return untagged reasons; UNPROVEN when nothing is kept.
     */
    function verdictOf(
        bytes32 termsDigest,
        bytes32 purposeDigest,
        InstitutionId licensee
    ) external view returns (Verdict memory);
}
