// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Grant, WithdrawalExtent} from "../../contracts/types/Consent.sol";
import {LicenceId} from "../../contracts/types/Ids.sol";
import {LicensedStudy} from "../support/LicensedStudy.sol";
import {VM} from "../support/Vm.sol";

/// @title CostsTest
/// @notice Invariant 11: no function's cost grows without bound in what others can add; a closing change is O(1).
contract CostsTest is LicensedStudy {
    uint256 private constant OPENINGS = 300;

    Person private alice;
    Person private bob;

    function setUp() public {
        _deployStudy();
        alice = _person("alice");
        bob = _person("bob");
        _advance(1);
    }

    function test_GivenLongHistory_WhenClosed_CostsWhatItCostsAfterOneOpening() public {
        _grant(alice);
        _advance(1);
        uint256 atOnce = _costOfWithdrawal(alice);
        _openMany(bob);
        uint256 afterMany = _costOfWithdrawal(bob);
        VM.assertEq(afterMany, atOnce, "a closing costs more after more openings");
    }

    function test_GivenLongHistory_WhenSuspended_CostsWhatItCostsAfterOneOpening() public {
        _grant(alice);
        _advance(1);
        uint256 atOnce = _costOfSuspension(alice);
        _openMany(bob);
        VM.assertEq(_costOfSuspension(bob), atOnce, "a closing costs more after more openings");
    }

    function test_GivenManyTermsInScope_WhenClosed_CostsTheSame() public {
        _grant(alice);
        _grant(bob);
        _advance(1);
        uint256 before = _costOfWithdrawal(alice);
        for (uint256 i = 0; i < 50; ++i) _publishTerms(SCOPE, _terms(bytes32(i)));
        VM.assertEq(_costOfWithdrawal(bob), before, "a closing costs more for others' terms");
    }

    function test_GivenLongHistory_WhenAskedOfPast_CostGrowsWithItsLogarithmOnly() public {
        _openMany(bob);
        uint256 middle = block.timestamp - OPENINGS + 1;
        VM.cool(address(consents));
        (bool isPermitted, ) = consents.permittedAt(SCOPE, bob.id, middle);
        uint256 cost = VM.lastCallGas().gasTotalUsed;
        VM.assertTrue(isPermitted);
        // Nine halvings of 300, each a cold word and some arithmetic, and the terms.
        VM.assertLe(cost, 9 * 3_500 + 12_000, "more than a binary search");
    }

    function test_GivenManyLicencesAndConsents_WhenCoverageAsked_CostsTheSame() public {
        _grant(alice);
        LicenceId first = _issued();
        // Once for nothing: cooled or not, what a test has never read before costs more.
        _costOfCoverage(first);
        uint256 before = _costOfCoverage(first);
        for (uint256 i = 0; i < 20; ++i) {
            _issued();
            _consented(string(abi.encodePacked("person ", bytes1(uint8(65 + i)))));
        }
        VM.assertEq(_costOfCoverage(first), before, "a licence costs more for others");
    }

    function _openMany(Person memory person) private {
        for (uint256 i = 0; i < OPENINGS; ++i) {
            _grant(person);
            _advance(1);
            if (i == OPENINGS - 1) break;
            VM.prank(person.account);
            consents.withdraw(SCOPE, WithdrawalExtent.NoFurtherContact);
            _advance(1);
        }
    }

    function _grant(Person memory person) private {
        Grant memory change = _grantOf(person);
        VM.prank(person.account);
        consents.grant(change);
    }

    function _costOfWithdrawal(Person memory person) private returns (uint256) {
        VM.cool(address(consents));
        VM.prank(person.account);
        consents.withdraw(SCOPE, WithdrawalExtent.NoFurtherUse);
        return VM.lastCallGas().gasTotalUsed;
    }

    function _costOfSuspension(Person memory person) private returns (uint256) {
        VM.cool(address(consents));
        VM.prank(person.account);
        consents.suspend(SCOPE);
        return VM.lastCallGas().gasTotalUsed;
    }

    function _costOfCoverage(LicenceId licenceId) private returns (uint256) {
        address[8] memory read = [
            address(consents),
            address(terms),
            address(decisions),
            address(licences),
            address(datasets),
            address(institutions),
            address(policies),
            address(licenceLayers)
        ];
        for (uint256 i = 0; i < read.length; ++i) VM.cool(read[i]);
        (bool isEffective, ) = licences.covers(licenceId, alice.id);
        uint256 cost = VM.lastCallGas().gasTotalUsed;
        VM.assertTrue(isEffective);
        return cost;
    }
}
