// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IConsentRegistry} from "../../contracts/consent/IConsentRegistry.sol";
import {
    Attestation,
    ConsentState,
    Grant,
    Import,
    NO_EXPIRY,
    RECOVERY_DELAY,
    Recovery,
    TakeOver,
    Veto,
    WithdrawalExtent
} from "../../contracts/types/Consent.sol";
import {ParticipantId} from "../../contracts/types/Ids.sol";
import {Change, signedCall, takingOver, vetoing} from "../support/Changes.sol";
import {VM} from "../support/Vm.sol";
import {ConsentParticipants} from "./ConsentParticipants.sol";

/// @title ConsentInstitutions
/// @notice Custodian, second institution and guardians at work: imports, attested closings, takeovers, lost keys.
abstract contract ConsentInstitutions is ConsentParticipants {
    /// @dev The most people a run has, so that its steps stay cheap.
    uint256 private constant MOST_PEOPLE = 10;
    uint256 private constant MOST_ATTESTED = 6;
    /// @dev Of neighbours in the series.
    uint256 private constant SERIES_PAIRS = 3;
    /// @dev 1 July 2026 and every half-year after it, in Unix seconds.
    uint32[8] private _halfYears = [
        1_782_864_000,
        1_798_761_600,
        1_814_400_000,
        1_830_297_600,
        1_846_022_400,
        1_861_920_000,
        1_877_558_400,
        1_893_456_000
    ];

    uint256 public imports;
    /// @notice Imports of ids that follow on others in a series.
    uint256 public seriesImports;
    uint256 public seriesClosings;
    uint256 public attestations;
    uint256 public takeOvers;
    uint256 public vetoes;
    uint256 public recoveries;
    uint256 public guardianActs;
    uint256 public dissents;

    bytes32[] private _attested;
    mapping(uint256 number => bool) private _isOfSeries;
    uint256 private _made;
    Person private _guardian;

    /// @dev Consents on paper: accepted where only the custodian has acted, refused where a participant has.
    function _import(uint256 draw) internal {
        if (_attested.length + 2 <= MOST_ATTESTED) _importNeighbours(draw);
        if (_attested.length < MOST_ATTESTED) _importAs(keccak256(abi.encode("attested", ++_made)), draw, true);
        ParticipantId acted = people[draw % people.length].id;
        _expectRefusal(CUSTODIAN, _importCall(acted, draw));
        _expectRefusal(RESEARCHER, _importCall(ParticipantId.wrap(keccak256(abi.encode(draw))), draw));
    }

    /// @dev On paper or by telephone: always accepted, for whomever.
    function _attest(uint256 who, uint256 draw) internal {
        ParticipantId id =
            draw % 2 == 0 || _attested.length == 0
                ? people[who].id
                : ParticipantId.wrap(_attested[draw % _attested.length]);
        _expectRefusal(RESEARCHER, abi.encodeCall(IConsentRegistry.attest, (_attestation(id, draw))));
        _closeOnPaper(id, draw);
    }

    /// @dev A guardian of a child without a key: to the half-year and not beyond, and never against the child's no.
    function _guard(uint256 draw) internal {
        if (_attested.length == 0) return;
        ParticipantId child = ParticipantId.wrap(_attested[draw % _attested.length]);
        uint32 end = _nextHalfYear();
        if (end == 0) return;
        _guardian = _person("a guardian");
        VM.prank(CUSTODIAN);
        delegates.addGuardian(SCOPE, child, _guardian.id, end);
        VM.assertEq(_listen(), 1);
        uint256 word = _lastWord(child);
        if (block.timestamp <= uint32(word >> 128)) VM.warp(uint32(word >> 128) + 1);
        Change memory opening = _nextOpening(child, draw);
        bool extendsNothing = opening.selector == IConsentRegistry.extendBySig.selector;
        if (block.timestamp >= end || extendsNothing) return;
        bytes memory call = signedCall(opening, _authoriseFor(child, _guardian, opening));
        // 15 forwarded, 14 locked, 7 dissent.
        bool isBarred = word & ((3 << 14) | (1 << 7)) != 0 || _isTheParticipants(word);
        if (isBarred) {
            _expectRefusal(STRANGER, call);
        } else {
            _expectAccepted(STRANGER, call);
            VM.assertLe(uint32(_lastWord(child) >> 160), end, "a guardian's word outlives the guardianship");
            ++guardianActs;
        }
        if (draw % 3 == 0) {
            Attestation memory no = _attestation(child, draw);
            no.dissent = true;
            _expectAccepted(CUSTODIAN, abi.encodeCall(IConsentRegistry.attest, (no)));
            _advance(1);
            Change memory again = _nextOpening(child, draw);
            _expectRefusal(STRANGER, signedCall(again, _authoriseFor(child, _guardian, again)));
            ++dissents;
        }
    }

    /// @dev An attested consent goes over to a key, once.
    function _takeOver(uint256 draw) internal {
        if (_attested.length == 0 || people.length >= MOST_PEOPLE) return;
        uint256 which = draw % _attested.length;
        ParticipantId attestedId = ParticipantId.wrap(_attested[which]);
        uint256 word = _lastWord(attestedId);
        if (block.timestamp <= uint32(word >> 128)) VM.warp(uint32(word >> 128) + 1);
        Signer memory signer = _newcomer(draw);
        Change memory change = takingOver(TakeOver({scopeId: SCOPE, attestedId: attestedId}));
        bytes memory call = signedCall(change, _authorise(signer, change));
        _expectRefusal(STRANGER, call);
        if (word & (3 << 14) != 0 || _isTheParticipants(word)) {
            _expectRefusal(CUSTODIAN, call);
            return;
        }
        _expectAccepted(CUSTODIAN, call);
        _expectRefusal(CUSTODIAN, call);
        _join(signer);
        _attested[which] = _attested[_attested.length - 1];
        _attested.pop();
        ++takeOvers;
    }

    /// @dev A lost key: two institutions and a delay, in which the old key may veto, and closings go on.
    function _recover(uint256 who, uint256 draw) internal {
        Signer memory signer = people[who];
        bytes32 id = ParticipantId.unwrap(signer.id);
        if (people.length >= MOST_PEOPLE || _end(id) != id || _isPending(id)) return;
        Recovery memory recovery = consents.recoveryOf(SCOPE, signer.id);
        if (recovery.vetoedAt != 0 && block.timestamp < recovery.vetoedAt + RECOVERY_DELAY) return;
        Signer memory heir = _newcomer(draw);
        bytes memory proposal = abi.encodeCall(IConsentRegistry.proposeRecovery, (SCOPE, signer.id, heir.id));
        bytes memory confirmation = abi.encodeCall(IConsentRegistry.confirmRecovery, (SCOPE, signer.id, heir.id));
        bytes memory completion = abi.encodeCall(IConsentRegistry.completeRecovery, (SCOPE, signer.id));
        _expectRefusal(RESEARCHER, proposal);
        _expectAccepted(CUSTODIAN, proposal);
        _expectRefusal(CUSTODIAN, confirmation);
        _expectRefusal(STRANGER, completion);
        VM.prank(RESEARCHER);
        consents.confirmRecovery(SCOPE, signer.id, heir.id);
        _open(who, draw);
        if (draw % 2 == 0) _close(who, draw >> 8);
        _expectRefusal(STRANGER, completion);
        if (draw % 3 == 0) {
            Change memory veto = vetoing(Veto({scopeId: SCOPE, newParticipantId: heir.id}));
            _expectChange(signer, veto, draw);
            _expectRefusal(STRANGER, completion);
            _expectRefusal(CUSTODIAN, proposal);
            ++vetoes;
            return;
        }
        if (draw % 5 == 0) {
            _expectAccepted(CUSTODIAN, abi.encodeCall(IConsentRegistry.cancelRecovery, (SCOPE, signer.id)));
            return;
        }
        _advance(RECOVERY_DELAY);
        _expectAccepted(STRANGER, completion);
        _join(heir);
        ++recoveries;
    }

    /// @dev Two neighbours of the series, in order or not, with a gap before them or not; at times they fill one. The
    /// second then changes their mind.
    function _importNeighbours(uint256 draw) private {
        uint256 number = 2 * (draw % SERIES_PAIRS);
        if (_isOfSeries[number]) return;
        bool isBackwards = seriesImports > 0 && (draw >> 8) % 2 == 0;
        for (uint256 i = 0; i < 2; ++i) {
            uint256 next = isBackwards ? number + 1 - i : number + i;
            bytes32 id = _idOfSeries(next);
            bool follows = next > 0 && _isOfSeries[next - 1];
            _isOfSeries[next] = true;
            if ((draw >> (16 + i)) % 2 == 0) {
                _noteOnPaper(id, !follows, _closingCall(ParticipantId.wrap(id), draw));
                _advance(1);
            }
            _importAs(id, draw, !follows);
            if (follows) ++seriesImports;
        }
        _closeOnPaper(ParticipantId.wrap(_idOfSeries(number + 1)), draw);
        ++seriesClosings;
    }

    function _importAs(bytes32 id, uint256 draw, bool hasOwnEntry) private {
        _noteOnPaper(id, hasOwnEntry, _importCall(ParticipantId.wrap(id), draw));
        _attested.push(id);
        ++imports;
    }

    function _closeOnPaper(ParticipantId id, uint256 draw) private {
        _noteOnPaper(ParticipantId.unwrap(id), true, _closingCall(id, draw));
        _assertClosed(ParticipantId.unwrap(id));
        ++attestations;
    }

    /// @param hasOwnEntry whether the index gains an entry, should this be the first word.
    function _noteOnPaper(bytes32 id, bool hasOwnEntry, bytes memory call) private {
        bool isFirst = _lastWord(ParticipantId.wrap(id)) == 0;
        uint256 entries = _entryCount();
        _expectAccepted(CUSTODIAN, call);
        VM.assertEq(_entryCount(), entries + (isFirst && hasOwnEntry ? 1 : 0), "not the entries that paper makes");
        if (isFirst) onPaper.push(id);
    }

    function _closingCall(ParticipantId id, uint256 draw) private view returns (bytes memory) {
        return abi.encodeCall(IConsentRegistry.attest, (_attestation(id, draw)));
    }

    function _importCall(ParticipantId id, uint256 draw) private view returns (bytes memory) {
        Grant memory agreed = Grant({
            scopeId: SCOPE,
            termsDigest: standardTerms,
            elements: uint64(draw),
            preferences: 0,
            until: NO_EXPIRY,
            version: uint16(_lastWord(id) >> 32) + 1
        });
        Import memory change = Import({agreed: agreed, participantId: id, signedAt: _now()});
        return abi.encodeCall(IConsentRegistry.importConsent, (change));
    }

    function _attestation(ParticipantId id, uint256 draw) private view returns (Attestation memory) {
        ConsentState[3] memory states = [ConsentState.Suspended, ConsentState.Declined, ConsentState.Withdrawn];
        uint256 state = (draw >> 8) % 3;
        return
            Attestation({
                scopeId: SCOPE,
                participantId: id,
                state: states[state],
                extent: state == 2 ? WithdrawalExtent.NoFurtherUse : WithdrawalExtent.None,
                dissent: false,
                signedAt: _now() - uint32((draw >> 16) % 1 days)
            });
    }

    function _newcomer(uint256 draw) private returns (Signer memory) {
        return _signer(Kind(draw % KINDS), string(abi.encodePacked("newcomer ", ++_made)));
    }

    function _nextHalfYear() private view returns (uint32) {
        for (uint256 i = 0; i < _halfYears.length; ++i) {
            if (_halfYears[i] > block.timestamp + 2 days) return _halfYears[i];
        }
        return 0;
    }

    /// @dev 128 bits that are as if drawn, and a number.
    function _idOfSeries(uint256 number) private pure returns (bytes32) {
        return bytes32((uint256(keccak256("a series")) & ~uint256(type(uint128).max)) | number);
    }

    /// @dev Author participant or proxy, of a word that is.
    function _isTheParticipants(uint256 word) private pure returns (bool) {
        uint256 author = (word >> 5) & 3;
        return word != 0 && (author == 0 || author == 2);
    }
}
