// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {DataUse} from "../../contracts/libraries/DataUse.sol";
import {Purpose, Terms} from "../../contracts/types/DataUse.sol";
import {VM} from "../support/Vm.sol";

/// @title Decodes what anyone may send.
contract TermsDecoder {
    function terms(bytes calldata encoded) external pure returns (bytes32) {
        return DataUse.digest(abi.decode(encoded, (Terms)));
    }

    function purpose(bytes calldata encoded) external pure returns (bytes32) {
        return DataUse.digest(abi.decode(encoded, (Purpose)));
    }
}

/// @notice The encodings whose hashes are the digests of terms and purposes: whole, they come back as they were; with a
/// length, an offset or a number that cannot be, or cut short, they are refused.
contract TermsEncodingTest {
    // The first word says where the struct begins; then come its fields' heads.
    uint256 private constant STRUCT = 0x20;
    uint256 private constant NOTICE = 18;

    TermsDecoder private decoder;

    function setUp() public {
        decoder = new TermsDecoder();
    }

    function testFuzz_GivenTerms_WhenEncodedAndDecoded_DigestIsTheSame(Terms memory terms) public view {
        VM.assertEq(decoder.terms(abi.encode(terms)), keccak256(abi.encode(terms)));
    }

    function testFuzz_GivenPurpose_WhenEncodedAndDecoded_DigestIsTheSame(Purpose memory purpose) public view {
        VM.assertEq(decoder.purpose(abi.encode(purpose)), keccak256(abi.encode(purpose)));
    }

    function testFuzz_GivenTerms_WhenAListSaysToBeLongerThanAllThereIs_Reverts(
        Terms memory terms,
        uint256 field,
        uint256 length
    ) public view {
        bytes memory encoded = abi.encode(terms);
        uint8[8] memory lists = [2, 4, 6, 7, 8, 9, 10, 11];
        uint256 place = STRUCT + _word(encoded, _head(lists[field % 8]));
        _assertTermsRefused(_with(encoded, place, _atLeast(length, encoded.length)));
    }

    function testFuzz_GivenTerms_WhenTheNoticesTextsSayToBeMoreThanThereAre_Reverts(
        Terms memory terms,
        uint256 length
    ) public view {
        bytes memory encoded = abi.encode(terms);
        uint256 notice = STRUCT + _word(encoded, _head(NOTICE));
        uint256 place = notice + _word(encoded, notice);
        _assertTermsRefused(_with(encoded, place, _atLeast(length, encoded.length)));
    }

    function testFuzz_GivenTerms_WhenAnOffsetPointsBeyondTheEnd_Reverts(
        Terms memory terms,
        uint256 field,
        uint256 offset
    ) public view {
        bytes memory encoded = abi.encode(terms);
        uint8[9] memory dynamic = [2, 4, 6, 7, 8, 9, 10, 11, 18];
        _assertTermsRefused(_with(encoded, _head(dynamic[field % 9]), _atLeast(offset, encoded.length)));
    }

    function testFuzz_GivenTerms_WhenANumberIsTooLargeForItsField_Reverts(
        Terms memory terms,
        uint256 field,
        uint256 number
    ) public view {
        uint8[7] memory fields = [0, 1, 12, 13, 15, 16, 17];
        uint8[7] memory bits = [16, 32, 16, 32, 64, 32, 32];
        field %= 7;
        bytes memory encoded = abi.encode(terms);
        _assertTermsRefused(_with(encoded, _head(fields[field]), _atLeast(number, uint256(1) << bits[field])));
    }

    function testFuzz_GivenTerms_WhenCutShort_Reverts(Terms memory terms, uint256 length) public view {
        bytes memory encoded = abi.encode(terms);
        length %= encoded.length;
        assembly ("memory-safe") {
            mstore(encoded, length)
        }
        _assertTermsRefused(encoded);
    }

    function testFuzz_GivenPurpose_WhenAListSaysToBeLongerThanAllThereIs_Reverts(
        Purpose memory purpose,
        uint256 field,
        uint256 length
    ) public view {
        bytes memory encoded = abi.encode(purpose);
        uint8[8] memory lists = [1, 4, 5, 6, 7, 8, 9, 10];
        uint256 place = STRUCT + _word(encoded, _head(lists[field % 8]));
        bytes memory hostile = _with(encoded, place, _atLeast(length, encoded.length));
        (bool isDecoded, ) = address(decoder).staticcall(abi.encodeCall(TermsDecoder.purpose, (hostile)));
        VM.assertFalse(isDecoded, "decoded");
    }

    function _assertTermsRefused(bytes memory hostile) private view {
        (bool isDecoded, ) = address(decoder).staticcall(abi.encodeCall(TermsDecoder.terms, (hostile)));
        VM.assertFalse(isDecoded, "decoded");
    }

    /// @dev Where a field of the struct has its head.
    function _head(uint256 field) private pure returns (uint256) {
        return STRUCT + 32 * field;
    }

    function _atLeast(uint256 value, uint256 least) private pure returns (uint256) {
        return value < least ? type(uint256).max - value : value;
    }

    function _word(bytes memory encoded, uint256 place) private pure returns (uint256 word) {
        assembly ("memory-safe") {
            word := mload(add(add(encoded, 0x20), place))
        }
    }

    function _with(bytes memory encoded, uint256 place, uint256 word) private pure returns (bytes memory) {
        assembly ("memory-safe") {
            mstore(add(add(encoded, 0x20), place), word)
        }
        return encoded;
    }
}
