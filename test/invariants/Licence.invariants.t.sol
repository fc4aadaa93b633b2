// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {VM} from "../support/Vm.sol";
import {LicenceHandler} from "./LicenceHandler.sol";

/// @title LicenceInvariantsTest
/// @notice The invariants of docs/invariants.md that licences and the audit log answer for.
contract LicenceInvariantsTest {
    LicenceHandler private handler;

    function setUp() public {
        handler = new LicenceHandler();
    }

    /// @dev 5: effective for a participant if and only if every layer approves or is resolved. 6: never beyond its end,
    /// its dataset, its licensee's standing, its ethics approval.
    function invariant_LicencesAreEffectiveAsLayersAndRecordsSay() public view {
        handler.assertEffectiveAsTheGhostSays();
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function afterInvariant() public view {
        // 7: audit entries are never changed or removed.
        handler.assertLogIsTheGhosts();
        VM.assertGt(handler.effective(), 0, "5: nothing was effective");
        VM.assertGt(handler.manualEffective(), 0, "5: nothing was resolved");
        VM.assertGt(handler.entries(), 0, "7: no entry");
        VM.assertGt(handler.replays(), 0, "3: no replay of a statement");
        VM.assertGt(handler.statements(), 0, "5: no statement");
        VM.assertGt(handler.switches(), 0, "5: no change of policy");
        VM.assertGt(handler.approvals(), 0, "6: no ethics approval");
        VM.assertGt(handler.refusals(), 0, "12: no refusal");
        for (uint256 i = 0; i <= uint256(type(LicenceHandler.Cause).max); ++i) {
            VM.assertGt(handler.ended(LicenceHandler.Cause(i)), 0, "5, 6: a cause of an end was left out");
        }
    }
}
