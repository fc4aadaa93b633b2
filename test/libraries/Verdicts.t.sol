// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {
    DENY_DS_NOT_COVERED,
    DENY_KIND_OFFSET,
    DENY_NMDS,
    DENY_NPOA,
    DENY_NPU,
    DENY_UNPROVEN,
    MANUAL_CTRL_NEEDS_REVIEW,
    MANUAL_NPU_UNATTESTED,
    REASONS_PER_LAYER,
    Verdicts
} from "../../contracts/libraries/Verdicts.sol";
import {ConsentStatus} from "../../contracts/types/Consent.sol";
import {LayerKind, Outcome, Verdict} from "../../contracts/types/DataUse.sol";
import {VM} from "../support/Vm.sol";

contract VerdictsTest {
    using Verdicts for Verdict;

    function test_GivenNoReasons_WhenWeighed_Approves() public pure {
        _assertOutcome(0, 0, Outcome.Approve);
    }

    function test_GivenManualReasonsOnly_WhenWeighed_IsManual() public pure {
        _assertOutcome(0, 1, Outcome.Manual);
        _assertOutcome(0, 1 << 255, Outcome.Manual);
    }

    function testFuzz_GivenAnyDenyReason_WhenWeighed_DeniesWhateverElse(uint256 deny, uint256 manual) public pure {
        VM.assume(deny != 0);
        _assertOutcome(deny, manual, Outcome.Deny);
    }

    function testFuzz_GivenTwoVerdicts_WhenJoined_WorstWinsAndReasonsAreTheUnion(
        Verdict memory a,
        Verdict memory b
    ) public pure {
        Verdict memory joined = a.join(b);
        VM.assertEq(joined.deny, a.deny | b.deny);
        VM.assertEq(joined.manual, a.manual | b.manual);
        VM.assertGe(uint256(joined.outcome()), uint256(a.outcome()), "better than a part");
        VM.assertGe(uint256(joined.outcome()), uint256(b.outcome()), "better than a part");
    }

    function testFuzz_GivenLayersReasons_WhenTagged_StayWithinTheLayersPlace(uint256 deny, uint8 layer) public pure {
        layer %= uint8(type(LayerKind).max) + 1;
        deny &= (uint256(1) << REASONS_PER_LAYER) - 1;
        Verdict memory tagged = Verdict({deny: deny, manual: deny}).tag(LayerKind(layer));
        VM.assertEq(tagged.deny >> (uint256(layer) * REASONS_PER_LAYER), deny, "lost at the top");
        VM.assertEq(tagged.deny, tagged.manual);
        for (uint8 other = 0; other <= uint8(type(LayerKind).max); ++other) {
            uint256 place = ((uint256(1) << REASONS_PER_LAYER) - 1) << (uint256(other) * REASONS_PER_LAYER);
            if (other != layer) VM.assertEq(tagged.deny & place, 0, "in another layer's place");
        }
    }

    function test_GivenEachLayer_WhenItsReasonsAreAsked_TheyFillItsPlace() public pure {
        for (uint256 layer = 0; layer <= uint256(type(LayerKind).max); ++layer) {
            uint256 reasons = Verdicts.reasonsOf(LayerKind(layer));
            VM.assertEq(reasons >> (layer * REASONS_PER_LAYER), 2 ** REASONS_PER_LAYER - 1);
            VM.assertEq(reasons & ((1 << (layer * REASONS_PER_LAYER)) - 1), 0, "in a place before");
        }
    }

    function testFuzz_GivenVote_WhenResolved_OnlyItsManualReasonsGo(Verdict memory a, uint256 resolved) public pure {
        LayerKind layer = LayerKind(resolved % 5);
        Verdict memory rest = a.resolve(layer, resolved);
        VM.assertEq(rest.deny, a.deny, "a vote resolves no DENY");
        VM.assertEq(rest.manual & Verdicts.reasonsOf(layer), a.manual & ~resolved & Verdicts.reasonsOf(layer));
        VM.assertEq(
            rest.manual & ~Verdicts.reasonsOf(layer),
            a.manual & ~Verdicts.reasonsOf(layer),
            "another layer's reasons"
        );
    }

    function test_GivenEachStatus_WhenAsked_ReasonIsItsNumberAndActiveHasNone() public pure {
        for (uint8 i = 0; i <= uint8(type(ConsentStatus).max); ++i) {
            Verdict memory verdict = Verdicts.ofStatus(ConsentStatus(i));
            VM.assertEq(verdict.deny, ConsentStatus(i) == ConsentStatus.Active ? 0 : uint256(1) << i);
            VM.assertEq(verdict.manual, 0);
        }
    }

    function test_WhenNumbered_ReasonsAreThoseOfTheFormat() public pure {
        VM.assertEq(REASONS_PER_LAYER, 51);
        VM.assertEq(DENY_UNPROVEN, 1 << 8);
        VM.assertEq(DENY_KIND_OFFSET, 9);
        VM.assertEq(DENY_DS_NOT_COVERED, 1 << 16);
        VM.assertEq(DENY_NMDS, 1 << 17);
        VM.assertEq(DENY_NPOA, 1 << 18);
        VM.assertEq(DENY_NPU, 1 << 19);
        VM.assertEq(MANUAL_CTRL_NEEDS_REVIEW, 1 << 0);
        VM.assertEq(MANUAL_NPU_UNATTESTED, 1 << 1);
    }

    function _assertOutcome(uint256 deny, uint256 manual, Outcome expected) private pure {
        VM.assertEq(uint256(Verdict({deny: deny, manual: manual}).outcome()), uint256(expected));
    }
}
