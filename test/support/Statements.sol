// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IFactRegistry} from "../../contracts/licence/IFactRegistry.sol";

/// @dev The EIP-712 struct hash of a licensee's statement; the type is written out here a second time: not taken from
/// contracts/.
function structHash(IFactRegistry.Statement memory statement) pure returns (bytes32) {
    bytes32 typehash = keccak256(
        "Statement(bytes32 licensee,bytes32 purposeDigest,uint32 facts,bytes32 document,uint32 number,"
        "uint32 deadline)"
    );
    return
        keccak256(
            abi.encode(
                typehash,
                statement.licensee,
                statement.purposeDigest,
                statement.facts,
                statement.document,
                statement.number,
                statement.deadline
            )
        );
}
