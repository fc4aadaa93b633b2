// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {IERC7913SignatureVerifier} from "@openzeppelin/contracts/interfaces/IERC7913.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {Hashes} from "@openzeppelin/contracts/utils/cryptography/Hashes.sol";

import {ParticipantId} from "../types/Ids.sol";
import {MerkleLeaves} from "./MerkleLeaves.sol";

/// @notice Thrown when the signer bytes are of no kind that can be checked.
/// @custom:fix Use the 20 bytes of an account, an ERC-7913 verifier with its key, or a group's 53 bytes.
error SignerUnsupported(uint256 length);

/// @notice Thrown when a signature that gives something is checked by a verifier whose code is not listed.
/// @custom:fix Use a key of one of the suite's own verifiers. Closings accept any verifier.
error SignerVerifierUnlisted(address verifier);

/// @notice Thrown when the transaction leaves too little gas to check a signature fairly.
/// @custom:fix Send it with more gas.
error SignerGasTooLow(uint256 gasLeft, uint256 needed);

/// @notice Thrown when the entries of a group's signature do not fill it.
/// @custom:fix Encode the members' signatures as SignerLib says.
error SignerEntryMalformed(uint256 left);

/// @notice Thrown when the signer bytes or the signature are longer than any wallet's.
/// @custom:fix Relay the signature as the signer gave it.
error SignerTooLong(uint256 length, uint256 longest);

/**
 * @title SignerLib
 * @notice Signer bytes, the participant's id that follows from them, and whether a signature is theirs.
 * @dev The kinds of signer, and the form of their signatures:
 *
 * | signer bytes                          | signature                                                             |
 * | ------------------------------------- | --------------------------------------------------------------------- |
 * | account (20)                          | ECDSA (65), or what the account's ERC-1271 code accepts               |
 * | verifier (20), key (1 and more)       | what the ERC-7913 verifier accepts                                    |
 * | zero (20), members' root (32), k (1)  | entries of members: length (2), signer, length (1), proof of that     |
 * |                                       | many words, length (2), signature; ascending by keccak256 of signer   |
 *
 * Foreign code is asked with CHECK_GAS, and one word of its answer is read: it can neither run out a batch nor fill the
 * memory. With less gas than that the call is refused as a whole, so that nobody can starve a good signature.
 */
