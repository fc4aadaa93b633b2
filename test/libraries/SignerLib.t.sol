// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {SignerLib} from "../../contracts/libraries/SignerLib.sol";
import {ParticipantId} from "../../contracts/types/Ids.sol";
import {VM, bound} from "../support/Vm.sol";

/// @title Puts the library's calldata functions within reach.
contract SignerHarness {
    function idOf(bytes calldata signer) external pure returns (bytes32) {
        return ParticipantId.unwrap(SignerLib.participantIdOf(signer));
    }

    function idOfAccount(address account) external pure returns (bytes32) {
        return ParticipantId.unwrap(SignerLib.participantIdOf(account));
    }

    function isSupported(bytes calldata signer) external pure returns (bool) {
        return SignerLib.isSupported(signer);
    }

    function isValid(bytes calldata signer, bytes32 digest, bytes calldata signature) external pure returns (bool) {
        return SignerLib.isValid(signer, digest, signature);
    }
}

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

    function testFuzz_GivenSignerBytes_WhenAsked_OnlyAccountsAreSupported(bytes calldata signer) public view {
        VM.assertTrue(harness.isSupported(signer) == (signer.length == 20));
        VM.assertTrue(harness.isSupported(abi.encodePacked(address(1))));
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

    function _signature(uint256 key, bytes32 digest) private pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = VM.sign(key, digest);
        return abi.encodePacked(r, s, v);
    }
}
