// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {KIND_CTRL, KIND_GRU, PERMISSION_HMB} from "../../contracts/libraries/DataUse.sol";
import {DENY_ELEMENTS_NOT_COVERED, MANUAL_CTRL_NEEDS_REVIEW} from "../../contracts/libraries/Verdicts.sol";
import {LAYER_COUNT, LayerQuery} from "../../contracts/licence/ILicenceLayers.sol";
import {WithdrawalExtent} from "../../contracts/types/Consent.sol";
import {DataLevel} from "../../contracts/types/Dataset.sol";
import {LayerKind, Outcome, Terms, Verdict} from "../../contracts/types/DataUse.sol";
import {LicenceId, NO_PARTICIPANT} from "../../contracts/types/Ids.sol";
import {LicenceStatus, Vote} from "../../contracts/types/Licence.sol";
import {LicensedStudy} from "../support/LicensedStudy.sol";
import {VM} from "../support/Vm.sol";

/// @title LicenceRegistryLayersTest
/// @notice Invariant 5 across the layers: each is asked alone, the worst result wins, and what changes in one counts at
/// once for licences that stand.
contract LicenceRegistryLayersTest is LicensedStudy {
    uint256 private constant STATE_NONE = 1 << 0;
    uint256 private constant STATE_SUSPENDED = 1 << 3;
    uint256 private constant STATE_WITHDRAWN = 1 << 4;
    uint256 private constant STATE_EXPIRED = 1 << 7;
    uint256 private constant UNPROVEN = 1 << 8;
    /// @dev A kind that no permission passes, general research being the first.
    uint256 private constant GRU_REFUSED = 1 << 9;

    Person private alice;
    Person private family;

    function setUp() public {
        _deployStudy();
        alice = _consented("alice");
        family = _person("family");
    }

    // Nothing asked for

    function test_GivenNoPolicy_WhenLayersAreAsked_OtherLayersApproveByNoTerms() public view {
        (Verdict memory verdict, bytes32[LAYER_COUNT] memory digests) = licenceLayers.verdictOn(_query());
        VM.assertEq(verdict.deny | verdict.manual, 0);
        for (uint256 kind = 0; kind < LAYER_COUNT; ++kind) {
            VM.assertEq(digests[kind], kind == uint256(LayerKind.Dataset) ? standardTerms : bytes32(0));
        }
    }

    // Co-consent

    function test_GivenGroupThatHasNotAnswered_WhenAsked_ItsLayerDenies() public {
        LicenceId licenceId = _issued();
        _assertCovers(licenceId, true, 0, 0);
        _setCoConsent(family);
        _assertCovers(licenceId, false, _tagged(STATE_NONE, LayerKind.CoConsent), 0);
    }

    function test_GivenGroupThatAgreed_WhenItSuspendsOrWithdraws_EndsAtOnce() public {
        _setCoConsent(family);
        _grant(family);
        LicenceId licenceId = _issued();
        _assertCovers(licenceId, true, 0, 0);
        VM.prank(family.account);
        consents.suspend(SCOPE);
        _assertCovers(licenceId, false, _tagged(STATE_SUSPENDED, LayerKind.CoConsent), 0);
        VM.prank(family.account);
        consents.withdraw(SCOPE, WithdrawalExtent.NoFurtherUse);
        _assertCovers(licenceId, false, _tagged(STATE_WITHDRAWN, LayerKind.CoConsent), 0);
    }

    function test_GivenGroupsElements_WhenMoreIsAskedFor_ItsLayerDenies() public {
        _setCoConsent(family);
        _grant(family);
        LayerQuery memory query = _query();
        query.elements = 0x02;
        (Verdict memory verdict, bytes32[LAYER_COUNT] memory digests) = licenceLayers.verdictOn(query);
        VM.assertEq(verdict.deny, _tagged(DENY_ELEMENTS_NOT_COVERED, LayerKind.CoConsent));
        VM.assertEq(digests[uint256(LayerKind.CoConsent)], standardTerms);
    }

    function test_GivenNewGroup_WhenCommitteeAsksForItInstead_ItsWordCounts() public {
        _setCoConsent(family);
        _grant(family);
        LicenceId licenceId = _issued();
        Person memory community = _person("community");
        _setCoConsent(community);
        _assertCovers(licenceId, false, _tagged(STATE_NONE, LayerKind.CoConsent), 0);
        _grant(community);
        _assertCovers(licenceId, true, 0, 0);
    }

    // Committee and jurisdiction

    function test_GivenConditionsThatRefuse_WhenSetAndTakenBack_CountAtOnce() public {
        bytes32 refusing = _refusing();
        LicenceId licenceId = _issued();
        _setCommitteeTerms(refusing);
        _assertCovers(licenceId, false, _tagged(GRU_REFUSED, LayerKind.Committee), 0);
        _setCommitteeTerms(0);
        _assertCovers(licenceId, true, 0, 0);
        _setJurisdictionTerms(refusing);
        _assertCovers(licenceId, false, _tagged(GRU_REFUSED, LayerKind.Jurisdiction), 0);
        _setJurisdictionTerms(0);
        _assertCovers(licenceId, true, 0, 0);
    }

    function test_GivenConditionsWithoutKeptAnswer_WhenAsked_SayUnproven() public {
        bytes32 unkept = _publishTerms(SCOPE, _terms("not decided"));
        _setCommitteeTerms(unkept);
        _setJurisdictionTerms(unkept);
        LicenceId licenceId = _requested();
        VM.assertTrue(licences.decide(licenceId) == Outcome.Deny);
        _keepAnswer(_terms("not decided"), _purpose(KIND_GRU));
        VM.assertTrue(licences.decide(licenceId) == Outcome.Approve);
    }

    function test_GivenConditionsThatEnd_WhenTheirTimeComes_CoversNobodyAnyMore() public {
        Terms memory brief = _terms("brief");
        brief.reConsentBy = _now() + 10;
        _setCommitteeTerms(_publishTerms(SCOPE, brief));
        _keepAnswer(brief, _purpose(KIND_GRU));
        LicenceId licenceId = _issued();
        _advance(9);
        _assertCovers(licenceId, true, 0, 0);
        _advance(1);
        _assertCovers(licenceId, false, _tagged(STATE_EXPIRED, LayerKind.Committee), 0);
    }

    // All together

    function test_GivenEveryLayerAgainst_WhenAsked_ReasonsOfEachAreInItsPlace() public {
        LicenceId licenceId = _issued();
        _setCoConsent(family);
        _setCommitteeTerms(_refusing());
        _setJurisdictionTerms(_publishTerms(SCOPE, _terms("not decided")));
        VM.prank(alice.account);
        consents.suspend(SCOPE);
        uint256 deny =
            _tagged(STATE_SUSPENDED, LayerKind.Consent) |
                _tagged(STATE_NONE, LayerKind.CoConsent) |
                _tagged(GRU_REFUSED, LayerKind.Committee) |
                _tagged(UNPROVEN, LayerKind.Jurisdiction);
        _assertCovers(licenceId, false, deny, 0);
    }

    function test_GivenDenyBesideManual_WhenDecided_TheWorstWins() public {
        _keepControls();
        LicenceId licenceId = _requestedFor(_purpose(KIND_CTRL));
        VM.assertTrue(licences.decide(licenceId) == Outcome.Manual);
        _setCoConsent(family);
        VM.assertTrue(licences.decide(licenceId) == Outcome.Deny);
        VM.assertTrue(licences.status(licenceId) == LicenceStatus.Denied);
        _grant(family);
        VM.assertTrue(licences.decide(licenceId) == Outcome.Manual);
    }

    function test_GivenManualInSeveralLayers_WhenResolvedOneByOne_CoversOnlyAfterTheLast() public {
        _keepControls();
        bytes32 conditions = _publishTerms(SCOPE, _terms("conditions"));
        _keepAnswer(_terms("conditions"), _purpose(KIND_CTRL));
        _setCommitteeTerms(conditions);
        LicenceId licenceId = _requestedFor(_purpose(KIND_CTRL));
        licences.decide(licenceId);
        VM.prank(COMMITTEE);
        licences.vote(licenceId, Vote.Approve, "reasons");
        uint256 committee = _tagged(MANUAL_CTRL_NEEDS_REVIEW, LayerKind.Committee);
        uint256 ofTerms =
            _tagged(MANUAL_CTRL_NEEDS_REVIEW, LayerKind.Consent) | _tagged(MANUAL_CTRL_NEEDS_REVIEW, LayerKind.Dataset);
        _assertCovers(licenceId, false, 0, ofTerms | committee);
        _resolve(licenceId, standardTerms, ofTerms | committee);
        _assertCovers(licenceId, false, 0, committee);
        _resolve(licenceId, conditions, committee);
        _issue(licenceId);
        _assertCovers(licenceId, true, 0, 0);
        // Other conditions of the same effect are not those that were voted on.
        bytes32 anew = _publishTerms(SCOPE, _terms("conditions anew"));
        _keepAnswer(_terms("conditions anew"), _purpose(KIND_CTRL));
        _setCommitteeTerms(anew);
        _assertCovers(licenceId, false, 0, committee);
    }

    function _assertCovers(LicenceId licenceId, bool expected, uint256 deny, uint256 manual) private view {
        (bool isEffective, Verdict memory verdict) = licences.covers(licenceId, alice.id);
        VM.assertTrue(isEffective == expected, "effective");
        VM.assertEq(verdict.deny, deny, "deny");
        VM.assertEq(verdict.manual, manual, "manual");
    }

    /// @dev Terms that refuse general research, and their answer.
    function _refusing() private returns (bytes32 digest) {
        Terms memory given = _terms("health only");
        given.permissions = PERMISSION_HMB;
        digest = _publishTerms(SCOPE, given);
        _keepAnswer(given, _purpose(KIND_GRU));
    }

    function _keepControls() private {
        _keepAnswer(_terms("standard"), _purpose(KIND_CTRL));
    }

    function _grant(Person memory person) private {
        VM.prank(person.account);
        consents.grant(_grantOf(person));
    }

    function _setCoConsent(Person memory group) private {
        VM.prank(COMMITTEE);
        policies.setCoConsent(SCOPE, group.id);
    }

    function _setCommitteeTerms(bytes32 termsDigest) private {
        VM.prank(COMMITTEE);
        policies.setCommitteeTerms(SCOPE, termsDigest);
    }

    function _setJurisdictionTerms(bytes32 termsDigest) private {
        VM.prank(GOVERNANCE);
        policies.setJurisdictionTerms(SCOPE, termsDigest);
    }

    function _resolve(LicenceId licenceId, bytes32 termsDigest, uint256 manual) private {
        VM.prank(COMMITTEE);
        licences.resolve(licenceId, termsDigest, manual, "reasons");
    }

    function _query() private view returns (LayerQuery memory) {
        return
            LayerQuery({
                scopeId: SCOPE,
                datasetTerms: standardTerms,
                purposeDigest: keccak256(abi.encode(_purpose(KIND_GRU))),
                licensee: UNIVERSITY,
                elements: 0,
                level: DataLevel.Individual,
                participantId: NO_PARTICIPANT
            });
    }
}
