// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Base64} from "@openzeppelin/contracts/utils/Base64.sol";
import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";

import {IConsentRegistry} from "../../contracts/consent/IConsentRegistry.sol";
import {SignerGasTooLow, SignerTooLong, SignerVerifierUnlisted} from "../../contracts/libraries/SignerLib.sol";
import {Authorisation, ConsentStatus, Grant, Withdraw, WithdrawalExtent} from "../../contracts/types/Consent.sol";
import {ParticipantId} from "../../contracts/types/Ids.sol";
import {granting, structHash, withdrawing} from "../support/Changes.sol";
import {deployed} from "../support/Deploy.sol";
import {entryOf, groupOf, sorted} from "../support/Groups.sol";
import {Assertion, PasskeySigning} from "../support/PasskeySigning.sol";
import {VM, bound} from "../support/Vm.sol";

/// @title ConsentRegistryPasskeyTest
/// @notice Participants with a passkey: what a browser has signed for them counts, and nothing that was made from it.
contract ConsentRegistryPasskeyTest is PasskeySigning {
    WithdrawalExtent private constant USE = WithdrawalExtent.NoFurtherUse;
    uint256 private constant LONGEST_SIGNER = 1_024;
    uint256 private constant LONGEST_SIGNATURE = 16_384;
    /// @dev The encoding's six fixed words and the two lengths.
    uint256 private constant ENCODING_WORDS = 8 * 32;

    /// @dev Whose assertions are recorded; on a key that stays on one device, and on one that is synced.
    Person private alice;
    Person private bob;
    /// @dev Whose key the tests know.
    Person private carol;

    function setUp() public {
        _deployAsRecorded();
        alice.id = _idOf(_recordedAuthorisation("grant").signer);
        bob.id = _idOf(_recordedAuthorisation("grantSynced").signer);
        carol = _keyHolder("carol", webAuthnVerifier);
        // After all that is recorded was signed, and before any of it ends.
        VM.warp(START + 1 minutes);
    }

    // Recorded assertions

    function test_GivenRecordedAssertions_WhenHashedAgain_ChallengesAreTheChanges() public view {
        Authorisation memory given = _recordedAuthorisation("grant");
        _assertChallenge("grant", structHash(granting(_grant(1)), alice.id, given));
        _assertChallenge("grantUnverified", structHash(granting(_grant(1)), alice.id, given));
        _assertChallenge("grantExtended", structHash(granting(_grant(1)), alice.id, given));
        _assertChallenge("grantElsewhere", structHash(granting(_grant(1)), alice.id, given));
        _assertChallenge("grantSynced", structHash(granting(_grant(1)), bob.id, _recordedAuthorisation("grantSynced")));
        _assertChallenge(
            "withdraw",
            structHash(withdrawing(_withdrawal(1)), alice.id, _recordedAuthorisation("withdraw"))
        );
        _assertChallenge("grantAgain", structHash(granting(_grant(3)), alice.id, _recordedAuthorisation("grantAgain")));
    }

    function test_GivenPasskey_WhenGrantWithdrawAndGrantAgain_EachApplies() public {
        consents.grantBySig(_grant(1), _recordedAuthorisation("grant"));
        _assertStatus(alice, ConsentStatus.Active);
        consents.withdrawBySig(_withdrawal(1), _recordedAuthorisation("withdraw"));
        _assertStatus(alice, ConsentStatus.Withdrawn);
        consents.grantBySig(_grant(3), _recordedAuthorisation("grantAgain"));
        _assertStatus(alice, ConsentStatus.Active);
        VM.assertEq(uint16(_raw(alice) >> 32), 3, "version");
        VM.assertEq(uint32(_raw(alice) >> 128), _recordedAuthorisation("grantAgain").signedAt, "signedAt");
    }

    function test_GivenSyncedPasskey_WhenGrant_Opens() public {
        consents.grantBySig(_grant(1), _recordedAuthorisation("grantSynced"));
        _assertStatus(bob, ConsentStatus.Active);
    }

    function test_GivenExtensionData_WhenGrant_Opens() public {
        consents.grantBySig(_grant(1), _recordedAuthorisation("grantExtended"));
        _assertStatus(alice, ConsentStatus.Active);
    }

    function test_GivenAnotherPageOfTheSite_WhenGrant_Opens() public {
        // The authenticator ties a key to its site; which of the site's pages asked is not the chain's business.
        consents.grantBySig(_grant(1), _recordedAuthorisation("grantElsewhere"));
        _assertStatus(alice, ConsentStatus.Active);
    }

    function test_GivenUserNotVerified_WhenGrant_RejectsSignatureInvalid() public {
        _assertInvalid(alice, _grant(1), _recordedAuthorisation("grantUnverified"));
    }

    function test_GivenTwoPasskeys_WhenRelayed_BothApplyAndReplayIsReported() public {
        bytes[] memory items = new bytes[](4);
        items[0] = abi.encodeCall(IConsentRegistry.grantBySig, (_grant(1), _recordedAuthorisation("grant")));
        items[1] = abi.encodeCall(IConsentRegistry.grantBySig, (_grant(1), _recordedAuthorisation("grantSynced")));
        items[2] = items[0];
        items[3] = abi.encodeCall(IConsentRegistry.withdrawBySig, (_withdrawal(1), _recordedAuthorisation("withdraw")));
        VM.expectEmit(address(consents));
        bytes memory reason = abi.encodeWithSelector(IConsentRegistry.ConsentAlreadyGranted.selector);
        emit IConsentRegistry.ConsentItemRejected(2, reason);
        VM.assertEq(consents.relay(items), 3);
        _assertStatus(alice, ConsentStatus.Withdrawn);
        _assertStatus(bob, ConsentStatus.Active);
    }

    function test_GivenWithdrawn_WhenGrantIsReplayed_RejectsVersionMismatch() public {
        consents.grantBySig(_grant(1), _recordedAuthorisation("grant"));
        consents.withdrawBySig(_withdrawal(1), _recordedAuthorisation("withdraw"));
        Authorisation memory given = _recordedAuthorisation("grant");
        VM.expectRevert(abi.encodeWithSelector(IConsentRegistry.ConsentVersionMismatch.selector, 3, 1));
        consents.grantBySig(_grant(1), given);
    }

    function test_GivenAssertionOverAnotherChange_RejectsSignatureInvalid() public {
        Authorisation memory given = _recordedAuthorisation("withdraw");
        given.signature = _recordedAuthorisation("grant").signature;
        _assertInvalid(alice, _withdrawal(1), given);

        given = _recordedAuthorisation("grant");
        given.signature = _recordedAuthorisation("grantAgain").signature;
        _assertInvalid(alice, _grant(1), given);

        given = _recordedAuthorisation("grant");
        given.signedAt += 1;
        _assertInvalid(alice, _grant(1), given);
    }

    function test_GivenAssertionOfAnotherKey_RejectsSignatureInvalid() public {
        Authorisation memory given = _recordedAuthorisation("grant");
        given.signer = _recordedAuthorisation("grantSynced").signer;
        _assertInvalid(bob, _grant(1), given);

        given = _recordedAuthorisation("grant");
        given.signature = _recordedAuthorisation("grantSynced").signature;
        _assertInvalid(alice, _grant(1), given);
    }

    function test_GivenOtherChain_RejectsSignatureInvalid() public {
        Authorisation memory given = _recordedAuthorisation("grant");
        uint256 chainId = block.chainid;
        VM.chainId(chainId + 1);
        _assertInvalid(alice, _grant(1), given);
        VM.chainId(chainId);
    }

    // Recorded assertions, altered

    function test_GivenOtherFormOfS_RejectsSignatureInvalid() public {
        Assertion memory auth = _recordedAssertion("grant");
        auth.s = _otherForm(auth.s);
        _assertAlteredInvalid(auth);
    }

    function test_GivenRAndSSwapped_RejectsSignatureInvalid() public {
        Assertion memory auth = _recordedAssertion("grant");
        (auth.r, auth.s) = (auth.s, auth.r);
        _assertAlteredInvalid(auth);
    }

    function test_GivenRAndSOutOfRange_RejectsSignatureInvalid() public {
        bytes32[4] memory outside = [bytes32(0), bytes32(P256_ORDER), bytes32(P256_ORDER + 1), bytes32(~uint256(0))];
        for (uint256 i = 0; i < outside.length; ++i) {
            Assertion memory auth = _recordedAssertion("grant");
            auth.r = outside[i];
            _assertAlteredInvalid(auth);
            auth = _recordedAssertion("grant");
            auth.s = outside[i];
            _assertAlteredInvalid(auth);
            auth.r = outside[i];
            _assertAlteredInvalid(auth);
        }
    }

    function test_GivenAnyFlagAltered_RejectsSignatureInvalid() public {
        for (uint256 bit = 0; bit < 8; ++bit) {
            Assertion memory auth = _recordedAssertion("grant");
            auth.authenticatorData[32] ^= bytes1(uint8(1 << bit));
            _assertAlteredInvalid(auth);
        }
    }

    function testFuzz_GivenAuthenticatorDataAltered_RejectsSignatureInvalid(uint256 place, uint8 by) public {
        Assertion memory auth = _recordedAssertion("grant");
        _alter(auth.authenticatorData, place, by);
        _assertAlteredInvalid(auth);
    }

    function testFuzz_GivenClientDataAltered_RejectsSignatureInvalid(uint256 place, uint8 by) public {
        Assertion memory auth = _recordedAssertion("grant");
        _alter(bytes(auth.clientDataJSON), place, by);
        _assertAlteredInvalid(auth);
    }

    function testFuzz_GivenSignatureAltered_RejectsSignatureInvalid(uint256 place, uint8 by) public {
        Assertion memory auth = _recordedAssertion("grant");
        bytes memory signature = abi.encodePacked(auth.r, auth.s);
        _alter(signature, place, by);
        (auth.r, auth.s) = abi.decode(signature, (bytes32, bytes32));
        _assertAlteredInvalid(auth);
    }

    function testFuzz_GivenIndexesElsewhere_RejectsSignatureInvalid(uint256 index, bool isType) public {
        Assertion memory auth = _recordedAssertion("grant");
        VM.assume(index != (isType ? auth.typeIndex : auth.challengeIndex));
        if (isType) auth.typeIndex = index;
        else auth.challengeIndex = index;
        _assertAlteredInvalid(auth);
    }

    function testFuzz_GivenKeyAltered_IsNobodysSignature(uint256 place, uint8 by) public {
        Authorisation memory given = _recordedAuthorisation("grant");
        // The verifier's address stays.
        _alter(given.signer, 20 + (place % 64), by);
        Person memory nobody;
        nobody.id = _idOf(given.signer);
        _assertInvalid(nobody, _grant(1), given);
    }

    function test_GivenEncodingCutAnywhere_RejectsSignatureInvalid() public {
        Authorisation memory given = _recordedAuthorisation("grant");
        bytes memory whole = given.signature;
        Assertion memory auth = _recordedAssertion("grant");
        // What is cut from the last word's padding was not needed.
        uint256 needed = ENCODING_WORDS + 64 + bytes(auth.clientDataJSON).length;
        for (uint256 length = 0; length < needed; ++length) {
            given.signature = _cut(whole, length);
            _assertInvalid(alice, _grant(1), given);
        }
        given.signature = _cut(whole, needed);
        consents.grantBySig(_grant(1), given);
        _assertStatus(alice, ConsentStatus.Active);
    }

    function testFuzz_GivenOffsetOrLengthAltered_RejectsSignatureInvalid(uint256 part, uint256 value) public {
        _assertEncodingAlteredInvalid(part % 4, value);
    }

    function test_GivenHugeOffsetOrLength_RejectsSignatureInvalid() public {
        uint256[4] memory huge = [LONGEST_SIGNATURE, uint256(type(uint64).max), 1 << 255, type(uint256).max];
        for (uint256 i = 0; i < huge.length; ++i) {
            for (uint256 part = 0; part < 4; ++part) _assertEncodingAlteredInvalid(part, huge[i]);
        }
    }

    function test_GivenPaddingUpToLongest_Applies_AndBeyondRejectsTooLong() public {
        Authorisation memory given = _recordedAuthorisation("grant");
        bytes memory whole = given.signature;
        given.signature = bytes.concat(whole, new bytes(LONGEST_SIGNATURE + 1 - whole.length));
        VM.expectRevert(abi.encodeWithSelector(SignerTooLong.selector, LONGEST_SIGNATURE + 1, LONGEST_SIGNATURE));
        consents.grantBySig(_grant(1), given);

        given.signature = bytes.concat(whole, new bytes(LONGEST_SIGNATURE - whole.length));
        consents.grantBySig(_grant(1), given);
        _assertStatus(alice, ConsentStatus.Active);
    }

    // Assertions of a key that the test knows

    function test_GivenFlags_WhenSignedWell_CountsWithUserPresentAndVerified() public {
        for (uint256 flags = 0; flags < 256; ++flags) {
            uint256 state = VM.snapshotState();
            bool isBackupSound = flags & BS == 0 || flags & BE != 0;
            bool isGood = flags & UP != 0 && flags & UV != 0 && isBackupSound;
            Authorisation memory given = _signedByCarol(_grant(1), uint8(flags));
            if (isGood) consents.grantBySig(_grant(1), given);
            else _assertInvalid(carol, _grant(1), given);
            VM.revertToState(state);
        }
    }

    function test_GivenAssertionOfCreation_RejectsSignatureInvalid() public {
        Authorisation memory given = _unsigned(carol, webAuthnVerifier);
        bytes32 digest = _typedData(structHash(granting(_grant(1)), carol.id, given));
        string memory clientData = _clientData("webauthn.create", digest);
        Assertion memory auth = _assertionOf(carol, clientData, _authenticatorData(""));
        given.signature = _encode(auth);
        _assertInvalid(carol, _grant(1), given);
        // Its challenge lies further on, which an attacker would say.
        auth.challengeIndex += bytes("create").length - bytes("get").length;
        given.signature = _encode(auth);
        _assertInvalid(carol, _grant(1), given);
    }

    function test_GivenAuthenticatorDataTooShort_RejectsSignatureInvalid() public {
        Authorisation memory given = _unsigned(carol, webAuthnVerifier);
        bytes32 digest = _typedData(structHash(granting(_grant(1)), carol.id, given));
        bytes memory whole = _authenticatorData("");
        for (uint256 length = 0; length < whole.length; ++length) {
            given.signature = _encode(_assertionOf(carol, _clientData("webauthn.get", digest), _cut(whole, length)));
            _assertInvalid(carol, _grant(1), given);
        }
    }

    function test_GivenLongestAssertion_IsCheckedWithinItsGas() public {
        // Whether an extension or the client data fills it: the check must not run out of gas.
        Authorisation memory given = _unsigned(carol, webAuthnVerifier);
        bytes32 digest = _typedData(structHash(granting(_grant(1)), carol.id, given));
        string memory clientData = _clientData("webauthn.get", digest);
        uint256 shortest = _encode(_assertionOf(carol, clientData, _authenticatorData(""))).length;
        bytes memory filling = new bytes(LONGEST_SIGNATURE - shortest - 32);

        uint256 state = VM.snapshotState();
        given.signature = _encode(_assertionOf(carol, clientData, _authenticatorData(filling)));
        consents.grantBySig(_grant(1), given);
        _assertStatus(carol, ConsentStatus.Active);
        VM.revertToState(state);

        string memory filled = string.concat(clientData, string(filling));
        given.signature = _encode(_assertionOf(carol, filled, _authenticatorData("")));
        consents.grantBySig(_grant(1), given);
        _assertStatus(carol, ConsentStatus.Active);
    }

    function testFuzz_GivenAnyKey_WhenSignedWell_Counts(string memory name) public {
        Person memory person = _keyHolder(name, webAuthnVerifier);
        Authorisation memory given = _unsigned(person, webAuthnVerifier);
        bytes32 digest = _typedData(structHash(granting(_grant(1)), person.id, given));
        given.signature = _encode(_assertionOf(person, digest, UP | UV));
        consents.grantBySig(_grant(1), given);
        _assertStatus(person, ConsentStatus.Active);
    }

    function testFuzz_GivenAnyGas_WhenSignedWell_NeverLooksInvalid(uint256 gas) public {
        Authorisation memory given = _recordedAuthorisation("grant");
        bytes memory call = abi.encodeCall(IConsentRegistry.grantBySig, (_grant(1), given));
        (bool success, bytes memory reason) = address(consents).call{gas: bound(gas, 30_000, 900_000)}(call);
        if (success) _assertStatus(alice, ConsentStatus.Active);
        else
            VM.assertTrue(reason.length == 0 || bytes4(reason) == SignerGasTooLow.selector, "a good passkey looks bad");
    }

    function testFuzz_GivenAnyGas_WhenRelayed_NoGoodPasskeyLooksRefused(uint256 gas) public {
        bytes[] memory items = new bytes[](2);
        items[0] = abi.encodeCall(IConsentRegistry.grantBySig, (_grant(1), _recordedAuthorisation("grant")));
        items[1] = abi.encodeCall(IConsentRegistry.grantBySig, (_grant(1), _recordedAuthorisation("grantSynced")));
        bytes memory call = abi.encodeCall(IConsentRegistry.relay, (items));
        (bool success, bytes memory result) = address(consents).call{gas: bound(gas, 30_000, 1_400_000)}(call);
        if (success) VM.assertEq(abi.decode(result, (uint256)), 2, "a good passkey looks refused");
        else _assertStatus(alice, ConsentStatus.None);
    }

    // Verifiers, keys and groups

    function test_GivenGroupOfPasskeys_WhenAllNeededSign_Opens_AndOneWithdraws() public {
        Person memory dave = _keyHolder("dave", p256Verifier);
        bytes[] memory members = new bytes[](2);
        members[0] = _signerOf(carol, webAuthnVerifier);
        members[1] = _signerOf(dave, p256Verifier);
        sorted(members);
        uint256 carols = keccak256(members[0]) == ParticipantId.unwrap(carol.id) ? 0 : 1;
        Person memory group;
        Authorisation memory given = _unsigned(group);
        given.signer = groupOf(members, 2);
        group.id = _idOf(given.signer);

        bytes32 digest = _typedData(structHash(granting(_grant(1)), group.id, given));
        bytes[] memory entries = new bytes[](2);
        entries[carols] = entryOf(members, carols, _encode(_assertionOf(carol, digest, UP | UV)));
        entries[1 - carols] = entryOf(members, 1 - carols, _signP256(dave, digest));
        given.signature = entries[carols];
        _assertInvalid(group, _grant(1), given);
        given.signature = bytes.concat(entries[0], entries[1]);
        consents.grantBySig(_grant(1), given);
        _assertStatus(group, ConsentStatus.Active);

        digest = _typedData(structHash(withdrawing(_withdrawal(1)), group.id, given));
        given.signature = entryOf(members, carols, _encode(_assertionOf(carol, digest, UP | UV)));
        consents.withdrawBySig(_withdrawal(1), given);
        _assertStatus(group, ConsentStatus.Withdrawn);
    }

    function test_GivenListedCodeElsewhere_WhenGrant_Opens() public {
        address copy = deployed("ERC7913WebAuthnVerifier", "");
        Person memory person = _keyHolder("dave", copy);
        Authorisation memory given = _unsigned(person, copy);
        given.signature = _encode(
            _assertionOf(person, _typedData(structHash(granting(_grant(1)), person.id, given)), UP | UV)
        );
        consents.grantBySig(_grant(1), given);
        _assertStatus(person, ConsentStatus.Active);
    }

    function test_GivenUnlistedCode_WhenGrant_RejectsUnlisted_ButWithdrawApplies() public {
        address lenient = deployed("LenientVerifier", "");
        Person memory person = _keyHolder("dave", lenient);
        Authorisation memory given = _unsigned(person, lenient);
        given.signature = _encode(
            _assertionOf(person, _typedData(structHash(granting(_grant(1)), person.id, given)), UP)
        );
        VM.expectRevert(abi.encodeWithSelector(SignerVerifierUnlisted.selector, lenient));
        consents.grantBySig(_grant(1), given);

        given.signature = _encode(
            _assertionOf(person, _typedData(structHash(withdrawing(_withdrawal(0)), person.id, given)), UP)
        );
        consents.withdrawBySig(_withdrawal(0), given);
        _assertStatus(person, ConsentStatus.Withdrawn);
    }

    function test_GivenVerifierWithoutCode_RejectsUnlisted_AndWithdrawalSignatureInvalid() public {
        Person memory person = _keyHolder("dave", STRANGER);
        Authorisation memory given = _unsigned(person, STRANGER);
        given.signature = _encode(
            _assertionOf(person, _typedData(structHash(withdrawing(_withdrawal(0)), person.id, given)), UP | UV)
        );
        VM.expectRevert(abi.encodeWithSelector(SignerVerifierUnlisted.selector, STRANGER));
        consents.grantBySig(_grant(1), given);
        VM.expectRevert(abi.encodeWithSelector(IConsentRegistry.ConsentSignatureInvalid.selector, person.id));
        consents.withdrawBySig(_withdrawal(0), given);
    }

    function test_GivenKeyOfOtherLength_RejectsSignatureInvalid() public {
        uint256[6] memory lengths = [uint256(1), 32, 63, 65, 96, LONGEST_SIGNER - 20];
        for (uint256 i = 0; i < lengths.length; ++i) {
            Authorisation memory given = _recordedAuthorisation("grant");
            bytes memory padded = bytes.concat(given.signer, new bytes(LONGEST_SIGNER));
            given.signer = _cut(padded, 20 + lengths[i]);
            Person memory nobody;
            nobody.id = _idOf(given.signer);
            _assertInvalid(nobody, _grant(1), given);
        }
    }

    function test_GivenKeyBeyondLongest_RejectsTooLong() public {
        Authorisation memory given = _recordedAuthorisation("grant");
        given.signer = _cut(bytes.concat(given.signer, new bytes(LONGEST_SIGNER)), LONGEST_SIGNER + 1);
        VM.expectRevert(abi.encodeWithSelector(SignerTooLong.selector, LONGEST_SIGNER + 1, LONGEST_SIGNER));
        consents.grantBySig(_grant(1), given);
    }

    // Keys through the P-256 verifier

    function testFuzz_GivenAnyKeyOfP256_WhenSignedWell_Counts_AndNotWhenAltered(
        string memory name,
        uint256 place,
        uint8 by
    ) public {
        Person memory person = _keyHolder(name, p256Verifier);
        Authorisation memory given = _unsigned(person, p256Verifier);
        bytes memory signature = _signP256(person, _typedData(structHash(granting(_grant(1)), person.id, given)));
        given.signature = bytes.concat(signature);
        _alter(given.signature, place, by);
        _assertInvalid(person, _grant(1), given);
        given.signature = signature;
        consents.grantBySig(_grant(1), given);
        _assertStatus(person, ConsentStatus.Active);
    }

    function test_GivenKeyThroughBothVerifiers_IsTwoParticipants() public {
        Person memory other = _keyHolder("carol", p256Verifier);
        Authorisation memory given = _unsigned(other, p256Verifier);
        bytes32 digest = _typedData(structHash(granting(_grant(1)), other.id, given));
        given.signature = _signP256(other, digest);
        given.signer = _signerOf(carol, webAuthnVerifier);
        _assertInvalid(carol, _grant(1), given);
        given.signer = _signerOf(other, p256Verifier);
        consents.grantBySig(_grant(1), given);
        _assertStatus(other, ConsentStatus.Active);
        _assertStatus(carol, ConsentStatus.None);
    }

    function _signedByCarol(Grant memory change, uint8 flags) private view returns (Authorisation memory given) {
        given = _unsigned(carol, webAuthnVerifier);
        given.signature = _encode(
            _assertionOf(carol, _typedData(structHash(granting(change), carol.id, given)), flags)
        );
    }

    function _assertInvalid(Person memory person, Grant memory change, Authorisation memory given) private {
        VM.expectRevert(abi.encodeWithSelector(IConsentRegistry.ConsentSignatureInvalid.selector, person.id));
        consents.grantBySig(change, given);
    }

    function _assertInvalid(Person memory person, Withdraw memory change, Authorisation memory given) private {
        VM.expectRevert(abi.encodeWithSelector(IConsentRegistry.ConsentSignatureInvalid.selector, person.id));
        consents.withdrawBySig(change, given);
    }

    /// @dev Alice's recorded grant with another assertion.
    function _assertAlteredInvalid(Assertion memory auth) private {
        Authorisation memory given = _recordedAuthorisation("grant");
        given.signature = _encode(auth);
        _assertInvalid(alice, _grant(1), given);
    }

    /// @dev Alice's recorded grant with another value for the offset of authenticator or client data, or for a length.
    function _assertEncodingAlteredInvalid(uint256 part, uint256 value) private {
        // Offsets, the length of the authenticator data, its two words, the length of the client data.
        uint256 place = [uint256(4), 5, 6, 9][part] * 32;
        Authorisation memory given = _recordedAuthorisation("grant");
        bytes memory signature = given.signature;
        uint256 before;
        assembly ("memory-safe") {
            let word := add(add(signature, 0x20), place)
            before := mload(word)
            mstore(word, value)
        }
        VM.assume(value != before);
        _assertInvalid(alice, _grant(1), given);
    }

    function _assertStatus(Person memory person, ConsentStatus expected) private view {
        VM.assertEq(uint256(consents.statusOf(SCOPE, person.id)), uint256(expected), "status");
    }

    function _assertChallenge(string memory name, bytes32 hash) private view {
        string memory challenge = Base64.encodeURL(abi.encodePacked(_typedData(hash)));
        Assertion memory auth = _recordedAssertion(name);
        bytes memory found = new bytes(bytes(challenge).length);
        // solhint-disable-next-line quotes
        uint256 start = auth.challengeIndex + bytes('"challenge":"').length;
        for (uint256 i = 0; i < found.length; ++i) found[i] = bytes(auth.clientDataJSON)[start + i];
        VM.assertTrue(Strings.equal(string(found), challenge), name);
    }

    /// @dev What was recorded: alice's and bob's answer to the standard terms.
    function _grant(uint16 version) private view returns (Grant memory change) {
        change = _grantOf(alice);
        change.version = version;
    }

    function _withdrawal(uint16 minVersion) private pure returns (Withdraw memory) {
        return Withdraw({scopeId: SCOPE, extent: USE, minVersion: minVersion});
    }

    function _authenticatorData(bytes memory extensions) private pure returns (bytes memory) {
        return abi.encodePacked(sha256("site"), UP | UV, uint32(1), extensions);
    }

    /// @dev Changes one byte, in place.
    function _alter(bytes memory data, uint256 place, uint8 by) private pure {
        place %= data.length;
        data[place] ^= bytes1(uint8(bound(by, 1, 255)));
    }

    function _cut(bytes memory whole, uint256 length) private pure returns (bytes memory part) {
        part = new bytes(length);
        for (uint256 i = 0; i < length; ++i) part[i] = whole[i];
    }
}
