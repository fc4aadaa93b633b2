// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {InstitutionId, LicenceId} from "../types/Ids.sol";
import {Duty, DutyKind, DutyState, DutyTerm} from "../types/Licence.sol";

/**
 * @title ILicenceDuties
 * @notice What a licensee owes besides keeping to its purpose: by when, with what evidence, and what a breach brings.
 * @dev An open duty is overdue at its date by time alone: the licence is then InBreach with no transaction. A breach
 * that is recorded bars the licensee from new licences too, until the committee takes it as made good.
 */
interface ILicenceDuties {
    /// @notice Emitted when a duty is imposed, or its date is moved.
    event DutyImposed(LicenceId indexed licenceId, DutyKind indexed kind, uint32 dueAt);

    /// @notice Emitted when the licensee shows evidence; for Destroy, that the copies are destroyed.
    event DutyDischarged(LicenceId indexed licenceId, DutyKind indexed kind, bytes32 evidence);

    /// @notice Emitted when the custodian accepts the evidence.
    event DutyFulfilled(LicenceId indexed licenceId, DutyKind indexed kind);

    /// @notice Emitted when the custodian does not accept the evidence: the duty is open again.
    event DutyReopened(LicenceId indexed licenceId, DutyKind indexed kind, uint32 dueAt, bytes32 explanation);

    /// @notice Emitted when a breach is recorded; `by` is empty where the date alone shows it.
    event DutyBreached(
        LicenceId indexed licenceId,
        DutyKind indexed kind,
        InstitutionId indexed by,
        bytes32 explanation
    );

    /// @notice Emitted when the committee takes a breach as made good.
    event DutyCured(LicenceId indexed licenceId, DutyKind indexed kind, bytes32 explanation);

    /// @notice Thrown when a step does not suit the duty's state.
    /// @custom:fix Read the duty: impose, discharge, accept or reject, in this order.
    error DutyStepNotOpen(LicenceId licenceId, DutyKind kind, DutyState state);

    /// @notice Thrown when a duty would be due at once, or earlier than before.
    /// @custom:fix Give a later date.
    error DutyDatePassed(uint32 dueAt, uint256 earliest);

    /// @notice Thrown when a breach is reported of a duty that is not overdue.
    /// @custom:fix Wait for the date; the custodian or the committee may declare a breach before.
    error DutyNotOverdue(LicenceId licenceId, DutyKind kind, uint32 dueAt);

    /// @notice Thrown when a licence is past the step at which duties are imposed, or before it.
    /// @custom:fix Impose duties between the vote and the issue.
    error DutyLicenceNotOpen(LicenceId licenceId);

    /// @notice Thrown when the caller's institution has no part in the step.
    /// @custom:fix Send from an account of the institution that the step belongs to.
    error DutyNotResponsible(LicenceId licenceId, InstitutionId caller);

    /// @notice Thrown when evidence is empty.
    /// @custom:fix Give the digest of the evidence.
    error DutyEvidenceEmpty();

    /// @notice Imposes duties on an approved licence, which is not issued yet. For the custodian.
    function impose(LicenceId licenceId, DutyTerm[] calldata duties) external;

    /// @notice Moves the date of an open duty to a later one (Unix seconds). For the custodian.
    function defer(LicenceId licenceId, DutyKind kind, uint32 dueAt) external;

    /// @notice Shows evidence that an open duty is done; overdue ones too. For the licensee.
    function discharge(LicenceId licenceId, DutyKind kind, bytes32 evidence) external;

    /// @notice Accepts the evidence. For the custodian.
    function accept(LicenceId licenceId, DutyKind kind) external;

    /// @notice Refuses the evidence: the duty is open again, for REJECTION_GRACE at least. For the custodian.
    function reject(LicenceId licenceId, DutyKind kind, bytes32 explanation) external;

    /// @notice Records that an open duty is overdue. For anyone.
    function reportOverdue(LicenceId licenceId, DutyKind kind) external;

    /// @notice Records a breach that dates do not show. For the custodian or the committee.
    function declareBreach(LicenceId licenceId, DutyKind kind, bytes32 explanation) external;

    /// @notice Takes a breach as made good. For the committee that decides on the licence.
    function cure(LicenceId licenceId, DutyKind kind, bytes32 explanation) external;

    /// @notice One duty of a licence; state None where there is none.
    function dutyOf(LicenceId licenceId, DutyKind kind) external view returns (Duty memory);
}
