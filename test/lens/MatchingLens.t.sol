// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {MatchingLens} from "../../contracts/lens/MatchingLens.sol";
import {
    DataUseDiseasesMismatch,
    DataUseEmpty,
    DataUseParameterMismatch,
    DataUseUnknownBits,
    FACT_NOT_FOR_PROFIT,
    KIND_DS,
    KIND_GRU,
    MODIFIER_NPU,
    PERMISSION_DS,
    PERMISSION_GRU
} from "../../contracts/libraries/DataUse.sol";
import {
    DENY_ELEMENTS_NOT_COVERED,
    DENY_KIND_OFFSET,
    DENY_NPU,
    DENY_UNPROVEN,
    MANUAL_NPU_UNATTESTED,
    MANUAL_SENSITIVE_OFFSET,
    REASONS_PER_LAYER
} from "../../contracts/libraries/Verdicts.sol";
import {ConsentState, ConsentStatus, ConsentWord, NO_EXPIRY} from "../../contracts/types/Consent.sol";
import {LayerKind, Lineage, Purpose, Terms, Verdict} from "../../contracts/types/DataUse.sol";
import {ConcordSystem} from "../support/ConcordSystem.sol";
import {purposeFor, termsWith} from "../support/DataUseForms.sol";
import {deployed} from "../support/Deploy.sol";
import {VM} from "../support/Vm.sol";

