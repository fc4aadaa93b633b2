// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {VM} from "../support/Vm.sol";
import {ProvenanceHandler} from "./ProvenanceHandler.sol";

/// @title ProvenanceInvariantsTest
/// @notice What of docs/invariants.md the provenance registry answers for.
contract ProvenanceInvariantsTest {
    ProvenanceHandler private handler;

    function setUp() public {
        handler = new ProvenanceHandler();
    }

    /// @dev 10: state rebuilt from events alone equals the registry's. 7: what is destroyed stays so; ids and numbers
    /// are given once. Custody is with exactly one institution.
    function invariant_SamplesAreWhatTheirEventsSay() public view {
        handler.assertIsWhatTheEventsSay();
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function afterInvariant() public view {
        VM.assertGt(handler.refusals(), 0, "12: no refusal");
        VM.assertGt(handler.destructions(), 0, "7: nothing was destroyed");
        VM.assertGt(handler.disturbances(), 0, "7: nobody tried to use what was destroyed");
        VM.assertGt(handler.transfers(), 0, "10: no transfer");
        VM.assertGt(handler.sequencings(), 0, "10: no sequencing");
    }
}
