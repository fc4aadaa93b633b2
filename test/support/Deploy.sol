// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {VM} from "./Vm.sol";

/// @dev Deploys what the build made of the contract of this name, so that tests run on the code that a chain gets:
/// `new` would compile it with the settings of the test. Reverts as the constructor does.
function deployed(string memory name, bytes memory constructorArguments) returns (address made) {
    bytes memory code;
    try VM.getCode(name) returns (bytes memory built) {
        code = bytes.concat(built, constructorArguments);
    } catch {
        revert(string.concat("the build made no contract, or several, of the name ", name));
    }
    assembly ("memory-safe") {
        made := create(0, add(code, 0x20), mload(code))
        if iszero(made) {
            returndatacopy(0, 0, returndatasize())
            revert(0, returndatasize())
        }
    }
}
