// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {
    SignerGasTooLow,
    SignerLib,
    SignerUnsupported,
    SignerVerifierUnlisted
} from "../../contracts/libraries/SignerLib.sol";
import {FickleSigner} from "../../contracts/mocks/FickleSigner.sol";
import {ParticipantId} from "../../contracts/types/Ids.sol";
import {deployed} from "../support/Deploy.sol";
import {entryOf, groupOf} from "../support/Groups.sol";
import {VM, bound} from "../support/Vm.sol";

/// @title Puts the library's calldata functions within reach.
contract SignerHarness {
    using SignerLib for SignerLib.VerifierList;

    SignerLib.VerifierList private _verifiers;

    function list(address[] calldata verifiers) external {
        _verifiers.list(verifiers);
    }

    function isValid(bytes calldata signer, bytes32 digest, bytes calldata signature) external view returns (bool) {
        return _verifiers.isValid(signer, digest, signature, true);
    }

    function closes(bytes calldata signer, bytes32 digest, bytes calldata signature) external view returns (bool) {
        return _verifiers.isValid(signer, digest, signature, false);
    }

    function idOf(bytes calldata signer) external pure returns (bytes32) {
        return ParticipantId.unwrap(SignerLib.participantIdOf(signer));
    }

    function idOfAccount(address account) external pure returns (bytes32) {
        return ParticipantId.unwrap(SignerLib.participantIdOf(account));
    }
}

