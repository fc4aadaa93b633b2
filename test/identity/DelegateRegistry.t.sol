// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ITermsRegistry} from "../../contracts/consent/ITermsRegistry.sol";
import {DelegateRegistry} from "../../contracts/identity/DelegateRegistry.sol";
import {IDelegateRegistry} from "../../contracts/identity/IDelegateRegistry.sol";
import {IInstitutionRegistry} from "../../contracts/identity/IInstitutionRegistry.sol";
import {SignerVerifierUnlisted} from "../../contracts/libraries/SignerLib.sol";
import {FickleSigner} from "../../contracts/mocks/FickleSigner.sol";
import {Authorisation} from "../../contracts/types/Consent.sol";
import {ALL_MANDATES, Appointment, DelegateKind, Dismissal, Mandate} from "../../contracts/types/Delegate.sol";
import {ParticipantId, ScopeId} from "../../contracts/types/Ids.sol";
import {Change, altered, appointing, dismissing, memberCount, signedCall, structHash} from "../support/Changes.sol";
import {deployed} from "../support/Deploy.sol";
import {entryOf} from "../support/Groups.sol";
import {Signers} from "../support/Signers.sol";
import {VM} from "../support/Vm.sol";

contract DelegateRegistryTest is Signers {
    uint32 private constant HALF_YEAR_END = 1_782_864_000;
    uint32 private constant UNTIL = HALF_YEAR_END - 100;
    uint8 private constant VERBS = 0x05;

    Person private alice;
    Person private bob;

    function setUp() public {
        _deploySystem();
        alice = _person("alice");
        bob = _person("bob");
        _advance(10);
    }

    // appoint

    function test_GivenNone_WhenAppointed_StandsAndEmitsDelegateAdded() public {
        Mandate memory expected = Mandate(DelegateKind.Proxy, VERBS, UNTIL, _now());
        _expectAdded(alice, bob, expected);
        _appoint(VERBS, UNTIL);
        _assertMandate(expected);
        Mandate memory other = delegates.mandateOf(OTHER_SCOPE, alice.id, bob.id);
        VM.assertTrue(other.kind == DelegateKind.None, "another scope");
    }

    function test_GivenAppointed_WhenAppointedAnewLater_ReplacesTheMandate() public {
        _appoint(VERBS, UNTIL);
        _advance(1);
        _appoint(ALL_MANDATES, UNTIL + 1);
        _assertMandate(Mandate(DelegateKind.Proxy, ALL_MANDATES, UNTIL + 1, _now()));
    }

    function test_GivenVerbsOfNoMeaning_WhenAppointed_RejectsDelegateVerbsInvalid() public {
        uint8[4] memory invalid = [0, ALL_MANDATES + 1, 0x80, 0xff];
        for (uint256 i = 0; i < invalid.length; ++i) {
            VM.expectRevert(abi.encodeWithSelector(IDelegateRegistry.DelegateVerbsInvalid.selector, invalid[i]));
            _appoint(invalid[i], UNTIL);
        }
        _appoint(ALL_MANDATES, UNTIL);
    }

    function test_GivenOneselfOrNobody_WhenAppointed_RejectsDelegateInvalid() public {
        ParticipantId[2] memory invalid = [alice.id, ParticipantId.wrap(0)];
        for (uint256 i = 0; i < invalid.length; ++i) {
            VM.expectRevert(abi.encodeWithSelector(IDelegateRegistry.DelegateInvalid.selector, invalid[i]));
            VM.prank(alice.account);
            delegates.appoint(Appointment(SCOPE, invalid[i], VERBS, UNTIL));
        }
    }

    function test_GivenEndThatHasPassed_WhenAppointed_RejectsDelegateUntilPassed() public {
        VM.expectRevert(
            abi.encodeWithSelector(IDelegateRegistry.DelegateUntilPassed.selector, _now(), block.timestamp)
        );
        _appoint(VERBS, _now());
        _appoint(VERBS, _now() + 1);
    }

    function test_GivenAppointedThisSecond_WhenAppointedAnew_RejectsDelegateSuperseded() public {
        _appoint(VERBS, UNTIL);
        VM.expectRevert(abi.encodeWithSelector(IDelegateRegistry.DelegateSuperseded.selector, _now(), _now()));
        _appoint(ALL_MANDATES, UNTIL);
    }

    function test_GivenGuardian_WhenAppointedAsProxy_RejectsDelegateKindStands() public {
        _addGuardian(HALF_YEAR_END);
        _advance(1);
        VM.expectRevert(abi.encodeWithSelector(IDelegateRegistry.DelegateKindStands.selector, bob.id));
        _appoint(VERBS, UNTIL);
    }

    // dismiss

    function test_GivenAppointed_WhenDismissed_EndsAndEmitsDelegateRemoved() public {
        _appoint(VERBS, UNTIL);
        _advance(1);
        VM.expectEmit(address(delegates));
        emit IDelegateRegistry.DelegateRemoved(SCOPE, alice.id, bob.id, _now());
        _dismiss();
        _assertMandate(Mandate(DelegateKind.None, 0, 0, _now()));
    }

    function test_GivenAppointedThisSecond_WhenDismissed_Ends() public {
        _appoint(VERBS, UNTIL);
        _dismiss();
        _assertMandate(Mandate(DelegateKind.None, 0, 0, _now()));
    }

    function test_GivenDismissedThisSecond_WhenDismissedAgain_RejectsDelegateSuperseded() public {
        _appoint(VERBS, UNTIL);
        _dismiss();
        VM.expectRevert(abi.encodeWithSelector(IDelegateRegistry.DelegateSuperseded.selector, _now(), _now()));
        _dismiss();
    }

    function test_GivenDismissed_WhenAppointedInTheSameSecond_RejectsDelegateSuperseded() public {
        _dismiss();
        VM.expectRevert(abi.encodeWithSelector(IDelegateRegistry.DelegateSuperseded.selector, _now(), _now()));
        _appoint(VERBS, UNTIL);
        _advance(1);
        _appoint(VERBS, UNTIL);
    }

    function test_GivenGuardian_WhenDismissed_RejectsDelegateKindStands() public {
        _addGuardian(HALF_YEAR_END);
        _advance(1);
        VM.expectRevert(abi.encodeWithSelector(IDelegateRegistry.DelegateKindStands.selector, bob.id));
        _dismiss();
    }

    // renounce

    function test_GivenAppointed_WhenRenounced_EndsAndEmitsDelegateRemoved() public {
        _appoint(VERBS, UNTIL);
        VM.expectEmit(address(delegates));
        emit IDelegateRegistry.DelegateRemoved(SCOPE, alice.id, bob.id, _now());
        VM.prank(bob.account);
        delegates.renounce(SCOPE, alice.id);
        _assertMandate(Mandate(DelegateKind.None, 0, 0, _now()));
    }

    function test_GivenGuardian_WhenRenounced_Ends() public {
        _addGuardian(HALF_YEAR_END);
        VM.prank(bob.account);
        delegates.renounce(SCOPE, alice.id);
        _assertMandate(Mandate(DelegateKind.None, 0, 0, _now()));
    }

    function test_GivenNone_WhenRenounced_RejectsDelegateUnknown() public {
        bytes memory unknown = abi.encodeWithSelector(
            IDelegateRegistry.DelegateUnknown.selector,
            SCOPE,
            alice.id,
            bob.id
        );
        VM.expectRevert(unknown);
        VM.prank(bob.account);
        delegates.renounce(SCOPE, alice.id);
        _appoint(VERBS, UNTIL);
        _dismiss();
        VM.expectRevert(unknown);
        VM.prank(bob.account);
        delegates.renounce(SCOPE, alice.id);
    }

    function test_GivenRenounced_WhenTheOldAppointmentIsReplayed_RejectsDelegateSuperseded() public {
        Change memory change = appointing(Appointment(SCOPE, bob.id, VERBS, UNTIL));
        Authorisation memory given = _signedHere(_signer(Kind.Account, "alice"), change);
        _accept(change, given);
        _advance(1);
        VM.prank(bob.account);
        delegates.renounce(SCOPE, alice.id);
        _refuse(
            change,
            given,
            abi.encodeWithSelector(IDelegateRegistry.DelegateSuperseded.selector, given.signedAt, _now())
        );
    }

    // addGuardian

    function test_GivenNone_WhenGuardianAdded_StandsAndEmitsDelegateAdded() public {
        Mandate memory expected = Mandate(DelegateKind.Guardian, ALL_MANDATES, HALF_YEAR_END, _now());
        _expectAdded(alice, bob, expected);
        _addGuardian(HALF_YEAR_END);
        _assertMandate(expected);
    }

    function test_GivenGuardian_WhenAddedAgain_ReplacesTheEnd() public {
        _addGuardian(HALF_YEAR_END);
        uint32 later = 1_798_761_600;
        _addGuardian(later);
        _assertMandate(Mandate(DelegateKind.Guardian, ALL_MANDATES, later, _now()));
    }

    function test_GivenEndOfNoHalfYear_WhenGuardianAdded_RejectsDelegateUntilNotHalfYear() public {
        uint32[4] memory ends = [HALF_YEAR_END - 1, HALF_YEAR_END + 1, HALF_YEAR_END + 1 days, type(uint32).max];
        for (uint256 i = 0; i < ends.length; ++i) {
            VM.expectRevert(abi.encodeWithSelector(IDelegateRegistry.DelegateUntilNotHalfYear.selector, ends[i]));
            _addGuardian(ends[i]);
        }
    }

    function test_GivenHalfYearThatHasPassed_WhenGuardianAdded_RejectsDelegateUntilPassed() public {
        VM.warp(HALF_YEAR_END);
        VM.expectRevert(
            abi.encodeWithSelector(IDelegateRegistry.DelegateUntilPassed.selector, HALF_YEAR_END, block.timestamp)
        );
        _addGuardian(HALF_YEAR_END);
        VM.warp(HALF_YEAR_END - 1);
        _addGuardian(HALF_YEAR_END);
    }

    function test_GivenOneselfOrNobody_WhenGuardianAdded_RejectsDelegateInvalid() public {
        ParticipantId[2] memory invalid = [alice.id, ParticipantId.wrap(0)];
        for (uint256 i = 0; i < invalid.length; ++i) {
            VM.expectRevert(abi.encodeWithSelector(IDelegateRegistry.DelegateInvalid.selector, invalid[i]));
            VM.prank(CUSTODIAN);
            delegates.addGuardian(SCOPE, alice.id, invalid[i], HALF_YEAR_END);
        }
    }

    function test_GivenProxy_WhenGuardianAdded_RejectsDelegateKindStands() public {
        _appoint(VERBS, UNTIL);
        VM.expectRevert(abi.encodeWithSelector(IDelegateRegistry.DelegateKindStands.selector, bob.id));
        _addGuardian(HALF_YEAR_END);
    }

    function test_GivenOtherInstitution_WhenGuardianAdded_RejectsDelegateNotCustodian() public {
        VM.expectRevert(abi.encodeWithSelector(IDelegateRegistry.DelegateNotCustodian.selector, SCOPE, ETHICS));
        VM.prank(COMMITTEE);
        delegates.addGuardian(SCOPE, alice.id, bob.id, HALF_YEAR_END);
    }

    function test_GivenNobodyInStanding_WhenGuardianAdded_IsRejected() public {
        VM.expectRevert(abi.encodeWithSelector(IInstitutionRegistry.InstitutionAccountUnknown.selector, STRANGER));
        VM.prank(STRANGER);
        delegates.addGuardian(SCOPE, alice.id, bob.id, HALF_YEAR_END);
        VM.prank(GOVERNANCE);
        institutions.suspend(BIOBANK);
        VM.expectRevert(abi.encodeWithSelector(IInstitutionRegistry.InstitutionNotInStanding.selector, BIOBANK));
        _addGuardian(HALF_YEAR_END);
    }

    function test_GivenUnknownScope_WhenGuardianAdded_RejectsScopeUnknown() public {
        ScopeId unknown = ScopeId.wrap("no such study");
        VM.expectRevert(abi.encodeWithSelector(ITermsRegistry.ScopeUnknown.selector, unknown));
        VM.prank(CUSTODIAN);
        delegates.addGuardian(unknown, alice.id, bob.id, HALF_YEAR_END);
    }

    // removeGuardian

    function test_GivenGuardian_WhenRemoved_EndsAndEmitsDelegateRemoved() public {
        _addGuardian(HALF_YEAR_END);
        _advance(1);
        VM.expectEmit(address(delegates));
        emit IDelegateRegistry.DelegateRemoved(SCOPE, alice.id, bob.id, _now());
        _removeGuardian(CUSTODIAN);
        _assertMandate(Mandate(DelegateKind.None, 0, 0, _now()));
    }

    function test_GivenNoGuardian_WhenRemoved_RejectsDelegateUnknown() public {
        bytes memory unknown = abi.encodeWithSelector(
            IDelegateRegistry.DelegateUnknown.selector,
            SCOPE,
            alice.id,
            bob.id
        );
        VM.expectRevert(unknown);
        _removeGuardian(CUSTODIAN);
        _appoint(VERBS, UNTIL);
        VM.expectRevert(unknown);
        _removeGuardian(CUSTODIAN);
    }

    function test_GivenOtherInstitution_WhenGuardianRemoved_RejectsDelegateNotCustodian() public {
        _addGuardian(HALF_YEAR_END);
        VM.expectRevert(abi.encodeWithSelector(IDelegateRegistry.DelegateNotCustodian.selector, SCOPE, UNIVERSITY));
        _removeGuardian(RESEARCHER);
    }

    // By signature

    function test_GivenEachKindOfSigner_WhenSignedWell_AppointsAndDismisses() public {
        for (uint8 kind = 0; kind < KINDS; ++kind) {
            Signer memory signer = _signer(Kind(kind), "carol");
            Change memory change = appointing(Appointment(SCOPE, bob.id, VERBS, UNTIL));
            VM.expectEmit(address(delegates));
            emit IDelegateRegistry.DelegateAdded(
                SCOPE,
                signer.id,
                bob.id,
                Mandate(DelegateKind.Proxy, VERBS, UNTIL, _now())
            );
            _accept(change, _signedHere(signer, change));
            _advance(1);
            change = dismissing(Dismissal(SCOPE, bob.id));
            VM.expectEmit(address(delegates));
            emit IDelegateRegistry.DelegateRemoved(SCOPE, signer.id, bob.id, _now());
            _accept(change, _signedHere(signer, change));
        }
    }

    function test_GivenSignatureThatNamesItsOwnSigner_WhenSubmitted_IsTheirOwn() public {
        Change memory change = appointing(Appointment(SCOPE, bob.id, VERBS, UNTIL));
        Authorisation memory given = _signedHere(_signer(Kind.Account, "alice"), change);
        given.participantId = alice.id;
        _accept(change, given);
    }

    function test_GivenDelegateSigns_WhenSubmitted_RejectsDelegateNotParticipant() public {
        Change[2] memory changes = _both();
        for (uint256 i = 0; i < changes.length; ++i) {
            Authorisation memory given = _signedHere(_signer(Kind.Account, "alice"), changes[i]);
            given.participantId = bob.id;
            _refuse(
                changes[i],
                given,
                abi.encodeWithSelector(IDelegateRegistry.DelegateNotParticipant.selector, bob.id, alice.id)
            );
        }
    }

    function test_GivenSignedInFuture_WhenSubmitted_RejectsDelegateSignedInFutureTillThen() public {
        Change[2] memory changes = _both();
        for (uint256 i = 0; i < changes.length; ++i) {
            Authorisation memory given = _unsigned(alice);
            given.signedAt = _now() + 1;
            given = _resigned(changes[i], given);
            _refuse(
                changes[i],
                given,
                abi.encodeWithSelector(
                    IDelegateRegistry.DelegateSignedInFuture.selector,
                    given.signedAt,
                    block.timestamp
                )
            );
            _advance(1);
            _accept(changes[i], given);
        }
    }

    function test_GivenDeadlinePassed_WhenSubmitted_RejectsDelegateDeadlinePassed() public {
        Change[2] memory changes = _both();
        for (uint256 i = 0; i < changes.length; ++i) {
            Authorisation memory given = _signedHere(_signer(Kind.Account, "alice"), changes[i]);
            VM.warp(given.deadline + 1);
            _refuse(
                changes[i],
                given,
                abi.encodeWithSelector(
                    IDelegateRegistry.DelegateDeadlinePassed.selector,
                    given.deadline,
                    block.timestamp
                )
            );
            VM.warp(given.deadline);
            _accept(changes[i], given);
        }
    }

    function test_GivenEachMember_WhenAlteredByABit_RejectsDelegateSignatureInvalid() public {
        Change[2] memory changes = _both();
        for (uint256 i = 0; i < changes.length; ++i) {
            Authorisation memory given = _signedHere(_signer(Kind.Account, "alice"), changes[i]);
            for (uint256 j = 0; j < memberCount(changes[i]); ++j) _assertInvalid(altered(changes[i], j), given);
        }
    }

    function test_GivenTheOtherMessage_WhenSubmitted_RejectsDelegateSignatureInvalid() public {
        Change[2] memory changes = _both();
        _assertInvalid(changes[0], _signedHere(_signer(Kind.Account, "alice"), changes[1]));
        _assertInvalid(changes[1], _signedHere(_signer(Kind.Account, "alice"), changes[0]));
    }

    function test_GivenOtherDomains_WhenSubmitted_RejectsDelegateSignatureInvalid() public {
        Change[2] memory changes = _both();
        for (uint256 i = 0; i < changes.length; ++i) {
            Authorisation memory given = _unsigned(alice);
            bytes32 hash = structHash(changes[i], alice.id, given);
            bytes32[6] memory digests = [
                _typedData(hash),
                _typedData(hash, "Concord Consent", "1", block.chainid, address(delegates)),
                _typedData(hash, "Concord Delegates", "1", block.chainid, address(consents)),
                _typedData(hash, "Concord Delegates", "2", block.chainid, address(delegates)),
                _typedData(hash, "Concord Delegates", "1", block.chainid + 1, address(delegates)),
                hash
            ];
            for (uint256 j = 0; j < digests.length; ++j) {
                given.signature = _sign(alice, digests[j]);
                _assertInvalid(changes[i], given);
            }
            given.signature = _sign(bob, _here(hash));
            _assertInvalid(changes[i], given);
            given.signature = _sign(alice, _here(hash));
            _accept(changes[i], given);
            _advance(1);
        }
    }

    function test_GivenAppointmentUsed_WhenReplayed_RejectsDelegateSuperseded() public {
        Change[2] memory changes = _both();
        Authorisation memory given = _signedHere(_signer(Kind.Account, "alice"), changes[0]);
        _accept(changes[0], given);
        bytes memory superseded = abi.encodeWithSelector(
            IDelegateRegistry.DelegateSuperseded.selector,
            given.signedAt,
            given.signedAt
        );
        _refuse(changes[0], given, superseded);
        _dismiss();
        _refuse(changes[0], given, superseded);
        _advance(1);
        _refuse(changes[0], given, superseded);
    }

    function test_GivenDismissalUsed_WhenReplayedOnALaterAppointment_RejectsDelegateSuperseded() public {
        Change[2] memory changes = _both();
        Authorisation memory given = _signedHere(_signer(Kind.Account, "alice"), changes[1]);
        _appoint(VERBS, UNTIL);
        _accept(changes[1], given);
        _advance(1);
        _appoint(VERBS, UNTIL);
        _refuse(
            changes[1],
            given,
            abi.encodeWithSelector(IDelegateRegistry.DelegateSuperseded.selector, given.signedAt, _now())
        );
        _assertMandate(Mandate(DelegateKind.Proxy, VERBS, UNTIL, _now()));
    }

    function test_GivenAppointmentNotYetRelayed_WhenDismissed_ItIsDead() public {
        Change[2] memory changes = _both();
        Authorisation memory pending = _signedHere(_signer(Kind.Account, "alice"), changes[0]);
        _advance(1);
        _dismiss();
        _refuse(
            changes[0],
            pending,
            abi.encodeWithSelector(IDelegateRegistry.DelegateSuperseded.selector, pending.signedAt, _now())
        );
    }

    // Who vouches

    function test_GivenUnlistedVerifier_WhenAppointing_RejectsSignerVerifierUnlistedAndWhenDismissing_Works() public {
        address verifier = deployed("FickleSigner", "");
        FickleSigner(verifier).setVouches(true);
        Change[2] memory changes = _both();
        Authorisation memory given = _unsigned(alice);
        given.signer = abi.encodePacked(verifier, "key");
        _refuse(changes[0], given, abi.encodeWithSelector(SignerVerifierUnlisted.selector, verifier));
        _accept(changes[1], given);
    }

    function test_GivenGroup_WhenTooFewSign_OnlyTheDismissalWorks() public {
        Signer memory group = _group("the family", 3, 2);
        Change[2] memory changes = _both();
        for (uint256 i = 0; i < changes.length; ++i) {
            Authorisation memory given = _signedHere(group, changes[i]);
            bytes32 digest = _here(structHash(changes[i], group.id, given));
            given.signature = entryOf(_accountsOf(group), 0, _sign(group.people[0], digest));
            if (i == 0) _refuse(changes[i], given, _invalid(group.id));
            else _accept(changes[i], given);
        }
    }

    function test_GivenVerifierWithoutCode_WhenDeployed_RevertsSignerVerifierUnlisted() public {
        address[] memory verifiers = new address[](1);
        verifiers[0] = STRANGER;
        VM.expectRevert(abi.encodeWithSelector(SignerVerifierUnlisted.selector, STRANGER));
        this.deployRegistry(verifiers);
    }

    function test_WhenAskedForItsDomain_AnswersWhatSignersUse() public view {
        (, string memory name, string memory version, uint256 chainId, address contract_, , ) = delegates
            .eip712Domain();
        VM.assertEq(bytes(name), "Concord Delegates");
        VM.assertEq(bytes(version), "1");
        VM.assertEq(chainId, block.chainid);
        VM.assertEq(contract_, address(delegates));
    }

    /// @dev A call of its own, so that the expectation of a revert is for it.
    function deployRegistry(address[] memory verifiers) external returns (DelegateRegistry) {
        return DelegateRegistry(deployed("DelegateRegistry", abi.encode(institutions, terms, verifiers)));
    }

    function _appoint(uint8 verbs, uint32 until) private {
        VM.prank(alice.account);
        delegates.appoint(Appointment({scopeId: SCOPE, delegateId: bob.id, verbs: verbs, until: until}));
    }

    function _dismiss() private {
        VM.prank(alice.account);
        delegates.dismiss(Dismissal({scopeId: SCOPE, delegateId: bob.id}));
    }

    function _addGuardian(uint32 until) private {
        VM.prank(CUSTODIAN);
        delegates.addGuardian(SCOPE, alice.id, bob.id, until);
    }

    function _removeGuardian(address sender) private {
        VM.prank(sender);
        delegates.removeGuardian(SCOPE, alice.id, bob.id);
    }

    function _accept(Change memory change, Authorisation memory given) private {
        (bool success, ) = address(delegates).call(signedCall(change, given));
        VM.assertTrue(success, "refused");
    }

    function _refuse(Change memory change, Authorisation memory given, bytes memory expected) private {
        Mandate memory before = delegates.mandateOf(SCOPE, alice.id, bob.id);
        (bool success, bytes memory reason) = address(delegates).call(signedCall(change, given));
        VM.assertFalse(success, "accepted");
        VM.assertEq(reason, expected, "reason");
        _assertMandate(before);
    }

    function _assertInvalid(Change memory change, Authorisation memory given) private {
        _refuse(change, given, _invalid(alice.id));
    }

    function _expectAdded(Person memory participant, Person memory delegate, Mandate memory mandate) private {
        VM.expectEmit(address(delegates));
        emit IDelegateRegistry.DelegateAdded(SCOPE, participant.id, delegate.id, mandate);
    }

    function _assertMandate(Mandate memory expected) private view {
        Mandate memory mandate = delegates.mandateOf(SCOPE, alice.id, bob.id);
        VM.assertEq(keccak256(abi.encode(mandate)), keccak256(abi.encode(expected)), "mandate");
    }

    /// @dev alice's appointment and dismissal of bob.
    function _both() private view returns (Change[2] memory) {
        return [appointing(Appointment(SCOPE, bob.id, VERBS, UNTIL)), dismissing(Dismissal(SCOPE, bob.id))];
    }

    function _signedHere(Signer memory signer, Change memory change) private view returns (Authorisation memory given) {
        given = _authorise(signer, change);
        given.signature = _sign(signer, _here(structHash(change, signer.id, given)));
    }

    /// @dev alice signs the message with whatever times.
    function _resigned(Change memory change, Authorisation memory given) private view returns (Authorisation memory) {
        given.signature = _sign(alice, _here(structHash(change, alice.id, given)));
        return given;
    }

    function _here(bytes32 hash) private view returns (bytes32) {
        return _typedData(hash, "Concord Delegates", "1", block.chainid, address(delegates));
    }

    function _invalid(ParticipantId id) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IDelegateRegistry.DelegateSignatureInvalid.selector, id);
    }
}
