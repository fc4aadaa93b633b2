// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ConcordLens} from "../../contracts/lens/ConcordLens.sol";
import {ILicenceRegistry} from "../../contracts/licence/ILicenceRegistry.sol";
import {ConsentStatus, ConsentWord, WithdrawalExtent} from "../../contracts/types/Consent.sol";
import {Outcome} from "../../contracts/types/DataUse.sol";
import {LicenceId, ParticipantId} from "../../contracts/types/Ids.sol";
import {LicensedStudy} from "../support/LicensedStudy.sol";
import {VM} from "../support/Vm.sol";

contract ConcordLensTest is LicensedStudy {
    Person private alice;
    Person private bob;
    ParticipantId[] private page;

    function setUp() public {
        _deployStudy();
        alice = _consented("alice");
        bob = _consented("bob");
        VM.prank(bob.account);
        consents.withdraw(SCOPE, WithdrawalExtent.NoFurtherUse);
        page.push(bob.id);
        page.push(alice.id);
        page.push(_person("nobody").id);
        page.push(alice.id);
    }

    function test_GivenPage_WhenCoverageAsked_AnswersEachInOrderAsTheRegistryDoes() public {
        LicenceId licenceId = _issued();
        ConcordLens.Coverage[] memory answers = lens.coverage(licenceId, page);
        VM.assertEq(answers.length, 4);
        _assertCoverage(answers[0], false, Outcome.Deny, 1 << 4);
        _assertCoverage(answers[1], true, Outcome.Approve, 0);
        _assertCoverage(answers[2], false, Outcome.Deny, 1 << 0);
        _assertCoverage(answers[3], true, Outcome.Approve, 0);
    }

    function test_GivenLicenceNotIssued_WhenCoverageAsked_CoversNobodyWhateverTheLayersSay() public {
        ConcordLens.Coverage[] memory answers = lens.coverage(_approved(), page);
        _assertCoverage(answers[1], false, Outcome.Approve, 0);
    }

    function test_GivenNoLicence_WhenCoverageAsked_RevertsUnknown() public {
        VM.expectRevert(abi.encodeWithSelector(ILicenceRegistry.LicenceUnknown.selector, 9));
        lens.coverage(LicenceId.wrap(9), page);
    }

    function test_GivenPage_WhenStandingsAsked_AnswersEachInOrderAsTheRegistryDoes() public view {
        ConcordLens.Standing[] memory answers = lens.standings(SCOPE, page);
        VM.assertEq(answers.length, 4);
        VM.assertEq(ConsentWord.unwrap(answers[0].word), _raw(bob));
        VM.assertEq(ConsentWord.unwrap(answers[1].word), _raw(alice));
        VM.assertEq(ConsentWord.unwrap(answers[2].word), 0);
        VM.assertTrue(answers[0].status == ConsentStatus.Withdrawn);
        VM.assertTrue(answers[1].status == ConsentStatus.Active);
        VM.assertTrue(answers[2].status == ConsentStatus.None);
    }

    function test_GivenEmptyPage_WhenAsked_AnswersEmpty() public {
        LicenceId licenceId = _issued();
        VM.assertEq(lens.coverage(licenceId, new ParticipantId[](0)).length, 0);
        VM.assertEq(lens.standings(SCOPE, new ParticipantId[](0)).length, 0);
    }

    function _assertCoverage(
        ConcordLens.Coverage memory answer,
        bool isEffective,
        Outcome outcome,
        uint256 deny
    ) private pure {
        VM.assertTrue(answer.isEffective == isEffective, "effective");
        VM.assertEq(uint256(answer.outcome), uint256(outcome), "outcome");
        VM.assertEq(answer.deny, deny, "deny");
        VM.assertEq(answer.manual, 0, "manual");
    }
}
