// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {FACT_PUBLICATION, KIND_GRU} from "../../contracts/libraries/DataUse.sol";
import {ILicenceDuties} from "../../contracts/licence/ILicenceDuties.sol";
import {ILicenceRegistry} from "../../contracts/licence/ILicenceRegistry.sol";
import {DatasetRecord} from "../../contracts/types/Dataset.sol";
import {Outcome, Purpose} from "../../contracts/types/DataUse.sol";
import {InstitutionId, LicenceId} from "../../contracts/types/Ids.sol";
import {
    DeliveryMode,
    Duty,
    DutyKind,
    DutyState,
    LicenceAsk,
    LicenceConditions,
    Vote
} from "../../contracts/types/Licence.sol";
import {LicensedStudy} from "../support/LicensedStudy.sol";
import {IVm, VM} from "../support/Vm.sol";

/// @title LicenceEventsTest
/// @notice Invariant 10 for licences: their progress, parents and duties, and who is barred, follow from events alone.
contract LicenceEventsTest is LicensedStudy {
    uint256 private constant STEPS = 60;
    uint256 private constant KINDS = uint256(type(DutyKind).max) + 1;
    address private constant ENGINEER = address(0xE46);
    InstitutionId private constant CLOUD = InstitutionId.wrap(keccak256("a cloud"));

    // What the events say.
    mapping(uint256 licenceId => ILicenceRegistry.Progress progress) private _progress;
    mapping(uint256 licenceId => uint256 parent) private _parentOf;
    mapping(uint256 licenceId => bytes32 processor) private _processorOf;
    mapping(uint256 licenceId => mapping(uint256 kind => Duty duty)) private _dutyOf;
    uint256 private _breaches;

    uint256 private _count;
    /// @dev How often each event was seen: none may be left out over a run of all steps in turn.
    mapping(bytes32 event_ => uint256 times) private _seen;

    function setUp() public {
        _deployStudy();
        _keepAnswer(_terms("standard"), _promising());
        VM.prank(GOVERNANCE);
        institutions.admit(CLOUD, _profile(PROCESSOR_BIT, false), ENGINEER);
    }

    function testFuzz_10_GivenAnyStepsOfLicences_WhenRebuiltFromEvents_EqualsTheContracts(uint256 seed) public {
        for (uint256 i = 0; i < STEPS; ++i) {
            _advance(1 + (i % 3));
            _act(uint256(keccak256(abi.encode(seed, i))));
        }
        for (uint256 i = 1; i <= _count; ++i) _assertRebuilt(i);
        VM.assertTrue(licences.isBarred(UNIVERSITY) == (_breaches != 0), "barred");
    }

    /// @dev One licence through every step, so that no event is left out whatever the seeds above draw.
    function test_10_GivenEveryStep_WhenRebuiltFromEvents_EqualsTheContracts() public {
        _lead();
        bytes32[15] memory events = [
            ILicenceRegistry.LicenceRequested.selector,
            ILicenceRegistry.LicenceDecided.selector,
            ILicenceRegistry.LicenceVoted.selector,
            ILicenceRegistry.LicenceNarrowed.selector,
            ILicenceRegistry.LicenceAppealed.selector,
            ILicenceRegistry.LicenceIssued.selector,
            ILicenceRegistry.LicenceSubLicensed.selector,
            ILicenceRegistry.LicenceSuspended.selector,
            ILicenceRegistry.LicenceReinstated.selector,
            ILicenceRegistry.LicenceDutiesKept.selector,
            ILicenceRegistry.LicenceTerminated.selector,
            ILicenceDuties.DutyImposed.selector,
            ILicenceDuties.DutyDischarged.selector,
            ILicenceDuties.DutyBreached.selector,
            ILicenceDuties.DutyCured.selector
        ];
        for (uint256 i = 0; i < events.length; ++i) VM.assertGt(_seen[events[i]], 0, "10: an event was left out");
        for (uint256 i = 1; i <= _count; ++i) _assertRebuilt(i);
    }

    function _lead() private {
        LicenceId id = LicenceId.wrap(1);
        Purpose memory promising = _promising();
        _request(0);
        _try(STRANGER, abi.encodeCall(ILicenceRegistry.decide, (id)));
        _try(COMMITTEE, abi.encodeCall(ILicenceRegistry.vote, (id, Vote.Refuse, "no")));
        _try(RESEARCHER, abi.encodeCall(ILicenceRegistry.appeal, (id, "grounds")));
        _try(COMMITTEE, abi.encodeCall(ILicenceRegistry.approveWith, (id, _conditions(id), "yes")));
        _tryDuty(CUSTODIAN, abi.encodeCall(ILicenceDuties.impose, (id, _duty(DutyKind.Publish, _now() + 50))));
        _try(CUSTODIAN, abi.encodeCall(ILicenceRegistry.issue, (id, "agreement")));
        _try(RESEARCHER, abi.encodeCall(ILicenceRegistry.subLicense, (id, ENGINEER, _now() + 9, "dpa", promising)));
        _try(CUSTODIAN, abi.encodeCall(ILicenceRegistry.suspend, (id, "an incident")));
        _try(COMMITTEE, abi.encodeCall(ILicenceRegistry.reinstate, (id, "looked into")));
        _tryDuty(RESEARCHER, abi.encodeCall(ILicenceDuties.discharge, (id, DutyKind.Publish, "paper")));
        _tryDuty(CUSTODIAN, abi.encodeCall(ILicenceDuties.declareBreach, (id, DutyKind.Publish, "not the paper")));
        _tryDuty(COMMITTEE, abi.encodeCall(ILicenceDuties.cure, (id, DutyKind.Publish, "made good")));
        _try(CUSTODIAN, abi.encodeCall(ILicenceRegistry.terminate, (id, "done")));
    }

    /// @dev Whatever step, in order or not, on whatever licence.
    function _act(uint256 draw) private {
        uint256 verb = draw % 18;
        if (verb < 2 || _count == 0) {
            _request(draw >> 8);
            return;
        }
        LicenceId id = LicenceId.wrap(1 + ((draw >> 8) % _count));
        DutyKind kind = DutyKind((draw >> 16) % KINDS);
        uint32 date = _now() + 1 + uint32((draw >> 24) % 60);
        if (verb == 2) _try(STRANGER, abi.encodeCall(ILicenceRegistry.decide, (id)));
        else if (verb == 3) _try(COMMITTEE, abi.encodeCall(ILicenceRegistry.vote, (id, Vote(draw % 3), "reasons")));
        else if (verb == 4) _try(COMMITTEE, abi.encodeCall(ILicenceRegistry.approveWith, (id, _conditions(id), "yes")));
        else if (verb == 5) _try(RESEARCHER, abi.encodeCall(ILicenceRegistry.appeal, (id, "grounds")));
        else if (verb < 8) _try(CUSTODIAN, abi.encodeCall(ILicenceRegistry.issue, (id, "agreement")));
        else if (verb == 8) _try(CUSTODIAN, abi.encodeCall(ILicenceRegistry.suspend, (id, "reasons")));
        else if (verb == 9) _try(COMMITTEE, abi.encodeCall(ILicenceRegistry.reinstate, (id, "reasons")));
        else if (verb == 10) _subLicense(id, date);
        else if (verb == 11 && draw % 4 == 0)
            _try(RESEARCHER, abi.encodeCall(ILicenceRegistry.terminate, (id, "done")));
        else _actOnDuties(verb, id, kind, date);
    }

    function _actOnDuties(uint256 verb, LicenceId id, DutyKind kind, uint32 date) private {
        if (verb < 14) _tryDuty(CUSTODIAN, abi.encodeCall(ILicenceDuties.impose, (id, _duty(kind, date))));
        else if (verb == 14) _tryDuty(RESEARCHER, abi.encodeCall(ILicenceDuties.discharge, (id, kind, "evidence")));
        else if (verb == 15 && date % 2 == 0) _tryDuty(CUSTODIAN, abi.encodeCall(ILicenceDuties.accept, (id, kind)));
        else if (verb == 15) _tryDuty(CUSTODIAN, abi.encodeCall(ILicenceDuties.reject, (id, kind, "reasons")));
        else if (verb == 16 && date % 3 == 0)
            _tryDuty(STRANGER, abi.encodeCall(ILicenceDuties.reportOverdue, (id, kind)));
        else if (verb == 16) _tryDuty(COMMITTEE, abi.encodeCall(ILicenceDuties.declareBreach, (id, kind, "reasons")));
        else if (date % 2 == 0) _tryDuty(CUSTODIAN, abi.encodeCall(ILicenceDuties.defer, (id, kind, date)));
        else _tryDuty(COMMITTEE, abi.encodeCall(ILicenceDuties.cure, (id, kind, "reasons")));
    }

    function _request(uint256 draw) private {
        LicenceAsk memory ask = _ask(_now() + 20 + uint32(draw % 100));
        ask.delivery = DeliveryMode((draw >> 8) % 3);
        DatasetRecord memory record = dataset;
        bool isPromising = draw % 2 == 0;
        Purpose memory purpose = isPromising ? _promising() : _purpose(KIND_GRU);
        if (!_try(RESEARCHER, abi.encodeCall(ILicenceRegistry.request, (record, purpose, ask)))) return;
        _progress[_count].promised = isPromising ? uint8(1 << uint8(DutyKind.Publish)) : 0;
    }

    function _subLicense(LicenceId id, uint32 until) private {
        Purpose memory purpose = _progress[LicenceId.unwrap(id)].promised == 0 ? _purpose(KIND_GRU) : _promising();
        _try(RESEARCHER, abi.encodeCall(ILicenceRegistry.subLicense, (id, ENGINEER, until, "agreement", purpose)));
    }

    function _try(address sender, bytes memory call) private returns (bool) {
        return _tryOn(address(licences), sender, call);
    }

    function _tryDuty(address sender, bytes memory call) private {
        _tryOn(address(duties), sender, call);
    }

    /// @dev Rebuilds from the events of an accepted call; the recorder keeps those of a refused one too.
    function _tryOn(address target, address sender, bytes memory call) private returns (bool isAccepted) {
        VM.recordLogs();
        VM.prank(sender);
        (isAccepted, ) = target.call(call);
        IVm.Log[] memory logs = VM.getRecordedLogs();
        if (!isAccepted) return false;
        for (uint256 i = 0; i < logs.length; ++i) {
            bytes32 event_ = logs[i].topics[0];
            ++_seen[event_];
            if (logs[i].emitter == address(duties)) _rebuildDuties(event_, logs[i]);
            else if (logs[i].topics.length > 1) _rebuildLicences(event_, logs[i]);
        }
    }

    /// @dev Times are those of the event's block: what an indexer takes from it.
    function _rebuildLicences(bytes32 event_, IVm.Log memory log) private {
        uint256 id = uint256(log.topics[1]);
        ILicenceRegistry.Progress storage begun = _progress[id];
        if (event_ == ILicenceRegistry.LicenceRequested.selector) {
            LicenceAsk memory ask;
            (begun.holder, , , , , ask) = abi.decode(
                log.data,
                (address, bytes32, bytes32, bytes32, address, LicenceAsk)
            );
            (begun.until, begun.delivery, begun.requestedAt) = (ask.until, ask.delivery, _now());
            _count = id;
        } else if (event_ == ILicenceRegistry.LicenceDecided.selector) {
            (begun.outcome, , ) = abi.decode(log.data, (Outcome, uint256, uint256));
            begun.decidedAt = _now();
        } else if (event_ == ILicenceRegistry.LicenceVoted.selector) {
            (begun.vote, ) = abi.decode(log.data, (Vote, bytes32));
            begun.decidedAt = _now();
        } else if (event_ == ILicenceRegistry.LicenceNarrowed.selector) {
            LicenceConditions memory conditions = abi.decode(log.data, (LicenceConditions));
            (begun.until, begun.delivery) = (conditions.until, conditions.delivery);
            begun.elements = conditions.elements;
        } else if (event_ == ILicenceRegistry.LicenceAppealed.selector) {
            (begun.isAppealed, begun.vote) = (true, Vote.None);
        } else if (event_ == ILicenceRegistry.LicenceIssued.selector) {
            begun.issuedAt = _now();
        } else {
            _rebuildIssued(event_, id, log);
        }
    }

    function _rebuildIssued(bytes32 event_, uint256 id, IVm.Log memory log) private {
        ILicenceRegistry.Progress storage begun = _progress[id];
        if (event_ == ILicenceRegistry.LicenceSubLicensed.selector) {
            (_parentOf[id], _processorOf[id]) = (uint256(log.topics[2]), log.topics[3]);
            ILicenceRegistry.Progress storage parent = _progress[_parentOf[id]];
            (begun.holder, begun.until, ) = abi.decode(log.data, (address, uint32, bytes32));
            (begun.requestedAt, begun.issuedAt, begun.isSubLicence) = (_now(), _now(), true);
            (begun.level, begun.delivery, begun.elements) = (parent.level, parent.delivery, parent.elements);
            _count = id;
        } else if (event_ == ILicenceRegistry.LicenceSuspended.selector) {
            begun.isSuspended = true;
        } else if (event_ == ILicenceRegistry.LicenceReinstated.selector) {
            begun.isSuspended = false;
        } else if (event_ == ILicenceRegistry.LicenceTerminated.selector) {
            begun.terminatedAt = _now();
        } else if (event_ == ILicenceRegistry.LicenceDutiesKept.selector) {
            (begun.imposed, begun.dutyDueAt, _breaches) = abi.decode(log.data, (uint8, uint32, uint256));
        }
    }

    function _rebuildDuties(bytes32 event_, IVm.Log memory log) private {
        Duty storage duty = _dutyOf[uint256(log.topics[1])][uint256(log.topics[2])];
        duty.changedAt = _now();
        if (event_ == ILicenceDuties.DutyImposed.selector) {
            (duty.state, duty.dueAt) = (DutyState.Open, abi.decode(log.data, (uint32)));
        } else if (event_ == ILicenceDuties.DutyReopened.selector) {
            duty.state = DutyState.Open;
            (duty.dueAt, ) = abi.decode(log.data, (uint32, bytes32));
        } else if (event_ == ILicenceDuties.DutyDischarged.selector) {
            duty.state = DutyState.Discharged;
        } else if (event_ == ILicenceDuties.DutyBreached.selector) {
            duty.state = DutyState.Breached;
        } else {
            duty.state = DutyState.Fulfilled;
        }
    }

    function _assertRebuilt(uint256 id) private view {
        LicenceId licenceId = LicenceId.wrap(id);
        bytes memory found = abi.encode(licences.progress(licenceId));
        VM.assertEq(keccak256(found), keccak256(abi.encode(_progress[id])), "progress");
        (LicenceId parent, InstitutionId processor) = licences.parentOf(licenceId);
        VM.assertEq(LicenceId.unwrap(parent), _parentOf[id], "parent");
        VM.assertEq(InstitutionId.unwrap(processor), _processorOf[id], "processor");
        for (uint256 i = 0; i < KINDS; ++i) {
            Duty memory duty = duties.dutyOf(licenceId, DutyKind(i));
            VM.assertEq(keccak256(abi.encode(duty)), keccak256(abi.encode(_dutyOf[id][i])), "duty");
        }
    }

    /// @dev Somewhat less than was asked for.
    function _conditions(LicenceId id) private view returns (LicenceConditions memory) {
        ILicenceRegistry.Progress storage begun = _progress[LicenceId.unwrap(id)];
        return LicenceConditions({until: begun.until - 1, delivery: DeliveryMode.Counts, elements: 0x06});
    }

    function _promising() private pure returns (Purpose memory purpose) {
        purpose = _purpose(KIND_GRU);
        purpose.stated = FACT_PUBLICATION;
    }
}
