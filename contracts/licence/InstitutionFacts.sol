// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IInstitutionRegistry} from "../identity/IInstitutionRegistry.sol";
import {FACT_NOT_FOR_PROFIT} from "../libraries/DataUse.sol";
import {Facts} from "../types/DataUse.sol";
import {InstitutionId} from "../types/Ids.sol";
import {IFactSource} from "./IFactSource.sol";

/// @title InstitutionFacts
/// @notice Facts from the institution's own record.
contract InstitutionFacts is IFactSource {
    IInstitutionRegistry private immutable INSTITUTIONS;

    constructor(IInstitutionRegistry institutions) {
        INSTITUTIONS = institutions;
    }

    /// @inheritdoc IFactSource
    function factsOf(InstitutionId licensee) external view override returns (Facts memory) {
        return Facts({held: INSTITUTIONS.institution(licensee).notForProfit ? FACT_NOT_FOR_PROFIT : 0});
    }
}