contract MatchingLensTest is ConcordSystem {
    uint32 private constant NOW = 1_800_000_000;
    uint32 private constant CANCER = 4992;
    uint32 private constant LUNG_CANCER = 5138;
    bytes32 private constant RELEASE = keccak256("a release");

    MatchingLens private matching;

    function setUp() public {
        matching = MatchingLens(deployed("MatchingLens", ""));
    }

    // decide

    function test_GivenSeveralCases_WhenDecided_AnswersEachInOrder() public view {
        MatchingLens.Case[] memory cases = new MatchingLens.Case[](3);
        cases[0] = _case(termsWith(PERMISSION_GRU, 0), _purpose(KIND_GRU));
        cases[1] = _case(termsWith(PERMISSION_GRU, MODIFIER_NPU), _purpose(KIND_GRU));
        cases[2] = cases[0];
        Verdict[] memory verdicts = matching.decide(cases);
        VM.assertEq(verdicts.length, 3);
        _assertVerdict(verdicts[0], 0, 0);
        _assertVerdict(verdicts[1], DENY_NPU, 0);
        _assertVerdict(verdicts[2], 0, 0);
        VM.assertEq(matching.decide(new MatchingLens.Case[](0)).length, 0);
    }

    function test_GivenStatedFact_WhenDecided_IsHeldAndMayBeUnattested() public view {
        Purpose memory purpose = _purpose(KIND_GRU);
        purpose.stated = FACT_NOT_FOR_PROFIT;
        Terms memory terms = termsWith(PERMISSION_GRU, MODIFIER_NPU);
        _assertVerdict(_decide(_case(terms, purpose)), 0, 0);
        purpose.unattested = FACT_NOT_FOR_PROFIT;
        _assertVerdict(_decide(_case(terms, purpose)), 0, MANUAL_NPU_UNATTESTED);
    }

    function test_GivenLineage_WhenDecided_IsTakenAsProved() public view {
        Terms memory terms = termsWith(PERMISSION_DS, 0);
        (terms.diseases, terms.ontologyRelease) = (_list(CANCER), RELEASE);
        MatchingLens.Case memory given = _case(terms, purposeFor(KIND_DS, _list(LUNG_CANCER)));
        _assertVerdict(_decide(given), DENY_UNPROVEN, 0);
        given.lineages = new Lineage[](1);
        given.lineages[0] = Lineage(RELEASE, LUNG_CANCER, _list(CANCER), true);
        _assertVerdict(_decide(given), 0, 0);
    }

    function test_GivenEachLayer_WhenDecided_ReasonsBearItsTagAndAreJoined() public view {
        Purpose memory purpose = _purpose(KIND_GRU);
        purpose.sensitive = 1;
        MatchingLens.Case memory given = _case(termsWith(PERMISSION_GRU, MODIFIER_NPU), purpose);
        MatchingLens.Layer[] memory layers = new MatchingLens.Layer[](uint256(type(LayerKind).max) + 1);
        uint256 denied;
        uint256 reviewed;
        for (uint256 i = 0; i < layers.length; ++i) {
            layers[i] = MatchingLens.Layer(LayerKind(i), given.layers[0].word, given.layers[0].terms);
            denied |= DENY_NPU << (i * REASONS_PER_LAYER);
            reviewed |= (1 << MANUAL_SENSITIVE_OFFSET) << (i * REASONS_PER_LAYER);
        }
        given.layers = layers;
        _assertVerdict(_decide(given), denied, reviewed);
    }

    function test_GivenTwoLayers_WhenOneRefuses_OnlyItsReasonStands() public view {
        MatchingLens.Case memory given = _case(termsWith(PERMISSION_GRU, 0), _purpose(KIND_GRU));
        ConsentWord word = given.layers[0].word;
        given.layers = new MatchingLens.Layer[](2);
        given.layers[0] = MatchingLens.Layer(LayerKind.Consent, word, termsWith(PERMISSION_GRU, 0));
        given.layers[1] = MatchingLens.Layer(LayerKind.Committee, word, termsWith(PERMISSION_DS, 0));
        uint256 refused = 1 << (DENY_KIND_OFFSET + uint256(LayerKind.Committee) * REASONS_PER_LAYER);
        _assertVerdict(_decide(given), refused, 0);
    }

    function test_GivenWord_WhenDecided_StatusComesFromStateAndTime() public view {
        _assertStatus(_word(ConsentState.None, NO_EXPIRY), 0, ConsentStatus.None);
        _assertStatus(_word(ConsentState.Declined, NO_EXPIRY), 0, ConsentStatus.Declined);
        _assertStatus(_word(ConsentState.Suspended, NO_EXPIRY), 0, ConsentStatus.Suspended);
        _assertStatus(_word(ConsentState.Withdrawn, NO_EXPIRY), 0, ConsentStatus.Withdrawn);
        _assertStatus(_word(ConsentState.Annulled, NO_EXPIRY), 0, ConsentStatus.Annulled);
        _assertStatus(_word(ConsentState.Active, NO_EXPIRY), NOW + 1, ConsentStatus.Scheduled);
        _assertStatus(_word(ConsentState.Active, NO_EXPIRY), NOW, ConsentStatus.Active);
        _assertStatus(_word(ConsentState.Active, NOW + 1), 0, ConsentStatus.Active);
        _assertStatus(_word(ConsentState.Active, NOW), 0, ConsentStatus.Expired);
    }

    function test_GivenWordsElements_WhenOthersAreAsked_Denies() public view {
        Purpose memory purpose = _purpose(KIND_GRU);
        purpose.elements = 5;
        MatchingLens.Case memory given = _case(termsWith(PERMISSION_GRU, 0), purpose);
        _assertVerdict(_decide(given), 0, 0);
        given.layers[0].word = _word(ConsentState.Active, NO_EXPIRY, 4);
        _assertVerdict(_decide(given), DENY_ELEMENTS_NOT_COVERED, 0);
        given.purpose.elements = 4;
        _assertVerdict(_decide(given), 0, 0);
    }

    function test_GivenNoLayers_WhenDecided_ApprovesForNobodyObjects() public view {
        MatchingLens.Case memory given = _case(termsWith(PERMISSION_GRU, 0), _purpose(KIND_GRU));
        given.layers = new MatchingLens.Layer[](0);
        _assertVerdict(_decide(given), 0, 0);
    }

    // requireTerms, requirePurpose

    function test_GivenTerms_WhenRequired_RevertsAsTheirRegistrationWould() public {
        matching.requireTerms(termsWith(PERMISSION_GRU, 0));
        VM.expectRevert(DataUseEmpty.selector);
        matching.requireTerms(termsWith(0, 0));
        VM.expectRevert(DataUseDiseasesMismatch.selector);
        matching.requireTerms(termsWith(PERMISSION_DS, 0));
    }

    function test_GivenPurpose_WhenRequired_RevertsAsItsRequestWould() public {
        matching.requirePurpose(_purpose(KIND_GRU));
        VM.expectRevert(DataUseEmpty.selector);
        matching.requirePurpose(_purpose(0));
        VM.expectRevert(DataUseDiseasesMismatch.selector);
        matching.requirePurpose(_purpose(KIND_DS));
    }

    // The numbers of the format, as literals: whoever renumbers a code changes what is agreed to on every chain

    function test_WhenNumbered_ModifiersThatTakeAParameterAreThoseOfTheFormat() public {
        uint32[7] memory bits = [uint32(11), 12, 13, 14, 15, 16, 17];
        for (uint256 i = 0; i < bits.length; ++i) {
            matching.requireTerms(_withParameter(bits[i]));
            Terms memory terms = termsWith(1 << 1, uint32(1) << bits[i]);
            VM.expectRevert(abi.encodeWithSelector(DataUseParameterMismatch.selector, uint32(1) << bits[i]));
            matching.requireTerms(terms);
        }
    }

    function test_WhenNumbered_ModifiersThatTakeNoneAreThoseOfTheFormat() public {
        for (uint32 bit = 0; bit < 21; ++bit) {
            if (bit < 11 || bit > 17) matching.requireTerms(termsWith(1 << 1, uint32(1) << bit));
        }
        VM.expectRevert(abi.encodeWithSelector(DataUseUnknownBits.selector, 1 << 21));
        matching.requireTerms(termsWith(1 << 1, 1 << 21));
        VM.expectRevert(abi.encodeWithSelector(DataUseUnknownBits.selector, 1 << 5));
        matching.requireTerms(termsWith(1 << 5, 0));
    }

    function test_WhenNumbered_PurposesBitsAreThoseOfTheFormat() public {
        Purpose memory purpose = _purpose(127);
        purpose.diseases = _list(CANCER);
        (purpose.stated, purpose.unattested, purpose.sensitive) = (1023, 131_071, 511);
        matching.requirePurpose(purpose);
        purpose.stated = 1024;
        VM.expectRevert(abi.encodeWithSelector(DataUseUnknownBits.selector, 1024));
        matching.requirePurpose(purpose);
        (purpose.stated, purpose.unattested) = (0, 131_072);
        VM.expectRevert(abi.encodeWithSelector(DataUseUnknownBits.selector, 131_072));
        matching.requirePurpose(purpose);
        (purpose.unattested, purpose.sensitive) = (0, 512);
        VM.expectRevert(abi.encodeWithSelector(DataUseUnknownBits.selector, 512));
        matching.requirePurpose(purpose);
    }

    function test_WhenNumbered_PermissionsPassTheKindsOfTheFormat() public view {
        uint8[5] memory passed = [95, 31, 22, 0, 24];
        for (uint256 permission = 0; permission < 5; ++permission) {
            for (uint256 kind = 0; kind < 7; ++kind) {
                if (permission == 3 || (kind == 5 && permission != 4)) continue;
                Terms memory terms = termsWith(uint16(1 << permission), 0);
                uint256 deny = (passed[permission] >> kind) & 1 == 1 ? 0 : 1 << (9 + kind);
                _assertVerdict(_decide(_case(terms, _purpose(uint8(1 << kind)))), deny, 0);
            }
        }
        _assertVerdict(_decide(_case(termsWith(1 << 0, 0), _purpose(1 << 5))), 0, 1);
        _assertVerdict(_decide(_case(termsWith(1 << 1, 1 << 0), _purpose(1 << 6))), 0, 0);
        _assertVerdict(_decide(_case(termsWith(1 << 1, 1 << 1), _purpose(1 << 4))), 1 << 17, 0);
        _assertVerdict(_decide(_case(termsWith(1 << 1, 1 << 2), _purpose(1 << 3))), 1 << 18, 0);
    }

    function test_WhenNumbered_FactsAndTheirReasonsAreThoseOfTheFormat() public view {
        // Modifier, fact, DENY and MANUAL reason, each by its number.
        uint8[4][12] memory rows = [
            [3, 0, 19, 1],
            [4, 1, 20, 2],
            [6, 2, 23, 5],
            [7, 3, 24, 6],
            [8, 4, 25, 8],
            [9, 5, 26, 9],
            [10, 6, 27, 10],
            [18, 7, 35, 16],
            [19, 8, 36, 17],
            [20, 9, 37, 18],
            [5, 0, 21, 3],
            [5, 1, 22, 4]
        ];
        for (uint256 i = 0; i < rows.length; ++i) {
            uint32 fact = uint32(1) << rows[i][1];
            Purpose memory purpose = _purpose(1 << 0);
            purpose.stated = 1023 & ~fact;
            Terms memory terms = termsWith(1 << 1, uint32(1) << rows[i][0]);
            _assertVerdict(_decide(_case(terms, purpose)), 1 << uint256(rows[i][2]), 0);
            (purpose.stated, purpose.unattested) = (1023, fact);
            _assertVerdict(_decide(_case(terms, purpose)), 0, 1 << uint256(rows[i][3]));
        }
    }

    function test_WhenNumbered_ListsAndTheirReasonsAreThoseOfTheFormat() public view {
        uint8[7] memory denied = [28, 29, 30, 31, 32, 33, 34];
        for (uint32 bit = 11; bit <= 17; ++bit) {
            MatchingLens.Case memory given = _case(_withParameter(bit), _purpose(1 << 0));
            _assertVerdict(_decide(given), 1 << uint256(denied[bit - 11]), 0);
        }
        _assertUnattested(11, 10, 11);
        _assertUnattested(13, 12, 12);
        _assertUnattested(14, 13, 13);
        _assertUnattested(17, 16, 15);
    }

    function test_WhenNumbered_OtherReasonsAreThoseOfTheFormat() public view {
        Purpose memory purpose = _purpose(1 << 0);
        purpose.sensitive = 511;
        _assertVerdict(_decide(_case(termsWith(1 << 1, 0), purpose)), 0, 511 << 19);
        (purpose.sensitive, purpose.elements) = (0, 2);
        Terms memory terms = termsWith(1 << 1, 0);
        terms.elements = 1;
        _assertVerdict(_decide(_case(terms, purpose)), 1 << 38, 0);
        terms = termsWith(1 << 1, 1 << 7);
        terms.investigators = _listed();
        purpose.stated = 1 << 3;
        purpose.elements = 0;
        _assertVerdict(_decide(_case(terms, purpose)), 0, 1 << 7);
        terms = termsWith(1 << 1, 1 << 15);
        terms.researchTexts = _listed();
        purpose.researchTexts = _listed();
        _assertVerdict(_decide(_case(terms, purpose)), 0, 1 << 14);
        terms = termsWith(1 << 3, 0);
        (terms.diseases, terms.ontologyRelease) = (_list(CANCER), RELEASE);
        MatchingLens.Case memory given = _case(terms, purposeFor(1 << 2, _list(LUNG_CANCER)));
        _assertVerdict(_decide(given), 1 << 8, 0);
        given.lineages = new Lineage[](1);
        given.lineages[0] = Lineage(RELEASE, LUNG_CANCER, new uint32[](0), true);
        _assertVerdict(_decide(given), 1 << 16, 0);
    }

    /// @dev What is listed, but unattested, has the reason of this number; attested, none.
    function _assertUnattested(uint32 bit, uint256 fact, uint256 reason) private view {
        Purpose memory purpose = _purpose(1 << 0);
        (purpose.regions, purpose.users, purpose.projects) = (_list(CANCER), _listed(), _listed());
        purpose.publishFrom = NOW;
        purpose.unattested = uint32(1 << fact);
        _assertVerdict(_decide(_case(_withParameter(bit), purpose)), 0, 1 << reason);
        purpose.unattested = 131_071 & ~uint32(1 << fact);
        _assertVerdict(_decide(_case(_withParameter(bit), purpose)), 0, 0);
    }

    /// @dev Terms with one modifier that takes a list, number or date, and with that.
    function _withParameter(uint32 bit) private pure returns (Terms memory terms) {
        terms = termsWith(1 << 1, uint32(1) << bit);
        if (bit == 11) (terms.regions, terms.regionRelease) = (_list(CANCER), RELEASE);
        if (bit == 12) terms.institutions = _listed();
        if (bit == 13) terms.users = _listed();
        if (bit == 14) terms.projects = _listed();
        if (bit == 15) terms.researchTypes = _listed();
        if (bit == 16) terms.months = 12;
        if (bit == 17) terms.moratoriumUntil = NOW;
    }

    function _listed() private pure returns (bytes32[] memory list) {
        list = new bytes32[](1);
        list[0] = RELEASE;
    }

    function _assertStatus(ConsentWord word, uint32 from, ConsentStatus status) private view {
        Terms memory terms = termsWith(PERMISSION_GRU, 0);
        terms.from = from;
        MatchingLens.Case memory given = _case(terms, _purpose(KIND_GRU));
        given.layers[0].word = word;
        _assertVerdict(_decide(given), status == ConsentStatus.Active ? 0 : 1 << uint256(status), 0);
    }

    function _decide(MatchingLens.Case memory given) private view returns (Verdict memory) {
        MatchingLens.Case[] memory cases = new MatchingLens.Case[](1);
        cases[0] = given;
        return matching.decide(cases)[0];
    }

    function _assertVerdict(Verdict memory verdict, uint256 deny, uint256 manual) private pure {
        VM.assertEq(verdict.deny, deny, "deny");
        VM.assertEq(verdict.manual, manual, "manual");
    }

    /// @dev One consent, active and without an end, for all elements.
    function _case(Terms memory terms, Purpose memory purpose) private pure returns (MatchingLens.Case memory given) {
        given.layers = new MatchingLens.Layer[](1);
        given.layers[0] = MatchingLens.Layer(LayerKind.Consent, _word(ConsentState.Active, NO_EXPIRY), terms);
        given.purpose = purpose;
        given.time = NOW;
    }

    function _word(ConsentState state, uint32 until) private pure returns (ConsentWord) {
        return _word(state, until, type(uint64).max);
    }

    /// @dev The fields of a word that a decision reads, under terms 1.
    function _word(ConsentState state, uint32 until, uint64 elements) private pure returns (ConsentWord) {
        return ConsentWord.wrap((uint256(state) | (1 << 16) | (uint256(until) << 160) | (uint256(elements) << 192)));
    }
}
