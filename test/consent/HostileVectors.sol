// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IConsentRegistry} from "../../contracts/consent/IConsentRegistry.sol";
import {SignerEntryMalformed, SignerUnsupported, SignerVerifierUnlisted} from "../../contracts/libraries/SignerLib.sol";
import {Authorisation, Closing, NO_EXPIRY, TakeOver, Veto} from "../../contracts/types/Consent.sol";
import {Appointment, Dismissal} from "../../contracts/types/Delegate.sol";
import {NO_PARTICIPANT, ParticipantId} from "../../contracts/types/Ids.sol";
import {
    Change,
    altered,
    appointing,
    dismissing,
    granting,
    memberCount,
    signedCall,
    structHash,
    suspending,
    takingOver,
    vetoing
} from "../support/Changes.sol";
import {entryOf, groupOf, proofOf, rawEntry} from "../support/Groups.sol";
import {SignedVerbs} from "../support/SignedVerbs.sol";
import {VM} from "../support/Vm.sol";

/// @title HostileVectors
/// @notice Ways in which a signature can be wrong, for every verb and every kind of signer, each with its error.
abstract contract HostileVectors is SignedVerbs {
    enum Attack {
        Shape,
        Domain,
        Message,
        Time,
        OtherVerb,
        OtherSigner,
        Delegate,
        Version,
        Group
    }

    /// @dev A call that must be refused with `expected`.
    struct Vector {
        string what;
        bytes call;
        bytes4 expected;
    }

    struct Vectors {
        Vector[] list;
        uint256 count;
    }

    /// @dev An honest change that its signer signed, from which the vectors are made.
    struct Honest {
        Verb verb;
        Signer signer;
        Change change;
        Authorisation given;
    }

    uint256 internal constant ATTACKS = uint256(type(Attack).max) + 1;
    uint256 private constant SECP256K1_ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;
    uint256 private constant MOST_VECTORS = 64;

    bytes4 private constant INVALID = IConsentRegistry.ConsentSignatureInvalid.selector;

    Person internal mallory;

    function setUp() public {
        _deployWithTerms();
        mallory = _person("mallory");
        _advance(10);
    }

    // Honest changes

    /// @dev The state that a verb starts from, seconds ago, brought about by signatures: not all can transact.
    function _honest(Kind kind, Verb verb) internal returns (Honest memory honest) {
        honest.verb = verb;
        honest.signer = _signer(kind, "alice");
        if (verb != Verb.Grant) _apply(honest.signer, granting(_grantUntil(_now() + 5_000, 1)));
        if (verb == Verb.Resume) _apply(honest.signer, suspending(Closing({scopeId: SCOPE, minVersion: 0})));
        honest.change = _changeOf(verb);
        honest.given = _authorise(honest.signer, honest.change);
    }

    function _changeOf(Verb verb) internal view returns (Change memory) {
        if (verb == Verb.Update || verb == Verb.Extend) return _changeOf(verb, 2);
        return _changeOf(verb, verb == Verb.Resume ? 3 : 1);
    }

    function _apply(Signer memory signer, Change memory change) internal {
        (bool success, ) = address(consents).call(signedCall(change, _authorise(signer, change)));
        VM.assertTrue(success, "what a vector starts from was refused");
        _advance(1);
    }

    // Vectors

    function _vectors(Honest memory honest, Attack attack) internal returns (Vectors memory vectors) {
        vectors.list = new Vector[](MOST_VECTORS);
        if (attack == Attack.Shape) _addShapes(vectors, honest);
        else if (attack == Attack.Domain) _addDomains(vectors, honest);
        else if (attack == Attack.Message) _addMessages(vectors, honest);
        else if (attack == Attack.Time) _addTimes(vectors, honest);
        else if (attack == Attack.OtherVerb) _addOtherVerbs(vectors, honest);
        else if (attack == Attack.OtherSigner) _addOtherSigners(vectors, honest);
        else if (attack == Attack.Delegate) _addDelegates(vectors, honest);
        else if (attack == Attack.Version) _addVersions(vectors, honest);
        else if (honest.signer.kind == Kind.Group) _addGroups(vectors, honest);
        _trim(vectors);
    }

    /// @dev Forms of the very signature that are not the signer's: malleable, compact, and out of range.
    function _addShapes(Vectors memory vectors, Honest memory honest) private view {
        bool isP256 = honest.signer.kind == Kind.Key;
        bytes[] memory parts = _partsOf(honest.signer, _digestOf(honest));
        bytes memory good = parts[parts.length - 1];
        (bytes32 r, bytes32 s) = _rs(good);
        bytes memory v = isP256 ? bytes("") : abi.encodePacked(good[64]);
        bytes32 order = bytes32(isP256 ? P256_ORDER : SECP256K1_ORDER);
        bytes32 high = bytes32(uint256(order) - uint256(s));

        _addPart(vectors, honest, "high s", abi.encodePacked(r, high, v));
        _addPart(vectors, honest, "r zero", abi.encodePacked(bytes32(0), s, v));
        _addPart(vectors, honest, "s zero", abi.encodePacked(r, bytes32(0), v));
        _addPart(vectors, honest, "r is the order", abi.encodePacked(order, s, v));
        _addPart(vectors, honest, "s is the order", abi.encodePacked(r, order, v));
        _addPart(vectors, honest, "r and s swapped", abi.encodePacked(s, r, v));
        _addPart(vectors, honest, "all zero", new bytes(good.length));
        _addPart(vectors, honest, "all ones", abi.encodePacked(~bytes32(0), ~bytes32(0), v));
        _addPart(vectors, honest, "empty", "");
        if (isP256) return;

        uint8 swapped = good[64] == 0x1b ? 28 : 27;
        _addPart(vectors, honest, "high s, other v", abi.encodePacked(r, high, swapped));
        _addPart(vectors, honest, "other v", abi.encodePacked(r, s, swapped));
        _addPart(vectors, honest, "v from zero", abi.encodePacked(r, s, uint8(good[64]) - 27));
        uint8[5] memory others = [0, 1, 26, 29, 255];
        for (uint256 i = 0; i < others.length; ++i) {
            if (others[i] == uint8(good[64]) - 27) continue;
            _addPart(vectors, honest, "v of no meaning", abi.encodePacked(r, s, others[i]));
        }
        bytes32 vs = s | (good[64] == 0x1c ? bytes32(uint256(1) << 255) : bytes32(0));
        _addPart(vectors, honest, "compact form of EIP-2098", abi.encodePacked(r, vs));
        _addPart(vectors, honest, "v before r and s", abi.encodePacked(good[64], r, s));
        _addPart(vectors, honest, "a byte too many", abi.encodePacked(good, uint8(0)));
    }

    /// @dev The signature cut or padded with zeros to each length up to 200, where that spoils it.
    function _lengths(Honest memory honest) internal pure returns (Vectors memory vectors) {
        vectors.list = new Vector[](201);
        bytes memory good = honest.given.signature;
        // OpenZeppelin's P-256 verifier reads the first 64 bytes and lets others follow.
        uint256 longest = honest.signer.kind == Kind.Key ? 63 : 200;
        bool isGroup = honest.signer.kind == Kind.Group;
        uint256 firstEntry = entryOf(_accountsOf(honest.signer), 0, new bytes(65)).length;
        for (uint256 length = 0; length <= longest; ++length) {
            // One member closes.
            bool suffices = isGroup && length == firstEntry && !_opens(honest.verb);
            if (length == good.length || suffices) continue;
            bytes memory cut = new bytes(length);
            for (uint256 i = 0; i < length && i < good.length; ++i) cut[i] = good[i];
            bool isWhole = !isGroup || length == 0 || length == firstEntry;
            bytes4 expected = isWhole ? INVALID : SignerEntryMalformed.selector;
            _addSigned(vectors, honest, "another length", honest.change, cut, expected);
        }
        _trim(vectors);
    }

    function _addDomains(Vectors memory vectors, Honest memory honest) private view {
        bytes32 hash = structHash(honest.change, honest.signer.id, honest.given);
        uint256 id = block.chainid;
        address here = address(consents);
        _addDigest(vectors, honest, "next chain", _typedData(hash, "Concord Consent", "1", id + 1, here));
        _addDigest(vectors, honest, "chain 1", _typedData(hash, "Concord Consent", "1", 1, here));
        _addDigest(vectors, honest, "chain 0", _typedData(hash, "Concord Consent", "1", 0, here));
        _addDigest(vectors, honest, "terms", _typedData(hash, "Concord Consent", "1", id, address(terms)));
        _addDigest(vectors, honest, "delegates", _typedData(hash, "Concord Consent", "1", id, address(delegates)));
        _addDigest(vectors, honest, "nowhere", _typedData(hash, "Concord Consent", "1", id, address(0)));
        _addDigest(vectors, honest, "name's case", _typedData(hash, "Concord consent", "1", id, here));
        _addDigest(vectors, honest, "other name", _typedData(hash, "Concord Delegates", "1", id, here));
        _addDigest(vectors, honest, "no name", _typedData(hash, "", "1", id, here));
        _addDigest(vectors, honest, "next version", _typedData(hash, "Concord Consent", "2", id, here));
        _addDigest(vectors, honest, "no version", _typedData(hash, "Concord Consent", "", id, here));
        _addDigest(vectors, honest, "no domain", hash);
        bytes32 digest = _digestOf(honest);
        bytes32 prefixed = keccak256(abi.encodePacked("\x19Ethereum Signed Message:\n32", digest));
        _addDigest(vectors, honest, "as a personal message", prefixed);
        _addDigest(vectors, honest, "hashed once more", keccak256(abi.encodePacked(digest)));
    }

    /// @dev Another message than the one sent: each member altered by a bit, the participant, the times, and the type.
    function _addMessages(Vectors memory vectors, Honest memory honest) private view {
        for (uint256 i = 0; i < memberCount(honest.change); ++i) {
            Change memory sent = altered(honest.change, i);
            _addSigned(vectors, honest, "a member altered", sent, honest.given.signature, INVALID);
        }
        Authorisation memory given = _copy(honest.given);
        given.signedAt -= 1;
        _addAuthorised(vectors, "signing time altered", honest.change, given, INVALID);
        given = _copy(honest.given);
        given.deadline += 1;
        _addAuthorised(vectors, "deadline altered", honest.change, given, INVALID);

        Change memory other = _copy(honest.change);
        other.typed = string.concat(other.typed, " ");
        _addMessage(vectors, honest, "type with a blank", other, honest.signer.id);
        other.typed = string.concat("x", honest.change.typed);
        _addMessage(vectors, honest, "type of another name", other, honest.signer.id);
        other.typed = "";
        _addMessage(vectors, honest, "no type", other, honest.signer.id);
        _addMessage(vectors, honest, "nobody's id", honest.change, NO_PARTICIPANT);
        ParticipantId near = ParticipantId.wrap(ParticipantId.unwrap(honest.signer.id) ^ bytes32(uint256(1)));
        _addMessage(vectors, honest, "an id altered by a bit", honest.change, near);
    }

    function _addTimes(Vectors memory vectors, Honest memory honest) private view {
        Authorisation memory given = _copy(honest.given);
        given.deadline = _now() - 1;
        bytes4 passed = IConsentRegistry.ConsentDeadlinePassed.selector;
        _addAuthorised(vectors, "deadline a second ago", honest.change, _resigned(honest, given), passed);
        given = _copy(honest.given);
        given.deadline = 0;
        _addAuthorised(vectors, "deadline never set", honest.change, _resigned(honest, given), passed);
        given = _copy(honest.given);
        given.signedAt = _now() + 1;
        bytes4 early = IConsentRegistry.ConsentSignedInFuture.selector;
        _addAuthorised(vectors, "signed in a second", honest.change, _resigned(honest, given), early);
        given = _copy(honest.given);
        given.signedAt = type(uint32).max;
        given.deadline = type(uint32).max;
        _addAuthorised(vectors, "signed in another age", honest.change, _resigned(honest, given), early);
        if (honest.verb == Verb.Grant) return;

        given = _copy(honest.given);
        given.signedAt = _now() - 1;
        bytes4 late = IConsentRegistry.ConsentClosingSuperseded.selector;
        if (_opens(honest.verb)) late = IConsentRegistry.ConsentSignedTooEarly.selector;
        // The standing word was signed a second ago; a closing of the same second would count.
        if (!_opens(honest.verb)) given.signedAt -= 1;
        _addAuthorised(vectors, "signed before the word", honest.change, _resigned(honest, given), late);
    }

    /// @dev The signer's own signature of every other verb, and of what is signed elsewhere in the suite.
    function _addOtherVerbs(Vectors memory vectors, Honest memory honest) private view {
        for (uint8 i = 0; i < VERBS; ++i) {
            if (Verb(i) == honest.verb) continue;
            _addMessage(vectors, honest, "another verb's", _changeOf(Verb(i)), honest.signer.id);
        }
        Change memory other = takingOver(TakeOver(SCOPE, honest.signer.id));
        _addMessage(vectors, honest, "a takeover's", other, honest.signer.id);
        other = vetoing(Veto(SCOPE, honest.signer.id));
        _addMessage(vectors, honest, "a veto's", other, honest.signer.id);
        other = appointing(Appointment(SCOPE, mallory.id, 1, NO_EXPIRY));
        _addMessage(vectors, honest, "an appointment's", other, honest.signer.id);
        other = dismissing(Dismissal(SCOPE, mallory.id));
        _addMessage(vectors, honest, "a dismissal's", other, honest.signer.id);
    }

    /// @dev Another's signature under this signer's name, this signer's under another's, and names of nobody.
    function _addOtherSigners(Vectors memory vectors, Honest memory honest) private {
        Signer memory other = _signer(honest.signer.kind, "mallory");
        bytes32 digest = _digestOf(honest);
        bool opens = _opens(honest.verb);
        bytes4 malformed = honest.signer.kind == Kind.Group ? SignerEntryMalformed.selector : INVALID;
        _addSigned(vectors, honest, "another account's", honest.change, _sign(mallory, digest), malformed);
        _addSigned(vectors, honest, "another's of its kind", honest.change, _sign(other, digest), INVALID);
        _addAs(vectors, honest, "under another's name", other.signer, honest.given.signature, INVALID);
        bytes memory key = abi.encode(honest.signer.people[0].key);
        address unlisted = address(terms);
        _addAs(vectors, honest, "no signer", "", honest.given.signature, SignerUnsupported.selector);
        _addAs(vectors, honest, "19 bytes", new bytes(19), honest.given.signature, SignerUnsupported.selector);
        _addAs(vectors, honest, "zero verifier", new bytes(52), honest.given.signature, SignerUnsupported.selector);
        _addAs(vectors, honest, "a byte of key", new bytes(21), honest.given.signature, SignerUnsupported.selector);
        _addAs(
            vectors,
            honest,
            "unlisted verifier",
            abi.encodePacked(unlisted, key),
            honest.given.signature,
            opens ? SignerVerifierUnlisted.selector : INVALID
        );
        _addAs(
            vectors,
            honest,
            "verifier without code",
            abi.encodePacked(STRANGER, key),
            honest.given.signature,
            opens ? SignerVerifierUnlisted.selector : INVALID
        );
        bytes memory verifier = abi.encodePacked(p256Verifier);
        _addAs(vectors, honest, "verifier without a key", verifier, honest.given.signature, INVALID);
        bytes memory short = abi.encodePacked(p256Verifier, uint8(4));
        _addAs(vectors, honest, "too short a key", short, honest.given.signature, INVALID);
        _addAs(vectors, honest, "address zero", new bytes(20), new bytes(65), INVALID);
        _addAs(vectors, honest, "group of nobody", new bytes(53), honest.given.signature, INVALID);
    }

    /// @dev Someone who acts as the participant's delegate without a mandate, and misuse of the field that says so.
    function _addDelegates(Vectors memory vectors, Honest memory honest) private {
        bytes4 unauthorised = IConsentRegistry.ConsentDelegateUnauthorised.selector;
        Authorisation memory given = _authoriseFor(honest.signer.id, mallory, honest.change);
        _addAuthorised(vectors, "delegate without mandate", honest.change, given, unauthorised);

        Person memory proxy = _person("proxy whose mandate has ended");
        _appoint(honest.signer, Appointment(SCOPE, proxy.id, _mandatesOf(honest.verb), _now() + 1));
        _advance(1);
        given = _authoriseFor(honest.signer.id, proxy, honest.change);
        _addAuthorised(vectors, "mandate ended this second", honest.change, given, unauthorised);

        proxy = _person("proxy for other verbs");
        _appoint(honest.signer, Appointment(SCOPE, proxy.id, 0x3f & ~_mandatesOf(honest.verb), NO_EXPIRY));
        given = _authoriseFor(honest.signer.id, proxy, honest.change);
        _addAuthorised(vectors, "mandate for other verbs", honest.change, given, unauthorised);

        proxy = _person("proxy in another scope");
        _appoint(honest.signer, Appointment(OTHER_SCOPE, proxy.id, 0x3f, NO_EXPIRY));
        given = _authoriseFor(honest.signer.id, proxy, honest.change);
        _addAuthorised(vectors, "mandate in another scope", honest.change, given, unauthorised);

        given = _authoriseFor(honest.signer.id, proxy, honest.change);
        given.participantId = NO_PARTICIPANT;
        _addAuthorised(vectors, "delegate's signature as their own", honest.change, given, INVALID);

        given = _copy(honest.given);
        given.participantId = mallory.id;
        _addAuthorised(vectors, "own signature for another", honest.change, given, INVALID);
        given = _authorise(honest.signer, honest.change);
        given.participantId = mallory.id;
        given.signature = _sign(honest.signer, _typedData(structHash(honest.change, mallory.id, given)));
        _addAuthorised(vectors, "for another without mandate", honest.change, given, unauthorised);
        // The mandates above took time.
        honest.given = _authorise(honest.signer, honest.change);
    }

    function _addVersions(Vectors memory vectors, Honest memory honest) private view {
        bytes4 mismatch = IConsentRegistry.ConsentVersionMismatch.selector;
        uint256 last = honest.change.members.length - 1;
        uint8[3] memory others = [0, 9, 255];
        for (uint256 i = 0; i < others.length; ++i) {
            // The last member of each verb is its version, or the lowest that it closes: 0 closes whatever stands.
            if (!_opens(honest.verb) && others[i] == 0) continue;
            Change memory other = _copy(honest.change);
            other.members[last] = bytes1(others[i]);
            bytes memory signature = _sign(
                honest.signer,
                _typedData(structHash(other, honest.signer.id, honest.given))
            );
            bytes4 expected = _opens(honest.verb) ? mismatch : IConsentRegistry.ConsentVersionTooLow.selector;
            _addSigned(vectors, honest, "another version", other, signature, expected);
        }
    }

    /// @dev Of a group: too few, counted twice, out of order, strangers, nested, padded, and proofs of nothing.
    function _addGroups(Vectors memory vectors, Honest memory honest) private view {
        bytes[] memory members = _accountsOf(honest.signer);
        bytes[] memory parts = _partsOf(honest.signer, _digestOf(honest));
        bytes memory first = entryOf(members, 0, parts[0]);
        bytes memory second = entryOf(members, 1, parts[1]);
        bytes memory both = bytes.concat(first, second);

        if (_opens(honest.verb)) _addSigned(vectors, honest, "one of two", honest.change, first, INVALID);
        _addSigned(vectors, honest, "nobody", honest.change, "", INVALID);
        _addSigned(vectors, honest, "one member twice", honest.change, bytes.concat(first, first), INVALID);
        _addSigned(vectors, honest, "out of order", honest.change, bytes.concat(second, first), INVALID);
        bytes memory forged = entryOf(members, 2, _sign(mallory, _digestOf(honest)));
        _addSigned(vectors, honest, "a bad third beside two", honest.change, bytes.concat(both, forged), INVALID);

        bytes memory stranger = abi.encodePacked(mallory.account);
        bytes memory strangers = _sign(mallory, _digestOf(honest));
        _addSigned(vectors, honest, "a stranger", honest.change, rawEntry(stranger, "", strangers), INVALID);
        forged = rawEntry(stranger, proofOf(members, 0), strangers);
        _addSigned(vectors, honest, "a stranger with a member's proof", honest.change, forged, INVALID);
        _addSigned(vectors, honest, "and a stranger", honest.change, bytes.concat(first, forged), INVALID);

        _addSigned(
            vectors,
            honest,
            "a zero more",
            honest.change,
            bytes.concat(both, hex"00"),
            SignerEntryMalformed.selector
        );
        _addSigned(
            vectors,
            honest,
            "two zeros more",
            honest.change,
            bytes.concat(both, hex"0000"),
            SignerEntryMalformed.selector
        );
        _addSigned(vectors, honest, "an empty entry more", honest.change, bytes.concat(both, new bytes(5)), INVALID);
        _addSigned(vectors, honest, "a length of all", honest.change, hex"ffff", SignerEntryMalformed.selector);

        bytes memory proof = proofOf(members, 1);
        bytes memory other = rawEntry(members[1], bytes.concat(proof, bytes32(0)), parts[1]);
        _addSigned(vectors, honest, "too long a proof", honest.change, bytes.concat(first, other), INVALID);
        other = rawEntry(members[1], "", parts[1]);
        _addSigned(vectors, honest, "no proof", honest.change, bytes.concat(first, other), INVALID);
        proof[0] ^= 0x01;
        other = rawEntry(members[1], proof, parts[1]);
        _addSigned(vectors, honest, "a proof altered by a bit", honest.change, bytes.concat(first, other), INVALID);

        _addGroup(vectors, honest, "a group of which none open", groupOf(members, 0));
        if (_opens(honest.verb)) _addGroup(vectors, honest, "a group of which three open", groupOf(members, 3));
        _addNested(vectors, honest, members);
    }

    /// @dev A group whose only member is this very group: its signatures are good, and it counts for nothing.
    function _addNested(Vectors memory vectors, Honest memory honest, bytes[] memory members) private view {
        bytes[] memory outer = new bytes[](1);
        outer[0] = groupOf(members, 2);
        Signer memory signer = honest.signer;
        bytes memory nesting = groupOf(outer, 1);
        Authorisation memory given = _copy(honest.given);
        given.signer = nesting;
        bytes32 hash = structHash(honest.change, ParticipantId.wrap(keccak256(nesting)), given);
        given.signature = entryOf(outer, 0, _sign(signer, _typedData(hash)));
        _addAuthorised(vectors, "a group in a group", honest.change, given, INVALID);
    }

    // How a vector is put together

    /// @dev The signature with another last part.
    function _addPart(
        Vectors memory vectors,
        Honest memory honest,
        string memory what,
        bytes memory part
    ) private view {
        bytes[] memory parts = _partsOf(honest.signer, _digestOf(honest));
        parts[parts.length - 1] = part;
        _addSigned(vectors, honest, what, honest.change, _assembled(honest.signer, parts), INVALID);
    }

    /// @dev The signer's signature of something else than the message.
    function _addDigest(Vectors memory vectors, Honest memory honest, string memory what, bytes32 digest) private pure {
        _addSigned(vectors, honest, what, honest.change, _sign(honest.signer, digest), INVALID);
    }

    /// @dev The signer's signature of another message than the one sent.
    function _addMessage(
        Vectors memory vectors,
        Honest memory honest,
        string memory what,
        Change memory signed,
        ParticipantId participantId
    ) private view {
        _addDigest(vectors, honest, what, _typedData(structHash(signed, participantId, honest.given)));
    }

    function _addSigned(
        Vectors memory vectors,
        Honest memory honest,
        string memory what,
        Change memory sent,
        bytes memory signature,
        bytes4 expected
    ) private pure {
        Authorisation memory given = _copy(honest.given);
        given.signature = signature;
        _addAuthorised(vectors, what, sent, given, expected);
    }

    function _addAs(
        Vectors memory vectors,
        Honest memory honest,
        string memory what,
        bytes memory signer,
        bytes memory signature,
        bytes4 expected
    ) private pure {
        Authorisation memory given = _copy(honest.given);
        given.signer = signer;
        given.signature = signature;
        _addAuthorised(vectors, what, honest.change, given, expected);
    }

    /// @dev Another group of the same members, two of whom sign its message.
    function _addGroup(
        Vectors memory vectors,
        Honest memory honest,
        string memory what,
        bytes memory group
    ) private view {
        Authorisation memory given = _copy(honest.given);
        given.signer = group;
        bytes32 hash = structHash(honest.change, ParticipantId.wrap(keccak256(group)), given);
        given.signature = _sign(honest.signer, _typedData(hash));
        _addAuthorised(vectors, what, honest.change, given, INVALID);
    }

    function _addAuthorised(
        Vectors memory vectors,
        string memory what,
        Change memory sent,
        Authorisation memory given,
        bytes4 expected
    ) private pure {
        vectors.list[vectors.count++] = Vector({what: what, call: signedCall(sent, given), expected: expected});
    }

    function _trim(Vectors memory vectors) private pure {
        Vector[] memory list = vectors.list;
        uint256 count = vectors.count;
        // Shortens the array in place: what lies behind it is given up.
        assembly ("memory-safe") {
            mstore(list, count)
        }
    }

    // What signers do beside changing consents

    function _appoint(Signer memory signer, Appointment memory appointment) private {
        Change memory change = appointing(appointment);
        Authorisation memory given = _authorise(signer, change);
        bytes32 hash = structHash(change, signer.id, given);
        bytes32 digest = _typedData(hash, "Concord Delegates", "1", block.chainid, address(delegates));
        given.signature = _sign(signer, digest);
        delegates.appointBySig(appointment, given);
    }

    /// @dev The same message with other times, signed.
    function _resigned(Honest memory honest, Authorisation memory given) private view returns (Authorisation memory) {
        given.signature = _sign(honest.signer, _typedData(structHash(honest.change, honest.signer.id, given)));
        return given;
    }

    function _digestOf(Honest memory honest) private view returns (bytes32) {
        return _typedData(structHash(honest.change, honest.signer.id, honest.given));
    }

    function _rs(bytes memory signature) private pure returns (bytes32 r, bytes32 s) {
        assembly ("memory-safe") {
            r := mload(add(signature, 0x20))
            s := mload(add(signature, 0x40))
        }
    }

    function _copy(Authorisation memory given) private pure returns (Authorisation memory) {
        return
            Authorisation({
                signer: given.signer,
                participantId: given.participantId,
                signedAt: given.signedAt,
                deadline: given.deadline,
                signature: given.signature
            });
    }

    function _copy(Change memory change) private pure returns (Change memory) {
        return
            Change({
                typed: change.typed,
                selector: change.selector,
                members: bytes.concat(change.members),
                own: change.own
            });
    }
}