/// @title SignerLibTest
/// @notice Which signatures are whose; hostile wallets and verifiers are tried in ConsentRegistry.wallets.t.sol.
contract SignerLibTest {
    uint256 private constant CURVE_ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;
    bytes32 private constant DIGEST = keccak256("what was signed");

    SignerHarness private harness;

    function setUp() public {
        harness = new SignerHarness();
    }

    function testFuzz_GivenAccount_WhenIdentified_IdIsThatOfItsBytes(address account) public view {
        VM.assertEq(harness.idOfAccount(account), keccak256(abi.encodePacked(account)));
        VM.assertEq(harness.idOf(abi.encodePacked(account)), harness.idOfAccount(account));
    }

    function testFuzz_GivenKey_WhenItSigned_IsValidForItsAccountAndDigestOnly(uint256 key, bytes32 digest) public view {
        key = bound(key, 1, CURVE_ORDER - 1);
        bytes memory signature = _signature(key, digest);
        VM.assertTrue(harness.isValid(abi.encodePacked(VM.addr(key)), digest, signature));
        VM.assertFalse(harness.isValid(abi.encodePacked(VM.addr(key)), digest ^ bytes32(uint256(1)), signature));
        VM.assertFalse(harness.isValid(abi.encodePacked(address(1)), digest, signature));
    }

    function testFuzz_GivenSignature_WhenAnyByteIsChanged_IsInvalid(uint256 key, uint256 place, uint8 by) public view {
        key = bound(key, 1, CURVE_ORDER - 1);
        bytes memory signature = _signature(key, DIGEST);
        place = bound(place, 0, 64);
        signature[place] = bytes1(uint8(signature[place]) ^ uint8(bound(by, 1, 255)));
        VM.assertFalse(harness.isValid(abi.encodePacked(VM.addr(key)), DIGEST, signature));
    }

    function testFuzz_GivenSignature_WhenSIsHigh_IsInvalid(uint256 key) public view {
        key = bound(key, 1, CURVE_ORDER - 1);
        (uint8 v, bytes32 r, bytes32 s) = VM.sign(key, DIGEST);
        bytes memory malleated = abi.encodePacked(
            r,
            bytes32(CURVE_ORDER - uint256(s)),
            v == 27 ? uint8(28) : uint8(27)
        );
        VM.assertFalse(harness.isValid(abi.encodePacked(VM.addr(key)), DIGEST, malleated));
    }

    function testFuzz_GivenSignature_WhenVIsZeroOrOne_IsInvalid(uint256 key) public view {
        key = bound(key, 1, CURVE_ORDER - 1);
        (uint8 v, bytes32 r, bytes32 s) = VM.sign(key, DIGEST);
        VM.assertFalse(harness.isValid(abi.encodePacked(VM.addr(key)), DIGEST, abi.encodePacked(r, s, v - 27)));
    }

    function testFuzz_GivenSignature_WhenCompact_IsInvalid(uint256 key) public view {
        key = bound(key, 1, CURVE_ORDER - 1);
        (uint8 v, bytes32 r, bytes32 s) = VM.sign(key, DIGEST);
        bytes32 vs = bytes32(uint256(s) | (uint256(v - 27) << 255));
        VM.assertFalse(harness.isValid(abi.encodePacked(VM.addr(key)), DIGEST, abi.encodePacked(r, vs)));
    }

    function testFuzz_GivenSignature_WhenPaddedOrCut_IsInvalid(uint256 key, uint8 length) public view {
        key = bound(key, 1, CURVE_ORDER - 1);
        VM.assume(length != 65);
        bytes memory whole = _signature(key, DIGEST);
        bytes memory other = new bytes(length);
        for (uint256 i = 0; i < length && i < 65; ++i) other[i] = whole[i];
        VM.assertFalse(harness.isValid(abi.encodePacked(VM.addr(key)), DIGEST, other));
    }

    function test_GivenNoSignature_WhenChecked_IsInvalidForAnyoneAndForNobody() public view {
        VM.assertFalse(harness.isValid(abi.encodePacked(VM.addr(1)), DIGEST, ""));
        VM.assertFalse(harness.isValid(abi.encodePacked(address(0)), DIGEST, ""));
    }

    function test_GivenAddressZero_WhenRecoveryFails_IsInvalid() public view {
        // Recovery fails for r = s = 0, for an r that is no point, and for a v that is none; it answers address(0).
        bytes memory nobody = abi.encodePacked(address(0));
        VM.assertFalse(harness.isValid(nobody, DIGEST, abi.encodePacked(bytes32(0), bytes32(0), uint8(27))));
        VM.assertFalse(harness.isValid(nobody, DIGEST, abi.encodePacked(bytes32(0), bytes32(uint256(1)), uint8(28))));
        VM.assertFalse(
            harness.isValid(nobody, DIGEST, abi.encodePacked(bytes32(~uint256(0)), bytes32(uint256(1)), uint8(27)))
        );
        VM.assertFalse(
            harness.isValid(nobody, DIGEST, abi.encodePacked(bytes32(uint256(1)), bytes32(uint256(1)), uint8(29)))
        );
    }

    // Kinds of signer

    function testFuzz_GivenBytesOfNoKind_WhenChecked_RevertsSignerUnsupported(bytes calldata signer) public {
        VM.assume(signer.length < 20);
        VM.expectRevert(abi.encodeWithSelector(SignerUnsupported.selector, signer.length));
        harness.isValid(signer, DIGEST, "");
    }

    function test_GivenVerifierAtAddressZero_WhenChecked_RevertsSignerUnsupported() public {
        uint256[4] memory lengths = [uint256(21), 52, 54, 84];
        for (uint256 i = 0; i < lengths.length; ++i) {
            VM.expectRevert(abi.encodeWithSelector(SignerUnsupported.selector, lengths[i]));
            harness.closes(new bytes(lengths[i]), DIGEST, "");
        }
    }

    function test_GivenVerifierWithoutCode_WhenListed_RevertsSignerVerifierUnlisted() public {
        address[] memory verifiers = new address[](1);
        verifiers[0] = address(0xC0DE);
        VM.expectRevert(abi.encodeWithSelector(SignerVerifierUnlisted.selector, verifiers[0]));
        harness.list(verifiers);
    }

    function test_GivenVerifier_WhenUnlisted_ClosesAndRevertsSignerVerifierUnlistedWhereItOpens() public {
        address verifier = _vouching();
        bytes memory signer = abi.encodePacked(verifier, "key");
        VM.assertTrue(harness.closes(signer, DIGEST, ""));
        VM.expectRevert(abi.encodeWithSelector(SignerVerifierUnlisted.selector, verifier));
        harness.isValid(signer, DIGEST, "");
        address[] memory verifiers = new address[](1);
        verifiers[0] = verifier;
        harness.list(verifiers);
        VM.assertTrue(harness.isValid(signer, DIGEST, ""));
    }

    function test_GivenKeyOfThirtyThreeBytes_WhenItsVerifierVouches_IsNoGroupThoughAsLong() public {
        bytes memory signer = abi.encodePacked(_vouching(), bytes1(0x02), keccak256("x of a compressed key"));
        VM.assertEq(signer.length, groupOf(new bytes[](1), 1).length);
        VM.assertTrue(harness.closes(signer, DIGEST, ""));
    }

    function test_GivenVerifierWithoutCode_WhenItIsToClose_IsInvalid() public view {
        VM.assertFalse(harness.closes(abi.encodePacked(address(0xC0DE), "key"), DIGEST, ""));
    }

    // Gas

    function test_GivenTooLittleGasForForeignCode_WhenChecked_RevertsSignerGasTooLow() public {
        uint256 needed = SignerLib.CHECK_GAS + SignerLib.CHECK_GAS / 63 + SignerLib.GAS_AFTER_CHECK;
        bytes memory wallet = abi.encodePacked(_vouching());
        _assertGasTooLow(abi.encodeCall(SignerHarness.isValid, (wallet, DIGEST, "")), needed);
        bytes memory key = abi.encodePacked(_vouching(), "key");
        _assertGasTooLow(abi.encodeCall(SignerHarness.closes, (key, DIGEST, "")), needed);
    }

    function test_GivenTooLittleGasForNextMember_WhenChecked_RevertsSignerGasTooLow() public {
        bytes[] memory members = new bytes[](1);
        members[0] = abi.encodePacked(VM.addr(1));
        bytes memory entry = entryOf(members, 0, _signature(1, DIGEST));
        _assertGasTooLow(
            abi.encodeCall(SignerHarness.isValid, (groupOf(members, 1), DIGEST, entry)),
            SignerLib.MEMBER_GAS + SignerLib.GAS_AFTER_CHECK
        );
    }

    /// @dev Reverts with less gas than needed, and is valid with a little more.
    function _assertGasTooLow(bytes memory call, uint256 needed) private {
        (bool success, bytes memory reason) = address(harness).call{gas: needed}(call);
        VM.assertFalse(success);
        VM.assertEq(bytes32(bytes4(reason)), bytes32(SignerGasTooLow.selector));
        VM.assertEq(reason.length, 4 + 64);
        uint256 gasLeft;
        uint256 said;
        assembly ("memory-safe") {
            gasLeft := mload(add(reason, 0x24))
            said := mload(add(reason, 0x44))
        }
        VM.assertEq(said, needed);
        VM.assertGt(needed, gasLeft, "there was enough");
        (success, reason) = address(harness).call{gas: needed + 10_000}(call);
        VM.assertTrue(success && abi.decode(reason, (bool)), "with enough it is valid");
    }

    /// @dev A wallet or verifier that vouches for anything.
    function _vouching() private returns (address signer) {
        signer = deployed("FickleSigner", "");
        FickleSigner(signer).setVouches(true);
    }

    function _signature(uint256 key, bytes32 digest) private pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = VM.sign(key, digest);
        return abi.encodePacked(r, s, v);
    }
}
