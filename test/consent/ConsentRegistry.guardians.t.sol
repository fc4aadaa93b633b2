// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IConsentRegistry} from "../../contracts/consent/IConsentRegistry.sol";
import {
    Authorisation,
    Closing,
    ConsentAuthor,
    ConsentState,
    ConsentStatus,
    ConsentWord,
    Extend,
    Grant,
    NOT_ENDED,
    NO_EXPIRY,
    Withdraw
} from "../../contracts/types/Consent.sol";
import {ALL_MANDATES} from "../../contracts/types/Delegate.sol";
import {
    Change,
    declining,
    extending,
    granting,
    resuming,
    signedCall,
    structHash,
    suspending,
    updating,
    withdrawing
} from "../support/Changes.sol";
import {OthersActs} from "../support/OthersActs.sol";
import {VM} from "../support/Vm.sol";

/// @title ConsentRegistryGuardiansTest
/// @notice Guardians sign for a minor: their words end with the guardianship, a minor's no stands, and nothing that the
/// participant has made their own is opened by them.
contract ConsentRegistryGuardiansTest is OthersActs {
    Person private alice;
    Person private mother;

    function setUp() public {
        _deployWithTerms();
        alice = _person("alice, a minor");
        mother = _person("alice's mother");
        _addGuardian(alice.id, mother);
        _advance(1 days);
    }

    // What a guardian opens

    function test_GivenNone_WhenGuardianGrants_EndsWithTheGuardianshipAndEmitsConsentActedFor() public {
        uint256 expected =
            _pack(ConsentState.Active, NO_EXTENT, 1, 0, _now(), NOT_ENDED, _now()) |
                _packAnswer(0x13, 1, HALF_YEAR_END, 0xA5) |
                _authorBits(ConsentAuthor.Guardian);
        VM.expectEmit(address(consents));
        emit IConsentRegistry.ConsentActedFor(SCOPE, alice.id, mother.id);
        VM.expectEmit(address(consents));
        emit IConsentRegistry.ConsentGranted(SCOPE, alice.id, ConsentWord.wrap(expected));
        _accept(_signedFor(alice.id, mother, granting(_grantOf(alice))));
        VM.assertEq(_raw(alice), expected);
        VM.assertEq(_raw(mother), 0, "the guardian's own consent is another");
    }

    function test_GivenGrantThatEndsBefore_WhenGuardianGrants_KeepsItsOwnEnd() public {
        Grant memory change = _grantOf(alice);
        change.until = HALF_YEAR_END - 1;
        _accept(_signedFor(alice.id, mother, granting(change)));
        VM.assertEq(_until(), HALF_YEAR_END - 1);
    }

    function test_GivenGuardiansWord_WhenGuardianUpdatesSuspendsAndResumes_StaysWithinTheGuardianship() public {
        _givenGuardiansWord();
        _accept(_signedFor(alice.id, mother, updating(_grantOf(alice))));
        VM.assertEq(_until(), HALF_YEAR_END);
        _advance(1);
        _accept(_signedFor(alice.id, mother, suspending(_closing())));
        _advance(1);
        _accept(_signedFor(alice.id, mother, resuming(_resumeOf(alice))));
        VM.assertEq(_until(), HALF_YEAR_END);
        VM.assertTrue(_authorOf(_raw(alice)) == ConsentAuthor.Guardian);
        VM.assertEq((_raw(alice) >> 7) & 1, 0, "a guardian's own closing is no dissent");
    }

    function test_GivenShorterWord_WhenGuardianExtends_ReachesTheGuardianshipsEndAndNotFurther() public {
        Grant memory change = _grantOf(alice);
        change.until = HALF_YEAR_END - 100;
        _accept(_signedFor(alice.id, mother, granting(change)));
        _advance(1);
        _accept(_signedFor(alice.id, mother, extending(Extend(SCOPE, standardTerms, NO_EXPIRY, 2))));
        VM.assertEq(_until(), HALF_YEAR_END);
        _advance(1);
        _refuse(
            _signedFor(alice.id, mother, extending(Extend(SCOPE, standardTerms, NO_EXPIRY, 3))),
            abi.encodeWithSelector(IConsentRegistry.ConsentUntilNotLater.selector, HALF_YEAR_END, HALF_YEAR_END)
        );
    }

    function test_GivenCustodiansWord_WhenGuardianUpdates_BecomesTheGuardiansAndEndsWithTheGuardianship() public {
        _import(_importOf(alice.id, 1, _now() - 1));
        VM.assertEq(_until(), NO_EXPIRY);
        _accept(_signedFor(alice.id, mother, updating(_grantOf(alice))));
        VM.assertEq(_until(), HALF_YEAR_END);
        VM.assertTrue(_authorOf(_raw(alice)) == ConsentAuthor.Guardian);
    }

    function test_GivenCustodiansWord_WhenGuardianSuspendsAndResumes_EndsWithTheGuardianship() public {
        _import(_importOf(alice.id, 1, _now() - 1));
        _accept(_signedFor(alice.id, mother, suspending(_closing())));
        VM.assertTrue(_authorOf(_raw(alice)) == ConsentAuthor.Guardian);
        _advance(1);
        _accept(_signedFor(alice.id, mother, resuming(_resumeOf(alice))));
        VM.assertEq(_until(), HALF_YEAR_END);
    }

    function test_GivenTwoGuardians_WhenOneClosesAndTheOtherOpens_BothMay() public {
        Person memory father = _person("alice's father");
        _addGuardian(alice.id, father);
        _givenGuardiansWord();
        _accept(_signedFor(alice.id, father, _withdrawal()));
        _advance(1);
        _accept(_signedFor(alice.id, mother, granting(_grantOf(alice))));
        _assertStatus(alice.id, ConsentStatus.Active);
    }

    // When the guardianship has ended

    function test_GivenGuardianshipEnded_WhenGuardianOpens_RejectsDelegateUnauthorised() public {
        _givenGuardiansWord();
        bytes memory early = _signedForWithDeadline(updating(_grantOf(alice)));
        VM.warp(HALF_YEAR_END);
        _assertStatus(alice.id, ConsentStatus.Expired);
        _refuse(early, _unauthorised());
        Change[4] memory openings = _openings();
        for (uint256 i = 0; i < openings.length; ++i) {
            _refuse(_signedFor(alice.id, mother, openings[i]), _unauthorised());
        }
    }

    function test_GivenGuardianshipEnded_WhenGuardianCloses_Works() public {
        _givenGuardiansWord();
        VM.warp(HALF_YEAR_END);
        _accept(_signedFor(alice.id, mother, _withdrawal()));
        _assertStatus(alice.id, ConsentStatus.Withdrawn);
    }

    function test_GivenGuardianshipEnded_WhenTheParticipantGrants_IsTheirs() public {
        _givenGuardiansWord();
        VM.warp(HALF_YEAR_END);
        VM.prank(alice.account);
        consents.grant(_grantOf(alice));
        VM.assertTrue(_authorOf(_raw(alice)) == ConsentAuthor.Participant);
        VM.assertEq(_until(), NO_EXPIRY);
    }

    function test_GivenGuardianRemoved_WhenGuardianActs_RejectsDelegateUnauthorised() public {
        _givenGuardiansWord();
        VM.prank(CUSTODIAN);
        delegates.removeGuardian(SCOPE, alice.id, mother.id);
        Change[4] memory openings = _openings();
        for (uint256 i = 0; i < openings.length; ++i) {
            _refuse(_signedFor(alice.id, mother, openings[i]), _unauthorised());
        }
        _refuse(_signedFor(alice.id, mother, _withdrawal()), _unauthorised());
    }

    function test_GivenGuardianOfAnother_WhenGuardianActs_RejectsDelegateUnauthorised() public {
        Person memory bob = _person("bob");
        _refuse(
            _signedFor(bob.id, mother, granting(_grantOf(bob))),
            abi.encodeWithSelector(IConsentRegistry.ConsentDelegateUnauthorised.selector, bob.id, mother.id)
        );
    }

    // What the participant has made their own

    function test_GivenParticipantsActiveConsent_WhenGuardianOpens_RejectsParticipantActed() public {
        Grant memory change = _grantOf(alice);
        change.until = _now() + 5_000;
        VM.prank(alice.account);
        consents.grant(change);
        _advance(1);
        _refuse(_signedFor(alice.id, mother, updating(_grantOf(alice))), _participantActed());
        _refuse(
            _signedFor(alice.id, mother, extending(Extend(SCOPE, standardTerms, NO_EXPIRY, 2))),
            _participantActed()
        );
        VM.prank(alice.account);
        consents.suspend(SCOPE);
        _advance(1);
        _refuse(_signedFor(alice.id, mother, resuming(_resumeOf(alice))), _participantActed());
        VM.prank(alice.account);
        consents.withdraw(SCOPE, USE);
        _advance(1);
        _refuse(_signedFor(alice.id, mother, granting(_grantOf(alice))), _participantActed());
    }

    function test_GivenParticipantSaidNoFirst_WhenGuardianGrants_RejectsParticipantActed() public {
        VM.prank(alice.account);
        consents.decline(SCOPE);
        _advance(1);
        _refuse(_signedFor(alice.id, mother, granting(_grantOf(alice))), _participantActed());
    }

    function test_GivenProxysWord_WhenGuardianGrants_RejectsParticipantActed() public {
        Person memory proxy = _person("alice's proxy");
        _appoint(alice, proxy, ALL_MANDATES, NO_EXPIRY);
        _accept(_signedFor(alice.id, proxy, declining(_closing())));
        _advance(1);
        _refuse(_signedFor(alice.id, mother, granting(_grantOf(alice))), _participantActed());
    }

    function test_GivenParticipantsWord_WhenGuardianCloses_StaysTheParticipants() public {
        VM.prank(alice.account);
        consents.grant(_grantOf(alice));
        _advance(1);
        _accept(_signedFor(alice.id, mother, _withdrawal()));
        _assertStatus(alice.id, ConsentStatus.Withdrawn);
        VM.assertTrue(_authorOf(_raw(alice)) == ConsentAuthor.Participant);
        VM.assertEq((_raw(alice) >> 7) & 1, 0, "a guardian's closing is no dissent");
    }

    // Dissent

    function test_GivenGuardiansWord_WhenTheMinorClosesIt_NoGuardianOpensAgainAndRejectsDissented() public {
        _givenGuardiansWord();
        VM.prank(alice.account);
        consents.suspend(SCOPE);
        VM.assertEq((_raw(alice) >> 7) & 1, 1, "dissent");
        VM.assertTrue(_authorOf(_raw(alice)) == ConsentAuthor.Guardian);
        _assertPermittedAt(alice.id, block.timestamp, false, 0);
        _advance(1);
        bytes memory dissented = abi.encodeWithSelector(IConsentRegistry.ConsentDissented.selector, alice.id);
        _refuse(_signedFor(alice.id, mother, resuming(_resumeOf(alice))), dissented);
        _refuse(_signedFor(alice.id, mother, updating(_grantOf(alice))), dissented);
        // The guardian may close further, which takes the dissent away no more than anything else.
        _accept(_signedFor(alice.id, mother, _withdrawal()));
        _advance(1);
        _refuse(_signedFor(alice.id, mother, granting(_grantOf(alice))), dissented);
    }

    function test_GivenGuardiansWord_WhenTheMinorSignsANo_IsDissent() public {
        _givenGuardiansWord();
        _accept(_signedNow(alice, declining(_closing())));
        VM.assertEq((_raw(alice) >> 7) & 1, 1, "dissent");
    }

    function test_GivenGuardiansWord_WhenAProxyClosesIt_IsNoDissent() public {
        Person memory proxy = _person("alice's proxy");
        _appoint(alice, proxy, ALL_MANDATES, NO_EXPIRY);
        _givenGuardiansWord();
        _accept(_signedFor(alice.id, proxy, suspending(_closing())));
        VM.assertEq((_raw(alice) >> 7) & 1, 0);
        _advance(1);
        _accept(_signedFor(alice.id, mother, resuming(_resumeOf(alice))));
    }

    function test_GivenDissent_WhenTheParticipantOpens_IsTheirsWithoutDissent() public {
        _givenGuardiansWord();
        VM.prank(alice.account);
        consents.withdraw(SCOPE, USE);
        _advance(1);
        VM.prank(alice.account);
        consents.grant(_grantOf(alice));
        VM.assertTrue(_authorOf(_raw(alice)) == ConsentAuthor.Participant);
        VM.assertEq((_raw(alice) >> 7) & 1, 0);
    }

    function test_GivenDissent_WhenTheParticipantsProxyOpens_Works() public {
        Person memory proxy = _person("alice's proxy");
        _appoint(alice, proxy, ALL_MANDATES, NO_EXPIRY);
        _givenGuardiansWord();
        VM.prank(alice.account);
        consents.withdraw(SCOPE, USE);
        _advance(1);
        _accept(_signedFor(alice.id, proxy, granting(_grantOf(alice))));
        VM.assertTrue(_authorOf(_raw(alice)) == ConsentAuthor.Proxy);
    }

    function _givenGuardiansWord() private {
        _accept(_signedFor(alice.id, mother, granting(_grantOf(alice))));
        _advance(1);
    }

    /// @dev Signed now, to be relayed after the guardianship.
    function _signedForWithDeadline(Change memory change) private view returns (bytes memory) {
        Authorisation memory given = _unsigned(mother);
        given.participantId = alice.id;
        given.deadline = NO_EXPIRY;
        return signedCall(change, _signed(mother, given, structHash(change, alice.id, given)));
    }

    function _openings() private view returns (Change[4] memory) {
        return
            [
                granting(_grantOf(alice)),
                updating(_grantOf(alice)),
                extending(Extend(SCOPE, standardTerms, NO_EXPIRY, _nextVersion(alice))),
                resuming(_resumeOf(alice))
            ];
    }

    function _until() private view returns (uint32) {
        return uint32(_raw(alice) >> 160);
    }

    function _unauthorised() private view returns (bytes memory) {
        return abi.encodeWithSelector(IConsentRegistry.ConsentDelegateUnauthorised.selector, alice.id, mother.id);
    }

    function _participantActed() private view returns (bytes memory) {
        return abi.encodeWithSelector(IConsentRegistry.ConsentParticipantActed.selector, alice.id);
    }

    function _withdrawal() private pure returns (Change memory) {
        return withdrawing(Withdraw({scopeId: SCOPE, extent: USE, minVersion: 0}));
    }

    function _closing() private pure returns (Closing memory) {
        return Closing({scopeId: SCOPE, minVersion: 0});
    }
}
