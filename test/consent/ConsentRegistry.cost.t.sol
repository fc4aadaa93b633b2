// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IConsentRegistry} from "../../contracts/consent/IConsentRegistry.sol";
import {ConsentState, NOT_ENDED, Withdraw, WithdrawalExtent} from "../../contracts/types/Consent.sol";
import {withdrawing} from "../support/Changes.sol";
import {ConsentSigning} from "../support/ConsentSigning.sol";
import {VM} from "../support/Vm.sol";

/// @title ConsentRegistryCostTest
/// @notice Invariant 11: what a withdrawal costs does not depend on what has been before, to the gas.
contract ConsentRegistryCostTest is ConsentSigning {
    /// @dev Each is a suspension and a resumption, and makes two versions.
    uint256 private constant PAIRS = 5_000;

    Person private alice;
    Person private bob;

    function setUp() public {
        _deployWithTerms();
        alice = _person("alice");
        bob = _person("bob");
        _advance(10);
        _grant(alice);
        _grant(bob);
        _advance(1);
    }

    function test_GivenTenThousandVersions_WhenWithdrawn_CostsWhatTheFirstWithdrawalCosts() public {
        uint256 first = _costOf(alice.account, _ownWithdrawal());
        _openAndClose(bob, PAIRS);
        VM.assertEq(uint16(_raw(bob) >> 32), 2 * PAIRS + 1, "versions");
        VM.assertEq(_costOf(bob.account, _ownWithdrawal()), first, "a withdrawal costs more after 10,000 versions");
    }

    function test_GivenTenThousandVersions_WhenWithdrawnBySignature_CostsWhatTheFirstWithdrawalCosts() public {
        uint256 first = _costOf(STRANGER, _signedWithdrawal(alice));
        _openAndClose(bob, PAIRS);
        VM.assertEq(_costOf(STRANGER, _signedWithdrawal(bob)), first, "a signed withdrawal costs more");
    }

    function test_GivenTenThousandVersions_WhenThePastIsAsked_CostsItsLogarithm() public {
        uint256 start = block.timestamp;
        _openAndClose(bob, PAIRS);
        VM.cool(address(consents));
        (bool isPermitted, uint16 version) = consents.permittedAt(SCOPE, bob.id, start + PAIRS - 1);
        uint256 cost = VM.lastCallGas().gasTotalUsed;
        // The middle of all: each pair takes two seconds, and this is the one of its resumption.
        VM.assertTrue(isPermitted);
        VM.assertEq(version, PAIRS + 1);
        // Thirteen halvings of 5,001 ordinals, each a cold word and some arithmetic, and the terms.
        VM.assertLe(cost, 13 * 3_500 + 15_000, "more than a binary search");
    }

    function test_GivenWordOfAnyAge_WhenWithdrawn_CostsWhatTheFirstWithdrawalCosts() public {
        uint256 first = _costOf(alice.account, _ownWithdrawal());
        // Close to the last version, with a history behind it that is not there.
        uint256 word = _raw(bob) | _pack(ConsentState.None, WithdrawalExtent.None, 65_533, 32_767, 0, NOT_ENDED, 0);
        _storeWord(bob, word);
        VM.assertEq(_costOf(bob.account, _ownWithdrawal()), first);
    }

    function _openAndClose(Person memory person, uint256 pairs) private {
        VM.startPrank(person.account);
        for (uint256 i = 0; i < pairs; ++i) {
            consents.suspend(SCOPE);
            _advance(1);
            consents.resume(_resumeOf(person));
            _advance(1);
        }
        VM.stopPrank();
    }

    function _grant(Person memory person) private {
        VM.prank(person.account);
        consents.grant(_grantOf(person));
    }

    function _costOf(address sender, bytes memory call) private returns (uint256) {
        VM.cool(address(consents));
        VM.prank(sender);
        (bool success, ) = address(consents).call(call);
        uint256 cost = VM.lastCallGas().gasTotalUsed;
        VM.assertTrue(success);
        return cost;
    }

    function _signedWithdrawal(Person memory person) private view returns (bytes memory) {
        return _signedNow(person, withdrawing(Withdraw(SCOPE, WithdrawalExtent.NoFurtherUse, 1)));
    }

    function _ownWithdrawal() private pure returns (bytes memory) {
        return abi.encodeCall(IConsentRegistry.withdraw, (SCOPE, WithdrawalExtent.NoFurtherUse));
    }
}
