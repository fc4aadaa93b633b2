// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IProvenanceRegistry} from "../../contracts/audit/IProvenanceRegistry.sol";
import {DatasetRecord} from "../../contracts/types/Dataset.sol";
import {InstitutionId, SampleId} from "../../contracts/types/Ids.sol";
import {Performance, SampleKind, SampleStatus, SpecimenRecord} from "../../contracts/types/Provenance.sol";
import {LicensedStudy} from "../support/LicensedStudy.sol";
import {IVm, VM} from "../support/Vm.sol";

/**
 * @title ProvenanceHandler
 * @notice Three keepers and a researcher at work on samples, with times at random, drawn step by step; and what the
 * events make of it.
 */
contract ProvenanceHandler is LicensedStudy {
    struct Times {
        uint32 startedAt;
        uint32 endedAt;
    }

    uint256 private constant ACTIONS = 8;
    address private constant LAB_ACCOUNT = address(0x1AB);
    address private constant CLINIC_ACCOUNT = address(0xC11);
    InstitutionId private constant LAB = InstitutionId.wrap("laboratory");
    InstitutionId private constant CLINIC = InstitutionId.wrap("clinic");

    // How often each was put to the test.
    uint256 public transfers;
    uint256 public destructions;
    uint256 public sequencings;
    uint256 public refusals;
    /// @dev Calls on samples that were destroyed; all of them must be refused.
    uint256 public disturbances;

    uint256 private _steps;
    SampleId[] private _sampleIds;
    SampleId private _offered;
    SampleId private _destroyed;
    // What the events say.
    mapping(SampleId sampleId => SampleStatus status) private _status;
    mapping(uint256 activity => Times times) private _times;
    uint256 private _activities;

    constructor() {
        _deployStudy();
        VM.startPrank(GOVERNANCE);
        institutions.admit(LAB, _profile(PROCESSOR_BIT, false), LAB_ACCOUNT);
        institutions.admit(CLINIC, _profile(CUSTODIAN_BIT | PROCESSOR_BIT, true), CLINIC_ACCOUNT);
        VM.stopPrank();
    }

    function step(uint256 seed) external {
        uint256 draw = uint256(keccak256(abi.encode(seed, _steps)));
        // The actions in turn, so that no run leaves one out.
        uint256 action = _steps++ % ACTIONS;
        VM.roll(block.number + 1);
        _advance(draw % 50);
        draw >>= 8;
        address sender = [CUSTODIAN, CLINIC_ACCOUNT, LAB_ACCOUNT, RESEARCHER][draw % 4];
        draw >>= 8;
        if (action == 7) return _liveAndEnd(draw >> 8);
        if (_sampleIds.length == 0 || action == 0) return _collect(sender, draw >> 8);
        SampleId sampleId = _sampleAt(action, draw >> 8);
        // Mostly the one acts who may, so that more than refusals comes of it.
        if ((draw >> 64) % 4 != 0) sender = _accountOf(_status[sampleId].keeper);
        if (_act(sender, sampleId, action, draw >> 128) && _status[sampleId].destroyedAt != 0) {
            // The step that destroyed it is the only one that may have passed.
            VM.assertEq(_status[sampleId].destroyedAt, _now(), "a destroyed sample was used");
        }
    }

    /// @dev The registry is what its events say, custody is with exactly one, and activities are all numbered.
    function assertIsWhatTheEventsSay() external view {
        VM.assertEq(provenance.activityCount(), _activities, "activities");
        for (uint256 i = 0; i < _sampleIds.length; ++i) {
            SampleStatus memory expected = _status[_sampleIds[i]];
            VM.assertEq(
                keccak256(abi.encode(provenance.sample(_sampleIds[i]))),
                keccak256(abi.encode(expected)),
                "sample"
            );
            VM.assertTrue(InstitutionId.unwrap(expected.keeper) != 0, "nobody has custody");
        }
    }

    function _collect(address sender, uint256 draw) private {
        SpecimenRecord memory record = SpecimenRecord({
            custodian: institutions.institutionOf(sender),
            scopeId: SCOPE,
            participant: "commitment",
            material: "blood",
            // Often one that was there before.
            label: bytes32(1 + (draw % 40))
        });
        _try(sender, abi.encodeCall(IProvenanceRegistry.registerSpecimen, (record, _performance(draw >> 8))));
    }

    /// @dev A specimen from its collection by the biobank to its end in the laboratory, with nothing refused.
    function _liveAndEnd(uint256 draw) private {
        uint256 before = refusals;
        SpecimenRecord memory record = SpecimenRecord({
            custodian: BIOBANK,
            scopeId: SCOPE,
            participant: "commitment",
            material: "saliva",
            label: bytes32(_steps)
        });
        _advance(20);
        _try(CUSTODIAN, abi.encodeCall(IProvenanceRegistry.registerSpecimen, (record, _lately())));
        SampleId[] memory ids = new SampleId[](1);
        ids[0] = _sampleIds[_sampleIds.length - 1];
        _advance(20);
        _try(CUSTODIAN, abi.encodeCall(IProvenanceRegistry.offerCustody, (ids, LAB, _now() - 10)));
        _try(LAB_ACCOUNT, abi.encodeCall(IProvenanceRegistry.acceptCustody, (ids, _now() - 5, 0, 0)));
        _advance(20);
        _act(LAB_ACCOUNT, ids[0], 5, (draw << 32) | 1);
        _try(LAB_ACCOUNT, abi.encodeCall(IProvenanceRegistry.destroy, (ids, _lately(), "evidence")));
        VM.assertEq(refusals, before, "a life was cut short");
        VM.assertEq(_status[ids[0]].destroyedAt, _now());
    }

    function _act(address sender, SampleId sampleId, uint256 action, uint256 draw) private returns (bool) {
        SampleId[] memory ids = new SampleId[](1);
        ids[0] = sampleId;
        bytes memory call;
        if (action == 1) {
            bytes32[] memory labels = new bytes32[](1 + (draw % 2));
            for (uint256 i = 0; i < labels.length; ++i) labels[i] = bytes32(1 + ((draw >> (8 * i)) % 9));
            call = abi.encodeCall(IProvenanceRegistry.registerAliquots, (sampleId, labels, _performance(draw >> 16)));
        } else if (action == 2) {
            InstitutionId to = [BIOBANK, CLINIC, LAB, UNIVERSITY][draw % 4];
            call = abi.encodeCall(IProvenanceRegistry.offerCustody, (ids, to, _performance(draw >> 8).endedAt));
        } else if (action == 3) {
            if (draw % 4 != 0) sender = _accountOf(_status[sampleId].offeredTo);
            uint32 arrivedAt = _performance(draw >> 8).endedAt;
            call = abi.encodeCall(IProvenanceRegistry.acceptCustody, (ids, arrivedAt, 0, 0));
        } else if (action == 4) {
            if (draw % 4 != 0) return false;
            call = abi.encodeCall(IProvenanceRegistry.cancelOffer, (ids));
        } else if (action == 5) {
            DatasetRecord[] memory outputs = new DatasetRecord[](1);
            outputs[0] = _record(bytes32(1 + draw), standardTerms);
            outputs[0].custodian = _status[sampleId].custodian;
            VM.prank(_accountOf(outputs[0].custodian));
            try datasets.anchor(outputs[0]) {} catch {}
            Performance memory sequencing = draw % 4 == 0 ? _performance(draw >> 16) : _lately();
            call = abi.encodeCall(IProvenanceRegistry.recordSequencing, (sampleId, outputs, sequencing));
        } else {
            call = abi.encodeCall(IProvenanceRegistry.destroy, (ids, _performance(draw), "evidence"));
        }
        if (_status[sampleId].destroyedAt != 0) ++disturbances;
        return _try(sender, call);
    }

    /// @dev Rebuilds from the events of an accepted call; the recorder keeps those of a refused one too.
    function _try(address sender, bytes memory call) private returns (bool success) {
        VM.recordLogs();
        VM.prank(sender);
        (success, ) = address(provenance).call(call);
        if (!success) {
            ++refusals;
            return false;
        }
        IVm.Log[] memory logs = VM.getRecordedLogs();
        for (uint256 i = 0; i < logs.length; ++i) _rebuild(logs[i]);
    }

    function _rebuild(IVm.Log memory log) private {
        bytes32 event_ = log.topics[0];
        if (event_ == IProvenanceRegistry.ActivityRecorded.selector) {
            VM.assertEq(uint256(log.topics[1]), ++_activities, "numbers of activities have a gap");
            (uint32 startedAt, uint32 endedAt, , ) = abi.decode(log.data, (uint32, uint32, bytes32, bytes32));
            _times[_activities] = Times(startedAt, endedAt);
            return;
        }
        SampleId sampleId = SampleId.wrap(log.topics[1]);
        SampleStatus storage status = _status[sampleId];
        Times memory times = _times[_activities];
        if (event_ == IProvenanceRegistry.SpecimenRegistered.selector) {
            (InstitutionId custodian, , , ) = abi.decode(log.data, (InstitutionId, bytes32, bytes32, bytes32));
            _appear(sampleId, SampleKind.Specimen, custodian, custodian, times.endedAt);
        } else if (event_ == IProvenanceRegistry.AliquotRegistered.selector) {
            SampleStatus storage source = _status[SampleId.wrap(log.topics[3])];
            _use(source, times);
            _appear(sampleId, SampleKind.Aliquot, source.keeper, source.custodian, times.endedAt);
        } else if (event_ == IProvenanceRegistry.CustodyOffered.selector) {
            status.offeredTo = InstitutionId.wrap(log.topics[3]);
            status.lastAt = abi.decode(log.data, (uint32));
            _offered = sampleId;
        } else if (event_ == IProvenanceRegistry.CustodyOfferCancelled.selector) {
            status.offeredTo = InstitutionId.wrap(0);
        } else if (event_ == IProvenanceRegistry.CustodyTransferred.selector) {
            VM.assertEq(abi.decode(log.data, (bytes32)), InstitutionId.unwrap(status.keeper), "who gave custody away");
            (status.keeper, status.offeredTo) = (InstitutionId.wrap(log.topics[3]), InstitutionId.wrap(0));
            (status.heldSince, status.lastAt) = (times.endedAt, times.endedAt);
            ++transfers;
        } else if (event_ == IProvenanceRegistry.SampleSequenced.selector) {
            _use(status, times);
            ++sequencings;
        } else if (event_ == IProvenanceRegistry.SampleDestroyed.selector) {
            (status.lastAt, status.destroyedAt) = (times.endedAt, _now());
            _destroyed = sampleId;
            ++destructions;
        }
    }

    function _appear(
        SampleId sampleId,
        SampleKind kind,
        InstitutionId keeper,
        InstitutionId custodian,
        uint32 madeAt
    ) private {
        VM.assertTrue(_status[sampleId].kind == SampleKind.None, "an id was given twice");
        _status[sampleId] = SampleStatus({
            kind: kind,
            registeredAt: _now(),
            heldSince: madeAt,
            lastAt: madeAt,
            destroyedAt: 0,
            keeper: keeper,
            offeredTo: InstitutionId.wrap(0),
            custodian: custodian
        });
        _sampleIds.push(sampleId);
    }

    function _use(SampleStatus storage status, Times memory times) private {
        VM.assertGt(times.startedAt, status.heldSince, "used before its keeper had it");
        if (times.endedAt > status.lastAt) status.lastAt = times.endedAt;
    }

    /// @dev Mostly one that something may come of: the newest, or for an answer the one offered last; at times one that
    /// nothing may come of any more.
    function _sampleAt(uint256 action, uint256 draw) private view returns (SampleId) {
        if (draw % 2 == 0) return _sampleIds[(draw >> 8) % _sampleIds.length];
        if (draw % 8 == 7 && SampleId.unwrap(_destroyed) != 0) return _destroyed;
        bool isAnswer = action == 3 && SampleId.unwrap(_offered) != 0;
        return isAnswer ? _offered : _sampleIds[_sampleIds.length - 1];
    }

    /// @dev Mostly of the last seconds, at times of the future or backwards.
    function _performance(uint256 draw) private view returns (Performance memory) {
        uint32 endedAt = _now() - uint32(draw % 4);
        uint32 startedAt = endedAt - uint32((draw >> 8) % 12);
        if ((draw >> 16) % 16 == 0) (startedAt, endedAt) = (endedAt, startedAt);
        if ((draw >> 16) % 16 == 1) endedAt += 4;
        return Performance({startedAt: startedAt, endedAt: endedAt, agent: 0, plan: 0});
    }

    /// @dev Of the last seconds, in which nothing else was.
    function _lately() private view returns (Performance memory) {
        return Performance({startedAt: _now() - 4, endedAt: _now(), agent: 0, plan: 0});
    }

    function _accountOf(InstitutionId institutionId) private pure returns (address) {
        if (institutionId == BIOBANK) return CUSTODIAN;
        if (institutionId == CLINIC) return CLINIC_ACCOUNT;
        return institutionId == LAB ? LAB_ACCOUNT : RESEARCHER;
    }
}
