// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Base64} from "@openzeppelin/contracts/utils/Base64.sol";

import {ConsentRegistry} from "../../contracts/consent/ConsentRegistry.sol";
import {Authorisation} from "../../contracts/types/Consent.sol";
import {NO_PARTICIPANT, ParticipantId} from "../../contracts/types/Ids.sol";
import {deployed} from "./Deploy.sol";
import {Signers} from "./Signers.sol";
import {VM} from "./Vm.sol";

/// @dev The fields of OpenZeppelin's WebAuthn.WebAuthnAuth. Importing the library would compile its curve along.
struct Assertion {
    bytes32 r;
    bytes32 s;
    uint256 challengeIndex;
    uint256 typeIndex;
    bytes authenticatorData;
    string clientDataJSON;
}

/// @title PasskeySigning
/// @notice Participants whose keys are on P-256: recorded from a browser, or with keys that the tests know.
abstract contract PasskeySigning is Signers {
    /// @dev Flags of authenticator data: user present, user verified, may be backed up, is backed up.
    uint8 internal constant UP = 1 << 0;
    uint8 internal constant UV = 1 << 2;
    uint8 internal constant BE = 1 << 3;
    uint8 internal constant BS = 1 << 4;

    /// @dev WebAuthn has browsers write {"type":"…","challenge":"… in this order.
    uint256 private constant TYPE_INDEX = 1;
    uint256 private constant CHALLENGE_INDEX = 23;

    string private constant RECORDINGS = "test/fixtures/webauthn.json";

    string private recordings;

    /// @dev The suite with its verifier and its consents at the addresses that the recorded assertions were made for.
    function _deployAsRecorded() internal {
        _deployWithTerms();
        recordings = VM.readFile(RECORDINGS);
        VM.startPrank(VM.parseJsonAddress(recordings, ".deployer"));
        webAuthnVerifier = deployed("ERC7913WebAuthnVerifier", "");
        address[] memory verifiers = new address[](2);
        (verifiers[0], verifiers[1]) = (p256Verifier, webAuthnVerifier);
        bytes memory arguments = abi.encode(terms, institutions, delegates, index, verifiers);
        consents = ConsentRegistry(deployed("ConsentRegistry", arguments));
        VM.stopPrank();
        VM.assertEq(block.chainid, VM.parseJsonUint(recordings, ".chainId"));
        VM.assertEq(webAuthnVerifier, VM.parseJsonAddress(recordings, ".verifier"));
        VM.assertEq(address(consents), VM.parseJsonAddress(recordings, ".registry"));
    }

    function _recordedAuthorisation(string memory name) internal view returns (Authorisation memory) {
        string memory path = string.concat(".assertions.", name);
        return
            Authorisation({
                signer: VM.parseJsonBytes(recordings, string.concat(path, ".signer")),
                participantId: NO_PARTICIPANT,
                signedAt: uint32(VM.parseJsonUint(recordings, string.concat(path, ".signedAt"))),
                deadline: uint32(VM.parseJsonUint(recordings, string.concat(path, ".deadline"))),
                signature: _encode(_recordedAssertion(name))
            });
    }

    function _recordedAssertion(string memory name) internal view returns (Assertion memory) {
        string memory path = string.concat(".assertions.", name);
        return
            Assertion({
                r: VM.parseJsonBytes32(recordings, string.concat(path, ".r")),
                s: VM.parseJsonBytes32(recordings, string.concat(path, ".s")),
                challengeIndex: CHALLENGE_INDEX,
                typeIndex: TYPE_INDEX,
                authenticatorData: VM.parseJsonBytes(recordings, string.concat(path, ".authenticatorData")),
                clientDataJSON: VM.parseJsonString(recordings, string.concat(path, ".clientDataJSON"))
            });
    }

    /// @dev A participant whose P-256 key the test knows, checked by this verifier.
    function _keyHolder(string memory name, address verifier) internal pure returns (Person memory person) {
        person.key = uint256(keccak256(bytes(name))) >> 1;
        person.id = _idOf(_signerOf(person, verifier));
    }

    function _signerOf(Person memory person, address verifier) internal pure returns (bytes memory) {
        (uint256 x, uint256 y) = VM.publicKeyP256(person.key);
        return abi.encodePacked(verifier, x, y);
    }

    function _idOf(bytes memory signer) internal pure returns (ParticipantId) {
        return ParticipantId.wrap(keccak256(signer));
    }

    /// @dev As _unsigned, for a key of this verifier.
    function _unsigned(Person memory person, address verifier) internal view returns (Authorisation memory given) {
        given = _unsigned(person);
        given.signer = _signerOf(person, verifier);
    }

    /// @dev What a browser and an authenticator make, with the flags given.
    function _assertionOf(Person memory person, bytes32 digest, uint8 flags) internal pure returns (Assertion memory) {
        return
            _assertionOf(
                person,
                _clientData("webauthn.get", digest),
                abi.encodePacked(sha256("site"), flags, uint32(1))
            );
    }

    function _assertionOf(
        Person memory person,
        string memory clientDataJSON,
        bytes memory authenticatorData
    ) internal pure returns (Assertion memory auth) {
        bytes32 digest = sha256(abi.encodePacked(authenticatorData, sha256(bytes(clientDataJSON))));
        (bytes32 r, bytes32 s) = abi.decode(_signP256(person, digest), (bytes32, bytes32));
        return Assertion(r, s, CHALLENGE_INDEX, TYPE_INDEX, authenticatorData, clientDataJSON);
    }

    function _otherForm(bytes32 s) internal pure returns (bytes32) {
        return bytes32(P256_ORDER - uint256(s));
    }

    function _clientData(string memory kind, bytes32 digest) internal pure returns (string memory) {
        string memory challenge = Base64.encodeURL(abi.encodePacked(digest));
        /* solhint-disable quotes */
        string memory rest = '","origin":"https://study.example","crossOrigin":false}';
        return string.concat('{"type":"', kind, '","challenge":"', challenge, rest);
        /* solhint-enable quotes */
    }

    /// @dev As the WebAuthn verifier reads it.
    function _encode(Assertion memory auth) internal pure returns (bytes memory) {
        return
            abi.encode(
                auth.r,
                auth.s,
                auth.challengeIndex,
                auth.typeIndex,
                auth.authenticatorData,
                auth.clientDataJSON
            );
    }
}
