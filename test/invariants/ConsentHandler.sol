// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";

import {IConsentRegistry} from "../../contracts/consent/IConsentRegistry.sol";
import {
    Authorisation,
    ConsentState,
    ConsentStatus,
    ConsentWord,
    Grant,
    NO_EXPIRY,
    Resume,
    Suspend,
    Withdraw,
    WithdrawalExtent
} from "../../contracts/types/Consent.sol";
import {Terms} from "../../contracts/types/DataUse.sol";
import {ConsentSigning} from "../support/ConsentSigning.sol";
import {IVm, VM, bound} from "../support/Vm.sol";

/**
 * @title ConsentHandler
 * @notice Participants, relayers, thieves and administrators at work on one ConsentRegistry, and a ghost of what they
 * may have changed. Each step asserts what must hold of it; the invariants compare the registry with the ghost.
 */
contract ConsentHandler is ConsentSigning {
    /// @dev One answer about the past, which must stay.
    struct Sample {
        uint256 who;
        uint256 time;
        bool isPermitted;
        uint16 version;
    }

    uint256 public constant PEOPLE = 3;
    uint256 private constant ACTIONS = 9;
    uint256 private constant CURVE_ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;

    // How often each invariant was put to the test.
    uint256 public openings;
    uint256 public closings;
    uint256 public intrusions;
    uint256 public replays;
    uint256 public killedOpenings;
    uint256 public adversities;
    uint256 public refusals;
    uint256 public batches;

    Person[] private _people;
    bytes32[] private _agreed;
    uint256 private _steps;

    // The ghost: words as events tell them, written only when their participant has acted.
    mapping(uint256 who => uint256 word) private _words;
    mapping(uint256 who => mapping(uint256 ordinal => uint256 word)) private _history;
    mapping(uint256 who => bool isClosed) private _isClosed;
    bytes[] private _used;
    Sample[] private _samples;

    constructor() {
        _deployWithTerms();
        Terms memory later = _terms("begin later and end");
        later.from = _now() + 30 days;
        later.reConsentBy = _now() + 400 days;
        _agreed.push(standardTerms);
        _agreed.push(_publishTerms(SCOPE, later));
        _agreed.push(keccak256("never published"));
        string[PEOPLE] memory names = ["alice", "bob", "carol"];
        for (uint256 i = 0; i < PEOPLE; ++i) {
            _people.push(_person(names[i]));
            // A used signature of each, to replay.
            _advance(1);
            Grant memory change = _grantOf(_people[i]);
            _relaySigned(i, abi.encodeCall(IConsentRegistry.grantBySig, (change, _authorise(_people[i], change))));
        }
    }

    /// @dev Every third step takes the next action in turn, so that no run leaves one out.
    function step(uint256 seed) external {
        uint256 draw = uint256(keccak256(abi.encode(seed, _steps)));
        uint256 action = (_steps % 3 == 0 ? _steps / 3 : draw) % ACTIONS;
        ++_steps;
        _advance([uint256(0), 0, 1, 60, 1 days, 40 days][(draw >> 8) % 6]);
        uint256 who = (draw >> 16) % PEOPLE;
        draw >>= 32;
        if (action == 0) _open(who, draw);
        else if (action == 1) _close(who, draw);
        else if (action == 2) _closeSigned(who, draw);
        else if (action == 3) _tryOpening(who, draw);
        else if (action == 4) _replay(draw);
        else if (action == 5) _killPending(who, draw);
        else if (action == 6) _intrude(who, draw);
        else if (action == 7) _batch(who, draw);
        else _administer(who, draw);
        _sample(who, draw);
    }

    function assertWordsAreTheGhosts() external view {
        for (uint256 i = 0; i < PEOPLE; ++i) {
            VM.assertEq(_raw(_people[i]), _words[i], "a word changed that its participant did not change");
            VM.assertEq(ConsentWord.unwrap(consents.wordOf(OTHER_SCOPE, _people[i].id)), 0, "another scope changed");
        }
    }

    function assertHistoryIsTheGhosts() external view {
        for (uint256 i = 0; i < PEOPLE; ++i) {
            uint16 last = uint16(_words[i] >> 48);
            uint32 opened;
            for (uint16 j = 0; j <= last; ++j) {
                uint256 word = ConsentWord.unwrap(consents.wordAt(SCOPE, _people[i].id, j));
                VM.assertEq(word, j == last ? _words[i] : _history[i][j], "history changed");
                VM.assertGe(uint32(word >> 64), opened, "block times run back");
                opened = uint32(word >> 64);
            }
            VM.assertEq(ConsentWord.unwrap(consents.wordAt(SCOPE, _people[i].id, last + 1)), 0, "history of nothing");
        }
    }

    function assertClosedConsentsPermitNothing() external view {
        for (uint256 i = 0; i < PEOPLE; ++i) {
            if (!_isClosed[i]) continue;
            (bool isPermitted, ) = consents.permittedAt(SCOPE, _people[i].id, block.timestamp);
            VM.assertFalse(isPermitted, "permitted after a closing");
            VM.assertTrue(consents.statusOf(SCOPE, _people[i].id) != ConsentStatus.Active, "active after a closing");
        }
    }

    function assertThePastStays() external view {
        for (uint256 i = 0; i < _samples.length; ++i) _assertSampleStays(i);
    }

    function samples() external view returns (uint256) {
        return _samples.length;
    }

    /// @dev An opening that nothing stands against.
    function _open(uint256 who, uint256 draw) private {
        if (block.timestamp <= uint32(_words[who] >> 128)) VM.warp(uint32(_words[who] >> 128) + 1);
        ConsentStatus status = consents.statusOf(SCOPE, _people[who].id);
        bool isSuspended = status == ConsentStatus.Suspended && uint16(_words[who] >> 16) != 0;
        if (status == ConsentStatus.Active || status == ConsentStatus.Scheduled) {
            _expectChange(who, _people[who].account, abi.encodeCall(IConsentRegistry.suspend, (SCOPE)));
            isSuspended = true;
            _advance(1);
            if (uint32(_words[who] >> 160) <= block.timestamp) isSuspended = false;
        }
        Person memory person = _people[who];
        bool isOwn = draw % 2 == 0;
        bytes memory call;
        if (isSuspended) {
            Resume memory change = _resumeOf(person);
            call =
                isOwn
                    ? abi.encodeCall(IConsentRegistry.resume, (change))
                    : abi.encodeCall(IConsentRegistry.resumeBySig, (change, _authorise(person, change)));
        } else {
            Grant memory change = _grantOf(person);
            change.until = draw % 3 == 0 ? NO_EXPIRY : _now() + uint32(bound(draw >> 8, 1, 100 days));
            change.elements = uint64(draw >> 64);
            call =
                isOwn
                    ? abi.encodeCall(IConsentRegistry.grant, (change))
                    : abi.encodeCall(IConsentRegistry.grantBySig, (change, _authorise(person, change)));
        }
        if (isOwn) _expectChange(who, person.account, call);
        else _relaySigned(who, call);
        VM.assertEq(_words[who] & 7, uint256(ConsentState.Active));
        ++openings;
    }

    /// @dev The participant's own closing: always accepted, and effective in this very second.
    function _close(uint256 who, uint256 draw) private {
        bytes memory call =
            draw % 2 == 0
                ? abi.encodeCall(IConsentRegistry.suspend, (SCOPE))
                : abi.encodeCall(IConsentRegistry.withdraw, (SCOPE, WithdrawalExtent(1 + ((draw >> 8) % 3))));
        if (draw % 5 == 0) {
            bytes[] memory items = new bytes[](1);
            items[0] = call;
            call = abi.encodeCall(IConsentRegistry.relay, (items));
        }
        _expectChange(who, _people[who].account, call);
        ++closings;
    }

    /// @dev A signed closing: accepted if it was signed after the word, or with it and strengthens it.
    function _closeSigned(uint256 who, uint256 draw) private {
        Person memory person = _people[who];
        uint32 signedAt = _now() - uint32(bound(draw, 0, 2) * bound(draw >> 8, 0, 10 days));
        uint16 minVersion = uint16(bound(draw >> 16, 0, uint256(uint16(_words[who] >> 32)) + 1));
        bool isSuspension = draw % 2 == 0;
        WithdrawalExtent extent = WithdrawalExtent(1 + ((draw >> 24) % 3));
        bytes memory call;
        if (isSuspension) {
            Suspend memory change = Suspend({scopeId: SCOPE, minVersion: minVersion});
            call = abi.encodeCall(IConsentRegistry.suspendBySig, (change, _authoriseAt(person, change, signedAt)));
        } else {
            Withdraw memory change = Withdraw({scopeId: SCOPE, extent: extent, minVersion: minVersion});
            call = abi.encodeCall(IConsentRegistry.withdrawBySig, (change, _authoriseAt(person, change, signedAt)));
        }
        uint256 strength = isSuspension ? 1 : 3 + uint256(extent);
        uint32 standing = uint32(_words[who] >> 128);
        bool isAccepted =
            minVersion <= uint16(_words[who] >> 32) &&
                (signedAt > standing || (signedAt == standing && strength > _strength(_words[who])));
        if (isAccepted) {
            _relaySigned(who, call);
            ++closings;
        } else {
            _expectRefusal(STRANGER, call);
        }
    }

    /// @dev Any opening at all, right or wrong: what is refused leaves no trace.
    function _tryOpening(uint256 who, uint256 draw) private {
        Person memory person = _people[who];
        uint32 signedAt = _now() - uint32(bound(draw >> 8, 0, 5));
        Grant memory change = _grantOf(person);
        change.termsDigest = _agreed[(draw >> 16) % _agreed.length];
        change.until = draw % 4 == 0 ? _now() : _now() + uint32(bound(draw >> 24, 1, 90 days));
        if (draw % 7 == 0) change.version += 1;
        bytes memory call = abi.encodeCall(
            IConsentRegistry.grantBySig,
            (change, _authoriseAt(person, change, signedAt))
        );
        VM.recordLogs();
        VM.prank(STRANGER);
        (bool success, bytes memory reason) = address(consents).call(call);
        if (success) {
            _follow(who);
            _used.push(call);
            ++openings;
        } else {
            _assertTyped(reason);
        }
    }

    /// @dev Whatever was accepted once is refused ever after.
    function _replay(uint256 draw) private {
        _expectRefusal(STRANGER, _used[draw % _used.length]);
        ++replays;
    }

    /// @dev An opening signed and held back while any closing is included is dead.
    function _killPending(uint256 who, uint256 draw) private {
        Person memory person = _people[who];
        Grant memory change = _grantOf(person);
        bytes memory pending = abi.encodeCall(IConsentRegistry.grantBySig, (change, _authorise(person, change)));
        Resume memory other = _resumeOf(person);
        bytes memory pendingResume = abi.encodeCall(IConsentRegistry.resumeBySig, (other, _authorise(person, other)));
        _close(who, draw);
        _expectRefusal(STRANGER, pending);
        _expectRefusal(STRANGER, pendingResume);
        ++killedOpenings;
    }

    /// @dev A thief with every role but the participant's key.
    function _intrude(uint256 who, uint256 draw) private {
        Person memory person = _people[who];
        Person memory thief = _person("thief");
        Grant memory change = _grantOf(person);
        Authorisation memory forged = _unsigned(person);
        bytes32 digest = _typedData(_hashOf(person, change, forged));
        if (draw % 4 == 0) {
            forged.signature = _sign(thief, digest);
        } else if (draw % 4 == 1) {
            (uint8 v, bytes32 r, bytes32 s) = VM.sign(person.key, digest);
            forged.signature = abi.encodePacked(r, bytes32(CURVE_ORDER - uint256(s)), v == 27 ? uint8(28) : uint8(27));
        } else if (draw % 4 == 2) {
            forged.signature = _sign(person, digest);
            forged.deadline += 1;
        } else {
            bytes32 other = _typedData(_hashOf(person, change, forged), "Concord Consent", "1", 1, address(consents));
            forged.signature = _sign(person, other);
        }
        address[4] memory senders = [GOVERNANCE, CUSTODIAN, COMMITTEE, deployer];
        _expectRefusal(senders[(draw >> 8) % 4], abi.encodeCall(IConsentRegistry.grantBySig, (change, forged)));

        Withdraw memory closing = Withdraw({scopeId: SCOPE, extent: WithdrawalExtent.NoFurtherUse, minVersion: 0});
        Authorisation memory authorisation = _unsigned(person);
        authorisation.signature = _sign(thief, _typedData(_hashOf(person, closing, authorisation)));
        _expectRefusal(
            senders[(draw >> 16) % 4],
            abi.encodeCall(IConsentRegistry.withdrawBySig, (closing, authorisation))
        );
        // Its own changes are its own.
        VM.prank(senders[(draw >> 24) % 4]);
        consents.withdraw(SCOPE, WithdrawalExtent.NoFurtherUse);
        ++intrusions;
    }

    /// @dev Bad items around a good one: the good one alone counts.
    function _batch(uint256 who, uint256 draw) private {
        Person memory person = _people[who];
        if (block.timestamp <= uint32(_words[who] >> 128)) VM.warp(uint32(_words[who] >> 128) + 1);
        Suspend memory change = Suspend({scopeId: SCOPE, minVersion: 0});
        bytes[] memory items = new bytes[](4);
        items[0] = abi.encodePacked(bytes32(draw));
        items[1] = _used[draw % _used.length];
        items[2] = abi.encodeCall(IConsentRegistry.suspendBySig, (change, _authorise(person, change)));
        items[3] = items[2];
        VM.recordLogs();
        VM.prank(STRANGER);
        VM.assertEq(consents.relay(items), 1, "not the good item alone");
        _follow(who);
        _used.push(items[2]);
        ++closings;
        ++batches;
    }

    /// @dev Governance closes every managed contract and suspends institutions; a closing works all the same.
    function _administer(uint256 who, uint256 draw) private {
        address[5] memory targets = [
            address(terms),
            address(institutions),
            address(licences),
            address(datasets),
            address(audit)
        ];
        uint256 state = VM.snapshotState();
        for (uint256 i = 0; i < targets.length; ++i) {
            bytes memory call = abi.encodeCall(IAccessManager.setTargetClosed, (targets[i], true));
            VM.prank(GOVERNANCE);
            manager.schedule(address(manager), call, 0);
            _advance(EXECUTION_DELAY);
            VM.prank(GOVERNANCE);
            manager.execute(address(manager), call);
        }
        VM.prank(_people[who].account);
        consents.withdraw(SCOPE, WithdrawalExtent.NoFurtherUse);
        (bool isPermitted, ) = consents.permittedAt(SCOPE, _people[who].id, block.timestamp);
        VM.assertFalse(isPermitted, "administration kept a consent open");
        VM.revertToState(state);
        _close(who, draw);
        ++adversities;
    }

    /// @dev Asks for a kept answer about the past again, and keeps a further one.
    function _sample(uint256 who, uint256 draw) private {
        if (_samples.length > 0) _assertSampleStays(draw % _samples.length);
        uint256 time = bound(draw >> 40, START, block.timestamp - 1);
        (bool isPermitted, uint16 version) = consents.permittedAt(SCOPE, _people[who].id, time);
        _samples.push(Sample({who: who, time: time, isPermitted: isPermitted, version: version}));
    }

    function _relaySigned(uint256 who, bytes memory call) private {
        _expectChange(who, STRANGER, call);
        _used.push(call);
    }

    function _expectChange(uint256 who, address sender, bytes memory call) private {
        VM.recordLogs();
        VM.prank(sender);
        (bool success, ) = address(consents).call(call);
        VM.assertTrue(success, "a change that must be accepted was refused");
        _follow(who);
    }

    function _expectRefusal(address sender, bytes memory call) private {
        VM.prank(sender);
        (bool success, bytes memory reason) = address(consents).call(call);
        VM.assertFalse(success, "a change that must be refused was accepted");
        _assertTyped(reason);
    }

    /// @dev Rebuilds the ghost from the recorded events alone.
    function _follow(uint256 who) private {
        IVm.Log[] memory logs = VM.getRecordedLogs();
        uint256 changes = 0;
        for (uint256 i = 0; i < logs.length; ++i) {
            if (logs[i].topics[0] == IConsentRegistry.ConsentItemRejected.selector) continue;
            VM.assertEq(logs[i].topics[1], keccak256("a study"), "another scope's event");
            VM.assertEq(logs[i].topics[2], keccak256(abi.encodePacked(_people[who].account)), "another's event");
            uint256 word = abi.decode(logs[i].data, (uint256));
            if (uint16(word >> 48) != uint16(_words[who] >> 48)) {
                _history[who][uint16(_words[who] >> 48)] = _words[who];
            }
            _words[who] = word;
            _isClosed[who] =
                logs[i].topics[0] == IConsentRegistry.ConsentSuspended.selector ||
                logs[i].topics[0] == IConsentRegistry.ConsentWithdrawn.selector;
            ++changes;
        }
        VM.assertEq(changes, 1, "not one event a change");
    }

    function _assertTyped(bytes memory reason) private {
        VM.assertGe(reason.length, 4, "refused without saying why");
        ++refusals;
    }

    function _assertSampleStays(uint256 index) private view {
        Sample memory sample = _samples[index];
        (bool isPermitted, uint16 version) = consents.permittedAt(SCOPE, _people[sample.who].id, sample.time);
        VM.assertTrue(isPermitted == sample.isPermitted, "the past changed");
        VM.assertEq(version, sample.version, "the past changed its version");
    }

    function _strength(uint256 word) private pure returns (uint256) {
        uint256 state = word & 7;
        if (state == 4) return 3 + ((word >> 3) & 3);
        return state == 3 ? 1 : 0;
    }
}
