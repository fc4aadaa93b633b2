// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {KIND_GRU} from "../../contracts/libraries/DataUse.sol";
import {REASONS_PER_LAYER} from "../../contracts/libraries/Verdicts.sol";
import {DatasetRecord} from "../../contracts/types/Dataset.sol";
import {LayerKind, LineageWitness, Purpose, Terms, Verdict} from "../../contracts/types/DataUse.sol";
import {DatasetId, InstitutionId, LicenceId, NO_LICENCE} from "../../contracts/types/Ids.sol";
import {DeliveryMode, DutyKind, DutyTerm, LicenceAsk, Vote} from "../../contracts/types/Licence.sol";
import {ConsentSigning} from "./ConsentSigning.sol";
import {VM} from "./Vm.sol";

/// @title LicensedStudy
/// @notice An anchored dataset under the standard terms, and licences on it brought as far as a test needs.
abstract contract LicensedStudy is ConsentSigning {
    uint32 internal constant TERM = 1_000;
    address internal constant HEIR_ACCOUNT = address(0x5CC);
    InstitutionId internal constant HEIR = InstitutionId.wrap(keccak256("an heir"));

    DatasetRecord internal dataset;

    function _deployStudy() internal {
        _deployWithTerms();
        dataset = _anchored("content", standardTerms);
        _keepAnswer(_terms("standard"), _purpose(KIND_GRU));
    }

    function _anchored(bytes32 contentDigest, bytes32 termsDigest) internal returns (DatasetRecord memory record) {
        record = _record(contentDigest, termsDigest);
        VM.prank(CUSTODIAN);
        datasets.anchor(record);
    }

    function _derivedFrom(
        DatasetRecord memory parent,
        bytes32 contentDigest
    ) internal returns (DatasetRecord memory record) {
        DatasetRecord[] memory parents = new DatasetRecord[](1);
        parents[0] = parent;
        record = _record(contentDigest, standardTerms);
        record.parents = new DatasetId[](1);
        record.parents[0] = datasets.idOf(parent);
        VM.prank(CUSTODIAN);
        datasets.anchorDerived(record, parents);
    }

    /// @dev Admits an institution that others may be succeeded by.
    function _admitHeir() internal {
        VM.prank(GOVERNANCE);
        institutions.admit(HEIR, _profile(CUSTODIAN_BIT | COMMITTEE_BIT | RESEARCHER_BIT, true), HEIR_ACCOUNT);
    }

    /// @dev Lets that institution succeed another.
    function _inherit(InstitutionId institutionId) internal {
        _admitHeir();
        VM.prank(GOVERNANCE);
        institutions.succeed(institutionId, HEIR);
    }

    function _keepAnswer(Terms memory given, Purpose memory purpose) internal {
        decisions.decide(given, purpose, new LineageWitness[](0));
    }

    /// @dev A request of the university's for general research, for TERM seconds.
    function _requested() internal returns (LicenceId) {
        return _requestedFor(_purpose(KIND_GRU));
    }

    function _requestedFor(Purpose memory purpose) internal returns (LicenceId) {
        DatasetRecord memory record = dataset;
        VM.prank(RESEARCHER);
        return licences.request(record, purpose, _ask(_now() + TERM));
    }

    function _awaitingVote() internal returns (LicenceId licenceId) {
        licenceId = _requested();
        licences.decide(licenceId);
    }

    function _approved() internal returns (LicenceId licenceId) {
        licenceId = _awaitingVote();
        VM.prank(COMMITTEE);
        licences.vote(licenceId, Vote.Approve, "reasons");
    }

    function _issued() internal returns (LicenceId licenceId) {
        licenceId = _approved();
        _issue(licenceId);
    }

    function _issue(LicenceId licenceId) internal {
        VM.prank(CUSTODIAN);
        licences.issue(licenceId, "agreement");
    }

    /// @dev What the purpose promises and nobody has imposed yet, due long after the licence.
    function _imposePromised(LicenceId licenceId) internal {
        uint256 owed = licences.progress(licenceId).promised & ~licences.progress(licenceId).imposed;
        for (uint256 i = 0; i <= uint256(type(DutyKind).max); ++i) {
            if (owed & (1 << i) == 0) continue;
            VM.prank(CUSTODIAN);
            duties.impose(licenceId, _duty(DutyKind(i), _now() + 3650 days));
        }
    }

    function _terminate(LicenceId licenceId) internal {
        VM.prank(CUSTODIAN);
        licences.terminate(licenceId, "reasons");
    }

    function _retractDataset() internal {
        DatasetRecord memory record = dataset;
        VM.prank(CUSTODIAN);
        datasets.retract(record);
    }

    function _consented(string memory name) internal returns (Person memory person) {
        person = _person(name);
        VM.prank(person.account);
        consents.grant(_grantOf(person));
    }

    /// @dev Whether a licence covers somebody, and all that stands against it.
    function _assertCovers(
        LicenceId licenceId,
        Person memory person,
        bool expected,
        uint256 deny,
        uint256 manual
    ) internal view {
        (bool isEffective, Verdict memory verdict) = licences.covers(licenceId, person.id);
        VM.assertTrue(isEffective == expected, "effective");
        VM.assertEq(verdict.deny, deny, "deny");
        VM.assertEq(verdict.manual, manual, "manual");
    }

    /// @dev Analysis in place, for the first time.
    function _ask(uint32 until) internal pure returns (LicenceAsk memory) {
        return LicenceAsk({until: until, delivery: DeliveryMode.InPlace, renews: NO_LICENCE});
    }

    function _duty(DutyKind kind, uint32 dueAt) internal pure returns (DutyTerm[] memory list) {
        list = new DutyTerm[](1);
        list[0] = DutyTerm({kind: kind, dueAt: dueAt});
    }

    /// @dev A layer's reasons in their place.
    function _tagged(uint256 reasons, LayerKind layer) internal pure returns (uint256) {
        return reasons << (uint256(layer) * REASONS_PER_LAYER);
    }
}
