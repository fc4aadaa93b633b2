// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {
    DataUse,
    DataUseDiseasesMismatch,
    DataUseEmpty,
    DataUseModifierContradicts,
    DataUseNotAscending,
    DataUseNoticeInvalid,
    DataUseParameterMismatch,
    DataUsePermissionContained,
    DataUseUnknownBits,
    FACT_NOT_FOR_PROFIT,
    KIND_DS,
    KIND_GRU,
    MODIFIER_CC,
    MODIFIER_COL,
    MODIFIER_GS,
    MODIFIER_IS,
    MODIFIER_MOR,
    MODIFIER_NMDS,
    MODIFIER_NPOA,
    MODIFIER_NPU,
    MODIFIER_PS,
    MODIFIER_RS,
    MODIFIER_TS,
    MODIFIER_US,
    PERMISSION_DS,
    PERMISSION_GRU,
    PERMISSION_HMB,
    PERMISSION_NRES,
    PERMISSION_POA
} from "../../contracts/libraries/DataUse.sol";
import {NO_EXPIRY} from "../../contracts/types/Consent.sol";
import {Purpose, Terms, TermsText} from "../../contracts/types/DataUse.sol";
import {ConcordSystem} from "../support/ConcordSystem.sol";
import {VM} from "../support/Vm.sol";

/// @title Puts the library's checks behind a call, so that they can revert.
contract DataUseHarness {
    function requireValidTerms(Terms memory given) external pure {
        DataUse.requireValid(given);
    }

    function requireValidPurpose(Purpose memory given) external pure {
        DataUse.requireValid(given);
    }
}

