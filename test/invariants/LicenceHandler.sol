// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAuditLog} from "../../contracts/audit/IAuditLog.sol";
import {KIND_CC, KIND_CTRL, KIND_GRU, MODIFIER_NPU} from "../../contracts/libraries/DataUse.sol";
import {MANUAL_CTRL_NEEDS_REVIEW, REASONS_PER_LAYER} from "../../contracts/libraries/Verdicts.sol";
import {ILicenceRegistry} from "../../contracts/licence/ILicenceRegistry.sol";
import {AccessBatch} from "../../contracts/types/Audit.sol";
import {Grant, NO_EXPIRY, WithdrawalExtent} from "../../contracts/types/Consent.sol";
import {DatasetRecord} from "../../contracts/types/Dataset.sol";
import {LayerKind, Terms} from "../../contracts/types/DataUse.sol";
import {InstitutionId, LicenceId} from "../../contracts/types/Ids.sol";
import {Vote} from "../../contracts/types/Licence.sol";
import {LicensedStudy} from "../support/LicensedStudy.sol";
import {IVm, VM, bound} from "../support/Vm.sol";

/**
 * @title LicenceHandler
 * @notice Researchers, a committee, a custodian and participants at work on licences, and a ghost that knows by hand
 * what each kind of terms says of each purpose.
 */
