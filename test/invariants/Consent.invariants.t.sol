// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {VM} from "../support/Vm.sol";
import {ConsentHandler} from "./ConsentHandler.sol";

/// @title ConsentInvariantsTest
/// @notice The invariants of docs/invariants.md that the ConsentRegistry answers for.
contract ConsentInvariantsTest {
    ConsentHandler private handler;

    function setUp() public {
        handler = new ConsentHandler();
    }

    /// @dev 1: after a closing, no call finds the consent permitted. 2, 3, 12: words change by their participant's own,
    /// unused say alone, and what is refused changes nothing. 4: the handler's closings are never refused.
    /// 7: history and answers about the past stay. 10: words rebuilt from events are the registry's.
    function invariant_ConsentsAreWhatTheirParticipantsSaid() public view {
        handler.assertClosedConsentsPermitNothing();
        handler.assertWordsAreTheGhosts();
        handler.assertHistoryIsTheGhosts();
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function afterInvariant() public view {
        handler.assertThePastStays();
        VM.assertGt(handler.closings(), 0, "1, 4: no closing");
        VM.assertGt(handler.intrusions(), 0, "2: no intrusion");
        VM.assertGt(handler.openings(), 0, "2: no opening");
        VM.assertGt(handler.replays(), 0, "3: no replay");
        VM.assertGt(handler.killedOpenings(), 0, "3: no pending opening");
        VM.assertGt(handler.adversities(), 0, "4: no hostile administration");
        VM.assertGt(handler.samples(), 0, "7: no sample of the past");
        VM.assertGt(handler.refusals(), 0, "12: no refusal");
        VM.assertGt(handler.batches(), 0, "12: no batch");
    }
}
