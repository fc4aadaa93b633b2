// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {KIND_CC, KIND_CTRL, KIND_GRU} from "../../contracts/libraries/DataUse.sol";
import {
    DENY_ELEMENTS_NOT_COVERED,
    MANUAL_CTRL_NEEDS_REVIEW,
    REASONS_PER_LAYER,
    Verdicts
} from "../../contracts/libraries/Verdicts.sol";
import {LAYER_COUNT, LayerQuery} from "../../contracts/licence/ILicenceLayers.sol";
import {ConsentState, Grant, NOT_ENDED, WithdrawalExtent} from "../../contracts/types/Consent.sol";
import {DataLevel} from "../../contracts/types/Dataset.sol";
import {LayerKind, Purpose, Terms, Verdict} from "../../contracts/types/DataUse.sol";
import {ParticipantId} from "../../contracts/types/Ids.sol";
import {LicensedStudy} from "../support/LicensedStudy.sol";
import {VM} from "../support/Vm.sol";

/// @title LicenceLayersTest
/// @notice The participant's layer and the dataset's, each looked at alone.
contract LicenceLayersTest is LicensedStudy {
    Person private alice;

    function setUp() public {
        _deployStudy();
        _keepAnswer(_terms("standard"), _purpose(KIND_CC | KIND_CTRL));
        alice = _person("alice");
    }

    // The participant's

    function test_GivenEachStoredState_WhenConsentLayerAsked_StateIsTheReason() public {
        for (uint8 i = 0; i <= uint8(type(ConsentState).max); ++i) {
            ConsentState state = ConsentState(i);
            WithdrawalExtent extent = WithdrawalExtent(state == ConsentState.Withdrawn ? 3 : 0);
            uint256 word = _pack(state, extent, 1, 0, _now(), NOT_ENDED, _now()) | _packAnswer(0, 1, NOT_ENDED, 0);
            _storeWord(alice, state == ConsentState.None ? 0 : word);
            _assertConsentLayer(_purpose(KIND_GRU), state == ConsentState.Active ? 0 : uint256(1) << i, 0, i != 0);
        }
    }

    function test_GivenConsentNotYetOrNoMoreHolding_WhenConsentLayerAsked_TimeIsTheReason() public {
        Terms memory later = _terms("later");
        later.from = _now() + 10;
        Grant memory change = _grantOf(alice);
        change.termsDigest = _publishTerms(SCOPE, later);
        standardTerms = change.termsDigest;
        _keepAnswer(later, _purpose(KIND_GRU));
        change.until = _now() + 20;
        VM.prank(alice.account);
        consents.grant(change);
        _assertConsentLayer(_purpose(KIND_GRU), 1 << 6, 0, true);
        _advance(10);
        _assertConsentLayer(_purpose(KIND_GRU), 0, 0, true);
        _advance(10);
        _assertConsentLayer(_purpose(KIND_GRU), 1 << 7, 0, true);
    }

    function test_GivenTermsThatRefuse_WhenConsentLayerAsked_GivesTheirReasonsAndTheState() public {
        VM.prank(alice.account);
        consents.grant(_grantOf(alice));
        _assertConsentLayer(_purpose(KIND_CC | KIND_CTRL), 1 << 15, MANUAL_CTRL_NEEDS_REVIEW, true);
        VM.prank(alice.account);
        consents.suspend(SCOPE);
        _assertConsentLayer(_purpose(KIND_CC | KIND_CTRL), (1 << 15) | (1 << 3), MANUAL_CTRL_NEEDS_REVIEW, true);
    }

    function test_GivenNoAnswerKept_WhenConsentLayerAsked_SaysUnproven() public {
        VM.prank(alice.account);
        consents.grant(_grantOf(alice));
        _assertConsentLayer(_purpose(KIND_CTRL), 1 << 8, 0, true);
    }

    function test_GivenSuspensionWithoutTerms_WhenConsentLayerAsked_StateAloneIsTheReason() public {
        VM.prank(alice.account);
        consents.suspend(SCOPE);
        _assertConsentLayer(_purpose(KIND_CTRL), 1 << 3, 0, false);
    }

    function test_GivenElementsAskedFor_WhenConsentLayerAsked_AllMustBeAgreedTo() public {
        VM.prank(alice.account);
        consents.grant(_grantOf(alice));
        Purpose memory purpose = _purpose(KIND_GRU);
        purpose.elements = 0x81;
        _keepAnswer(_terms("standard"), purpose);
        _assertConsentLayer(purpose, 0, 0, true);
        purpose.elements = 0x82;
        _keepAnswer(_terms("standard"), purpose);
        _assertConsentLayer(purpose, DENY_ELEMENTS_NOT_COVERED, 0, true);
    }

    // The dataset's

    function test_GivenElementsOutsideDatasetTerms_WhenDatasetLayerAsked_Denies() public {
        Terms memory narrow = _terms("narrow");
        narrow.elements = 0x0F;
        Purpose memory purpose = _purpose(KIND_GRU);
        purpose.elements = 0x10;
        _keepAnswer(narrow, purpose);
        LayerQuery memory query = _query(purpose);
        query.datasetTerms = _publishTerms(SCOPE, narrow);
        _assertDatasetDenies(query, DENY_ELEMENTS_NOT_COVERED);
    }

    function test_GivenDatasetTerms_WhenDatasetLayerAsked_ReasonsAreInItsPlace() public view {
        uint256 offset = uint256(LayerKind.Dataset) * REASONS_PER_LAYER;
        LayerQuery memory query = _query(_purpose(KIND_CC | KIND_CTRL));
        (Verdict memory verdict, bytes32 digest) = _ask(LayerKind.Dataset, query);
        VM.assertEq(verdict.deny, (1 << 15) << offset);
        VM.assertEq(verdict.manual, MANUAL_CTRL_NEEDS_REVIEW << offset);
        VM.assertEq(digest, standardTerms);
        query.datasetTerms = keccak256("never published");
        (verdict, digest) = _ask(LayerKind.Dataset, query);
        VM.assertEq(verdict.deny, ((1 << 7) | (1 << 8)) << offset, "neither held nor proved");
        VM.assertEq(digest, query.datasetTerms);
    }

    function test_GivenDatasetTermsNotYetOrNoMoreHolding_WhenDatasetLayerAsked_TimeIsTheReason() public {
        Terms memory brief = _terms("later and brief");
        brief.from = _now() + 10;
        brief.reConsentBy = _now() + 20;
        LayerQuery memory query = _query(_purpose(KIND_GRU));
        query.datasetTerms = _publishTerms(SCOPE, brief);
        _keepAnswer(brief, _purpose(KIND_GRU));
        _assertDatasetDenies(query, 1 << 6);
        _advance(10);
        _assertDatasetDenies(query, 0);
        _advance(9);
        _assertDatasetDenies(query, 0);
        _advance(1);
        _assertDatasetDenies(query, 1 << 7);
    }

    function test_GivenAnyParticipant_WhenDatasetLayerAsked_AnswerIsTheSame() public view {
        LayerQuery memory query = _query(_purpose(KIND_GRU));
        (Verdict memory a, ) = _ask(LayerKind.Dataset, query);
        query.participantId = ParticipantId.wrap(0);
        (Verdict memory b, ) = _ask(LayerKind.Dataset, query);
        VM.assertEq(a.deny | a.manual | b.deny | b.manual, 0);
    }

    function _assertDatasetDenies(LayerQuery memory query, uint256 deny) private view {
        (Verdict memory verdict, ) = _ask(LayerKind.Dataset, query);
        VM.assertEq(verdict.deny, _tagged(deny, LayerKind.Dataset), "deny");
        VM.assertEq(verdict.manual, 0, "manual");
    }

    function _assertConsentLayer(Purpose memory purpose, uint256 deny, uint256 manual, bool hasTerms) private view {
        (Verdict memory verdict, bytes32 digest) = _ask(LayerKind.Consent, _query(purpose));
        VM.assertEq(verdict.deny, deny, "deny");
        VM.assertEq(verdict.manual, manual, "manual");
        VM.assertEq(digest, hasTerms ? standardTerms : bytes32(0), "terms");
    }

    /// @dev One layer's own reasons, in its place.
    function _ask(
        LayerKind layer,
        LayerQuery memory query
    ) private view returns (Verdict memory verdict, bytes32 termsDigest) {
        bytes32[LAYER_COUNT] memory digests;
        (verdict, digests) = licenceLayers.verdictOn(query);
        verdict.deny &= Verdicts.reasonsOf(layer);
        verdict.manual &= Verdicts.reasonsOf(layer);
        termsDigest = digests[uint256(layer)];
    }

    function _query(Purpose memory purpose) private view returns (LayerQuery memory) {
        return
            LayerQuery({
                scopeId: SCOPE,
                datasetTerms: standardTerms,
                purposeDigest: keccak256(abi.encode(purpose)),
                licensee: UNIVERSITY,
                elements: purpose.elements,
                level: DataLevel.Individual,
                participantId: alice.id
            });
    }
}