contract LicenceHandler is LicensedStudy {
    enum Cause {
        Withdrawal,
        Suspension,
        ConsentExpiry,
        LicenceExpiry,
        Termination,
        LicenseeSuspended,
        DatasetRetracted,
        DatasetTermsEnded
    }

    struct GhostConsent {
        bool isOpen;
        bool isNpu;
        uint32 until;
    }

    struct GhostLicence {
        bool isIssued;
        bool isTerminated;
        bool isCompany;
        /// Index of the dataset.
        uint8 dataset;
        uint8 kind;
        uint32 until;
    }

    uint256 public constant PEOPLE = 3;
    uint256 private constant ACTIONS = 6;
    uint256 private constant CAUSES = uint256(type(Cause).max) + 1;
    uint256 private constant REVIEW =
        MANUAL_CTRL_NEEDS_REVIEW | (MANUAL_CTRL_NEEDS_REVIEW << (uint256(LayerKind.Dataset) * REASONS_PER_LAYER));

    // How often each invariant was put to the test.
    uint256 public effective;
    uint256 public manualEffective;
    mapping(Cause cause => uint256 times) public ended;
    uint256 public entries;
    uint256 public refusals;

    Person[] private _people;
    uint256 private _steps;
    bytes32 private _npuTerms;

    // The ghost.
    GhostConsent[PEOPLE] private _consents;
    GhostLicence[] private _licences;
    bool[] private _isRetracted;
    uint32[] private _datasetEnds;
    DatasetRecord[] private _records;
    bool[2] private _isSuspended;
    mapping(uint256 licence => mapping(bytes32 terms => bool isResolved)) private _isResolved;
    bytes32[] private _heads;

    constructor() {
        _deployStudy();
        Terms memory npu = _terms("not for profit only");
        npu.modifiers = MODIFIER_NPU;
        _npuTerms = _publishTerms(SCOPE, npu);
        uint8[3] memory kinds = [KIND_GRU, KIND_CC, KIND_CTRL];
        for (uint256 i = 0; i < kinds.length; ++i) {
            _keepAnswer(_terms("standard"), _purpose(kinds[i]));
            _keepAnswer(npu, _purpose(kinds[i]));
        }
        _records.push(dataset);
        _isRetracted.push(false);
        _datasetEnds.push(NO_EXPIRY);
        string[PEOPLE] memory names = ["alice", "bob", "carol"];
        for (uint256 i = 0; i < PEOPLE; ++i) _people.push(_person(names[i]));
        _heads.push(0);
    }

    /// @dev Every third step takes the next action, and the next cause, in turn, so that no run leaves one out.
    function step(uint256 seed) external {
        uint256 draw = uint256(keccak256(abi.encode(seed, _steps)));
        uint256 action = _steps % 3 == 0 ? ACTIONS - 1 : draw % ACTIONS;
        ++_steps;
        VM.roll(block.number + 1);
        _advance([uint256(0), 1, 60, 400, 1 days][(draw >> 8) % 5]);
        draw >>= 16;
        if (action == 0) _changeConsent(draw % PEOPLE, draw >> 8);
        else if (action == 1) _request(draw);
        else if (action == 2) _takeStep(draw);
        else if (action == 3) _changeStanding(draw % 2);
        else if (action == 4) _log(draw);
        else _liveAndEnd(Cause((_steps / 3) % CAUSES), draw);
    }

    function assertEffectiveAsTheGhostSays() external view {
        uint256 first = _licences.length > 4 ? _licences.length - 4 : 0;
        for (uint256 i = first; i < _licences.length; ++i) {
            for (uint256 j = 0; j < PEOPLE; ++j) _assertCovers(i, j);
        }
    }

    function assertLogIsTheGhosts() external view {
        VM.assertEq(audit.count(), _heads.length - 1, "entries were removed");
        for (uint256 i = 0; i < _heads.length; ++i) VM.assertEq(audit.headAt(i), _heads[i], "an entry changed");
    }

    function _changeConsent(uint256 who, uint256 draw) private {
        Person memory person = _people[who];
        if (draw % 3 == 0) {
            VM.prank(person.account);
            if (draw % 2 == 0) consents.suspend(SCOPE);
            else consents.withdraw(SCOPE, WithdrawalExtent.NoFurtherAccess);
            _consents[who].isOpen = false;
        } else {
            _grant(who, draw % 2 == 0, draw % 5 == 0 ? _now() + 500 : NO_EXPIRY);
        }
    }

    /// @dev A consent that stands is withdrawn first.
    function _grant(uint256 who, bool isNpu, uint32 until) private {
        Person memory person = _people[who];
        VM.prank(person.account);
        consents.withdraw(SCOPE, WithdrawalExtent.NoFurtherContact);
        _advance(1);
        Grant memory change = _grantOf(person);
        change.termsDigest = isNpu ? _npuTerms : standardTerms;
        change.until = until > _now() ? until : _now() + 1;
        VM.prank(person.account);
        consents.grant(change);
        _consents[who] = GhostConsent({isOpen: true, isNpu: isNpu, until: change.until});
    }

    function _request(uint256 draw) private {
        uint8 index = uint8(draw % _records.length);
        bool isCompany = draw % 2 == 0;
        uint8 kind = [KIND_GRU, KIND_CC, KIND_CTRL][(draw >> 8) % 3];
        uint32 until = _now() + uint32(bound(draw >> 16, 1, 2 days));
        DatasetRecord memory record = _records[index];
        VM.prank(isCompany ? COMPANY : RESEARCHER);
        try licences.request(record, _purpose(kind), until) {
            _licences.push(GhostLicence(false, false, isCompany, index, kind, until));
        } catch (bytes memory reason) {
            _assertTyped(reason);
            VM.assertTrue(_isRetracted[index] || _isSuspended[isCompany ? 1 : 0], "a good request was refused");
        }
    }

    /// @dev Whatever step, in order or not, on whatever licence.
    function _takeStep(uint256 draw) private {
        if (_licences.length == 0) return;
        uint256 index = draw % _licences.length;
        LicenceId licenceId = LicenceId.wrap(index + 1);
        uint256 verb = (draw >> 16) % 5;
        bytes32 digest = draw % 2 == 0 ? standardTerms : _npuTerms;
        address sender = [STRANGER, COMMITTEE, CUSTODIAN, CUSTODIAN, COMMITTEE][verb];
        bytes memory call =
            verb == 0
                ? abi.encodeCall(ILicenceRegistry.decide, (licenceId))
                : verb == 1
                    ? abi.encodeCall(
                        ILicenceRegistry.vote,
                        (licenceId, draw % 4 == 0 ? Vote.Refuse : Vote.Approve, "reasons")
                    )
                    : verb == 2
                        ? abi.encodeCall(ILicenceRegistry.issue, (licenceId, "agreement"))
                        : verb == 3
                            ? abi.encodeCall(ILicenceRegistry.terminate, (licenceId, "reasons"))
                            : abi.encodeCall(ILicenceRegistry.resolve, (licenceId, digest, REVIEW, "reasons"));
        VM.prank(sender);
        (bool success, bytes memory reason) = address(licences).call(call);
        if (!success) _assertTyped(reason);
        else if (verb == 2) _licences[index].isIssued = true;
        else if (verb == 3) _licences[index].isTerminated = true;
        else if (verb == 4) _isResolved[index][digest] = true;
    }

    function _changeStanding(uint256 which) private {
        InstitutionId institutionId = which == 1 ? PHARMA : UNIVERSITY;
        VM.prank(GOVERNANCE);
        if (_isSuspended[which]) institutions.reinstate(institutionId);
        else institutions.suspend(institutionId);
        _isSuspended[which] = !_isSuspended[which];
    }

    function _log(uint256 draw) private {
        if (_licences.length == 0) return;
        AccessBatch memory batch = AccessBatch({
            licenceId: LicenceId.wrap(1 + (draw % _licences.length)),
            root: bytes32(draw),
            count: 1,
            claimedBlock: uint64(block.number - 1),
            agent: "agent",
            workflow: "workflow"
        });
        VM.recordLogs();
        VM.prank(CUSTODIAN);
        audit.log(batch);
        IVm.Log[] memory logs = VM.getRecordedLogs();
        VM.assertEq(logs.length, 1);
        VM.assertEq(logs[0].topics[0], IAuditLog.AccessLogged.selector);
        (, , , , , , , bytes32 head) = abi.decode(
            logs[0].data,
            (bytes32, uint32, uint64, bytes32, bytes32, bytes32, uint32, bytes32)
        );
        _heads.push(head);
        ++entries;
    }

    /// @dev A licence from request to issue, effective for somebody, and one of the causes that end that.
    function _liveAndEnd(Cause cause, uint256 draw) private {
        if (_isSuspended[0]) _changeStanding(0);
        uint8 kind = draw % 2 == 0 ? KIND_CTRL : KIND_GRU;
        uint256 who = (draw >> 8) % PEOPLE;
        uint8 index = _anchorFresh(cause, kind, draw);
        _grant(who, (draw >> 24) % 2 == 0, NO_EXPIRY);
        uint256 licence = _licences.length;
        _licences.push(GhostLicence(false, false, false, index, kind, _now() + 3 days));
        _issueFor(licence, who, kind);
        _licences[licence].isIssued = true;
        VM.assertTrue(_isEffective(licence, who), "nothing stands against it");
        ++effective;
        if (kind == KIND_CTRL) ++manualEffective;

        _end(cause, licence, who);
        VM.assertFalse(_isEffective(licence, who), "effective after its end");
        ++ended[cause];
        _voteAgain(licence);
        _log(draw);
    }

    /// @dev A vote is cast once, whatever has become of the licence.
    function _voteAgain(uint256 licence) private {
        VM.prank(COMMITTEE);
        try licences.vote(LicenceId.wrap(licence + 1), Vote.Approve, "reasons") {
            VM.assertTrue(false, "a second vote was taken");
        } catch (bytes memory reason) {
            _assertTyped(reason);
        }
    }

    /// @dev A dataset of its own, so that its end leaves others be.
    function _anchorFresh(Cause cause, uint8 kind, uint256 draw) private returns (uint8 index) {
        Terms memory given = _terms("standard");
        bytes32 digest = standardTerms;
        uint32 end = NO_EXPIRY;
        if (cause == Cause.DatasetTermsEnded) {
            given.notice.controller = bytes32(_steps);
            given.reConsentBy = end = _now() + 2 days;
            digest = _publishTerms(SCOPE, given);
            _keepAnswer(given, _purpose(kind));
        }
        index = uint8(_records.length);
        _records.push(_anchored(keccak256(abi.encode(draw, _steps)), digest));
        _isRetracted.push(false);
        _datasetEnds.push(end);
    }

    function _issueFor(uint256 licence, uint256 who, uint8 kind) private {
        DatasetRecord memory record = _records[_licences[licence].dataset];
        uint32 until = _licences[licence].until;
        VM.prank(RESEARCHER);
        LicenceId licenceId = licences.request(record, _purpose(kind), until);
        VM.assertEq(LicenceId.unwrap(licenceId), licence + 1);
        licences.decide(licenceId);
        VM.startPrank(COMMITTEE);
        licences.vote(licenceId, Vote.Approve, "reasons");
        if (kind == KIND_CTRL) {
            bytes32 agreed = _consents[who].isNpu ? _npuTerms : standardTerms;
            licences.resolve(licenceId, record.termsDigest, REVIEW, "reasons");
            licences.resolve(licenceId, agreed, REVIEW, "reasons");
            _isResolved[licence][record.termsDigest] = true;
            _isResolved[licence][agreed] = true;
        }
        VM.stopPrank();
        _issue(licenceId);
    }

    function _end(Cause cause, uint256 licence, uint256 who) private {
        uint8 index = _licences[licence].dataset;
        if (cause == Cause.Withdrawal || cause == Cause.Suspension) {
            VM.prank(_people[who].account);
            if (cause == Cause.Suspension) consents.suspend(SCOPE);
            else consents.withdraw(SCOPE, WithdrawalExtent.NoFurtherUse);
            _consents[who].isOpen = false;
        } else if (cause == Cause.ConsentExpiry) {
            _grant(who, _consents[who].isNpu, _now() + 100);
            VM.assertTrue(_isEffective(licence, who), "a new grant revives it for the person");
            _advance(100);
        } else if (cause == Cause.LicenceExpiry) {
            VM.warp(_licences[licence].until);
        } else if (cause == Cause.Termination) {
            _terminate(LicenceId.wrap(licence + 1));
            _licences[licence].isTerminated = true;
        } else if (cause == Cause.LicenseeSuspended) {
            _changeStanding(0);
        } else if (cause == Cause.DatasetRetracted) {
            DatasetRecord memory record = _records[index];
            VM.prank(CUSTODIAN);
            datasets.retract(record);
            _isRetracted[index] = true;
        } else {
            VM.warp(_datasetEnds[index]);
        }
    }

    function _assertTyped(bytes memory reason) private {
        VM.assertGe(reason.length, 4, "refused without saying why");
        ++refusals;
    }

    function _assertCovers(uint256 licence, uint256 who) private view {
        VM.assertTrue(_isEffective(licence, who) == _ghostSays(licence, who), "effective is not what it must be");
    }

    function _isEffective(uint256 licence, uint256 who) private view returns (bool isEffective) {
        (isEffective, ) = licences.covers(LicenceId.wrap(licence + 1), _people[who].id);
    }

    /// @dev Each reason against it, by hand.
    function _ghostSays(uint256 licence, uint256 who) private view returns (bool) {
        GhostLicence memory asked = _licences[licence];
        GhostConsent memory given = _consents[who];
        // 6: its end, its dataset, its licensee's standing.
        if (!asked.isIssued || asked.isTerminated || asked.until <= block.timestamp) return false;
        if (_isRetracted[asked.dataset] || _isSuspended[asked.isCompany ? 1 : 0]) return false;
        // 5: the consent's state and terms, the dataset's terms, MANUAL reasons resolved for either.
        if (!given.isOpen || given.until <= block.timestamp) return false;
        if (given.isNpu && asked.isCompany) return false;
        if (_datasetEnds[asked.dataset] <= block.timestamp || asked.kind == KIND_CC) return false;
        if (asked.kind != KIND_CTRL) return true;
        bytes32 agreed = given.isNpu ? _npuTerms : standardTerms;
        return _isResolved[licence][agreed] && _isResolved[licence][_records[asked.dataset].termsDigest];
    }
}
