// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IConsentRegistry} from "../../contracts/consent/IConsentRegistry.sol";
import {IScopeIndex} from "../../contracts/consent/IScopeIndex.sol";
import {ITermsRegistry} from "../../contracts/consent/ITermsRegistry.sol";
import {IInstitutionRegistry} from "../../contracts/identity/IInstitutionRegistry.sol";
import {
    Attestation,
    Closing,
    ConsentAuthor,
    ConsentState,
    ConsentStatus,
    ConsentWord,
    Import,
    LAST_VERSION,
    NO_EXPIRY,
    NOT_ENDED,
    WithdrawalExtent
} from "../../contracts/types/Consent.sol";
import {Terms} from "../../contracts/types/DataUse.sol";
import {ALL_MANDATES} from "../../contracts/types/Delegate.sol";
import {InstitutionId, NO_INSTITUTION, ParticipantId, ScopeId} from "../../contracts/types/Ids.sol";
import {declining, granting} from "../support/Changes.sol";
import {OthersActs} from "../support/OthersActs.sol";
import {VM} from "../support/Vm.sol";

/// @title ConsentRegistryAttestedTest
/// @notice What reaches the scope's custodian on paper or by telephone: imports where nobody has acted, closings
/// always.
contract ConsentRegistryAttestedTest is OthersActs {
    WithdrawalExtent private constant CONTACT = WithdrawalExtent.NoFurtherContact;

    Person private alice;
    Person private guardian;

    function setUp() public {
        _deployWithTerms();
        alice = _person("alice");
        guardian = _person("alice's mother");
        _advance(1 days);
    }

    // importConsent: what it does

    function test_GivenNone_WhenImported_OpensFirstWordAndEmitsConsentImported() public {
        uint256 expected = _imported(1, 0, _now() - 100);
        VM.expectEmit(address(consents));
        emit IConsentRegistry.ConsentImported(SCOPE, PAPER, ConsentWord.wrap(expected));
        _import(_importOf(PAPER, 1, _now() - 100));
        VM.assertEq(_raw(PAPER), expected);
        VM.assertEq(uint256(consents.statusOf(SCOPE, PAPER)), uint256(ConsentStatus.Active));
        (bool isPermitted, uint16 version) = consents.permittedAt(SCOPE, PAPER, block.timestamp);
        VM.assertTrue(isPermitted);
        VM.assertEq(version, 1);
    }

    function test_GivenNone_WhenImported_IsPermittedFromItsInclusionNotFromItsSigning() public {
        _import(_importOf(PAPER, 1, _now() - 100));
        (bool isPermitted, ) = consents.permittedAt(SCOPE, PAPER, block.timestamp - 1);
        VM.assertFalse(isPermitted);
    }

    function test_GivenNone_WhenImported_AppendsItselfToTheIndexOnce() public {
        VM.expectEmit(address(index));
        emit IScopeIndex.ScopeIndexAppended(address(consents), SCOPE, PAPER);
        _import(_importOf(PAPER, 1, _now()));
        VM.assertTrue(index.isIndexed(consents, SCOPE, PAPER));
        _advance(1);
        _attest(_attestation(PAPER, ConsentState.Withdrawn, USE));
        _advance(1);
        _import(_importOf(PAPER, 3, _now()));
        (ParticipantId[] memory ids, ) = index.page(consents, SCOPE, ParticipantId.wrap(0), 10);
        VM.assertEq(ids.length, 1);
    }

    function test_GivenAttestedNo_WhenImportedLater_OpensAndKeepsOldWord() public {
        _attest(_attestation(PAPER, ConsentState.Declined, NO_EXTENT));
        uint256 old = _raw(PAPER);
        _advance(10);
        _import(_importOf(PAPER, 2, _now()));
        VM.assertEq(_raw(PAPER), _imported(2, 1, _now()));
        VM.assertEq(ConsentWord.unwrap(consents.wordAt(SCOPE, PAPER, 0)), old);
        (ParticipantId[] memory ids, ) = index.page(consents, SCOPE, ParticipantId.wrap(0), 10);
        VM.assertEq(ids.length, 1, "only a first answer appends itself");
    }

    function test_GivenImported_WhenALaterPaperIsImported_ReplacesItAndKeepsOldWord() public {
        _import(_importOf(PAPER, 1, _now() - 100));
        uint256 old = _raw(PAPER);
        Import memory later = _importOf(PAPER, 2, _now() - 50);
        uint256 expected = _imported(2, 1, _now() - 50);
        VM.expectEmit(address(consents));
        emit IConsentRegistry.ConsentImported(SCOPE, PAPER, ConsentWord.wrap(expected));
        _import(later);
        VM.assertEq(_raw(PAPER), expected);
        VM.assertEq(ConsentWord.unwrap(consents.wordAt(SCOPE, PAPER, 0)), old);
    }

    function test_GivenAttestedSuspension_WhenALaterPaperIsImported_StaysSuspended() public {
        _import(_importOf(PAPER, 1, _now() - 100));
        _attest(_attestation(PAPER, ConsentState.Suspended, NO_EXTENT));
        _advance(1);
        _import(_importOf(PAPER, 3, _now()));
        _assertStatus(PAPER, ConsentStatus.Suspended);
        _assertPermittedAt(PAPER, block.timestamp, false, 0);
    }

    function test_GivenTermsThatEnd_WhenImported_EndsWithThem() public {
        Terms memory given = _terms("for a year");
        given.reConsentBy = _now() + 365 days;
        Import memory change = _importOf(PAPER, 1, _now());
        change.agreed.termsDigest = _publishTerms(SCOPE, given);
        _import(change);
        VM.assertEq(uint32(_raw(PAPER) >> 160), given.reConsentBy);
    }

    function test_GivenIdJustWideEnough_WhenImported_IsTaken() public {
        _import(_importOf(ParticipantId.wrap(bytes32(uint256(1) << 128)), 1, _now()));
    }

    // importConsent: what it refuses, guards first

    function test_GivenOtherInstitutions_WhenImported_RejectsNotCustodian() public {
        address[3] memory others = [COMMITTEE, RESEARCHER, COMPANY];
        InstitutionId[3] memory ids = [ETHICS, UNIVERSITY, PHARMA];
        for (uint256 i = 0; i < others.length; ++i) {
            VM.expectRevert(abi.encodeWithSelector(IConsentRegistry.ConsentNotCustodian.selector, SCOPE, ids[i]));
            VM.prank(others[i]);
            consents.importConsent(_importOf(PAPER, 1, _now()));
        }
    }

    function test_GivenAccountOfNobody_WhenImported_RejectsAccountUnknown() public {
        VM.expectRevert(abi.encodeWithSelector(IInstitutionRegistry.InstitutionAccountUnknown.selector, STRANGER));
        VM.prank(STRANGER);
        consents.importConsent(_importOf(PAPER, 1, _now()));
    }

    function test_GivenSuspendedCustodian_WhenImported_RejectsNotInStanding() public {
        _suspendBiobank();
        _assertImportRejected(
            _importOf(PAPER, 1, _now()),
            abi.encodeWithSelector(IInstitutionRegistry.InstitutionNotInStanding.selector, BIOBANK)
        );
    }

    function test_GivenUnknownScope_WhenImported_RejectsScopeUnknown() public {
        Import memory change = _importOf(PAPER, 1, _now());
        change.agreed.scopeId = ScopeId.wrap("no such study");
        _assertImportRejected(
            change,
            abi.encodeWithSelector(ITermsRegistry.ScopeUnknown.selector, change.agreed.scopeId)
        );
    }

    function test_GivenIdThatIsNotRandom_WhenImported_RejectsParticipantIdWeak() public {
        bytes32[3] memory weak = [bytes32(0), bytes32(uint256(4_711)), bytes32(uint256(type(uint128).max))];
        for (uint256 i = 0; i < weak.length; ++i) {
            _assertImportRejected(
                _importOf(ParticipantId.wrap(weak[i]), 1, _now()),
                abi.encodeWithSelector(IConsentRegistry.ConsentParticipantIdWeak.selector, weak[i])
            );
        }
    }

    function test_GivenPaperOfTomorrow_WhenImported_RejectsSignedInFuture() public {
        _assertImportRejected(
            _importOf(PAPER, 1, _now() + 1),
            abi.encodeWithSelector(IConsentRegistry.ConsentSignedInFuture.selector, _now() + 1, block.timestamp)
        );
    }

    function test_GivenNone_WhenImportNamesOtherVersion_RejectsVersionMismatch() public {
        _assertImportRejected(
            _importOf(PAPER, 2, _now()),
            abi.encodeWithSelector(IConsentRegistry.ConsentVersionMismatch.selector, 1, 2)
        );
    }

    function test_GivenImported_WhenAnEarlierPaperIsImported_RejectsSignedTooEarly() public {
        _import(_importOf(PAPER, 1, _now()));
        _assertImportRejected(
            _importOf(PAPER, 2, _now()),
            abi.encodeWithSelector(IConsentRegistry.ConsentSignedTooEarly.selector, _now(), _now())
        );
    }

    function test_GivenAttestedNo_WhenImportNamesOtherVersion_RejectsVersionMismatch() public {
        _attest(_attestation(PAPER, ConsentState.Declined, NO_EXTENT));
        _advance(1);
        _assertImportRejected(
            _importOf(PAPER, 1, _now()),
            abi.encodeWithSelector(IConsentRegistry.ConsentVersionMismatch.selector, 2, 1)
        );
    }

    function test_GivenAttestedNo_WhenPaperIsNoLater_RejectsSignedTooEarly() public {
        _attest(_attestation(PAPER, ConsentState.Declined, NO_EXTENT));
        uint32 saidNo = _now();
        _advance(1 days);
        _assertImportRejected(
            _importOf(PAPER, 2, saidNo),
            abi.encodeWithSelector(IConsentRegistry.ConsentSignedTooEarly.selector, saidNo, saidNo)
        );
        _import(_importOf(PAPER, 2, saidNo + 1));
    }

    function test_GivenLastVersion_WhenImported_RejectsVersionsExhausted() public {
        uint256 word =
            _pack(ConsentState.Declined, NO_EXTENT, LAST_VERSION, 0, 1, 1, 1) | _authorBits(ConsentAuthor.Custodian);
        _storeWord(alice, word);
        _assertImportRejected(
            _importOf(alice.id, LAST_VERSION, _now()),
            abi.encodeWithSelector(IConsentRegistry.ConsentVersionsExhausted.selector)
        );
    }

    function test_GivenParticipantActed_WhenImported_RejectsParticipantActed() public {
        VM.prank(alice.account);
        consents.decline(SCOPE);
        _assertParticipantActed();
    }

    function test_GivenParticipantActedOverTheCustodiansWord_WhenImported_RejectsParticipantActed() public {
        _import(_importOf(alice.id, 1, _now()));
        _advance(1);
        VM.prank(alice.account);
        consents.withdraw(SCOPE, USE);
        _assertParticipantActed();
    }

    function test_GivenProxyActed_WhenImported_RejectsParticipantActed() public {
        _appoint(alice, guardian, ALL_MANDATES, NO_EXPIRY);
        _declineFor(guardian);
        _assertParticipantActed();
    }

    function test_GivenGuardianActed_WhenImported_RejectsParticipantActed() public {
        _addGuardian(alice.id, guardian);
        _declineFor(guardian);
        _assertParticipantActed();
    }

    function test_GivenDissent_WhenImported_RejectsDissented() public {
        Attestation memory no = _attestation(PAPER, ConsentState.Declined, NO_EXTENT);
        no.dissent = true;
        _attest(no);
        _advance(1);
        _assertImportRejected(
            _importOf(PAPER, 2, _now()),
            abi.encodeWithSelector(IConsentRegistry.ConsentDissented.selector, PAPER)
        );
    }

    function test_GivenPreferencesOfNoMeaning_WhenImported_RejectsPreferencesInvalid() public {
        Import memory change = _importOf(PAPER, 1, _now());
        change.agreed.preferences = 0x30;
        _assertImportRejected(
            change,
            abi.encodeWithSelector(IConsentRegistry.ConsentPreferencesInvalid.selector, 0x30)
        );
    }

    function test_GivenUnpublishedTerms_WhenImported_RejectsTermsUnknown() public {
        Import memory change = _importOf(PAPER, 1, _now());
        change.agreed.termsDigest = keccak256("never published");
        _assertImportRejected(
            change,
            abi.encodeWithSelector(IConsentRegistry.ConsentTermsUnknown.selector, SCOPE, change.agreed.termsDigest)
        );
    }

    function test_GivenPaperThatHasEnded_WhenImported_RejectsUntilPassed() public {
        Import memory change = _importOf(PAPER, 1, _now() - 100);
        change.agreed.until = _now();
        _assertImportRejected(
            change,
            abi.encodeWithSelector(IConsentRegistry.ConsentUntilPassed.selector, _now(), block.timestamp)
        );
    }

    // attest: what it does

    function test_GivenActive_WhenSuspensionAttested_EmitsConsentClosingAttestedAndConsentSuspended() public {
        _grantOwn();
        _expectAttested(alice.id, _now());
        VM.expectEmit(address(consents));
        emit IConsentRegistry.ConsentSuspended(SCOPE, alice.id, _closedNow(ConsentState.Suspended, NO_EXTENT));
        _attest(_attestation(alice.id, ConsentState.Suspended, NO_EXTENT));
    }

    function test_GivenActive_WhenDecliningAttested_EmitsConsentClosingAttestedAndConsentDeclined() public {
        _grantOwn();
        _expectAttested(alice.id, _now());
        VM.expectEmit(address(consents));
        emit IConsentRegistry.ConsentDeclined(SCOPE, alice.id, _closedNow(ConsentState.Declined, NO_EXTENT));
        _attest(_attestation(alice.id, ConsentState.Declined, NO_EXTENT));
    }

    function test_GivenActive_WhenWithdrawalAttested_EmitsConsentClosingAttestedAndConsentWithdrawn() public {
        _grantOwn();
        _expectAttested(alice.id, _now());
        VM.expectEmit(address(consents));
        emit IConsentRegistry.ConsentWithdrawn(SCOPE, alice.id, _closedNow(ConsentState.Withdrawn, CONTACT));
        _attest(_attestation(alice.id, ConsentState.Withdrawn, CONTACT));
    }

    function test_GivenImported_WhenAnnulmentAttested_EmitsConsentClosingAttestedAndConsentAnnulled() public {
        _import(_importOf(alice.id, 1, _now() - 1));
        _expectAttested(alice.id, _now());
        VM.expectEmit(address(consents));
        emit IConsentRegistry.ConsentAnnulled(SCOPE, alice.id, _closedNow(ConsentState.Annulled, NO_EXTENT));
        _attest(_attestation(alice.id, ConsentState.Annulled, NO_EXTENT));
    }

    function test_GivenNone_WhenClosingAttested_RecordsTheCustodiansWord() public {
        _attest(_attestation(PAPER, ConsentState.Withdrawn, USE));
        uint256 expected = _pack(ConsentState.Withdrawn, USE, 1, 0, _now(), _now(), _now());
        VM.assertEq(_raw(PAPER), expected | _authorBits(ConsentAuthor.Custodian));
    }

    function test_GivenClosingThatNamesAnExtent_WhenItIsNoWithdrawal_HasNone() public {
        _attest(_attestation(PAPER, ConsentState.Suspended, USE));
        VM.assertEq(_raw(PAPER) & 0x1f, uint256(ConsentState.Suspended));
    }

    function test_GivenSuspendedCustodian_WhenClosingAttested_Works() public {
        _grantOwn();
        _suspendBiobank();
        _attest(_attestation(alice.id, ConsentState.Withdrawn, USE));
        VM.assertEq(uint256(consents.statusOf(SCOPE, alice.id)), uint256(ConsentStatus.Withdrawn));
    }

    function test_GivenWordSignedLater_WhenClosingAttested_AppliesAndKeepsTheLaterTime() public {
        _grantOwn();
        uint32 signedAt = uint32(_raw(alice) >> 128);
        Attestation memory said = _attestation(alice.id, ConsentState.Withdrawn, USE);
        said.signedAt = signedAt - 10;
        _attest(said);
        VM.assertEq(uint256(consents.statusOf(SCOPE, alice.id)), uint256(ConsentStatus.Withdrawn));
        VM.assertEq(uint32(_raw(alice) >> 128), signedAt);
    }

    function test_GivenParticipantsWord_WhenClosingAttested_StaysTheParticipants() public {
        _grantOwn();
        _attest(_attestation(alice.id, ConsentState.Withdrawn, USE));
        VM.assertEq((_raw(alice) >> 5) & 3, uint256(ConsentAuthor.Participant));
        _advance(1);
        VM.prank(alice.account);
        consents.grant(_grantOf(alice));
        VM.assertEq(uint256(consents.statusOf(SCOPE, alice.id)), uint256(ConsentStatus.Active));
    }

    function test_GivenWithdrawn_WhenWeakerClosingAttested_StaysAndRaisesVersion() public {
        _grantOwn();
        _attest(_attestation(alice.id, ConsentState.Withdrawn, USE));
        _attest(_attestation(alice.id, ConsentState.Suspended, NO_EXTENT));
        VM.assertEq(_raw(alice) & 0x1f, uint256(ConsentState.Withdrawn) | (uint256(USE) << 3));
        VM.assertEq(uint16(_raw(alice) >> 32), 3);
    }

    function test_GivenDissentAttested_WhenGuardianWouldOpen_RejectsDissented() public {
        _addGuardian(alice.id, guardian);
        _declineFor(guardian);
        Attestation memory no = _attestation(alice.id, ConsentState.Declined, NO_EXTENT);
        no.dissent = true;
        _attest(no);
        VM.assertEq((_raw(alice) >> 7) & 1, 1, "dissent");
        _advance(1);
        _refuse(
            _signedFor(alice.id, guardian, granting(_grantOf(alice))),
            abi.encodeWithSelector(IConsentRegistry.ConsentDissented.selector, alice.id)
        );
    }

    // attest: what it refuses

    function test_GivenOtherSenders_WhenClosingAttested_RejectsNotCustodian() public {
        address[4] memory others = [COMMITTEE, RESEARCHER, GOVERNANCE, alice.account];
        InstitutionId[4] memory ids = [ETHICS, UNIVERSITY, NO_INSTITUTION, NO_INSTITUTION];
        for (uint256 i = 0; i < others.length; ++i) {
            VM.expectRevert(abi.encodeWithSelector(IConsentRegistry.ConsentNotCustodian.selector, SCOPE, ids[i]));
            VM.prank(others[i]);
            consents.attest(_attestation(PAPER, ConsentState.Withdrawn, USE));
        }
    }

    function test_GivenUnknownScope_WhenClosingAttested_RejectsScopeUnknown() public {
        Attestation memory change = _attestation(PAPER, ConsentState.Withdrawn, USE);
        change.scopeId = ScopeId.wrap("no such study");
        _assertAttestRejected(change, abi.encodeWithSelector(ITermsRegistry.ScopeUnknown.selector, change.scopeId));
    }

    function test_GivenSaidTomorrow_WhenClosingAttested_RejectsSignedInFuture() public {
        Attestation memory change = _attestation(PAPER, ConsentState.Withdrawn, USE);
        change.signedAt = _now() + 1;
        _assertAttestRejected(
            change,
            abi.encodeWithSelector(IConsentRegistry.ConsentSignedInFuture.selector, _now() + 1, block.timestamp)
        );
    }

    function test_GivenStateThatIsNoClosing_WhenAttested_RejectsAttestationInvalid() public {
        ConsentState[2] memory states = [ConsentState.None, ConsentState.Active];
        for (uint256 i = 0; i < states.length; ++i) {
            _assertAttestRejected(
                _attestation(PAPER, states[i], NO_EXTENT),
                abi.encodeWithSelector(IConsentRegistry.ConsentAttestationInvalid.selector, states[i])
            );
        }
    }

    function test_GivenWithdrawalWithoutExtent_WhenAttested_RejectsExtentInvalid() public {
        _assertAttestRejected(
            _attestation(PAPER, ConsentState.Withdrawn, NO_EXTENT),
            abi.encodeWithSelector(IConsentRegistry.ConsentExtentInvalid.selector)
        );
    }

    function test_GivenNone_WhenAnnulmentAttested_RejectsParticipantActed() public {
        _assertAnnulmentRejected(PAPER);
    }

    function test_GivenParticipantsWord_WhenAnnulmentAttested_RejectsParticipantActed() public {
        _grantOwn();
        _assertAnnulmentRejected(alice.id);
    }

    function test_GivenGuardiansWord_WhenAnnulmentAttested_RejectsParticipantActed() public {
        _addGuardian(alice.id, guardian);
        _declineFor(guardian);
        _assertAnnulmentRejected(alice.id);
    }

    // Given

    function _grantOwn() private {
        VM.prank(alice.account);
        consents.grant(_grantOf(alice));
        _advance(1);
    }

    function _declineFor(Person memory delegate) private {
        _accept(_signedFor(alice.id, delegate, declining(Closing({scopeId: SCOPE, minVersion: 0}))));
        _advance(1);
    }

    // Then

    function _assertImportRejected(Import memory change, bytes memory reason) private {
        uint256 before = _raw(change.participantId);
        VM.expectRevert(reason);
        _import(change);
        VM.assertEq(_raw(change.participantId), before);
        VM.assertFalse(before == 0 && index.isIndexed(consents, SCOPE, change.participantId), "indexed");
    }

    function _assertParticipantActed() private {
        _advance(1);
        _assertImportRejected(
            _importOf(alice.id, _nextVersion(alice), _now()),
            abi.encodeWithSelector(IConsentRegistry.ConsentParticipantActed.selector, alice.id)
        );
    }

    function _assertAttestRejected(Attestation memory change, bytes memory reason) private {
        uint256 before = _raw(change.participantId);
        VM.expectRevert(reason);
        _attest(change);
        VM.assertEq(_raw(change.participantId), before);
    }

    function _assertAnnulmentRejected(ParticipantId id) private {
        _assertAttestRejected(
            _attestation(id, ConsentState.Annulled, NO_EXTENT),
            abi.encodeWithSelector(IConsentRegistry.ConsentParticipantActed.selector, id)
        );
    }

    function _expectAttested(ParticipantId id, uint32 signedAt) private {
        VM.expectEmit(address(consents));
        emit IConsentRegistry.ConsentClosingAttested(SCOPE, id, BIOBANK, signedAt);
    }

    /// @dev alice's word as a closing of now that strengthens it must leave it.
    function _closedNow(ConsentState state, WithdrawalExtent extent) private view returns (ConsentWord) {
        uint256 word = _raw(alice);
        uint256 kept = word & ((uint256(type(uint96).max) << 160) | 0xffff_3f60);
        uint256 made = _pack(
            state,
            extent,
            uint16(word >> 32) + 1,
            uint16(word >> 48),
            uint32(word >> 64),
            _now(),
            _now()
        );
        return ConsentWord.wrap(kept | made);
    }

    function _imported(uint16 version, uint16 ordinal, uint32 signedAt) private view returns (uint256) {
        return
            _pack(ConsentState.Active, NO_EXTENT, version, ordinal, _now(), NOT_ENDED, signedAt) |
            _packAnswer(0x13, 1, NO_EXPIRY, 0xA5) |
            _authorBits(ConsentAuthor.Custodian);
    }
}
