// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ALL_ELEMENTS} from "../../contracts/libraries/DataUse.sol";
import {NO_EXPIRY} from "../../contracts/types/Consent.sol";
import {Purpose, Terms} from "../../contracts/types/DataUse.sol";

/// @dev Terms that carry these codes and restrict nothing else.
function termsWith(uint16 permissions, uint32 modifiers) pure returns (Terms memory made) {
    made.permissions = permissions;
    made.modifiers = modifiers;
    made.elements = ALL_ELEMENTS;
    made.reConsentBy = NO_EXPIRY;
}

/// @dev A purpose that states nothing but what it is for.
function purposeFor(uint8 kinds, uint32[] memory diseases) pure returns (Purpose memory made) {
    made.kinds = kinds;
    made.diseases = diseases;
}
