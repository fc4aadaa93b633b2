// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Authorisation} from "../../contracts/types/Consent.sol";
import {NO_PARTICIPANT, ParticipantId} from "../../contracts/types/Ids.sol";
import {Change, signedCall, structHash} from "../support/Changes.sol";
import {VM} from "../support/Vm.sol";
import {SymbolicRegistry, both} from "./SymbolicRegistry.sol";

/// @dev What somebody claims that an account has signed.
struct Claim {
    address signer;
    /// Whose consent it is; zero when it is the signer's own.
    ParticipantId participantId;
    uint32 signedAt;
    uint32 deadline;
    bytes32 r;
    bytes32 s;
    uint8 v;
}

/// @title SymbolicSigning
/// @notice Signatures of accounts without code: any 65 bytes, of which ecrecover says whatever it likes.
abstract contract SymbolicSigning is SymbolicRegistry {
    /// @dev Half of the order of secp256k1: of two signatures of one message the one with the lower s counts.
    uint256 internal constant HALF_ORDER = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0;

    bytes32 private constant DOMAIN_TYPE = keccak256(
        "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
    );

    /// @dev Anyone relays the change.
    function _relay(Change memory change, Claim memory claim) internal returns (bool success) {
        address signer = claim.signer;
        VM.assume(both(signer != address(consents), signer != address(surroundings)));
        VM.assume(both(signer != address(this), signer != address(VM)));
        (success, ) = address(consents).call(signedCall(change, _authorisation(claim)));
    }

    /// @dev Whether the account has signed exactly this change, for this id, on this contract of this chain.
    function _isSigned(Change memory change, Claim memory claim) internal view returns (bool) {
        bytes32 hash = structHash(change, _participantOf(claim), _authorisation(claim));
        bytes32 domain = keccak256(
            abi.encode(DOMAIN_TYPE, keccak256("Concord Consent"), keccak256("1"), block.chainid, address(consents))
        );
        bytes32 digest = keccak256(abi.encodePacked(hex"1901", domain, hash));
        return both(claim.signer != address(0), ecrecover(digest, claim.v, claim.r, claim.s) == claim.signer);
    }

    function _participantOf(Claim memory claim) internal pure returns (ParticipantId) {
        return claim.participantId == NO_PARTICIPANT ? _idOf(claim.signer) : claim.participantId;
    }

    function _authorisation(Claim memory claim) private pure returns (Authorisation memory) {
        return
            Authorisation({
                signer: abi.encodePacked(claim.signer),
                participantId: claim.participantId,
                signedAt: claim.signedAt,
                deadline: claim.deadline,
                signature: abi.encodePacked(claim.r, claim.s, claim.v)
            });
    }
}