library SignerLib {
    /// @dev Verifiers whose code may vouch for what opens.
    struct VerifierList {
        mapping(bytes32 codeHash => bool isListed) codes;
    }

    /// @dev A group's signature while its entries are checked.
    struct Group {
        bytes32 root;
        bytes32 digest;
        bool opens;
        bytes32 lastMemberId;
    }

    /// @notice What foreign code gets to check one signature. WebAuthn without the precompile takes at most 265,000.
    uint256 internal constant CHECK_GAS = 400_000;
    /// @notice What must be left after the check: more than any change takes.
    uint256 internal constant GAS_AFTER_CHECK = 150_000;

    /// @notice More than one member of a group takes besides foreign code: their entry, a proof of 255 words, ECDSA.
    uint256 internal constant MEMBER_GAS = 150_000;

    uint256 internal constant LONGEST_SIGNER = 1_024;
    uint256 internal constant LONGEST_SIGNATURE = 16_384;
    uint256 private constant ACCOUNT_LENGTH = 20;
    uint256 private constant GROUP_LENGTH = 53;
    uint256 private constant WORD = 32;

    /// @notice Lists the code of verifiers; an account without code vouches for nobody.
    function list(VerifierList storage verifiers, address[] memory accounts) internal {
        for (uint256 i = 0; i < accounts.length; ++i) {
            if (accounts[i].code.length == 0) revert SignerVerifierUnlisted(accounts[i]);
            verifiers.codes[accounts[i].codehash] = true;
        }
    }

    /**
     * @notice Whether `signature` is the signer's over `digest`.
     * @dev Reverts with SignerUnsupported, SignerTooLong, SignerGasTooLow or, if `opens`, SignerVerifierUnlisted.
     * @param opens whether it gives something: then a group needs k members and a verifier must be listed; any one
     * member, and any verifier, can close.
     */
    function isValid(
        VerifierList storage verifiers,
        bytes calldata signer,
        bytes32 digest,
        bytes calldata signature,
        bool opens
    ) internal view returns (bool) {
        if (signer.length == ACCOUNT_LENGTH) return _isAccounts(address(bytes20(signer)), digest, signature);
        if (!_isGroup(signer)) return _isKeys(verifiers, signer, digest, signature, opens);
        return _isGroups(verifiers, signer, digest, signature, opens);
    }

    function participantIdOf(bytes calldata signer) internal pure returns (ParticipantId) {
        return ParticipantId.wrap(keccak256(signer));
    }

    /// @notice The id of an account's 20 bytes.
    function participantIdOf(address account) internal pure returns (ParticipantId participantId) {
        // On every participant's path: without allocating memory it costs 100 gas less. Scratch space only.
        assembly ("memory-safe") {
            mstore(0, shl(96, account))
            participantId := keccak256(0, 20)
        }
    }

    /**
     * @dev An account's own ECDSA signature counts whether or not it has code, so that an EIP-7702 delegation takes
     * nobody's say away. 65 bytes, low s: malleable and compact forms are not the signer's.
     */
    function _isAccounts(address account, bytes32 digest, bytes calldata signature) private view returns (bool) {
        (address recovered, ECDSA.RecoverError failure, ) = ECDSA.tryRecoverCalldata(digest, signature);
        if (failure == ECDSA.RecoverError.NoError && recovered == account) return true;
        if (account.code.length == 0) return false;
        _requireShort(signature.length, LONGEST_SIGNATURE);
        return
            _answers(
                account,
                abi.encodeCall(IERC1271.isValidSignature, (digest, signature)),
                IERC1271.isValidSignature.selector
            );
    }

    /// @dev An ERC-7913 key: the verifier's address, then the key.
    function _isKeys(
        VerifierList storage verifiers,
        bytes calldata signer,
        bytes32 digest,
        bytes calldata signature,
        bool opens
    ) private view returns (bool) {
        if (signer.length < ACCOUNT_LENGTH || bytes20(signer) == 0) revert SignerUnsupported(signer.length);
        _requireShort(signer.length, LONGEST_SIGNER);
        _requireShort(signature.length, LONGEST_SIGNATURE);
        address verifier = address(bytes20(signer));
        if (opens && !verifiers.codes[verifier.codehash]) revert SignerVerifierUnlisted(verifier);
        return
            _answers(
                verifier,
                abi.encodeCall(IERC7913SignatureVerifier.verify, (signer[ACCOUNT_LENGTH:], digest, signature)),
                IERC7913SignatureVerifier.verify.selector
            );
    }

    /// @dev Every entry must be a member's: one bad entry spoils the whole, so that nobody pays for padding.
    function _isGroups(
        VerifierList storage verifiers,
        bytes calldata signer,
        bytes32 digest,
        bytes calldata signature,
        bool opens
    ) private view returns (bool) {
        Group memory group = Group({
            root: bytes32(signer[ACCOUNT_LENGTH:]),
            digest: digest,
            opens: opens,
            lastMemberId: 0
        });
        uint256 missing = uint8(signer[GROUP_LENGTH - 1]);
        if (missing == 0) return false;
        if (!opens) missing = 1;
        while (signature.length != 0) {
            _requireGas(MEMBER_GAS + GAS_AFTER_CHECK);
            bytes calldata member;
            (member, signature) = _takeEntry(signature, 2, 1);
            if (!_isNextMember(group, member)) return false;
            bytes calldata part;
            (part, signature) = _takeEntry(signature, 1, WORD);
            if (!_isProved(group, part)) return false;
            (part, signature) = _takeEntry(signature, 2, 1);
            if (!isValid(verifiers, member, group.digest, part, group.opens)) return false;
            if (missing != 0) --missing;
        }
        return missing == 0;
    }

    /// @dev The check of foreign code: capped in gas, and no more than one word of what it returns is copied.
    function _answers(address target, bytes memory question, bytes4 expected) private view returns (bool isExpected) {
        // A call passes on at most 63 of 64 parts of the gas (EIP-150).
        _requireGas(CHECK_GAS + CHECK_GAS / 63 + GAS_AFTER_CHECK);
        assembly ("memory-safe") {
            let succeeded := staticcall(CHECK_GAS, target, add(question, 0x20), mload(question), 0, 0x20)
            isExpected := and(and(succeeded, gt(returndatasize(), 0x1f)), eq(mload(0), expected))
        }
    }

    function _requireGas(uint256 needed) private view {
        if (gasleft() < needed) revert SignerGasTooLow(gasleft(), needed);
    }

    function _requireShort(uint256 length, uint256 longest) private pure {
        if (length > longest) revert SignerTooLong(length, longest);
    }

    /// @dev A group's bytes begin with the zero address, which verifies nothing.
    function _isGroup(bytes calldata signer) private pure returns (bool) {
        return signer.length == GROUP_LENGTH && bytes20(signer) == 0;
    }

    /// @dev Ascending, so that nobody counts twice. A group is no member of a group: a check costs what its entries do.
    function _isNextMember(Group memory group, bytes calldata member) private pure returns (bool) {
        bytes32 memberId = keccak256(member);
        if (memberId <= group.lastMemberId || _isGroup(member)) return false;
        group.lastMemberId = memberId;
        return true;
    }

    /// @dev Whether the last member stands in the group's tree.
    function _isProved(Group memory group, bytes calldata proof) private pure returns (bool) {
        bytes32 node = MerkleLeaves.participant(ParticipantId.wrap(group.lastMemberId));
        for (uint256 i = 0; i < proof.length; i += WORD) {
            node = Hashes.commutativeKeccak256(node, bytes32(proof[i:]));
        }
        return node == group.root;
    }

    /// @dev The next part of `data`: a length of `lengthBytes` bytes that counts units, and that many units.
    function _takeEntry(
        bytes calldata data,
        uint256 lengthBytes,
        uint256 unit
    ) private pure returns (bytes calldata entry, bytes calldata rest) {
        if (data.length < lengthBytes) revert SignerEntryMalformed(data.length);
        uint256 end = lengthBytes + (uint256(bytes32(data[:lengthBytes])) >> (256 - 8 * lengthBytes)) * unit;
        if (data.length < end) revert SignerEntryMalformed(data.length);
        return (data[lengthBytes:end], data[end:]);
    }
}
