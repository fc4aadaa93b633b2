// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ILicenceRegistry} from "../../contracts/licence/ILicenceRegistry.sol";

/// @dev The EIP-712 struct hash of a request that an official signs; the type is written out here a second time: not
/// taken from contracts/.
function structHash(ILicenceRegistry.SignedRequest memory signed) pure returns (bytes32) {
    bytes32 typehash = keccak256(
        "SignedRequest(address holder,bytes32 datasetId,bytes32 purposeDigest,uint32 until,uint8 delivery,"
        "uint256 renews,uint32 deadline)"
    );
    return
        keccak256(
            abi.encode(
                typehash,
                signed.holder,
                signed.datasetId,
                signed.purposeDigest,
                signed.until,
                signed.delivery,
                signed.renews,
                signed.deadline
            )
        );
}
