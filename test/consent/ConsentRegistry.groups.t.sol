// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IConsentRegistry} from "../../contracts/consent/IConsentRegistry.sol";
import {SignerVerifierUnlisted} from "../../contracts/libraries/SignerLib.sol";
import {
    Authorisation,
    ConsentAuthor,
    ConsentStatus,
    NO_EXPIRY,
    WithdrawalExtent
} from "../../contracts/types/Consent.sol";
import {ALL_MANDATES, Appointment} from "../../contracts/types/Delegate.sol";
import {FickleSigner} from "../../contracts/mocks/FickleSigner.sol";
import {ParticipantId} from "../../contracts/types/Ids.sol";
import {Change, signedCall, structHash} from "../support/Changes.sol";
import {deployed} from "../support/Deploy.sol";
import {entryOf, groupOf, sorted} from "../support/Groups.sol";
import {SignedVerbs} from "../support/SignedVerbs.sol";
import {VM} from "../support/Vm.sol";

/// @title ConsentRegistryGroupsTest
/// @notice A family or community: so many of its members open, any one of them closes, each in the way of their kind.
contract ConsentRegistryGroupsTest is SignedVerbs {
    function setUp() public {
        _deployWithTerms();
        _advance(10);
    }

    function test_GivenEachNumberNeeded_WhenThatManySign_OpensAndWhenOneFewer_RejectsSignatureInvalid() public {
        for (uint8 needed = 1; needed <= 5; ++needed) {
            Signer memory group = _group("the family", 5, needed);
            Change memory change = _changeOf(Verb.Grant, 1);
            for (uint8 signing = 0; signing < needed; ++signing) _assertInvalid(group, change, signing);
            uint256 state = VM.snapshotState();
            for (uint8 signing = needed; signing <= 5; ++signing) {
                _assertAccepted(group, change, signing);
                VM.assertEq(uint256(consents.statusOf(SCOPE, group.id)), uint256(ConsentStatus.Active));
                VM.revertToState(state);
                state = VM.snapshotState();
            }
        }
    }

    function test_GivenOpenConsent_WhenAnyOneMemberSigns_Closes() public {
        Signer memory group = _group("the family", 5, 5);
        _assertAccepted(group, _changeOf(Verb.Grant, 1), 5);
        _advance(1);
        bytes[] memory members = _accountsOf(group);
        for (uint256 i = 0; i < members.length; ++i) {
            uint256 state = VM.snapshotState();
            Change memory change = _changeOf(Verb.Withdraw, 1);
            Authorisation memory given = _authorise(group, change);
            given.signature = entryOf(members, i, _sign(group.people[i], _digest(group, change, given)));
            VM.assertTrue(_isAccepted(change, given), "one member closes");
            VM.assertEq(uint256(consents.statusOf(SCOPE, group.id)), uint256(ConsentStatus.Withdrawn));
            VM.revertToState(state);
        }
    }

    function test_GivenHundredMembers_WhenAllHaveToSign_OpensWithAllOfThemOnly() public {
        Signer memory group = _group("the community", 100, 100);
        Change memory change = _changeOf(Verb.Grant, 1);
        _assertInvalid(group, change, 99);
        _assertAccepted(group, change, 100);
    }

    function test_GivenOneMember_WhenTheySign_NeedsNoProof() public {
        Signer memory group = _group("alone", 1, 1);
        _assertAccepted(group, _changeOf(Verb.Grant, 1), 1);
    }

    function test_GivenGroup_WhenItsMembersActForThemselves_TheirConsentsAreTheirOwn() public {
        Signer memory group = _group("the family", 3, 2);
        _assertAccepted(group, _changeOf(Verb.Grant, 1), 2);
        VM.prank(group.people[0].account);
        consents.withdraw(SCOPE, WithdrawalExtent.NoFurtherUse);
        VM.assertEq(uint256(consents.statusOf(SCOPE, group.id)), uint256(ConsentStatus.Active));
        VM.assertEq(uint256(consents.statusOf(SCOPE, group.people[0].id)), uint256(ConsentStatus.Withdrawn));
    }

    // Members of every kind

    function test_GivenAccountWalletAndPasskey_WhenAllSign_Opens() public {
        Signer[] memory people = _mixed();
        (bytes[] memory members, bytes memory group) = _groupOf(people);
        Change memory change = _changeOf(Verb.Grant, 1);
        Authorisation memory given = _authoriseAs(group, change);
        bytes32 digest = _typedData(structHash(change, ParticipantId.wrap(keccak256(group)), given));
        for (uint256 i = 0; i < people.length; ++i) {
            VM.assertFalse(_isAccepted(change, given), "too few");
            given.signature = bytes.concat(given.signature, entryOf(members, i, _sign(people[i], digest)));
        }
        VM.assertTrue(_isAccepted(change, given), "all three");
    }

    function test_GivenMemberWithUnlistedVerifier_WhenOpening_RejectsSignerVerifierUnlisted() public {
        address verifier = deployed("FickleSigner", "");
        FickleSigner(verifier).setVouches(true);
        bytes[] memory members = new bytes[](1);
        members[0] = abi.encodePacked(verifier, "key");
        bytes memory group = groupOf(members, 1);
        Change memory change = _changeOf(Verb.Grant, 1);
        Authorisation memory given = _authoriseAs(group, change);
        given.signature = entryOf(members, 0, "whatever");
        (bool success, bytes memory reason) = address(consents).call(signedCall(change, given));
        VM.assertFalse(success);
        VM.assertEq(reason, abi.encodeWithSelector(SignerVerifierUnlisted.selector, verifier));
        change = _changeOf(Verb.Withdraw, 0);
        VM.assertTrue(_isAccepted(change, given), "any verifier closes");
    }

    function test_GivenMemberWhoseCodeBurnsGas_WhenTheySign_RejectsSignatureInvalid() public {
        address wallet = deployed("GasBurningSigner", abi.encode(0));
        bytes[] memory members = new bytes[](1);
        members[0] = abi.encodePacked(wallet);
        bytes memory group = groupOf(members, 1);
        Change memory change = _changeOf(Verb.Withdraw, 0);
        Authorisation memory given = _authoriseAs(group, change);
        given.signature = entryOf(members, 0, "whatever");
        (bool success, bytes memory reason) = address(consents).call(signedCall(change, given));
        VM.assertFalse(success);
        VM.assertEq(
            reason,
            abi.encodeWithSelector(IConsentRegistry.ConsentSignatureInvalid.selector, keccak256(group))
        );
    }

    // A group in another's place

    function test_GivenGroupAsProxy_WhenEnoughSign_ActsForTheParticipant() public {
        Person memory alice = _person("alice");
        Signer memory council = _group("the council", 3, 2);
        VM.prank(alice.account);
        delegates.appoint(Appointment(SCOPE, council.id, ALL_MANDATES, NO_EXPIRY));
        Change memory change = _changeOf(Verb.Grant, 1);
        Authorisation memory given = _authorise(council, change);
        given.participantId = alice.id;
        given.signature = _sign(council, _typedData(structHash(change, alice.id, given)));
        VM.assertTrue(_isAccepted(change, given), "the council acts");
        VM.assertEq((_raw(alice) >> 5) & 3, uint256(ConsentAuthor.Proxy));
    }

    function _mixed() private returns (Signer[] memory people) {
        people = new Signer[](3);
        people[0] = _signer(Kind.Account, "alice");
        people[1] = _signer(Kind.Wallet, "bob");
        people[2] = _signer(Kind.Key, "carol");
    }

    /// @dev All of them are needed. Puts them in the order of their entries.
    function _groupOf(Signer[] memory people) private pure returns (bytes[] memory members, bytes memory group) {
        members = new bytes[](people.length);
        for (uint256 i = 0; i < people.length; ++i) members[i] = people[i].signer;
        members = sorted(members);
        for (uint256 i = 0; i < people.length; ++i) {
            for (uint256 j = i; j < people.length; ++j) {
                bool isNext = keccak256(people[j].signer) == keccak256(members[i]);
                if (isNext) (people[i], people[j]) = (people[j], people[i]);
            }
        }
        group = groupOf(members, uint8(people.length));
    }

    function _assertAccepted(Signer memory group, Change memory change, uint8 signing) private {
        group.needed = signing;
        VM.assertTrue(_isAccepted(change, _authorise(group, change)), "enough have signed");
    }

    function _assertInvalid(Signer memory group, Change memory change, uint8 signing) private {
        group.needed = signing;
        (bool success, bytes memory reason) = address(consents).call(_signedNow(group, change));
        VM.assertFalse(success, "too few have signed");
        VM.assertEq(reason, abi.encodeWithSelector(IConsentRegistry.ConsentSignatureInvalid.selector, group.id));
    }

    function _isAccepted(Change memory change, Authorisation memory given) private returns (bool success) {
        (success, ) = address(consents).call(signedCall(change, given));
    }

    /// @dev An authorisation of that signer, without its signature.
    function _authoriseAs(bytes memory signer, Change memory change) private view returns (Authorisation memory given) {
        given = _authorise(_person("nobody"), change);
        given.signer = signer;
        given.signature = "";
    }

    function _digest(
        Signer memory signer,
        Change memory change,
        Authorisation memory given
    ) private view returns (bytes32) {
        return _typedData(structHash(change, signer.id, given));
    }
}
