// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Arrays} from "@openzeppelin/contracts/utils/Arrays.sol";

import {IDatasetRegistry} from "../dataset/IDatasetRegistry.sol";
import {IInstitutionRegistry} from "../identity/IInstitutionRegistry.sol";
import {Outcome} from "../types/DataUse.sol";
import {InstitutionId, LicenceId, NO_INSTITUTION} from "../types/Ids.sol";
import {LicenceStatus, Vote} from "../types/Licence.sol";
import {IFactRegistry} from "./IFactRegistry.sol";
import {ILicenceRegistry} from "./ILicenceRegistry.sol";

/**
 * @title LicenceStore
 * @notice What is kept of licences, and what dates and records make of it.
 */
abstract contract LicenceStore is ILicenceRegistry {
    using Arrays for uint256[];

    /// @dev What a sub-licence derives from.
    struct Derivation {
        LicenceId parent;
        InstitutionId processor;
    }

    IInstitutionRegistry internal immutable INSTITUTIONS;
    IDatasetRegistry internal immutable DATASETS;
    IFactRegistry internal immutable FACTS;

    uint256 private _count;
    mapping(LicenceId licenceId => Subject subject) internal _subjects;
    mapping(LicenceId licenceId => Progress progress) internal _progress;
    mapping(LicenceId licenceId => Derivation derivation) internal _derivations;
    mapping(LicenceId licenceId => mapping(bytes32 termsDigest => uint256 manual)) internal _resolved;
    /// @dev Block times (Unix seconds) at which suspensions began and ended, in turn.
    mapping(LicenceId licenceId => uint256[] times) private _suspensions;
    mapping(InstitutionId licensee => uint256 count) internal _breaches;

    constructor(IInstitutionRegistry institutions, IDatasetRegistry datasets, IFactRegistry facts) {
        INSTITUTIONS = institutions;
        DATASETS = datasets;
        FACTS = facts;
    }

    /// @inheritdoc ILicenceRegistry
    function inForceAt(LicenceId licenceId, uint256 time) external view override returns (bool) {
        if (!_heldAt(licenceId, time)) return false;
        return !_progress[licenceId].isSubLicence || _heldAt(_derivations[licenceId].parent, time);
    }

    /// @inheritdoc ILicenceRegistry
    function parentOf(LicenceId licenceId) external view override returns (LicenceId parent, InstitutionId processor) {
        progress(licenceId);
        Derivation storage from = _derivations[licenceId];
        return (from.parent, from.processor);
    }

    /// @inheritdoc ILicenceRegistry
    function isCustodian(LicenceId licenceId, InstitutionId institutionId) external view override returns (bool) {
        return _isCustodian(_subjectOf(licenceId, progress(licenceId)), institutionId);
    }

    /// @inheritdoc ILicenceRegistry
    function isBarred(InstitutionId licensee) external view override returns (bool) {
        return _breaches[licensee] != 0;
    }

    /// @inheritdoc ILicenceRegistry
    function subject(LicenceId licenceId) public view override returns (Subject memory) {
        return _subjectOf(licenceId, progress(licenceId));
    }

    /// @inheritdoc ILicenceRegistry
    function progress(LicenceId licenceId) public view override returns (Progress memory begun) {
        begun = _progress[licenceId];
        if (begun.requestedAt == 0) revert LicenceUnknown(licenceId);
    }

    /// @inheritdoc ILicenceRegistry
    function status(LicenceId licenceId) public view override returns (LicenceStatus) {
        return _statusOf(licenceId, progress(licenceId));
    }

    function _nextId() internal returns (LicenceId) {
        return LicenceId.wrap(++_count);
    }

    function _setSuspended(LicenceId licenceId, bool isSuspended) internal {
        _progress[licenceId].isSuspended = isSuspended;
        _suspensions[licenceId].push(block.timestamp);
    }

    function _requireStatus(LicenceId licenceId, Progress memory begun, LicenceStatus expected) internal view {
        LicenceStatus current = _statusOf(licenceId, begun);
        if (current != expected) revert LicenceStepNotOpen(licenceId, current);
    }

    function _statusOf(LicenceId licenceId, Progress memory begun) internal view returns (LicenceStatus) {
        if (begun.terminatedAt != 0) return LicenceStatus.Terminated;
        if (begun.until <= block.timestamp) return LicenceStatus.Expired;
        if (begun.isSubLicence) return _subLicenceStatus(licenceId, begun);
        Subject storage asked = _subjects[licenceId];
        if (!DATASETS.isStanding(asked.datasetId)) return LicenceStatus.DatasetRetracted;
        if (begun.issuedAt == 0) return _requestStatus(begun);
        return _issuedStatus(asked, begun);
    }

    /// @dev What a licence is about; of a sub-licence, what its parent is.
    function _subjectOf(LicenceId licenceId, Progress memory begun) internal view returns (Subject storage) {
        return _subjects[begun.isSubLicence ? _derivations[licenceId].parent : licenceId];
    }

    function _isCustodian(Subject storage asked, InstitutionId caller) internal view returns (bool) {
        return _actsFor(caller, asked.custodian) || DATASETS.custodianOf(asked.datasetId) == caller;
    }

    /// @dev Whether an institution is another, or has succeeded it.
    function _actsFor(InstitutionId caller, InstitutionId institutionId) internal view returns (bool) {
        if (institutionId == NO_INSTITUTION) return false;
        return caller == institutionId || INSTITUTIONS.isActingFor(caller, institutionId);
    }

    function _subLicenceStatus(LicenceId licenceId, Progress memory begun) private view returns (LicenceStatus) {
        Derivation storage from = _derivations[licenceId];
        LicenceStatus ofParent = status(from.parent);
        if (ofParent != LicenceStatus.Effective) return ofParent;
        if (begun.isSuspended || !INSTITUTIONS.isInStanding(from.processor)) return LicenceStatus.Suspended;
        return LicenceStatus.Effective;
    }

    function _issuedStatus(Subject storage asked, Progress memory begun) private view returns (LicenceStatus) {
        if (begun.isSuspended || !INSTITUTIONS.isInStanding(asked.licensee)) return LicenceStatus.Suspended;
        if (begun.dutyDueAt != 0 && begun.dutyDueAt <= block.timestamp) return LicenceStatus.InBreach;
        uint32 ethicsUntil = FACTS.ethicsUntil(asked.licensee, asked.purposeDigest);
        if (ethicsUntil != 0 && ethicsUntil <= block.timestamp) return LicenceStatus.EthicsLapsed;
        return LicenceStatus.Effective;
    }

    /// @dev Whether it was issued, and neither ended nor suspended.
    function _heldAt(LicenceId licenceId, uint256 time) private view returns (bool) {
        Progress memory begun = progress(licenceId);
        return
            begun.issuedAt != 0 &&
            begun.issuedAt <= time &&
            time < begun.until &&
            (begun.terminatedAt == 0 || time < begun.terminatedAt) &&
            _suspensions[licenceId].upperBound(time) % 2 == 0;
    }

    function _requestStatus(Progress memory begun) private pure returns (LicenceStatus) {
        if (begun.vote == Vote.Refuse) return LicenceStatus.Refused;
        if (begun.vote == Vote.Approve) return LicenceStatus.Approved;
        if (begun.isAppealed) return LicenceStatus.UnderAppeal;
        if (begun.decidedAt == 0) return LicenceStatus.Requested;
        return begun.outcome == Outcome.Deny ? LicenceStatus.Denied : LicenceStatus.AwaitingVote;
    }
}
