// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAuditLog} from "../../contracts/audit/IAuditLog.sol";
import {ALL_FACTS} from "../../contracts/libraries/DataUse.sol";
import {LAYER_COUNT} from "../../contracts/licence/ILicenceLayers.sol";
import {ILicenceRegistry} from "../../contracts/licence/ILicenceRegistry.sol";
import {AccessBatch} from "../../contracts/types/Audit.sol";
import {NO_EXPIRY} from "../../contracts/types/Consent.sol";
import {DatasetRecord} from "../../contracts/types/Dataset.sol";
import {LayerKind} from "../../contracts/types/DataUse.sol";
import {LicenceId} from "../../contracts/types/Ids.sol";
import {DutyKind, LicenceStatus, Vote} from "../../contracts/types/Licence.sol";
import {IVm, VM, bound} from "../support/Vm.sol";
import {LicenceParties} from "./LicenceParties.sol";

/**
 * @title LicenceHandler
 * @notice Researchers, a committee, a custodian and everybody who has a say at work on licences, drawn step by step.
 */
contract LicenceHandler is LicenceParties {
    /// @dev What ends a licence for a participant; each is played while nothing else stands against it.
    enum Cause {
        Withdrawal,
        Suspension,
        ConsentExpiry,
        LicenceExpiry,
        Termination,
        LicenseeSuspended,
        DatasetRetracted,
        DatasetTermsEnded,
        GroupWithdrawal,
        GroupSuspension,
        GroupExpiry,
        GroupReplaced,
        ConditionsSet,
        ConditionsEnded,
        RulesSet,
        RulesEnded,
        EthicsLapse,
        EthicsTakenBack,
        StatementTakenBack,
        LicenceSuspended,
        DutyOverdue,
        DutyBroken,
        ReasonsReopened,
        AncestorRetracted,
        ParentEnded
    }

    uint256 private constant ACTIONS = 8;
    uint256 private constant LINEAGE_DEPTH = 8;
    uint256 private constant CAUSES = uint256(type(Cause).max) + 1;

    // How often each invariant was put to the test.
    uint256 public effective;
    uint256 public manualEffective;
    mapping(Cause cause => uint256 times) public ended;
    uint256 public entries;

    uint256 private _steps;
    bytes32[] private _heads;

    constructor() {
        _deployStudy();
        _gatherParties();
        _heads.push(0);
    }

    /// @dev Every other step takes the next action, and the next cause, in turn, so that no run leaves one out.
    function step(uint256 seed) external {
        uint256 draw = uint256(keccak256(abi.encode(seed, _steps)));
        uint256 action = _steps % 2 == 0 ? ACTIONS - 1 : draw % ACTIONS;
        ++_steps;
        VM.roll(block.number + 1);
        _advance([uint256(0), 1, 60, 400, 1 days][(draw >> 8) % 5]);
        draw >>= 16;
        if (action == 0) _changeConsent(draw % people.length, draw >> 8);
        else if (action == 1) _changePolicy(draw);
        else if (action == 2) _changeFacts(uint8(draw % 2), Use((draw >> 8) % USES), draw >> 16);
        else if (action == 3) _request(draw);
        else if (action == 4) _takeStep(draw);
        else if (action == 5) _changeStanding(uint8(draw % 2));
        else if (action == 6) _log(draw);
        else _liveAndEnd(Cause((_steps / 2) % CAUSES), draw);
    }

    /// @dev Of the newest licence, and of one of the four before it in turn.
    function assertEffectiveAsTheGhostSays() external view {
        uint256 back = 2 + (_steps % 4);
        if (asked.length > 0) _assertCoversAsTheGhostSays(asked.length - 1);
        if (asked.length >= back) _assertCoversAsTheGhostSays(asked.length - back);
    }

    function assertLogIsTheGhosts() external view {
        VM.assertEq(audit.count(), _heads.length - 1, "entries were removed");
        for (uint256 i = 0; i < _heads.length; ++i) VM.assertEq(audit.headAt(i), _heads[i], "an entry changed");
    }

    function _changeConsent(uint256 who, uint256 draw) private {
        if (draw % 3 == 0) _close(who, draw % 2 == 0);
        else _grant(who, uint8(1 + ((draw >> 8) % (LASTING_TERMS - 1))), draw % 5 == 0 ? _now() + 500 : NO_EXPIRY);
    }

    function _changePolicy(uint256 draw) private {
        uint8 terms_ = uint8((draw >> 8) % LASTING_TERMS);
        uint256 group = (draw >> 8) % (GROUPS + 1);
        if (draw % 3 == 0) _askForGroup(group == GROUPS ? NO_GROUP : PEOPLE + group);
        else if (draw % 3 == 1) _setConditions(terms_);
        else _setRules(terms_);
    }

    function _changeFacts(uint8 licensee, Use use, uint256 draw) private {
        if (draw % 4 == 0) _approveEthics(licensee, use, _now() + uint32(bound(draw >> 8, 1, 2 days)));
        else if (draw % 4 == 1) _approveEthics(licensee, use, 0);
        else _state(licensee, use, _anyFacts(draw >> 8), draw % 4 == 2);
    }

    function _request(uint256 draw) private {
        uint8 index = uint8(draw % records.length);
        uint8 licensee = uint8((draw >> 8) % 2);
        Use use = Use((draw >> 16) % USES);
        uint32 until = _now() + uint32(bound(draw >> 24, 1, 2 days));
        DatasetRecord memory record = records[index];
        VM.prank(licensee == PHARMAS ? COMPANY : RESEARCHER);
        try licences.request(record, _purposeOf(use), _ask(until)) {
            asked.push(_ghostOf(licensee, index, use, until));
        } catch (bytes memory reason) {
            _assertTyped(reason);
            VM.assertTrue(!_ghostStands(index) || isSuspended[licensee], "a good request was refused");
        }
    }

    /// @dev Whatever step, in order or not, on whatever licence.
    function _takeStep(uint256 draw) private {
        if (asked.length == 0) return;
        uint256 index = draw % asked.length;
        LicenceId licenceId = LicenceId.wrap(index + 1);
        uint256 verb = (draw >> 16) % 5;
        bytes32 digest = catalogue[1 + ((draw >> 24) % (catalogue.length - 1))].digest;
        uint256 manual = _someReasons(draw >> 32);
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
                            : abi.encodeCall(ILicenceRegistry.resolve, (licenceId, digest, manual, "reasons"));
        if (verb == 2 && licences.status(licenceId) == LicenceStatus.Approved) _imposePromised(licenceId);
        VM.prank(sender);
        (bool success, bytes memory reason) = address(licences).call(call);
        if (!success) _assertTyped(reason);
        else if (verb == 2) asked[index].isIssued = true;
        else if (verb == 3) asked[index].isTerminated = true;
        else if (verb == 4) resolved[index][digest] |= manual;
    }

    function _log(uint256 draw) private {
        if (asked.length == 0) return;
        AccessBatch memory batch = AccessBatch({
            licenceId: LicenceId.wrap(1 + (draw % asked.length)),
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
        if (isSuspended[0]) _changeStanding(0);
        uint256 who = draw % PEOPLE;
        Use use = [Use.Research, Use.Controls, Use.SilentResearch][(draw >> 8) % 3];
        if (_isOfStatements(cause) && use == Use.SilentResearch) use = Use.Research;
        if (cause == Cause.ReasonsReopened) use = Use.Controls;
        uint8[LAYER_COUNT] memory terms_ = _suitingTerms(cause, use, draw >> 16);
        uint8 index = _agreeInAll(who, terms_, draw >> 80);
        _settleFacts(cause, use, draw >> 96);
        if (cause == Cause.AncestorRetracted) index = _deriveFrom(index, 1 + ((draw >> 112) % LINEAGE_DEPTH));
        uint256 licence = _issueFor(who, index, use, _dutyDueAt(cause));
        VM.assertTrue(_isEffective(licence, who), "nothing stands against it");
        ++effective;

        _end(cause, licence, who);
        VM.assertFalse(_isEffective(licence, who), "effective after its end");
        ++ended[cause];
        if (cause == Cause.DutyBroken) _makeGood(licence, who);
        _voteAgain(licence);
        _log(draw);
    }

    /// @dev Terms for each layer that permit the use, those among them on which the cause depends.
    function _suitingTerms(Cause cause, Use use, uint256 draw) private returns (uint8[LAYER_COUNT] memory terms_) {
        Rule[4] memory suiting = [Rule.General, Rule.NotForProfit, Rule.EthicsApproval, Rule.Publication];
        if (use == Use.SilentResearch) suiting[3] = Rule.General;
        for (uint256 i = 0; i < LAYER_COUNT; ++i) terms_[i] = uint8(suiting[(draw >> (8 * i)) % 4]);
        draw >>= 40;
        if (draw % 4 == 0) {
            terms_[uint256(LayerKind.CoConsent)] = uint8(Rule.Nothing);
            terms_[uint256(LayerKind.Committee)] = uint8(Rule.Nothing);
            terms_[uint256(LayerKind.Jurisdiction)] = uint8(Rule.Nothing);
        }
        uint256 any = (draw >> 8) % LAYER_COUNT;
        if (cause == Cause.EthicsLapse || cause == Cause.EthicsTakenBack) terms_[any] = uint8(Rule.EthicsApproval);
        else if (cause == Cause.StatementTakenBack) terms_[any] = uint8(Rule.Publication);
        else if (_isGroups(cause)) terms_[uint256(LayerKind.CoConsent)] = uint8(suiting[any % 4]);
        else if (_endsTerms(cause)) terms_[uint256(_layerOf(cause))] = _addTerms(Rule.General, _now() + 2 days);
    }

    /// @dev Everybody who has a say agrees to the terms of their layer. The dataset is new: its end leaves others be.
    function _agreeInAll(uint256 who, uint8[LAYER_COUNT] memory terms_, uint256 draw) private returns (uint8 index) {
        _grant(who, terms_[uint256(LayerKind.Consent)], NO_EXPIRY);
        uint8 ofGroup = terms_[uint256(LayerKind.CoConsent)];
        _askForGroup(ofGroup == 0 ? NO_GROUP : PEOPLE + (draw % GROUPS));
        if (ofGroup != 0) _grant(askedGroup, ofGroup, NO_EXPIRY);
        _setConditions(terms_[uint256(LayerKind.Committee)]);
        _setRules(terms_[uint256(LayerKind.Jurisdiction)]);
        return _addDataset(keccak256(abi.encode(draw, _steps)), terms_[uint256(LayerKind.Dataset)]);
    }

    /// @dev No approval lapses before the licence but by the cause. Statements may be missing, unless it is about them.
    function _settleFacts(Cause cause, Use use, uint256 draw) private {
        uint32 until = onRecord[0][use].ethicsUntil;
        bool isBrief = until != 0 && until < _now() + 6 days;
        if (cause == Cause.EthicsLapse) _approveEthics(0, use, _now() + 1 days);
        else if (cause == Cause.EthicsTakenBack || isBrief || use == Use.SilentResearch || draw % 4 == 0)
            _approveEthics(0, use, _now() + 7 days);
        if (_isOfStatements(cause)) _state(0, use, ALL_FACTS, true);
        else if (draw % 2 == 0) _state(0, use, _anyFacts(draw >> 8), draw % 3 == 0);
    }

    function _issueFor(uint256 who, uint8 index, Use use, uint32 dutyDueAt) private returns (uint256 licence) {
        licence = asked.length;
        DatasetRecord memory record = records[index];
        uint32 until = _now() + 3 days;
        VM.prank(RESEARCHER);
        LicenceId licenceId = licences.request(record, _purposeOf(use), _ask(until));
        VM.assertEq(LicenceId.unwrap(licenceId), licence + 1);
        asked.push(_ghostOf(0, index, use, until));
        licences.decide(licenceId);
        VM.prank(COMMITTEE);
        licences.vote(licenceId, Vote.Approve, "reasons");
        if (_settleAll(licence, who, true)) ++manualEffective;
        if (dutyDueAt != 0) {
            VM.prank(CUSTODIAN);
            duties.impose(licenceId, _duty(DutyKind.Destroy, dutyDueAt));
            asked[licence].dutyDueAt = dutyDueAt;
        }
        _imposePromised(licenceId);
        _issue(licenceId);
        asked[licence].isIssued = true;
    }

    /// @dev 5: what the ghost says is MANUAL, and nothing else; resolved, or reopened.
    function _settleAll(uint256 licence, uint256 who, bool isResolving) private returns (bool isAny) {
        LicenceId licenceId = LicenceId.wrap(licence + 1);
        for (uint256 i = 0; i < LAYER_COUNT; ++i) {
            (, uint256 manual, uint8 terms_) = _layerSays(licence, LayerKind(i), who);
            if (manual == 0) continue;
            bytes32 digest = catalogue[terms_].digest;
            manual = _tagged(manual, LayerKind(i));
            VM.prank(COMMITTEE);
            if (isResolving) licences.resolve(licenceId, digest, manual, "reasons");
            else licences.reopen(licenceId, digest, manual, "reasons");
            uint256 others = resolved[licence][digest] & ~manual;
            resolved[licence][digest] = isResolving ? others | manual : others;
            isAny = true;
        }
    }

    function _end(Cause cause, uint256 licence, uint256 who) private {
        GhostLicence memory given = asked[licence];
        if (cause == Cause.Withdrawal || cause == Cause.Suspension) {
            _close(who, cause == Cause.Suspension);
        } else if (cause == Cause.GroupWithdrawal || cause == Cause.GroupSuspension) {
            _close(askedGroup, cause == Cause.GroupSuspension);
        } else if (cause == Cause.ConsentExpiry || cause == Cause.GroupExpiry) {
            uint256 whose = cause == Cause.ConsentExpiry ? who : askedGroup;
            _grant(whose, words[whose].terms, _now() + 100);
            _outlast(licence, who, words[whose].until);
        } else if (cause == Cause.GroupReplaced) {
            uint256 other = askedGroup == PEOPLE ? PEOPLE + 1 : PEOPLE;
            _close(other, false);
            _askForGroup(other);
        } else if (cause == Cause.LicenceExpiry) {
            _outlast(licence, who, given.until);
        } else if (cause == Cause.Termination) {
            _terminate(LicenceId.wrap(licence + 1));
            asked[licence].isTerminated = true;
        } else if (cause == Cause.LicenseeSuspended) {
            _changeStanding(0);
        } else if (cause == Cause.DatasetRetracted) {
            DatasetRecord memory record = records[given.dataset];
            VM.prank(CUSTODIAN);
            datasets.retract(record);
            anchored[given.dataset].isRetracted = true;
        } else if (cause == Cause.ConditionsSet) {
            _setConditions(uint8(Rule.Ancestry));
        } else if (cause == Cause.RulesSet) {
            _setRules(uint8(Rule.Ancestry));
        } else if (_endsTerms(cause)) {
            _outlast(licence, who, catalogue[catalogue.length - 1].until);
        } else if (cause == Cause.EthicsLapse) {
            _outlast(licence, who, onRecord[0][given.use].ethicsUntil);
        } else if (cause == Cause.EthicsTakenBack) {
            _approveEthics(0, given.use, 0);
        } else if (cause == Cause.LicenceSuspended) {
            _suspend(licence);
        } else if (cause == Cause.DutyOverdue) {
            _outlast(licence, who, given.dutyDueAt);
        } else if (cause == Cause.DutyBroken) {
            _break(licence);
        } else if (cause == Cause.ReasonsReopened) {
            _settleAll(licence, who, false);
        } else if (cause == Cause.AncestorRetracted) {
            _retractRootOf(given.dataset);
        } else if (cause == Cause.ParentEnded) {
            _subLicenseAndEnd(licence, who);
        } else {
            _state(0, given.use, 0, false);
        }
    }

    /// @dev To the first second at which it no longer holds; in the last before, it does.
    function _outlast(uint256 licence, uint256 who, uint32 until) private {
        VM.warp(until - 1);
        VM.assertTrue(_isEffective(licence, who), "not effective to its end");
        VM.warp(until);
    }

    /// @dev A lineage of datasets, each derived from the one before.
    function _deriveFrom(uint8 root, uint256 generations) private returns (uint8 index) {
        index = root;
        for (uint256 i = 0; i < generations; ++i) index = _derive(index, keccak256(abi.encode("derived", _steps, i)));
    }

    function _retractRootOf(uint8 index) private {
        while (anchored[index].isDerived) index = anchored[index].parent;
        DatasetRecord memory record = records[index];
        VM.prank(CUSTODIAN);
        datasets.retract(record);
        anchored[index].isRetracted = true;
    }

    /// @dev A processor's licence is effective as long as the one that it derives from.
    function _subLicenseAndEnd(uint256 licence, uint256 who) private {
        GhostLicence memory given = asked[licence];
        uint256 derived = asked.length;
        VM.prank(RESEARCHER);
        licences.subLicense(LicenceId.wrap(licence + 1), ENGINEER, given.until, "agreement", _purposeOf(given.use));
        (given.isSubLicence, given.parent) = (true, licence);
        asked.push(given);
        VM.assertTrue(_isEffective(derived, who), "nothing stands against the sub-licence");
        _terminate(LicenceId.wrap(licence + 1));
        asked[licence].isTerminated = true;
        VM.assertFalse(_isEffective(derived, who), "outlives the licence that it derives from");
    }

    function _suspend(uint256 licence) private {
        bytes memory call = abi.encodeCall(ILicenceRegistry.suspend, (LicenceId.wrap(licence + 1), "reasons"));
        _expectRefusal(RESEARCHER, address(licences), call);
        _expectAccepted(licence % 2 == 0 ? CUSTODIAN : COMMITTEE, address(licences), call);
        asked[licence].isSuspended = true;
    }

    function _break(uint256 licence) private {
        VM.prank(CUSTODIAN);
        duties.declareBreach(LicenceId.wrap(licence + 1), DutyKind.Destroy, "a copy was kept");
        asked[licence].isBroken = true;
    }

    /// @dev A breach bars the licensee from asking until the committee takes it as made good.
    function _makeGood(uint256 licence, uint256 who) private {
        DatasetRecord memory record = records[asked[licence].dataset];
        bytes memory call = abi.encodeCall(
            ILicenceRegistry.request,
            (record, _purposeOf(asked[licence].use), _ask(_now() + 1))
        );
        _expectRefusal(RESEARCHER, address(licences), call);
        VM.prank(COMMITTEE);
        duties.cure(LicenceId.wrap(licence + 1), DutyKind.Destroy, "destroyed now");
        (asked[licence].isBroken, asked[licence].dutyDueAt) = (false, 0);
        VM.assertTrue(_isEffective(licence, who), "not effective though its breach is made good");
    }

    /// @dev A vote is cast once, whatever has become of the licence.
    function _voteAgain(uint256 licence) private {
        bytes memory call = abi.encodeCall(
            ILicenceRegistry.vote,
            (LicenceId.wrap(licence + 1), Vote.Approve, "reasons")
        );
        _expectRefusal(COMMITTEE, address(licences), call);
    }

    function _assertCoversAsTheGhostSays(uint256 licence) private view {
        for (uint256 i = 0; i < PEOPLE; ++i) {
            VM.assertTrue(_isEffective(licence, i) == _ghostSays(licence, i), "effective is not what it must be");
        }
    }

    function _isEffective(uint256 licence, uint256 who) private view returns (bool isEffective) {
        (isEffective, ) = licences.covers(LicenceId.wrap(licence + 1), people[who].id);
    }

    /// @dev When the duty is due that a cause is about: before the licence's end, or long after.
    function _dutyDueAt(Cause cause) private view returns (uint32) {
        if (cause == Cause.DutyOverdue) return _now() + 1 days;
        return cause == Cause.DutyBroken ? _now() + 3650 days : 0;
    }

    function _ghostOf(
        uint8 licensee,
        uint8 index,
        Use use,
        uint32 until
    ) private pure returns (GhostLicence memory given) {
        (given.licensee, given.dataset, given.use, given.until) = (licensee, index, use, until);
    }

    /// @dev Any of the facts, those among them that the campaign's terms ask for.
    function _anyFacts(uint256 draw) private pure returns (uint32) {
        return uint32(draw) & ALL_FACTS;
    }

    /// @dev Some of the reasons of some layers.
    function _someReasons(uint256 draw) private pure returns (uint256 reasons) {
        for (uint256 i = 0; i < LAYER_COUNT; ++i) {
            if ((draw >> i) % 2 == 0) reasons |= _tagged(REVIEWS & (draw % 3 == 0 ? draw >> 8 : REVIEWS), LayerKind(i));
        }
    }

    /// @dev A statement taken back, or outweighed by the approval that lapsed.
    function _isOfStatements(Cause cause) private pure returns (bool) {
        return cause == Cause.StatementTakenBack || cause == Cause.EthicsLapse;
    }

    function _isGroups(Cause cause) private pure returns (bool) {
        return cause >= Cause.GroupWithdrawal && cause <= Cause.GroupReplaced;
    }

    function _endsTerms(Cause cause) private pure returns (bool) {
        return cause == Cause.DatasetTermsEnded || cause == Cause.ConditionsEnded || cause == Cause.RulesEnded;
    }

    function _layerOf(Cause cause) private pure returns (LayerKind) {
        if (cause == Cause.DatasetTermsEnded) return LayerKind.Dataset;
        return cause == Cause.ConditionsEnded ? LayerKind.Committee : LayerKind.Jurisdiction;
    }
}
