// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {DataUseMatcher} from "../libraries/DataUseMatcher.sol";
import {Verdicts} from "../libraries/Verdicts.sol";
import {Facts, Lineage, Purpose, Terms, Verdict} from "../types/DataUse.sol";

/// @title MatcherHarness
/// @notice Lets tests ask the matcher about many cases in one call.
contract MatcherHarness {
    using Verdicts for Verdict;

    struct Case {
        Terms terms;
        Purpose purpose;
        Facts facts;
        Lineage[] lineages;
    }

    /// @notice One layer's untagged verdict on each case.
    function decide(Case[] calldata cases) external pure returns (Verdict[] memory verdicts) {
        verdicts = new Verdict[](cases.length);
        for (uint256 i = 0; i < cases.length; ++i) {
            Case calldata given = cases[i];
            verdicts[i] = DataUseMatcher.ofPurpose(given.terms, given.purpose, given.lineages).join(
                DataUseMatcher.ofFacts(given.terms.modifiers, given.facts, given.purpose.unattested)
            );
        }
    }
}
