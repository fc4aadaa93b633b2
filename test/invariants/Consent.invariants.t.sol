// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {VM} from "../support/Vm.sol";
import {deployed} from "../support/Deploy.sol";
import {ConsentHandler} from "./ConsentHandler.sol";

/// @title ConsentInvariantsTest
/// @notice The invariants of docs/invariants.md that the consent contracts answer for.
contract ConsentInvariantsTest {
    ConsentHandler private handler;

    function setUp() public {
        handler = ConsentHandler(deployed("ConsentHandler", ""));
    }

    /// @dev 1: after a closing, no reading finds the consent permitted. 2, 3, 12: words change by an unused say of
    /// whoever may alone, and what is refused changes nothing. 4: the handler's closings are never refused. 7: history
    /// and answers about the past stay. 10: what is rebuilt from events is what the contracts hold.
    function invariant_ConsentsAreWhatTheirParticipantsSaid() public view {
        handler.assertClosedConsentsPermitNothing();
        handler.assertWordsAreTheGhosts();
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function afterInvariant() public view {
        handler.assertHistoryIsTheGhosts();
        handler.assertMandatesAndIndexAreTheGhosts();
        handler.assertThoseOnPaperAreListedOnce();
        handler.assertThePastStays();
        VM.assertGt(handler.closings(), 0, "1, 4: no closing");
        VM.assertGt(handler.openings(), 0, "2: no opening");
        VM.assertGt(handler.intrusions(), 0, "2: no intrusion");
        VM.assertGt(handler.proxyActs() + handler.proxyRefusals(), 0, "2: no proxy");
        VM.assertGt(handler.imports(), 0, "2: no import");
        VM.assertGt(handler.seriesClosings(), 0, "2: no attested closing in a series");
        VM.assertGt(handler.attestations(), 0, "2: no attested closing");
        VM.assertGt(handler.replays(), 0, "3: no replay");
        VM.assertGt(handler.adversities(), 0, "4: no hostile administration");
        VM.assertGt(handler.samples(), 0, "7: no sample of the past");
        VM.assertGt(handler.changes(), 0, "10: no event");
        VM.assertGt(handler.seriesImports(), 0, "10: no import without an entry of its own");
        VM.assertGt(handler.refusals(), 0, "12: no refusal");
        VM.assertGt(handler.batches(), 0, "12: no batch");
        VM.assertGt(handler.stinginesses(), 0, "12: no stingy relayer");
    }
}
