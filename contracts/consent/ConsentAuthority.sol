// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Context} from "@openzeppelin/contracts/utils/Context.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

import {IDelegateRegistry} from "../identity/IDelegateRegistry.sol";
import {IInstitutionRegistry} from "../identity/IInstitutionRegistry.sol";
import {ConsentWordLib} from "../libraries/ConsentWordLib.sol";
import {SignerLib} from "../libraries/SignerLib.sol";
import {Act, Authorisation, ConsentAuthor, ConsentWord, LAST_VERSION, NO_EXPIRY} from "../types/Consent.sol";
import {DelegateKind, MANDATE_CLOSE, MANDATE_NARROW, MANDATE_UPDATE, Mandate} from "../types/Delegate.sol";
import {InstitutionId, NO_INSTITUTION, NO_PARTICIPANT, ParticipantId, ScopeId} from "../types/Ids.sol";
import {ConsentStore} from "./ConsentStore.sol";

/**
 * @title ConsentAuthority
 * @notice Who may change a consent: the participant by transaction or signature, a delegate within the mandate, the
 * scope's custodian as attested.
 */
abstract contract ConsentAuthority is ConsentStore, EIP712, Context {
    using ConsentWordLib for ConsentWord;
    using SignerLib for bytes;
    using SignerLib for SignerLib.VerifierList;

    IInstitutionRegistry internal immutable INSTITUTIONS;
    IDelegateRegistry private immutable DELEGATES;

    SignerLib.VerifierList private _verifiers;

    /// @param verifiers ERC-7913 verifiers whose code may vouch for openings.
    constructor(
        IInstitutionRegistry institutions,
        IDelegateRegistry delegates,
        address[] memory verifiers
    ) EIP712("Concord Consent", "1") {
        INSTITUTIONS = institutions;
        DELEGATES = delegates;
        _verifiers.list(verifiers);
    }

    /**
     * @dev The participant or a delegate has signed.
     * @param structHash the change's EIP-712 hash, over the participant's id.
     * @param verbs the MANDATE_ bits of which a delegate needs one; MANDATE_CLOSE alone for a closing.
     */
    function _signed(
        ScopeId scopeId,
        ParticipantId participantId,
        bytes32 structHash,
        Authorisation calldata authorisation,
        uint8 verbs
    ) internal returns (Act memory act) {
        _requireSigned(participantId, structHash, authorisation, verbs != MANDATE_CLOSE);
        act.participantId = participantId;
        act.signedAt = authorisation.signedAt;
        act.latestUntil = NO_EXPIRY;
        if (authorisation.participantId == NO_PARTICIPANT) return act;
        ParticipantId signerId = authorisation.signer.participantIdOf();
        if (signerId == participantId) return act;

        Mandate memory mandate = DELEGATES.mandateOf(scopeId, participantId, signerId);
        bool holds = block.timestamp < mandate.until && mandate.verbs & verbs != 0;
        if (mandate.kind == DelegateKind.Guardian) {
            // After the guardianship there is still the duty to close.
            if (!holds && verbs != MANDATE_CLOSE) revert ConsentDelegateUnauthorised(participantId, signerId);
            act.author = ConsentAuthor.Guardian;
            act.latestUntil = mandate.until;
        } else {
            if (!holds) revert ConsentDelegateUnauthorised(participantId, signerId);
            act.author = ConsentAuthor.Proxy;
            act.mustNarrow = verbs & MANDATE_NARROW != 0 && mandate.verbs & MANDATE_UPDATE == 0;
        }
        emit ConsentActedFor(scopeId, participantId, signerId);
    }

    /// @dev The participant sends the transaction.
    function _own() internal view returns (Act memory) {
        return
            Act({
                participantId: SignerLib.participantIdOf(_msgSender()),
                author: ConsentAuthor.Participant,
                signedAt: uint32(block.timestamp),
                latestUntil: NO_EXPIRY,
                mustNarrow: false,
                isDissent: false
            });
    }

    /// @dev Times and signature. A signature that gives something needs a listed verifier and all of a group's k.
    function _requireSigned(
        ParticipantId participantId,
        bytes32 structHash,
        Authorisation calldata authorisation,
        bool opens
    ) internal view {
        if (authorisation.signedAt > block.timestamp) {
            revert ConsentSignedInFuture(authorisation.signedAt, block.timestamp);
        }
        if (authorisation.deadline < block.timestamp) {
            revert ConsentDeadlinePassed(authorisation.deadline, block.timestamp);
        }
        bytes32 digest = _hashTypedDataV4(structHash);
        if (!_verifiers.isValid(authorisation.signer, digest, authorisation.signature, opens)) {
            revert ConsentSignatureInvalid(participantId);
        }
    }

    /// @dev The scope's custodian sends the transaction.
    function _requireCustodian(ScopeId scopeId, bool inStanding) internal view returns (InstitutionId caller) {
        address sender = _msgSender();
        caller = inStanding ? INSTITUTIONS.actingInstitution(sender) : INSTITUTIONS.institutionOf(sender);
        (InstitutionId custodian, ) = TERMS.scope(scopeId);
        if (caller == NO_INSTITUTION || caller != custodian) revert ConsentNotCustodian(scopeId, caller);
    }

    /// @dev The scope's custodian, in good standing, sends a transaction about terms: known ones tell who that is.
    function _requireImporter(ScopeId scopeId, bytes32 termsDigest) internal view {
        bytes26 custodian = _knownCustodian(scopeId, termsDigest);
        if (custodian == 0) {
            _requireCustodian(scopeId, true);
            return;
        }
        InstitutionId caller = INSTITUTIONS.actingInstitution(_msgSender());
        if (bytes26(InstitutionId.unwrap(caller)) != custodian) revert ConsentNotCustodian(scopeId, caller);
    }

    /// @dev Whose consent the authorisation is about.
    function _participantOf(Authorisation calldata authorisation) internal pure returns (ParticipantId) {
        ParticipantId participantId = authorisation.participantId;
        return participantId == NO_PARTICIPANT ? authorisation.signer.participantIdOf() : participantId;
    }

    /// @dev An id that forwards, or is about to, opens nothing.
    function _requireUnmoved(ConsentWord word, ParticipantId participantId) internal pure {
        if (word.isFree()) return;
        if (word.isForwarded()) revert ConsentForwarded(participantId);
        revert ConsentLocked(participantId);
    }

    /// @dev What the opening of a word that stands already keeps to: the exact next version, a later signing time, and
    /// whose word it is.
    function _requireOpens(ConsentWord word, uint16 version, Act memory act) internal pure {
        uint256 standing = word.version();
        if (standing == LAST_VERSION) revert ConsentVersionsExhausted();
        if (version != standing + 1) revert ConsentVersionMismatch(uint16(standing + 1), version);
        if (act.signedAt <= word.signedAt()) revert ConsentSignedTooEarly(act.signedAt, word.signedAt());
        if (act.author == ConsentAuthor.Participant || act.author == ConsentAuthor.Proxy) return;

        ConsentAuthor author = word.author();
        bool isTheirs = author == ConsentAuthor.Custodian || author == act.author;
        if (!isTheirs) revert ConsentParticipantActed(act.participantId);
        if (word.isDissent()) revert ConsentDissented(act.participantId);
    }

    /// @dev Strictly later, or as late and stronger: so a closing works once, and no later opening falls to it.
    function _requireCloses(ConsentWord word, uint256 strength, uint32 signedAt) internal pure {
        uint32 standingSignedAt = word.signedAt();
        bool strengthens = strength > ConsentWordLib.strength(word.state(), word.extent());
        if (signedAt < standingSignedAt || (signedAt == standingSignedAt && !strengthens)) {
            revert ConsentClosingSuperseded(signedAt, standingSignedAt);
        }
    }
}
