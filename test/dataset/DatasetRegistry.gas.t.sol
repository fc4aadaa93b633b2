// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IDatasetRegistry} from "../../contracts/dataset/IDatasetRegistry.sol";
import {DatasetRecord} from "../../contracts/types/Dataset.sol";
import {VM} from "../support/Vm.sol";
import {DatasetForm} from "./DatasetForm.sol";

/// @notice 11: what a lineage costs has a bound, whatever was anchored and retracted besides.
contract DatasetRegistryGasTest is DatasetForm {
    uint256 private constant COLD_SLOT = 2_100;
    /// @dev The call and its loop, compiled without optimiser as tests are.
    uint256 private constant CALL = 20_000;

    function setUp() public {
        _deploySystem();
    }

    function test_11_GivenDeepestLineage_WhenAskedWhetherItStands_CostsWhatAFewSlotsDo() public {
        DatasetRecord memory last = _anchored("depth 0");
        _assertReads(last, 1);
        for (uint256 depth = 1; depth <= 8; ++depth) {
            last = _anchoredFrom(bytes32(depth), _list(last));
            _assertReads(last, 3);
        }
    }

    function test_11_GivenWidestLineage_WhenAskedWhetherItStands_CostsWhatAFewSlotsDo() public {
        DatasetRecord memory widest = _anchoredFrom("widest", _middle());
        (, , uint32[] memory ancestors) = datasets.lineageOf(_id(widest));
        VM.assertEq(ancestors.length, 32);
        // The anchor, eight ancestors a slot, and one page of retractions.
        _assertReads(widest, 1 + 4 + 1);
    }

    function test_11_GivenEightParentsAtDepthEight_WhenDerived_CostsWhatABatchOfSlotsDoes() public {
        DatasetRecord[] memory parents = new DatasetRecord[](8);
        parents[0] = _anchored("depth 0");
        for (uint256 depth = 1; depth < 8; ++depth) {
            parents[depth] = _anchored(bytes32(100 + depth));
            parents[0] = _anchoredFrom(bytes32(depth), _list(parents[0]));
        }
        DatasetRecord memory record = _from("deepest", parents);
        VM.cool(address(datasets));
        VM.prank(CUSTODIAN);
        datasets.anchorDerived(record, parents);
        VM.assertLe(VM.lastCallGas().gasTotalUsed, 300_000, "11: anchorDerived");
        (, uint8 depthOf, uint32[] memory ancestors) = datasets.lineageOf(_id(record));
        VM.assertTrue(depthOf == 8 && ancestors.length == 15);
    }

    /// @dev Four datasets that derive from seven each.
    function _middle() private returns (DatasetRecord[] memory middle) {
        middle = new DatasetRecord[](4);
        for (uint256 i = 0; i < 4; ++i) {
            DatasetRecord[] memory above = new DatasetRecord[](7);
            for (uint256 j = 0; j < 7; ++j) above[j] = _anchored(bytes32(100 * (i + 1) + j));
            middle[i] = _anchoredFrom(bytes32(i + 1), above);
        }
    }

    function _assertReads(DatasetRecord memory record, uint256 slots) private {
        bytes memory call = abi.encodeCall(IDatasetRegistry.isStanding, (_id(record)));
        VM.cool(address(datasets));
        (bool success, bytes memory answer) = address(datasets).staticcall(call);
        VM.assertTrue(success && abi.decode(answer, (bool)));
        VM.assertLe(VM.lastCallGas().gasTotalUsed, slots * COLD_SLOT + CALL, "11: isStanding");
    }
}
