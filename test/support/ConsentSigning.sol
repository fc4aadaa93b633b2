// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {
    Authorisation,
    Closing,
    ConsentState,
    ConsentWord,
    Grant,
    LAST_VERSION,
    NO_EXPIRY,
    Resume,
    Withdraw,
    WithdrawalExtent
} from "../../contracts/types/Consent.sol";
import {NO_PARTICIPANT, ParticipantId} from "../../contracts/types/Ids.sol";
import {Change, granting, resuming, signedCall, structHash, suspending, withdrawing} from "./Changes.sol";
import {ConcordSystem} from "./ConcordSystem.sol";
import {VM} from "./Vm.sol";

/// @title ConsentSigning
/// @notice Participants who act and sign; what they sign stands in Changes.sol.
abstract contract ConsentSigning is ConcordSystem {
    struct Person {
        uint256 key;
        address account;
        ParticipantId id;
    }

    /// @dev Where the words lie: nothing comes before.
    uint256 internal constant WORDS_SLOT = 0;

    /// @dev Digest of the terms that grants name unless a test says otherwise.
    bytes32 internal standardTerms;

    function _deployWithTerms() internal {
        _deploySystem();
        standardTerms = _publishTerms(SCOPE, _terms("standard"));
        _publishTerms(OTHER_SCOPE, _terms("standard"));
    }

    function _now() internal view returns (uint32) {
        return uint32(block.timestamp);
    }

    function _advance(uint256 time) internal {
        VM.warp(block.timestamp + time);
    }

    function _wordOf(Person memory person) internal view returns (ConsentWord) {
        return consents.wordOf(SCOPE, person.id);
    }

    function _raw(Person memory person) internal view returns (uint256) {
        return ConsentWord.unwrap(_wordOf(person));
    }

    function _storeWord(Person memory person, uint256 word) internal {
        VM.store(address(consents), _slotOf(person), bytes32(word));
        VM.assertEq(_raw(person), word, "the words lie in another slot");
    }

    /// @dev An answer to the standard terms in the next version.
    function _grantOf(Person memory person) internal view returns (Grant memory) {
        return
            Grant({
                scopeId: SCOPE,
                termsDigest: standardTerms,
                elements: 0xA5,
                preferences: 0x13,
                until: NO_EXPIRY,
                version: _nextVersion(person)
            });
    }

    function _resumeOf(Person memory person) internal view returns (Resume memory) {
        return Resume({scopeId: SCOPE, version: _nextVersion(person)});
    }

    /// @dev Read from storage: a call would use up the prank or the expectation that a test has just set.
    function _nextVersion(Person memory person) internal view returns (uint16) {
        uint16 standing = uint16(uint256(VM.load(address(consents), _slotOf(person))) >> 32);
        return standing == LAST_VERSION ? LAST_VERSION : standing + 1;
    }

    /// @dev An authorisation signed now that holds for an hour, without its signature.
    function _unsigned(Person memory person) internal view returns (Authorisation memory) {
        return
            Authorisation({
                signer: abi.encodePacked(person.account),
                participantId: NO_PARTICIPANT,
                signedAt: _now(),
                deadline: _now() + 1 hours,
                signature: ""
            });
    }

    function _signed(
        Person memory person,
        Authorisation memory authorisation,
        bytes32 hash
    ) internal view returns (Authorisation memory) {
        authorisation.signature = _sign(person, _typedData(hash));
        return authorisation;
    }

    function _authorise(Person memory person, Change memory change) internal view returns (Authorisation memory) {
        return _authoriseAt(person, change, _now());
    }

    function _authorise(Person memory person, Grant memory change) internal view returns (Authorisation memory) {
        return _authorise(person, granting(change));
    }

    function _authorise(Person memory person, Resume memory change) internal view returns (Authorisation memory) {
        return _authorise(person, resuming(change));
    }

    /// @dev A suspension.
    function _authorise(Person memory person, Closing memory change) internal view returns (Authorisation memory) {
        return _authorise(person, suspending(change));
    }

    function _authorise(Person memory person, Withdraw memory change) internal view returns (Authorisation memory) {
        return _authorise(person, withdrawing(change));
    }

    function _authoriseAt(
        Person memory person,
        Change memory change,
        uint32 signedAt
    ) internal view returns (Authorisation memory) {
        Authorisation memory given = _unsigned(person);
        given.signedAt = signedAt;
        return _signed(person, given, structHash(change, person.id, given));
    }

    /// @dev A delegate signs for a participant.
    function _authoriseFor(
        ParticipantId participantId,
        Person memory delegate,
        Change memory change
    ) internal view returns (Authorisation memory) {
        Authorisation memory given = _unsigned(delegate);
        given.participantId = participantId;
        return _signed(delegate, given, structHash(change, participantId, given));
    }

    /// @dev The call of a change that its signer signs now.
    function _signedNow(Person memory person, Change memory change) internal view returns (bytes memory) {
        return signedCall(change, _authorise(person, change));
    }

    function _authoriseAt(
        Person memory person,
        Withdraw memory change,
        uint32 signedAt
    ) internal view returns (Authorisation memory) {
        return _authoriseAt(person, withdrawing(change), signedAt);
    }

    function _authoriseAt(
        Person memory person,
        Closing memory change,
        uint32 signedAt
    ) internal view returns (Authorisation memory) {
        return _authoriseAt(person, suspending(change), signedAt);
    }

    function _authoriseAt(
        Person memory person,
        Grant memory change,
        uint32 signedAt
    ) internal view returns (Authorisation memory) {
        return _authoriseAt(person, granting(change), signedAt);
    }

    function _typedData(bytes32 hash) internal view returns (bytes32) {
        return _typedData(hash, "Concord Consent", "1", block.chainid, address(consents));
    }

    function _typedData(
        bytes32 hash,
        string memory name,
        string memory version,
        uint256 chainId,
        address verifyingContract
    ) internal pure returns (bytes32) {
        bytes32 domainType = keccak256(
            "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
        );
        bytes32 domain = keccak256(
            abi.encode(domainType, keccak256(bytes(name)), keccak256(bytes(version)), chainId, verifyingContract)
        );
        return keccak256(abi.encodePacked(hex"1901", domain, hash));
    }

    function _person(string memory name) internal pure returns (Person memory) {
        uint256 key = uint256(keccak256(bytes(name))) >> 1;
        address account = VM.addr(key);
        return Person({key: key, account: account, id: ParticipantId.wrap(keccak256(abi.encodePacked(account)))});
    }

    function _slotOf(Person memory person) internal pure returns (bytes32) {
        return keccak256(abi.encode(keccak256(abi.encode(SCOPE, person.id)), WORDS_SLOT));
    }

    function _sign(Person memory person, bytes32 digest) internal pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = VM.sign(person.key, digest);
        return abi.encodePacked(r, s, v);
    }

    function _hashOf(
        Person memory person,
        Grant memory change,
        Authorisation memory given
    ) internal pure returns (bytes32) {
        return structHash(granting(change), person.id, given);
    }

    function _hashOf(
        Person memory person,
        Withdraw memory change,
        Authorisation memory given
    ) internal pure returns (bytes32) {
        return structHash(withdrawing(change), person.id, given);
    }

    /// @dev A word put together field by field, as the layout's table has it.
    function _pack(
        ConsentState state,
        WithdrawalExtent extent,
        uint16 version,
        uint16 ordinal,
        uint32 opened,
        uint32 ended,
        uint32 signedAt
    ) internal pure returns (uint256) {
        return
            uint256(state) |
            (uint256(extent) << 3) |
            (uint256(version) << 32) |
            (uint256(ordinal) << 48) |
            (uint256(opened) << 64) |
            (uint256(ended) << 96) |
            (uint256(signedAt) << 128);
    }

    /// @dev What an answer adds to a word.
    function _packAnswer(
        uint8 preferences,
        uint16 termsNumber,
        uint32 until,
        uint64 elements
    ) internal pure returns (uint256) {
        return
            (uint256(preferences) << 8) |
            (uint256(termsNumber) << 16) |
            (uint256(until) << 160) |
            (uint256(elements) << 192);
    }
}
