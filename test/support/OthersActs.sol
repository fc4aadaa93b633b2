// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {
    Attestation,
    ConsentAuthor,
    ConsentState,
    ConsentStatus,
    ConsentWord,
    Grant,
    Import,
    NO_EXPIRY,
    WithdrawalExtent
} from "../../contracts/types/Consent.sol";
import {Appointment} from "../../contracts/types/Delegate.sol";
import {ParticipantId} from "../../contracts/types/Ids.sol";
import {Change, signedCall} from "./Changes.sol";
import {ConsentSigning} from "./ConsentSigning.sol";
import {VM} from "./Vm.sol";

/// @title OthersActs
/// @notice What others do about a participant's consent: the scope's custodian as attested, guardians and proxies.
abstract contract OthersActs is ConsentSigning {
    /// @dev 1 July 2026, 00:00 UTC: the first half-year's end after START.
    uint32 internal constant HALF_YEAR_END = 1_782_864_000;

    WithdrawalExtent internal constant NO_EXTENT = WithdrawalExtent.None;
    WithdrawalExtent internal constant USE = WithdrawalExtent.NoFurtherUse;

    /// @dev Somebody known on paper only.
    ParticipantId internal constant PAPER = ParticipantId.wrap(keccak256("drawn at random"));

    function _importOf(ParticipantId id, uint16 version, uint32 signedAt) internal view returns (Import memory) {
        return
            Import({
                agreed: Grant(SCOPE, standardTerms, 0xA5, 0x13, NO_EXPIRY, version),
                participantId: id,
                signedAt: signedAt
            });
    }

    function _import(Import memory change) internal {
        VM.prank(CUSTODIAN);
        consents.importConsent(change);
    }

    /// @dev Said now.
    function _attestation(
        ParticipantId id,
        ConsentState state,
        WithdrawalExtent extent
    ) internal view returns (Attestation memory) {
        return
            Attestation({
                scopeId: SCOPE,
                participantId: id,
                state: state,
                extent: extent,
                dissent: false,
                signedAt: _now()
            });
    }

    function _attest(Attestation memory change) internal {
        VM.prank(CUSTODIAN);
        consents.attest(change);
    }

    function _suspendBiobank() internal {
        VM.prank(GOVERNANCE);
        institutions.suspend(BIOBANK);
    }

    function _addGuardian(ParticipantId participantId, Person memory guardian) internal {
        VM.prank(CUSTODIAN);
        delegates.addGuardian(SCOPE, participantId, guardian.id, HALF_YEAR_END);
    }

    function _appoint(Person memory participant, Person memory proxy, uint8 verbs, uint32 until) internal {
        VM.prank(participant.account);
        delegates.appoint(Appointment({scopeId: SCOPE, delegateId: proxy.id, verbs: verbs, until: until}));
    }

    /// @dev The call of a change that a delegate signs now.
    function _signedFor(
        ParticipantId participantId,
        Person memory delegate,
        Change memory change
    ) internal view returns (bytes memory) {
        return signedCall(change, _authoriseFor(participantId, delegate, change));
    }

    /// @dev A call of the registry that must be accepted.
    function _accept(bytes memory call) internal {
        (bool success, ) = address(consents).call(call);
        VM.assertTrue(success, "refused");
    }

    /// @dev A call of the registry that must be refused for this very reason.
    function _refuse(address sender, bytes memory call, bytes memory expected) internal {
        VM.prank(sender);
        (bool success, bytes memory reason) = address(consents).call(call);
        VM.assertFalse(success, "accepted");
        VM.assertEq(reason, expected, "reason");
    }

    function _refuse(bytes memory call, bytes memory expected) internal {
        _refuse(STRANGER, call, expected);
    }

    function _raw(ParticipantId id) internal view returns (uint256) {
        return ConsentWord.unwrap(consents.wordOf(SCOPE, id));
    }

    /// @dev The very id's last word, wherever the consent goes on.
    function _lastRaw(ParticipantId id) internal view returns (uint256) {
        return ConsentWord.unwrap(consents.lastWordOf(SCOPE, id));
    }

    function _assertPermittedAt(ParticipantId id, uint256 time, bool expected, uint16 expectedVersion) internal view {
        (bool isPermitted, uint16 version) = consents.permittedAt(SCOPE, id, time);
        VM.assertTrue(isPermitted == expected, "permitted");
        VM.assertEq(version, expectedVersion, "version relied on");
    }

    function _assertStatus(ParticipantId id, ConsentStatus expected) internal view {
        VM.assertEq(uint256(consents.statusOf(SCOPE, id)), uint256(expected), "status");
    }

    function _authorOf(uint256 word) internal pure returns (ConsentAuthor) {
        return ConsentAuthor((word >> 5) & 3);
    }

    function _authorBits(ConsentAuthor author) internal pure returns (uint256) {
        return uint256(author) << 5;
    }
}
