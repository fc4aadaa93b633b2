// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ConsentWordLib} from "../libraries/ConsentWordLib.sol";
import {DataUse} from "../libraries/DataUse.sol";
import {DataUseMatcher} from "../libraries/DataUseMatcher.sol";
import {Verdicts} from "../libraries/Verdicts.sol";
import {ConsentWord} from "../types/Consent.sol";
import {LayerKind, Lineage, Purpose, Terms, Verdict} from "../types/DataUse.sol";

/**
 * @title MatchingLens
 * @notice The whole decision of MATCHING.md on what the caller gives, as a pure function: to try terms and purposes
 * out, and to compare the chain's matcher with others. It proves nothing about any record; licences ask their layers.
 */
contract MatchingLens {
    using ConsentWordLib for ConsentWord;
    using DataUseMatcher for Verdict;
    using Verdicts for Verdict;

    /// @dev One party's terms as they stand.
    struct Layer {
        LayerKind kind;
        /// State, window and elements; for a party without consents, an Active word with a terms number.
        ConsentWord word;
        Terms terms;
    }

    struct Case {
        Layer[] layers;
        Purpose purpose;
        /// Block time to decide for (Unix seconds).
        uint32 time;
        /// Lineages taken as proved.
        Lineage[] lineages;
    }

    /// @notice The verdict on each case, its reasons tagged by layer: what the purpose states is taken as held.
    function decide(Case[] calldata cases) external pure returns (Verdict[] memory verdicts) {
        verdicts = new Verdict[](cases.length);
        for (uint256 i = 0; i < cases.length; ++i) {
            Case memory given = cases[i];
            for (uint256 j = 0; j < given.layers.length; ++j) {
                verdicts[i] = verdicts[i].join(_ofLayer(given.layers[j], given));
            }
        }
    }

    /// @notice Reverts with a DataUse error unless the terms could be registered.
    function requireTerms(Terms calldata terms) external pure {
        DataUse.requireValid(terms);
    }

    /// @notice Reverts with a DataUse error unless the purpose could be requested.
    function requirePurpose(Purpose calldata purpose) external pure {
        DataUse.requireValid(purpose);
    }

    function _ofLayer(Layer memory layer, Case memory given) private pure returns (Verdict memory) {
        Purpose memory purpose = given.purpose;
        return
            DataUseMatcher
                .ofPurpose(layer.terms, purpose, given.lineages)
                .ofFacts(layer.terms.modifiers, purpose.stated, purpose.unattested)
                .join(DataUseMatcher.ofElements(layer.word.elements(), purpose.elements))
                .join(Verdicts.ofStatus(layer.word.statusAt(layer.terms.from, given.time)))
                .tag(layer.kind);
    }
}
