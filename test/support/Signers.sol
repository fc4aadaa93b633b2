// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ParticipantId} from "../../contracts/types/Ids.sol";
import {Authorisation} from "../../contracts/types/Consent.sol";
import {Change, signedCall, structHash} from "./Changes.sol";
import {ConsentSigning} from "./ConsentSigning.sol";
import {deployed} from "./Deploy.sol";
import {entryOf, groupOf} from "./Groups.sol";
import {VM} from "./Vm.sol";

/// @title Signers
/// @notice Participants of every kind: an account, an ERC-1271 wallet, a P-256 key, and a group of which some open.
abstract contract Signers is ConsentSigning {
    enum Kind {
        Account,
        Wallet,
        Key,
        Group
    }

    struct Signer {
        Kind kind;
        bytes signer;
        ParticipantId id;
        /// Whose keys they sign with; for a group the members in the order of their entries.
        Person[] people;
        /// How many of them sign.
        uint8 needed;
    }

    uint256 internal constant KINDS = uint256(type(Kind).max) + 1;
    uint256 internal constant P256_ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551;

    function _signer(Kind kind, string memory name) internal returns (Signer memory made) {
        if (kind == Kind.Group) return _group(name, 3, 2);
        made.kind = kind;
        made.people = new Person[](1);
        made.people[0] = _person(name);
        made.needed = 1;
        if (kind == Kind.Account) {
            made.signer = abi.encodePacked(made.people[0].account);
        } else if (kind == Kind.Wallet) {
            made.signer = abi.encodePacked(deployed("OwnedWallet", abi.encode(made.people[0].account)));
        } else {
            (uint256 x, uint256 y) = VM.publicKeyP256(made.people[0].key);
            made.signer = abi.encodePacked(p256Verifier, x, y);
        }
        made.id = ParticipantId.wrap(keccak256(made.signer));
    }

    /// @dev A group of accounts.
    function _group(string memory name, uint256 size, uint8 needed) internal pure returns (Signer memory made) {
        made.kind = Kind.Group;
        made.people = new Person[](size);
        for (uint256 i = 0; i < size; ++i) made.people[i] = _person(string.concat(name, string(abi.encodePacked(i))));
        _sort(made.people);
        made.needed = needed;
        made.signer = groupOf(_accountsOf(made), needed);
        made.id = ParticipantId.wrap(keccak256(made.signer));
    }

    /// @dev An authorisation signed now that holds for an hour.
    function _authorise(Signer memory signer, Change memory change) internal view returns (Authorisation memory given) {
        given = Authorisation({
            signer: signer.signer,
            participantId: ParticipantId.wrap(0),
            signedAt: _now(),
            deadline: _now() + 1 hours,
            signature: ""
        });
        given.signature = _sign(signer, _typedData(structHash(change, signer.id, given)));
    }

    function _sign(Signer memory signer, bytes32 digest) internal pure returns (bytes memory) {
        return _assembled(signer, _partsOf(signer, digest));
    }

    /// @dev The signatures that make up the signer's own: of as many as are needed.
    function _partsOf(Signer memory signer, bytes32 digest) internal pure returns (bytes[] memory parts) {
        parts = new bytes[](signer.needed);
        for (uint256 i = 0; i < parts.length; ++i) {
            bool isP256 = signer.kind == Kind.Key;
            parts[i] = isP256 ? _signP256(signer.people[i], digest) : _sign(signer.people[i], digest);
        }
    }

    function _assembled(Signer memory signer, bytes[] memory parts) internal pure returns (bytes memory signature) {
        if (signer.kind != Kind.Group) return parts[0];
        bytes[] memory members = _accountsOf(signer);
        for (uint256 i = 0; i < parts.length; ++i) {
            signature = bytes.concat(signature, entryOf(members, i, parts[i]));
        }
    }

    /// @dev With the lower of both values of s, as OpenZeppelin's verifier wants it.
    function _signP256(Person memory person, bytes32 digest) internal pure returns (bytes memory) {
        (bytes32 r, bytes32 s) = VM.signP256(person.key, digest);
        if (uint256(s) > P256_ORDER / 2) s = bytes32(P256_ORDER - uint256(s));
        return abi.encodePacked(r, s);
    }

    /// @dev The call of a change that the signer signs now.
    function _signedNow(Signer memory signer, Change memory change) internal view returns (bytes memory) {
        return signedCall(change, _authorise(signer, change));
    }

    /// @dev The members' signer bytes: their accounts.
    function _accountsOf(Signer memory group) internal pure returns (bytes[] memory accounts) {
        accounts = new bytes[](group.people.length);
        for (uint256 i = 0; i < accounts.length; ++i) accounts[i] = abi.encodePacked(group.people[i].account);
    }

    /// @dev Ascending by id.
    function _sort(Person[] memory people) private pure {
        for (uint256 i = 1; i < people.length; ++i) {
            for (uint256 j = i; j > 0 && _isBefore(people[j], people[j - 1]); --j) {
                (people[j], people[j - 1]) = (people[j - 1], people[j]);
            }
        }
    }

    function _isBefore(Person memory a, Person memory b) private pure returns (bool) {
        return ParticipantId.unwrap(a.id) < ParticipantId.unwrap(b.id);
    }
}
