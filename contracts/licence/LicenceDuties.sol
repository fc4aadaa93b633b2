// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {IInstitutionRegistry} from "../identity/IInstitutionRegistry.sol";
import {InstitutionId, LicenceId, NO_INSTITUTION} from "../types/Ids.sol";
import {Duty, DutyKind, DutyState, DutyTerm, LicenceStatus} from "../types/Licence.sol";
import {ILicenceDuties} from "./ILicenceDuties.sol";
import {ILicenceRegistry} from "./ILicenceRegistry.sol";

/// @title LicenceDuties
/// @dev One slot a duty; what a licence's status needs of them is kept in the LicenceRegistry.
contract LicenceDuties is ILicenceDuties, AccessManaged {
    /// @notice How long a licensee has at least after its evidence was refused (seconds).
    uint32 public constant REJECTION_GRACE = 14 days;

    uint256 private constant KINDS = uint256(type(DutyKind).max) + 1;
    /// @dev A time that has passed: a breach is due since ever.
    uint32 private constant SINCE_EVER = 1;

    IInstitutionRegistry private immutable INSTITUTIONS;
    ILicenceRegistry private immutable LICENCES;

    mapping(LicenceId licenceId => mapping(DutyKind kind => Duty duty)) private _duties;

    constructor(address manager, IInstitutionRegistry institutions, ILicenceRegistry licences) AccessManaged(manager) {
        INSTITUTIONS = institutions;
        LICENCES = licences;
    }

    /// @inheritdoc ILicenceDuties
    function impose(LicenceId licenceId, DutyTerm[] calldata duties) external override restricted {
        _requireCustodian(licenceId);
        if (LICENCES.status(licenceId) != LicenceStatus.Approved) revert DutyLicenceNotOpen(licenceId);
        for (uint256 i = 0; i < duties.length; ++i) {
            (DutyKind kind, uint32 dueAt) = (duties[i].kind, duties[i].dueAt);
            _requireState(licenceId, kind, DutyState.None);
            if (dueAt <= block.timestamp) revert DutyDatePassed(dueAt, block.timestamp + 1);
            _set(licenceId, kind, DutyState.Open, dueAt);
            emit DutyImposed(licenceId, kind, dueAt);
        }
        _keep(licenceId, 0);
    }

    /// @inheritdoc ILicenceDuties
    function defer(LicenceId licenceId, DutyKind kind, uint32 dueAt) external override restricted {
        _requireCustodian(licenceId);
        Duty storage duty = _requireState(licenceId, kind, DutyState.Open);
        uint256 earliest = Math.max(duty.dueAt, block.timestamp) + 1;
        if (dueAt < earliest) revert DutyDatePassed(dueAt, earliest);

        _set(licenceId, kind, DutyState.Open, dueAt);
        emit DutyImposed(licenceId, kind, dueAt);
        _keep(licenceId, 0);
    }

    /// @inheritdoc ILicenceDuties
    function discharge(LicenceId licenceId, DutyKind kind, bytes32 evidence) external override restricted {
        _requireActingFor(licenceId, LICENCES.subject(licenceId).licensee);
        Duty storage duty = _requireState(licenceId, kind, DutyState.Open);
        if (evidence == 0) revert DutyEvidenceEmpty();

        _set(licenceId, kind, DutyState.Discharged, duty.dueAt);
        emit DutyDischarged(licenceId, kind, evidence);
        _keep(licenceId, 0);
    }

    /// @inheritdoc ILicenceDuties
    function accept(LicenceId licenceId, DutyKind kind) external override restricted {
        _requireCustodian(licenceId);
        Duty storage duty = _requireState(licenceId, kind, DutyState.Discharged);

        _set(licenceId, kind, DutyState.Fulfilled, duty.dueAt);
        emit DutyFulfilled(licenceId, kind);
    }

    /// @inheritdoc ILicenceDuties
    function reject(LicenceId licenceId, DutyKind kind, bytes32 explanation) external override restricted {
        _requireCustodian(licenceId);
        Duty storage duty = _requireState(licenceId, kind, DutyState.Discharged);

        uint32 dueAt = uint32(Math.max(duty.dueAt, block.timestamp + REJECTION_GRACE));
        _set(licenceId, kind, DutyState.Open, dueAt);
        emit DutyReopened(licenceId, kind, dueAt, explanation);
        _keep(licenceId, 0);
    }

    /// @inheritdoc ILicenceDuties
    function reportOverdue(LicenceId licenceId, DutyKind kind) external override {
        Duty storage duty = _requireState(licenceId, kind, DutyState.Open);
        if (kind == DutyKind.Moratorium || block.timestamp < duty.dueAt) {
            revert DutyNotOverdue(licenceId, kind, duty.dueAt);
        }
        _breach(licenceId, kind, NO_INSTITUTION, 0);
    }

    /// @inheritdoc ILicenceDuties
    function declareBreach(LicenceId licenceId, DutyKind kind, bytes32 explanation) external override restricted {
        InstitutionId committee = LICENCES.subject(licenceId).committee;
        InstitutionId caller = INSTITUTIONS.actingInstitution(_msgSender());
        if (!LICENCES.isCustodian(licenceId, caller) && !INSTITUTIONS.isActingFor(caller, committee)) {
            revert DutyNotResponsible(licenceId, caller);
        }
        DutyState state = _duties[licenceId][kind].state;
        if (state != DutyState.Open && state != DutyState.Discharged) revert DutyStepNotOpen(licenceId, kind, state);
        if (explanation == 0) revert DutyEvidenceEmpty();
        _breach(licenceId, kind, caller, explanation);
    }

    /// @inheritdoc ILicenceDuties
    function cure(LicenceId licenceId, DutyKind kind, bytes32 explanation) external override restricted {
        LICENCES.requireCommittee(licenceId, INSTITUTIONS.actingInstitution(_msgSender()));
        Duty storage duty = _requireState(licenceId, kind, DutyState.Breached);

        _set(licenceId, kind, DutyState.Fulfilled, duty.dueAt);
        emit DutyCured(licenceId, kind, explanation);
        _keep(licenceId, -1);
    }

    /// @inheritdoc ILicenceDuties
    function dutyOf(LicenceId licenceId, DutyKind kind) external view override returns (Duty memory) {
        return _duties[licenceId][kind];
    }

    function _breach(LicenceId licenceId, DutyKind kind, InstitutionId by, bytes32 explanation) private {
        _set(licenceId, kind, DutyState.Breached, _duties[licenceId][kind].dueAt);
        emit DutyBreached(licenceId, kind, by, explanation);
        _keep(licenceId, 1);
    }

    function _set(LicenceId licenceId, DutyKind kind, DutyState state, uint32 dueAt) private {
        _duties[licenceId][kind] = Duty({state: state, dueAt: dueAt, changedAt: uint32(block.timestamp)});
    }

    /// @dev Tells the registry which duties there are, and when the next is overdue.
    function _keep(LicenceId licenceId, int8 breachChange) private {
        uint8 imposed = 0;
        uint32 next = 0;
        for (uint256 i = 0; i < KINDS; ++i) {
            Duty storage duty = _duties[licenceId][DutyKind(i)];
            DutyState state = duty.state;
            if (state != DutyState.None) imposed |= uint8(1 << i);
            if (state == DutyState.Breached) next = SINCE_EVER;
            // A moratorium is over at its date, never overdue.
            if (state != DutyState.Open || DutyKind(i) == DutyKind.Moratorium) continue;
            if (next == 0 || duty.dueAt < next) next = duty.dueAt;
        }
        LICENCES.keepDuties(licenceId, imposed, next, breachChange);
    }

    function _requireCustodian(LicenceId licenceId) private view {
        InstitutionId caller = INSTITUTIONS.actingInstitution(_msgSender());
        if (!LICENCES.isCustodian(licenceId, caller)) revert DutyNotResponsible(licenceId, caller);
    }

    function _requireActingFor(LicenceId licenceId, InstitutionId institutionId) private view {
        InstitutionId caller = INSTITUTIONS.actingInstitution(_msgSender());
        if (!INSTITUTIONS.isActingFor(caller, institutionId)) revert DutyNotResponsible(licenceId, caller);
    }

    function _requireState(
        LicenceId licenceId,
        DutyKind kind,
        DutyState expected
    ) private view returns (Duty storage duty) {
        duty = _duties[licenceId][kind];
        if (duty.state != expected) revert DutyStepNotOpen(licenceId, kind, duty.state);
    }
}