contract DataUseTest is ConcordSystem {
    bytes32 private constant RELEASE = keccak256("a release");

    DataUseHarness private harness;

    function setUp() public {
        harness = new DataUseHarness();
    }

    // Terms

    function test_GivenEachPermissionAlone_WhenChecked_Passes() public view {
        harness.requireValidTerms(_with(PERMISSION_NRES, 0));
        harness.requireValidTerms(_with(PERMISSION_GRU, 0));
        harness.requireValidTerms(_with(PERMISSION_HMB, 0));
        harness.requireValidTerms(_with(PERMISSION_DS, 0));
        harness.requireValidTerms(_with(PERMISSION_POA, 0));
    }

    function test_GivenPermissionsThatDoNotContainEachOther_WhenChecked_Passes() public view {
        harness.requireValidTerms(_with(PERMISSION_HMB | PERMISSION_POA, 0));
        harness.requireValidTerms(_with(PERMISSION_DS | PERMISSION_POA, 0));
    }

    function test_GivenEveryModifier_WhenChecked_Passes() public view {
        harness.requireValidTerms(_with(PERMISSION_GRU, MODIFIER_CC | MODIFIER_NMDS | MODIFIER_NPOA | MODIFIER_NPU));
        harness.requireValidTerms(_with(PERMISSION_POA, MODIFIER_NMDS | MODIFIER_NPU));
        harness.requireValidTerms(_with(PERMISSION_HMB | PERMISSION_POA, MODIFIER_CC | MODIFIER_NPOA));
    }

    function test_GivenNoPermission_WhenTermsChecked_RevertsEmpty() public {
        VM.expectRevert(DataUseEmpty.selector);
        harness.requireValidTerms(_with(0, 0));
    }

    function test_GivenUnknownPermission_WhenTermsChecked_RevertsUnknownBits() public {
        VM.expectRevert(abi.encodeWithSelector(DataUseUnknownBits.selector, 1 << 5));
        harness.requireValidTerms(_with(PERMISSION_GRU | (1 << 5), 0));
    }

    function test_GivenUnknownModifier_WhenTermsChecked_RevertsUnknownBits() public {
        VM.expectRevert(abi.encodeWithSelector(DataUseUnknownBits.selector, (1 << 21) | (1 << 31)));
        harness.requireValidTerms(_with(PERMISSION_GRU, MODIFIER_CC | (1 << 21) | (1 << 31)));
    }

    function test_GivenDsWithoutDiseases_WhenTermsChecked_RevertsDiseasesMismatch() public {
        Terms memory given = _with(PERMISSION_DS, 0);
        given.diseases = new uint32[](0);
        VM.expectRevert(DataUseDiseasesMismatch.selector);
        harness.requireValidTerms(given);
    }

    function test_GivenDsWithoutRelease_WhenTermsChecked_RevertsDiseasesMismatch() public {
        Terms memory given = _with(PERMISSION_DS, 0);
        given.ontologyRelease = 0;
        VM.expectRevert(DataUseDiseasesMismatch.selector);
        harness.requireValidTerms(given);
    }

    function test_GivenDiseasesWithoutDs_WhenTermsChecked_RevertsDiseasesMismatch() public {
        Terms memory given = _with(PERMISSION_GRU, 0);
        given.diseases = _list(4992);
        VM.expectRevert(DataUseDiseasesMismatch.selector);
        harness.requireValidTerms(given);
    }

    function test_GivenReleaseWithoutDs_WhenTermsChecked_RevertsDiseasesMismatch() public {
        Terms memory given = _with(PERMISSION_GRU, 0);
        given.ontologyRelease = RELEASE;
        VM.expectRevert(DataUseDiseasesMismatch.selector);
        harness.requireValidTerms(given);
    }

    function test_GivenDiseaseTwice_WhenTermsChecked_RevertsNotAscending() public {
        Terms memory given = _with(PERMISSION_DS, 0);
        given.diseases = _list(7, 7);
        VM.expectRevert(abi.encodeWithSelector(DataUseNotAscending.selector, 1));
        harness.requireValidTerms(given);
    }

    function test_GivenDiseasesOutOfOrder_WhenTermsChecked_RevertsNotAscending() public {
        Terms memory given = _with(PERMISSION_DS, 0);
        given.diseases = _list(5, 7, 6);
        VM.expectRevert(abi.encodeWithSelector(DataUseNotAscending.selector, 2));
        harness.requireValidTerms(given);
    }

    function test_GivenBroadPermissionBesideOneItContains_WhenTermsChecked_RevertsContained() public {
        uint16[8] memory pairs = [
            PERMISSION_NRES | PERMISSION_GRU,
            PERMISSION_NRES | PERMISSION_HMB,
            PERMISSION_NRES | PERMISSION_DS,
            PERMISSION_NRES | PERMISSION_POA,
            PERMISSION_GRU | PERMISSION_HMB,
            PERMISSION_GRU | PERMISSION_DS,
            PERMISSION_GRU | PERMISSION_POA,
            PERMISSION_HMB | PERMISSION_DS
        ];
        for (uint256 i = 0; i < pairs.length; ++i) {
            VM.expectRevert(abi.encodeWithSelector(DataUsePermissionContained.selector, pairs[i]));
            harness.requireValidTerms(_with(pairs[i], 0));
        }
    }

    function test_GivenPoaAloneWithCc_WhenTermsChecked_RevertsModifierContradicts() public {
        VM.expectRevert(abi.encodeWithSelector(DataUseModifierContradicts.selector, PERMISSION_POA, MODIFIER_CC));
        harness.requireValidTerms(_with(PERMISSION_POA, MODIFIER_CC));
    }

    function test_GivenPoaAloneWithNpoa_WhenTermsChecked_RevertsModifierContradicts() public {
        VM.expectRevert(abi.encodeWithSelector(DataUseModifierContradicts.selector, PERMISSION_POA, MODIFIER_NPOA));
        harness.requireValidTerms(_with(PERMISSION_POA, MODIFIER_NPOA));
    }

    function test_GivenModifierWithWhatItTakes_WhenTermsChecked_PassesAndNotWithoutEither() public {
        uint32[7] memory modifiers = [
            MODIFIER_GS,
            MODIFIER_IS,
            MODIFIER_US,
            MODIFIER_PS,
            MODIFIER_RS,
            MODIFIER_TS,
            MODIFIER_MOR
        ];
        for (uint256 i = 0; i < modifiers.length; ++i) {
            Terms memory given = _withParameter(modifiers[i]);
            harness.requireValidTerms(given);
            given.modifiers = 0;
            _expectParameterMismatch(modifiers[i]);
            harness.requireValidTerms(given);
            _expectParameterMismatch(modifiers[i]);
            harness.requireValidTerms(_with(PERMISSION_GRU, modifiers[i]));
        }
    }

    function test_GivenRegionsWithoutReleaseOrReleaseWithoutRegions_WhenTermsChecked_RevertsMismatch() public {
        Terms memory given = _withParameter(MODIFIER_GS);
        given.regionRelease = 0;
        _expectParameterMismatch(MODIFIER_GS);
        harness.requireValidTerms(given);
        given = _withParameter(MODIFIER_GS);
        given.regions = new uint32[](0);
        _expectParameterMismatch(MODIFIER_GS);
        harness.requireValidTerms(given);
    }

    function test_GivenResearchTypesInWordsAlone_WhenTermsChecked_Passes() public view {
        Terms memory given = _with(PERMISSION_GRU, MODIFIER_RS);
        given.researchTexts = _digests(1);
        harness.requireValidTerms(given);
    }

    function test_GivenInvestigators_WhenTermsChecked_ColMayHaveThemAndNothingElse() public {
        Terms memory given = _with(PERMISSION_GRU, MODIFIER_COL);
        harness.requireValidTerms(given);
        given.investigators = _digests(2);
        harness.requireValidTerms(given);
        given.modifiers = 0;
        _expectParameterMismatch(MODIFIER_COL);
        harness.requireValidTerms(given);
    }

    function test_GivenListTwice_WhenTermsChecked_RevertsNotAscending() public {
        for (uint256 i = 0; i < 7; ++i) {
            Terms memory given = _with(PERMISSION_GRU, 0);
            bytes32[] memory twice = new bytes32[](2);
            if (i == 0) (given.modifiers, given.institutions) = (MODIFIER_IS, twice);
            else if (i == 1) (given.modifiers, given.users) = (MODIFIER_US, twice);
            else if (i == 2) (given.modifiers, given.projects) = (MODIFIER_PS, twice);
            else if (i == 3) (given.modifiers, given.investigators) = (MODIFIER_COL, twice);
            else if (i == 4) (given.modifiers, given.researchTypes) = (MODIFIER_RS, twice);
            else if (i == 5) (given.modifiers, given.researchTexts) = (MODIFIER_RS, twice);
            else (given.modifiers, given.regions, given.regionRelease) = (MODIFIER_GS, _list(208, 208), RELEASE);
            VM.expectRevert(abi.encodeWithSelector(DataUseNotAscending.selector, 1));
            harness.requireValidTerms(given);
        }
    }

    function test_GivenNoElements_WhenTermsChecked_RevertsEmpty() public {
        Terms memory given = _with(PERMISSION_GRU, 0);
        given.elements = 0;
        VM.expectRevert(DataUseEmpty.selector);
        harness.requireValidTerms(given);
    }

    function test_GivenNoticeInTwoLanguages_WhenTermsChecked_PassesInOrderOnly() public {
        Terms memory given = _with(PERMISSION_GRU, 0);
        given.notice.texts = _texts("da", "en");
        harness.requireValidTerms(given);
        given.notice.texts = _texts("en", "da");
        _expectNoticeInvalid(given);
        given.notice.texts = _texts("da", "da");
        _expectNoticeInvalid(given);
        given.notice.texts = _texts("", "da");
        _expectNoticeInvalid(given);
    }

    function test_GivenTextWithoutFormOrSheet_WhenTermsChecked_RevertsNoticeInvalid() public {
        Terms memory given = _with(PERMISSION_GRU, 0);
        given.notice.texts = _texts("da", "en");
        given.notice.texts[1].form = 0;
        _expectNoticeInvalid(given);
        given.notice.texts = _texts("da", "en");
        given.notice.texts[0].sheet = 0;
        _expectNoticeInvalid(given);
    }

    function test_GivenEthicsApproval_WhenTermsChecked_StandsWithItsEndOnly() public {
        Terms memory given = _with(PERMISSION_GRU, 0);
        given.notice.ethicsApproval = "approval";
        _expectNoticeInvalid(given);
        given.notice.ethicsUntil = NO_EXPIRY;
        harness.requireValidTerms(given);
        given.notice.ethicsApproval = 0;
        _expectNoticeInvalid(given);
    }

    // Purposes

    function test_GivenEveryKind_WhenPurposeChecked_Passes() public view {
        Purpose memory given = _purpose(0x7F);
        given.diseases = _list(1, 2);
        given.unattested = FACT_NOT_FOR_PROFIT;
        harness.requireValidPurpose(given);
    }

    function test_GivenDiseasesWithoutDs_WhenPurposeChecked_Passes() public view {
        Purpose memory given = _purpose(KIND_GRU);
        given.diseases = _list(1);
        harness.requireValidPurpose(given);
    }

    function test_GivenNoKind_WhenPurposeChecked_RevertsEmpty() public {
        VM.expectRevert(DataUseEmpty.selector);
        harness.requireValidPurpose(_purpose(0));
    }

    function test_GivenUnknownKind_WhenPurposeChecked_RevertsUnknownBits() public {
        VM.expectRevert(abi.encodeWithSelector(DataUseUnknownBits.selector, 1 << 7));
        harness.requireValidPurpose(_purpose(KIND_GRU | (1 << 7)));
    }

    function test_GivenUnknownFact_WhenPurposeChecked_RevertsUnknownBits() public {
        Purpose memory given = _purpose(KIND_GRU);
        given.unattested = FACT_NOT_FOR_PROFIT | (1 << 17);
        VM.expectRevert(abi.encodeWithSelector(DataUseUnknownBits.selector, 1 << 17));
        harness.requireValidPurpose(given);
    }

    function test_GivenDsWithoutDisease_WhenPurposeChecked_RevertsDiseasesMismatch() public {
        VM.expectRevert(DataUseDiseasesMismatch.selector);
        harness.requireValidPurpose(_purpose(KIND_DS));
    }

    function test_GivenDiseasesOutOfOrder_WhenPurposeChecked_RevertsNotAscending() public {
        Purpose memory given = _purpose(KIND_DS);
        given.diseases = _list(2, 1);
        VM.expectRevert(abi.encodeWithSelector(DataUseNotAscending.selector, 1));
        harness.requireValidPurpose(given);
    }

    function test_GivenListTwice_WhenPurposeChecked_RevertsNotAscending() public {
        for (uint256 i = 0; i < 7; ++i) {
            Purpose memory given = _purpose(KIND_GRU);
            bytes32[] memory twice = new bytes32[](2);
            if (i == 0) given.institutions = twice;
            else if (i == 1) given.users = twice;
            else if (i == 2) given.projects = twice;
            else if (i == 3) given.collaborators = twice;
            else if (i == 4) given.researchTypes = twice;
            else if (i == 5) given.researchTexts = twice;
            else given.regions = _list(208, 208);
            VM.expectRevert(abi.encodeWithSelector(DataUseNotAscending.selector, 1));
            harness.requireValidPurpose(given);
        }
    }

    // Digests

    function testFuzz_GivenTermsThatDiffer_WhenDigested_DigestsDiffer(uint8 field, uint256 by) public pure {
        Terms memory a = _with(PERMISSION_DS, MODIFIER_NPU);
        Terms memory b = _with(PERMISSION_DS, MODIFIER_NPU);
        field %= 7;
        if (field == 0) b.permissions ^= uint16(1 << (by % 16));
        else if (field == 1) b.modifiers ^= uint32(1 << (by % 32));
        else if (field == 2) b.diseases = _list(4992, 5070);
        else if (field == 3) b.ontologyRelease ^= bytes32(1 << (by % 256));
        else if (field == 4) b.from ^= uint32(1 << (by % 32));
        else if (field == 5) b.reConsentBy ^= uint32(1 << (by % 32));
        else b.notice.controller ^= bytes32(1 << (by % 256));
        VM.assertNotEq(DataUse.digest(a), DataUse.digest(b));
        VM.assertEq(DataUse.digest(a), keccak256(abi.encode(a)));
    }

    function test_GivenPurposesThatDiffer_WhenDigested_DigestsDiffer() public pure {
        Purpose memory a = _purpose(KIND_GRU);
        Purpose memory b = _purpose(KIND_GRU);
        b.unattested = FACT_NOT_FOR_PROFIT;
        Purpose memory c = _purpose(KIND_GRU);
        c.diseases = _list(1);
        VM.assertNotEq(DataUse.digest(a), DataUse.digest(b));
        VM.assertNotEq(DataUse.digest(a), DataUse.digest(c));
        VM.assertEq(DataUse.digest(a), keccak256(abi.encode(a)));
    }

    function _expectParameterMismatch(uint32 modifier_) private {
        VM.expectRevert(abi.encodeWithSelector(DataUseParameterMismatch.selector, modifier_));
    }

    function _expectNoticeInvalid(Terms memory given) private {
        VM.expectRevert(DataUseNoticeInvalid.selector);
        harness.requireValidTerms(given);
    }

    function _withParameter(uint32 modifier_) private pure returns (Terms memory given) {
        given = _with(PERMISSION_GRU, modifier_);
        if (modifier_ == MODIFIER_GS) (given.regions, given.regionRelease) = (_list(208), RELEASE);
        else if (modifier_ == MODIFIER_IS) given.institutions = _digests(1);
        else if (modifier_ == MODIFIER_US) given.users = _digests(1);
        else if (modifier_ == MODIFIER_PS) given.projects = _digests(1);
        else if (modifier_ == MODIFIER_RS) given.researchTypes = _digests(1);
        else if (modifier_ == MODIFIER_TS) given.months = 1;
        else if (modifier_ == MODIFIER_MOR) given.moratoriumUntil = 1;
    }

    function _digests(uint256 count) private pure returns (bytes32[] memory list) {
        list = new bytes32[](count);
        for (uint256 i = 0; i < count; ++i) list[i] = bytes32(i + 1);
    }

    function _texts(bytes8 first, bytes8 second) private pure returns (TermsText[] memory texts) {
        texts = new TermsText[](2);
        texts[0] = TermsText({language: first, form: "form", sheet: "sheet"});
        texts[1] = TermsText({language: second, form: "form", sheet: "sheet"});
    }

    function _with(uint16 permissions, uint32 modifiers) private pure returns (Terms memory given) {
        given = _terms("documents");
        given.permissions = permissions;
        given.modifiers = modifiers;
        if (permissions & PERMISSION_DS != 0) {
            given.diseases = _list(4992);
            given.ontologyRelease = RELEASE;
        }
    }
}
