// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {DatasetRecord} from "../../contracts/types/Dataset.sol";
import {LicenceId} from "../../contracts/types/Ids.sol";
import {LicenceStatus} from "../../contracts/types/Licence.sol";
import {LicensedStudy} from "../support/LicensedStudy.sol";
import {VM} from "../support/Vm.sol";

/// @notice 6: a licence never outlives an ancestor of its dataset.
contract LicenceRegistryLineageTest is LicensedStudy {
    function setUp() public {
        _deployStudy();
    }

    function test_6_GivenLicenceOnDerivedDataset_WhenAncestorRetracted_EndsAtAnyDistance() public {
        DatasetRecord memory source = dataset;
        for (uint256 depth = 1; depth <= 3; ++depth) dataset = _derivedFrom(dataset, bytes32(depth));
        LicenceId licenceId = _issued();
        VM.assertTrue(licences.status(licenceId) == LicenceStatus.Effective);
        dataset = source;
        _retractDataset();
        VM.assertTrue(licences.status(licenceId) == LicenceStatus.DatasetRetracted);
    }

    function test_6_GivenLicenceOnDerivedDataset_WhenOtherDatasetRetracted_StaysEffective() public {
        DatasetRecord memory other = _anchored("other content", standardTerms);
        dataset = _derivedFrom(dataset, "derived");
        LicenceId licenceId = _issued();
        dataset = other;
        _retractDataset();
        VM.assertTrue(licences.status(licenceId) == LicenceStatus.Effective);
    }
}
