// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";

import {IConsentRegistry} from "../../contracts/consent/IConsentRegistry.sol";
import {
    Authorisation,
    Closing,
    ConsentState,
    ConsentWord,
    Extend,
    Grant,
    NO_EXPIRY,
    Resume,
    Withdraw,
    WithdrawalExtent
} from "../../contracts/types/Consent.sol";
import {Appointment, Dismissal} from "../../contracts/types/Delegate.sol";
import {
    MANDATE_CLOSE,
    MANDATE_EXTEND,
    MANDATE_GRANT,
    MANDATE_NARROW,
    MANDATE_RESUME,
    MANDATE_UPDATE
} from "../../contracts/types/Delegate.sol";
import {ParticipantId} from "../../contracts/types/Ids.sol";
import {
    appointing,
    annulling,
    Change,
    declining,
    dismissing,
    extending,
    granting,
    resuming,
    signedCall,
    structHash,
    suspending,
    updating,
    withdrawing
} from "../support/Changes.sol";
import {bound, VM} from "../support/Vm.sol";
import {ConsentGhost} from "./ConsentGhost.sol";

/// @title ConsentParticipants
/// @notice Participants of every kind, their proxies, relayers, thieves and administrators at work on one scope.
abstract contract ConsentParticipants is ConsentGhost {
    uint256 internal constant OPENING_VERBS = 4;

    // How often each invariant was put to the test.
    uint256 public openings;
    uint256 public closings;
    uint256 public oldKeyClosings;
    uint256 public intrusions;
    uint256 public replays;
    uint256 public killedOpenings;
    uint256 public adversities;
    uint256 public refusals;
    uint256 public batches;
    uint256 public stinginesses;
    uint256 public proxyActs;
    uint256 public proxyRefusals;
    uint256 public lockedRefusals;

    Signer[] internal people;
    bytes32[] private _agreed;
    bytes[] private _used;
    Person private _proxy;
    Person private _thief;

    function _gatherPeople() internal {
        _join(_signer(Kind.Account, "Anna"));
        _join(_signer(Kind.Wallet, "Bo"));
        _join(_signer(Kind.Key, "Cleo"));
        _join(_signer(Kind.Group, "Dan"));
        _join(_signer(Kind.Account, "Eve"));
        _agreed.push(standardTerms);
        _agreed.push(keccak256("never published"));
        _proxy = _person("a proxy");
        _thief = _person("a thief");
        // A used signature of each, to replay.
        for (uint256 i = 0; i < people.length; ++i) _open(i, 1);
    }

    function _join(Signer memory signer) internal {
        Signer storage joined = people.push();
        (joined.kind, joined.signer, joined.id, joined.needed) = (signer.kind, signer.signer, signer.id, signer.needed);
        for (uint256 i = 0; i < signer.people.length; ++i) joined.people.push(signer.people[i]);
    }

    /// @dev An opening that nothing stands against, or one that the word's lock or way stands against.
    function _open(uint256 who, uint256 draw) internal {
        Signer memory signer = people[who];
        uint256 word = _lastWord(signer.id);
        if (block.timestamp <= uint32(word >> 128)) VM.warp(uint32(word >> 128) + 1);
        Change memory change = _nextOpening(signer.id, draw);
        if (word & (3 << 14) != 0) {
            _expectRefusal(STRANGER, signedCall(change, _authorise(signer, change)));
            ++lockedRefusals;
            return;
        }
        _expectChange(signer, change, draw);
        ++openings;
    }

    /// @dev Any closing, own or signed; a signed one counts if signed after the word, or with it and stronger.
    function _close(uint256 who, uint256 draw) internal {
        Signer memory signer = people[who];
        Change memory change = _closing(draw);
        if (signer.kind == Kind.Account && draw & 1 == 0) {
            _expectAccepted(signer.people[0].account, change.own);
        } else {
            uint256 standing = _standing(ParticipantId.unwrap(signer.id));
            bool isNew = block.timestamp > uint32(standing >> 128);
            bytes memory call = signedCall(change, _authorise(signer, change));
            if (!isNew && _strengthOf(draw) <= _strength(standing)) {
                _expectRefusal(STRANGER, call);
                return;
            }
            _expectAccepted(STRANGER, call);
            _used.push(call);
        }
        _assertClosed(ParticipantId.unwrap(signer.id));
        if (_end(ParticipantId.unwrap(signer.id)) != ParticipantId.unwrap(signer.id)) ++oldKeyClosings;
        ++closings;
    }

    /// @dev Any opening at all, right or wrong: what is refused leaves no trace.
    function _tryOpening(uint256 who, uint256 draw) internal {
        Signer memory signer = people[who];
        Grant memory change = _anyGrant(signer.id, draw);
        change.termsDigest = _agreed[(draw >> 16) % _agreed.length];
        change.until = draw % 4 == 0 ? _now() : _now() + uint32(bound(draw >> 24, 1, 90 days));
        if (draw % 7 == 0) change.version += 1;
        if (draw % 11 == 0) change.preferences = 0x30;
        Change memory any = draw % 2 == 0 ? granting(change) : updating(change);
        bytes memory call = signedCall(any, _authorise(signer, any));
        VM.prank(STRANGER);
        (bool isAccepted, bytes memory reason) = address(consents).call(call);
        if (isAccepted) {
            VM.assertEq(_listen(), 1, "not one change");
            _used.push(call);
            ++openings;
        } else {
            _assertTyped(reason);
        }
    }

    /// @dev 3: whatever was accepted once is refused ever after.
    function _replay(uint256 draw) internal {
        _expectRefusal(STRANGER, _used[draw % _used.length]);
        ++replays;
    }

    /// @dev 3: openings signed and held back while any closing is included are dead, those too that were signed after
    /// it: only the version that they name tells.
    function _killPending(uint256 who, uint256 draw) internal {
        Signer memory signer = people[who];
        bytes32 id = ParticipantId.unwrap(signer.id);
        uint32 signedAt = uint32(_standing(id) >> 128);
        if (block.timestamp <= signedAt) VM.warp(signedAt + 1);
        Change memory change = _closing(draw);
        bytes memory closing = signedCall(change, _authorise(signer, change));
        VM.warp(block.timestamp + 1);
        bytes[] memory pending = new bytes[](OPENING_VERBS);
        for (uint256 i = 0; i < OPENING_VERBS; ++i) {
            change = _opening(signer.id, i, draw);
            pending[i] = signedCall(change, _authorise(signer, change));
        }
        _expectAccepted(STRANGER, closing);
        _used.push(closing);
        _assertClosed(id);
        ++closings;
        for (uint256 i = 0; i < OPENING_VERBS; ++i) _expectRefusal(STRANGER, pending[i]);
        ++killedOpenings;
    }

    /// @dev 2: a thief with every role but the key.
    function _intrude(uint256 who, uint256 draw) internal {
        Signer memory signer = people[who];
        address[4] memory senders = [GOVERNANCE, CUSTODIAN, COMMITTEE, deployer];
        for (uint256 i = 0; i < 2; ++i) {
            Change memory change = i == 0 ? _nextOpening(signer.id, draw) : _closing(draw);
            // As their delegate without a mandate, and as themself with the thief's key.
            Authorisation memory forged = _authoriseFor(signer.id, _thief, change);
            _expectRefusal(senders[(draw >> 8) % 4], signedCall(change, forged));
            forged.participantId = ParticipantId.wrap(0);
            forged.signer = signer.signer;
            _expectRefusal(senders[(draw >> 16) % 4], signedCall(change, forged));
        }
        // Its own changes are its own.
        VM.prank(_thief.account);
        consents.withdraw(SCOPE, WithdrawalExtent.NoFurtherUse);
        VM.assertEq(_listen(), 1);
        ++intrusions;
    }

    /// @dev 12: bad items around a good one, wherever it stands: the good one alone counts.
    function _batch(uint256 who, uint256 draw) internal {
        Signer memory signer = people[who];
        uint256 standing = _standing(ParticipantId.unwrap(signer.id));
        if (block.timestamp <= uint32(standing >> 128)) VM.warp(uint32(standing >> 128) + 1);
        Change memory change = _closing(draw);
        bytes[] memory items = new bytes[](4);
        for (uint256 i = 0; i < items.length; ++i) {
            items[i] = i % 2 == 0 ? abi.encodePacked(bytes32(draw)) : _used[draw % _used.length];
        }
        bytes memory good = signedCall(change, _authorise(signer, change));
        items[(draw >> 16) % 3] = good;
        items[3] = good;
        _starve(good, draw);
        VM.prank(STRANGER);
        VM.assertEq(consents.relay(items), 1, "not the good item alone");
        VM.assertEq(_listen(), 1);
        _assertClosed(ParticipantId.unwrap(signer.id));
        _used.push(good);
        ++closings;
        ++batches;
    }

    /// @dev 4: governance closes every managed contract and suspends the custodian; a closing works all the same.
    function _administer(uint256 who, uint256 draw) internal {
        address[5] memory targets = [
            address(terms),
            address(institutions),
            address(licences),
            address(datasets),
            address(audit)
        ];
        uint256 state = VM.snapshotState();
        VM.prank(GOVERNANCE);
        institutions.suspend(BIOBANK);
        for (uint256 i = 0; i < targets.length; ++i) {
            bytes memory call = abi.encodeCall(IAccessManager.setTargetClosed, (targets[i], true));
            VM.prank(GOVERNANCE);
            manager.schedule(address(manager), call, 0);
            _advance(EXECUTION_DELAY);
            VM.prank(GOVERNANCE);
            manager.execute(address(manager), call);
        }
        Signer memory signer = people[who];
        Change memory change = _closing(draw);
        VM.prank(STRANGER);
        (bool isAccepted, ) = address(consents).call(signedCall(change, _authorise(signer, change)));
        VM.assertTrue(isAccepted, "administration stopped a closing");
        (bool isPermitted, ) = consents.permittedAt(SCOPE, signer.id, block.timestamp);
        VM.assertFalse(isPermitted, "administration kept a consent open");
        VM.revertToState(state);
        VM.recordLogs();
        ++adversities;
    }

    /// @dev 2: a proxy does what the mandate says while it holds, and nothing else.
    function _actByProxy(uint256 who, uint256 draw) internal {
        Signer memory signer = people[who];
        uint256 word = _lastWord(signer.id);
        if (block.timestamp <= uint32(word >> 128)) VM.warp(uint32(word >> 128));
        // A mandate must be signed later than the one before.
        _advance(1);
        uint8 verbs = uint8(bound(draw >> 8, 1, 63));
        Appointment memory appointment = Appointment({
            scopeId: SCOPE,
            delegateId: _proxy.id,
            verbs: verbs,
            until: _now() + 1 days
        });
        _changeMandate(signer, appointing(appointment));
        (Change memory change, uint8 needed) = _actOfProxy(signer.id, draw >> 16);
        bool isEnded = draw % 5 == 0;
        if (isEnded) _advance(1 days);
        bytes memory call = signedCall(change, _authoriseFor(signer.id, _proxy, change));
        bool isFree = word & (3 << 14) == 0 || needed == MANDATE_CLOSE;
        if (!isEnded && verbs & needed != 0 && isFree) {
            _expectAccepted(STRANGER, call);
            _used.push(call);
            ++proxyActs;
        } else {
            _expectRefusal(STRANGER, call);
            ++proxyRefusals;
        }
        _advance(1);
        _changeMandate(signer, dismissing(Dismissal({scopeId: SCOPE, delegateId: _proxy.id})));
        (change, ) = _actOfProxy(signer.id, draw >> 24);
        _expectRefusal(STRANGER, signedCall(change, _authoriseFor(signer.id, _proxy, change)));
    }

    function _expectChange(Signer memory signer, Change memory change, uint256 draw) internal {
        if (signer.kind == Kind.Account && draw & 1 == 0) {
            _expectAccepted(signer.people[0].account, change.own);
            return;
        }
        bytes memory call = signedCall(change, _authorise(signer, change));
        _expectAccepted(STRANGER, call);
        _used.push(call);
    }

    function _expectAccepted(address sender, bytes memory call) internal {
        VM.prank(sender);
        (bool isAccepted, ) = address(consents).call(call);
        VM.assertTrue(isAccepted, "a change that must be accepted was refused");
        VM.assertEq(_listen(), 1, "not one change");
    }

    function _expectRefusal(address sender, bytes memory call) internal {
        VM.prank(sender);
        (bool isAccepted, bytes memory reason) = address(consents).call(call);
        VM.assertFalse(isAccepted, "a change that must be refused was accepted");
        _assertTyped(reason);
    }

    function _assertTyped(bytes memory reason) internal {
        VM.assertGe(reason.length, 4, "refused without saying why");
        ++refusals;
    }

    /// @dev The very id's last word.
    function _lastWord(ParticipantId id) internal view returns (uint256) {
        return ConsentWord.unwrap(consents.lastWordOf(SCOPE, id));
    }

    /// @dev A grant, or what suits the word that stands: nothing about it is wrong.
    function _nextOpening(ParticipantId id, uint256 draw) internal view returns (Change memory) {
        uint256 word = _lastWord(id);
        uint256 state = word & 7;
        uint32 until = uint32(word >> 160);
        bool isStanding =
            (state == uint256(ConsentState.Active) || state == uint256(ConsentState.Suspended)) &&
                block.timestamp < until;
        if (!isStanding) return _opening(id, 0, draw);
        if (state == uint256(ConsentState.Suspended) && draw % 2 == 0) return _opening(id, 3, draw);
        return _opening(id, until != NO_EXPIRY && draw % 3 == 0 ? 2 : 1, draw);
    }

    /// @dev One of the opening verbs in the next version, whether or not it suits.
    function _opening(ParticipantId id, uint256 verb, uint256 draw) internal view returns (Change memory) {
        Grant memory change = _anyGrant(id, draw);
        if (verb == 0) return granting(change);
        if (verb == 1) return updating(change);
        if (verb == 3) return resuming(Resume({scopeId: SCOPE, version: change.version}));
        uint32 until = uint32(_lastWord(id) >> 160);
        return
            extending(
                Extend({
                    scopeId: SCOPE,
                    termsDigest: standardTerms,
                    until: until >= NO_EXPIRY - 1 days ? NO_EXPIRY : until + 1 days,
                    version: change.version
                })
            );
    }

    function _closing(uint256 draw) internal pure returns (Change memory) {
        uint256 verb = (draw >> 40) % 4;
        Closing memory change = Closing({scopeId: SCOPE, minVersion: 0});
        if (verb == 0) return suspending(change);
        if (verb == 1) return declining(change);
        if (verb == 2) return annulling(change);
        return withdrawing(Withdraw({scopeId: SCOPE, extent: _extentOf(draw), minVersion: 0}));
    }

    /// @dev 12: with any gas at all a good item is applied or the batch reverts; it is never reported as refused.
    function _starve(bytes memory item, uint256 draw) private {
        bytes[] memory items = new bytes[](1);
        items[0] = item;
        uint256 state = VM.snapshotState();
        uint256 given = bound(draw >> 32, 30_000, 1_500_000);
        VM.prank(STRANGER);
        (bool isDone, bytes memory answer) = address(consents).call{gas: given}(
            abi.encodeCall(IConsentRegistry.relay, (items))
        );
        if (isDone) VM.assertEq(abi.decode(answer, (uint256)), 1, "a good item was starved");
        VM.revertToState(state);
        VM.recordLogs();
        ++stinginesses;
    }

    function _changeMandate(Signer memory signer, Change memory change) private {
        Authorisation memory given = _authorise(signer, change);
        bytes32 digest = _typedData(
            structHash(change, signer.id, given),
            "Concord Delegates",
            "1",
            block.chainid,
            address(delegates)
        );
        given.signature = _sign(signer, digest);
        VM.prank(STRANGER);
        (bool isAccepted, ) = address(delegates).call(signedCall(change, given));
        VM.assertTrue(isAccepted, "a mandate was refused");
        VM.assertEq(_listen(), 1);
    }

    /// @dev A closing, or the opening that suits, with the mandates of which it needs one.
    function _actOfProxy(ParticipantId id, uint256 draw) private view returns (Change memory change, uint8 needed) {
        if (draw % 3 == 0) return (_closing(draw), MANDATE_CLOSE);
        change = _nextOpening(id, draw);
        if (change.selector == IConsentRegistry.grantBySig.selector) return (change, MANDATE_GRANT);
        if (change.selector == IConsentRegistry.resumeBySig.selector) return (change, MANDATE_RESUME);
        if (change.selector == IConsentRegistry.extendBySig.selector) return (change, MANDATE_EXTEND);
        if (draw % 2 == 0) return (change, MANDATE_UPDATE);
        uint256 word = _lastWord(id);
        Grant memory narrower = _anyGrant(id, draw);
        narrower.elements = uint64(word >> 192) & uint64(draw);
        narrower.preferences = uint8(word >> 8) & 0x3f & uint8(draw | 0x30);
        narrower.until = uint32(word >> 160);
        return (updating(narrower), MANDATE_UPDATE | MANDATE_NARROW);
    }

    function _anyGrant(ParticipantId id, uint256 draw) private view returns (Grant memory) {
        uint16 standing = uint16(_lastWord(id) >> 32);
        return
            Grant({
                scopeId: SCOPE,
                termsDigest: standardTerms,
                elements: uint64(draw >> 64),
                preferences: uint8(draw >> 56) % 0x30,
                until: draw % 3 == 0 ? NO_EXPIRY : _now() + uint32(bound(draw >> 8, 2 days, 100 days)),
                version: standing + 1
            });
    }

    function _extentOf(uint256 draw) private pure returns (WithdrawalExtent) {
        return WithdrawalExtent(1 + ((draw >> 48) % 3));
    }

    /// @dev How strongly the closing that is drawn refuses.
    function _strengthOf(uint256 draw) private pure returns (uint256) {
        uint256 verb = (draw >> 40) % 4;
        return verb < 3 ? verb + 1 : 3 + uint256(_extentOf(draw));
    }

    /// @dev How strongly a word refuses: suspended, declined, annulled, withdrawn by extent.
    function _strength(uint256 word) private pure returns (uint256) {
        uint256 state = word & 7;
        if (state == uint256(ConsentState.Withdrawn)) return 3 + ((word >> 3) & 3);
        if (state == uint256(ConsentState.Annulled)) return 3;
        if (state == uint256(ConsentState.Declined)) return 2;
        return state == uint256(ConsentState.Suspended) ? 1 : 0;
    }
}
