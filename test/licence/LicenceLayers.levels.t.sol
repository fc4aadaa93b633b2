// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {MANUAL_MODEL_CONSENT_ENDED} from "../../contracts/libraries/Verdicts.sol";
import {ConsentStatus, Grant, WithdrawalExtent} from "../../contracts/types/Consent.sol";
import {DataLevel, DatasetRecord} from "../../contracts/types/Dataset.sol";
import {LicenceId} from "../../contracts/types/Ids.sol";
import {LicensedStudy} from "../support/LicensedStudy.sol";
import {VM} from "../support/Vm.sol";

/// @title LicenceLayersLevelsTest
/// @notice What the end of a consent means for individual data, for an aggregate, and for a model.
contract LicenceLayersLevelsTest is LicensedStudy {
    uint32 private constant CONSENT_TERM = 50;

    uint32 private minimumCell = 10;

    function setUp() public {
        _deployStudy();
    }

    function test_GivenIndividualData_WhenAConsentEndsInAnyWay_IsDenied() public {
        LicenceId licenceId = _issuedOn(DataLevel.Individual);
        _assertCovers(licenceId, _withdrawn(), false, 1 << uint256(ConsentStatus.Withdrawn), 0);
        _assertCovers(licenceId, _suspended(), false, 1 << uint256(ConsentStatus.Suspended), 0);
        _assertCovers(licenceId, _expired(), false, 1 << uint256(ConsentStatus.Expired), 0);
    }

    function test_GivenAggregate_WhenAConsentEndsInAnyWay_Stands() public {
        LicenceId licenceId = _issuedOn(DataLevel.Aggregate);
        _assertCovers(licenceId, _withdrawn(), true, 0, 0);
        _assertCovers(licenceId, _suspended(), true, 0, 0);
        _assertCovers(licenceId, _expired(), true, 0, 0);
    }

    function test_GivenAggregateOfFewerThanTen_WhenAConsentEnds_IsDeniedAsIndividualData() public {
        minimumCell = 9;
        LicenceId licenceId = _issuedOn(DataLevel.Aggregate);
        _assertCovers(licenceId, _withdrawn(), false, 1 << uint256(ConsentStatus.Withdrawn), 0);
    }

    function test_GivenModel_WhenAConsentEndsInAnyWay_GoesToTheCommittee() public {
        LicenceId licenceId = _issuedOn(DataLevel.Model);
        Person[3] memory people = [_withdrawn(), _suspended(), _expired()];
        for (uint256 i = 0; i < 3; ++i) {
            _assertCovers(licenceId, people[i], false, 0, MANUAL_MODEL_CONSENT_ENDED);
        }
        VM.prank(COMMITTEE);
        licences.resolve(licenceId, standardTerms, MANUAL_MODEL_CONSENT_ENDED, "the model does not memorise");
        for (uint256 i = 0; i < 3; ++i) _assertCovers(licenceId, people[i], true, 0, 0);
    }

    function test_GivenWhoNeverConsented_WhenAsked_IsDeniedAtEveryLevel() public {
        for (uint8 i = 0; i <= uint8(type(DataLevel).max); ++i) {
            LicenceId licenceId = _issuedOn(DataLevel(i));
            _assertCovers(licenceId, _person("nobody"), false, 1 << uint256(ConsentStatus.None), 0);
            Person memory declined = _person("declined");
            if (i == 0) {
                VM.prank(declined.account);
                consents.decline(SCOPE);
            }
            _assertCovers(licenceId, declined, false, 1 << uint256(ConsentStatus.Declined), 0);
        }
    }

    function test_GivenConsent_WhenAsked_IsCoveredAtEveryLevel() public {
        Person memory alice = _consented("alice");
        for (uint8 i = 0; i <= uint8(type(DataLevel).max); ++i) {
            _assertCovers(_issuedOn(DataLevel(i)), alice, true, 0, 0);
        }
    }

    function _issuedOn(DataLevel level) private returns (LicenceId) {
        dataset = _record(keccak256(abi.encode(level)), standardTerms);
        dataset.level = level;
        if (level == DataLevel.Aggregate) dataset.minimumCell = minimumCell;
        DatasetRecord memory record = dataset;
        VM.prank(CUSTODIAN);
        datasets.anchor(record);
        return _issued();
    }

    function _withdrawn() private returns (Person memory person) {
        person = _consented("withdrawn");
        VM.prank(person.account);
        consents.withdraw(SCOPE, WithdrawalExtent.NoFurtherUse);
    }

    function _suspended() private returns (Person memory person) {
        person = _consented("suspended");
        VM.prank(person.account);
        consents.suspend(SCOPE);
    }

    function _expired() private returns (Person memory person) {
        person = _person("expired");
        Grant memory change = _grantOf(person);
        change.until = _now() + CONSENT_TERM;
        VM.prank(person.account);
        consents.grant(change);
        _advance(CONSENT_TERM);
    }
}
