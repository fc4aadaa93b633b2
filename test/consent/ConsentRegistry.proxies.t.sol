// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IConsentRegistry} from "../../contracts/consent/IConsentRegistry.sol";
import {
    ConsentAuthor,
    ConsentState,
    ConsentStatus,
    ConsentWord,
    Grant,
    NOT_ENDED,
    NO_EXPIRY,
    PREFERENCE_AFTER_DEATH_SHIFT
} from "../../contracts/types/Consent.sol";
import {Terms} from "../../contracts/types/DataUse.sol";
import {
    ALL_MANDATES,
    Dismissal,
    MANDATE_GRANT,
    MANDATE_NARROW,
    MANDATE_UPDATE
} from "../../contracts/types/Delegate.sol";
import {Change, granting, updating} from "../support/Changes.sol";
import {OthersActs} from "../support/OthersActs.sol";
import {SignedVerbs} from "../support/SignedVerbs.sol";
import {VM} from "../support/Vm.sol";

/// @title ConsentRegistryProxiesTest
/// @notice Proxies sign for the participant who appointed them: the verbs of their mandate, before its end.
contract ConsentRegistryProxiesTest is OthersActs, SignedVerbs {
    uint8 private constant MANDATE_BITS = 6;
    uint8 private constant RECONTACT = 1;
    uint8 private constant LINKAGE = 4;
    uint8 private constant RELATIVES_DECIDE = 0x20;

    Person private alice;
    Person private proxy;

    function setUp() public {
        _deployWithTerms();
        alice = _person("alice");
        proxy = _person("alice's proxy");
        _advance(10);
    }

    function test_GivenMandate_WhenProxyGrants_IsTheProxysWordAndEmitsConsentActedFor() public {
        _appoint(alice, proxy, MANDATE_GRANT, NO_EXPIRY);
        uint256 expected =
            _pack(ConsentState.Active, NO_EXTENT, 1, 0, _now(), NOT_ENDED, _now()) |
                _packAnswer(0x13, 1, NO_EXPIRY, 0xA5) |
                _authorBits(ConsentAuthor.Proxy);
        VM.expectEmit(address(consents));
        emit IConsentRegistry.ConsentActedFor(SCOPE, alice.id, proxy.id);
        VM.expectEmit(address(consents));
        emit IConsentRegistry.ConsentGranted(SCOPE, alice.id, ConsentWord.wrap(expected));
        _accept(_signedFor(alice.id, proxy, granting(_grantOf(alice))));
        VM.assertEq(_raw(alice), expected);
    }

    function test_GivenEachMandateAlone_WhenEachVerbIsSigned_OnlyItsOwnAreAccepted() public {
        for (uint8 bit = 0; bit < MANDATE_BITS; ++bit) {
            for (uint8 verb = 0; verb < VERBS; ++verb) {
                uint256 state = VM.snapshotState();
                Change memory change = _prepared(Verb(verb));
                _appoint(alice, proxy, uint8(1 << bit), NO_EXPIRY);
                bytes memory call = _signedFor(alice.id, proxy, change);
                if (_mandatesOf(Verb(verb)) & (1 << bit) != 0) _accept(call);
                else _refuse(call, _unauthorised());
                VM.revertToState(state);
            }
        }
    }

    function test_GivenAllMandatesButOne_WhenItsVerbIsSigned_RejectsDelegateUnauthorised() public {
        for (uint8 verb = 0; verb < VERBS; ++verb) {
            uint256 state = VM.snapshotState();
            Change memory change = _prepared(Verb(verb));
            _appoint(alice, proxy, ALL_MANDATES & ~_mandatesOf(Verb(verb)), NO_EXPIRY);
            _refuse(_signedFor(alice.id, proxy, change), _unauthorised());
            VM.revertToState(state);
        }
    }

    function test_GivenMandateEnded_WhenProxyActs_RejectsDelegateUnauthorised() public {
        for (uint8 verb = 0; verb < VERBS; ++verb) {
            uint256 state = VM.snapshotState();
            Change memory change = _prepared(Verb(verb));
            _appoint(alice, proxy, ALL_MANDATES, _now() + 10);
            _advance(10);
            _refuse(_signedFor(alice.id, proxy, change), _unauthorised());
            VM.warp(block.timestamp - 1);
            _accept(_signedFor(alice.id, proxy, change));
            VM.revertToState(state);
        }
    }

    function test_GivenProxyDismissed_WhenProxyActs_RejectsDelegateUnauthorised() public {
        Change memory change = _prepared(Verb.Withdraw);
        _appoint(alice, proxy, ALL_MANDATES, NO_EXPIRY);
        bytes memory call = _signedFor(alice.id, proxy, change);
        VM.prank(alice.account);
        delegates.dismiss(Dismissal(SCOPE, proxy.id));
        _refuse(call, _unauthorised());
    }

    function test_GivenMandateRenounced_WhenProxyActs_RejectsDelegateUnauthorised() public {
        Change memory change = _prepared(Verb.Withdraw);
        _appoint(alice, proxy, ALL_MANDATES, NO_EXPIRY);
        bytes memory call = _signedFor(alice.id, proxy, change);
        VM.prank(proxy.account);
        delegates.renounce(SCOPE, alice.id);
        _refuse(call, _unauthorised());
    }

    function test_GivenMandate_WhenTheParticipantActs_LosesNoSay() public {
        _appoint(alice, proxy, ALL_MANDATES, NO_EXPIRY);
        _accept(_signedFor(alice.id, proxy, granting(_grantOf(alice))));
        _advance(1);
        VM.prank(alice.account);
        consents.withdraw(SCOPE, USE);
        _assertStatus(alice.id, ConsentStatus.Withdrawn);
        VM.assertTrue(_authorOf(_raw(alice)) == ConsentAuthor.Proxy, "a closing leaves the author");
        VM.assertEq((_raw(alice) >> 7) & 1, 0, "no dissent from a proxy");
        _advance(1);
        VM.prank(alice.account);
        consents.grant(_grantOf(alice));
        VM.assertTrue(_authorOf(_raw(alice)) == ConsentAuthor.Participant);
    }

    function test_GivenCustodiansWord_WhenProxyCloses_BecomesTheProxys() public {
        _import(_importOf(alice.id, 1, _now() - 1));
        _appoint(alice, proxy, ALL_MANDATES, NO_EXPIRY);
        _accept(_signedFor(alice.id, proxy, _changeOf(Verb.Suspend, 0)));
        VM.assertTrue(_authorOf(_raw(alice)) == ConsentAuthor.Proxy);
    }

    // A mandate to narrow

    function test_GivenNarrowMandate_WhenNothingIsWidened_IsAccepted() public {
        Grant memory standing = _givenNarrowMandate(MANDATE_NARROW);
        _accept(_narrowed(standing));
        _advance(1);
        Grant memory less = _grantUntil(standing.until - 1, 3);
        less.elements = 0x21;
        less.preferences = RECONTACT;
        _accept(_narrowed(less));
        VM.assertEq(uint64(_raw(alice) >> 192), 0x21);
        _advance(1);
        less.version = 4;
        less.elements = 0;
        less.preferences = 0;
        _accept(_narrowed(less));
    }

    function test_GivenNarrowMandate_WhenAnElementIsAdded_RejectsNotNarrower() public {
        Grant memory change = _givenNarrowMandate(MANDATE_NARROW);
        change.elements = 0xA5 | 0x40;
        _refuse(_narrowed(change), _notNarrower());
        change.elements = 0x02;
        _refuse(_narrowed(change), _notNarrower());
    }

    function test_GivenNarrowMandate_WhenItEndsLater_RejectsNotNarrower() public {
        Grant memory change = _givenNarrowMandate(MANDATE_NARROW);
        change.until += 1;
        _refuse(_narrowed(change), _notNarrower());
        change.until = NO_EXPIRY;
        _refuse(_narrowed(change), _notNarrower());
    }

    function test_GivenNarrowMandate_WhenAnOptInIsAdded_RejectsNotNarrower() public {
        Grant memory change = _givenNarrowMandate(MANDATE_NARROW);
        change.preferences |= LINKAGE;
        _refuse(_narrowed(change), _notNarrower());
    }

    function test_GivenNarrowMandate_WhenAfterDeathChanges_OnlyTheSameOrAStopIsAccepted() public {
        for (uint8 standing = 0; standing < 3; ++standing) {
            for (uint8 asked = 0; asked < 3; ++asked) {
                uint256 state = VM.snapshotState();
                Grant memory change = _givenNarrowMandate(
                    MANDATE_NARROW,
                    RECONTACT | (standing << PREFERENCE_AFTER_DEATH_SHIFT)
                );
                change.preferences = asked << PREFERENCE_AFTER_DEATH_SHIFT;
                if (asked == standing || asked == 0) _accept(_narrowed(change));
                else _refuse(_narrowed(change), _notNarrower());
                VM.revertToState(state);
            }
        }
    }

    function test_GivenNarrowMandate_WhenTermsAreNoRegisteredPair_RejectsNotNarrower() public {
        Grant memory change = _givenNarrowMandate(MANDATE_NARROW);
        change.termsDigest = _publishTerms(SCOPE, _terms("narrower"));
        _refuse(_narrowed(change), _notNarrower());
        // The pair in the other direction, and in another scope.
        VM.startPrank(CUSTODIAN);
        terms.registerNarrower(SCOPE, 1, 2);
        terms.publish(OTHER_SCOPE, _terms("narrower"));
        terms.registerNarrower(OTHER_SCOPE, 2, 1);
        VM.stopPrank();
        _refuse(_narrowed(change), _notNarrower());
        VM.prank(CUSTODIAN);
        terms.registerNarrower(SCOPE, 2, 1);
        _accept(_narrowed(change));
        VM.assertEq(uint16(_raw(alice) >> 16), 2);
    }

    function test_GivenNarrowerTermsThatEndBefore_WhenProxyNarrows_EndsWithThem() public {
        Grant memory change = _givenNarrowMandate(MANDATE_NARROW);
        Terms memory shorter = _terms("shorter");
        shorter.reConsentBy = change.until - 10;
        change.termsDigest = _publishTerms(SCOPE, shorter);
        VM.prank(CUSTODIAN);
        terms.registerNarrower(SCOPE, 2, 1);
        change.until = NO_EXPIRY;
        _accept(_narrowed(change));
        VM.assertEq(uint32(_raw(alice) >> 160), shorter.reConsentBy);
    }

    function test_GivenUpdateMandate_WhenItWidens_IsAccepted() public {
        uint8[2] memory mandates = [MANDATE_UPDATE, MANDATE_UPDATE | MANDATE_NARROW];
        for (uint256 i = 0; i < mandates.length; ++i) {
            uint256 state = VM.snapshotState();
            Grant memory change = _givenNarrowMandate(mandates[i]);
            change.elements = type(uint64).max;
            change.until = NO_EXPIRY;
            change.preferences = 0x2f;
            change.termsDigest = _publishTerms(SCOPE, _terms("broader"));
            _accept(_narrowed(change));
            VM.revertToState(state);
        }
    }

    function _givenNarrowMandate(uint8 mandate) private returns (Grant memory) {
        return _givenNarrowMandate(mandate, RECONTACT | RELATIVES_DECIDE);
    }

    /// @return standing what the participant has granted, as an update to just the same.
    function _givenNarrowMandate(uint8 mandate, uint8 preferences) private returns (Grant memory standing) {
        standing = _grantUntil(_now() + 5_000, 1);
        standing.preferences = preferences;
        VM.prank(alice.account);
        consents.grant(standing);
        _appoint(alice, proxy, mandate, NO_EXPIRY);
        _advance(1);
        standing.version = 2;
    }

    /// @dev The state that a verb starts from, a second ago, by the participant's own doing.
    function _prepared(Verb verb) private returns (Change memory) {
        if (verb == Verb.Grant) return _changeOf(verb, 1);
        VM.prank(alice.account);
        consents.grant(_grantUntil(_now() + 5_000, 1));
        _advance(1);
        if (verb == Verb.Update) return updating(_grantUntil(_now() + 1_000, 2));
        if (verb == Verb.Extend) return _changeOf(verb, 2);
        if (verb != Verb.Resume) return _changeOf(verb, 1);
        VM.prank(alice.account);
        consents.suspend(SCOPE);
        _advance(1);
        return _changeOf(verb, 3);
    }

    /// @dev The proxy signs an update.
    function _narrowed(Grant memory change) private view returns (bytes memory) {
        return _signedFor(alice.id, proxy, updating(change));
    }

    function _unauthorised() private view returns (bytes memory) {
        return abi.encodeWithSelector(IConsentRegistry.ConsentDelegateUnauthorised.selector, alice.id, proxy.id);
    }

    function _notNarrower() private pure returns (bytes memory) {
        return abi.encodeWithSelector(IConsentRegistry.ConsentNotNarrower.selector);
    }
}
