// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IConsentRegistry} from "../../contracts/consent/IConsentRegistry.sol";
import {
    Authorisation,
    ConsentState,
    ConsentWord,
    Extend,
    Grant,
    NO_EXPIRY,
    Withdraw,
    WithdrawalExtent
} from "../../contracts/types/Consent.sol";
import {Terms} from "../../contracts/types/DataUse.sol";
import {ConsentSigning} from "../support/ConsentSigning.sol";
import {VM, bound} from "../support/Vm.sol";

/// @title ConsentRegistryHistoryTest
/// @notice Invariant 7: `permitted(t)` for a past t never changes, and is what a log of the changes says it was.
contract ConsentRegistryHistoryTest is ConsentSigning {
    /// @dev One change as the ghost log has it: what the consent was from then on.
    struct Change {
        uint256 time;
        bool isActive;
        uint16 version;
        /// When the terms of an opening hold; 0 and 0 for a closing, which has none.
        uint256 from;
        uint256 until;
    }

    WithdrawalExtent private constant USE = WithdrawalExtent.NoFurtherUse;

    Person private alice;
    bytes32 private laterTerms;
    uint32 private laterFrom;
    Change[] private ghost;
    /// @dev Every word that an opening has replaced, in order.
    uint256[] private replaced;

    function setUp() public {
        _deployWithTerms();
        alice = _person("alice");
        _advance(10);
        laterFrom = _now() + 500;
        Terms memory later = _terms("hold later, and not for ever");
        later.from = laterFrom;
        later.reConsentBy = laterFrom + 2_000;
        laterTerms = _publishTerms(SCOPE, later);
    }

    function test_GivenNoConsent_WhenAskedOfAnyPast_NothingWasPermitted() public view {
        _assertPermittedAt(0, false, 0);
        _assertPermittedAt(block.timestamp, false, 0);
    }

    function test_WhenAskedOfFuture_RevertsTimeInFuture() public {
        VM.expectRevert(
            abi.encodeWithSelector(IConsentRegistry.ConsentTimeInFuture.selector, block.timestamp + 1, block.timestamp)
        );
        consents.permittedAt(SCOPE, alice.id, block.timestamp + 1);
    }

    function test_GivenGrantSuspendResumeWithdraw_WhenAskedOfEachEdge_AnswersToTheSecond() public {
        uint256 start = block.timestamp;
        _grant(standardTerms, NO_EXPIRY);
        VM.warp(start + 10);
        _suspend();
        VM.warp(start + 20);
        _resume();
        VM.warp(start + 30);
        _withdraw();
        VM.warp(start + 40);

        _assertPermittedAt(start - 1, false, 0);
        _assertPermittedAt(start, true, 1);
        _assertPermittedAt(start + 9, true, 1);
        _assertPermittedAt(start + 10, false, 0);
        _assertPermittedAt(start + 19, false, 0);
        _assertPermittedAt(start + 20, true, 3);
        _assertPermittedAt(start + 29, true, 3);
        _assertPermittedAt(start + 30, false, 0);
        _assertPermittedAt(start + 40, false, 0);
    }

    function test_GivenClosingsOverAClosedWord_WhenAskedOfPast_AnswerStays() public {
        uint256 start = block.timestamp;
        _grant(standardTerms, NO_EXPIRY);
        VM.warp(start + 10);
        _suspend();
        VM.warp(start + 20);
        _withdraw();
        VM.warp(start + 30);
        _suspend();
        _assertPermittedAt(start + 9, true, 1);
        _assertPermittedAt(start + 10, false, 0);
    }

    function test_GivenGrantAndWithdrawalInOneSecond_WhenAskedOfIt_NothingWasPermitted() public {
        _grant(standardTerms, NO_EXPIRY);
        _withdraw();
        _assertPermittedAt(block.timestamp, false, 0);
        _advance(1);
        _assertPermittedAt(block.timestamp - 1, false, 0);
    }

    function test_GivenWithdrawalSignedBeforeAndReGrantInOneSecond_WhenAskedOfIt_ReGrantCounts() public {
        uint256 start = block.timestamp;
        _grant(standardTerms, NO_EXPIRY);
        _advance(1);
        Withdraw memory change = Withdraw({scopeId: SCOPE, extent: USE, minVersion: 0});
        Authorisation memory early = _authorise(alice, change);
        _advance(1);
        consents.withdrawBySig(change, early);
        _assertPermittedAt(block.timestamp, false, 0);
        _grant(standardTerms, NO_EXPIRY);
        _assertPermittedAt(block.timestamp, true, 3);
        _assertPermittedAt(start + 1, true, 1);
        _withdraw();
        _assertPermittedAt(block.timestamp, false, 0);
        _assertPermittedAt(start + 1, true, 1);
    }

    function test_GivenExpiredWord_WhenWithdrawnAfterwards_ItsPermissionEndedAtUntil() public {
        uint256 start = block.timestamp;
        _grant(standardTerms, uint32(start + 10));
        VM.warp(start + 20);
        _withdraw();
        _assertPermittedAt(start + 9, true, 1);
        _assertPermittedAt(start + 10, false, 0);
    }

    function test_GivenTermsThatBeginLater_WhenAskedOfTimeBefore_NothingWasPermitted() public {
        _grant(laterTerms, NO_EXPIRY);
        VM.warp(laterFrom + 2_000);
        _assertPermittedAt(laterFrom - 1, false, 0);
        _assertPermittedAt(laterFrom, true, 1);
        _assertPermittedAt(laterFrom + 1_999, true, 1);
        _assertPermittedAt(laterFrom + 2_000, false, 0);
    }

    function test_GivenManyOpenings_WhenAskedByOrdinal_EveryOldWordIsThere() public {
        uint256[9] memory words;
        for (uint256 i = 0; i < words.length; ++i) {
            _grant(standardTerms, NO_EXPIRY);
            _advance(1);
            _withdraw();
            words[i] = _raw(alice);
            _advance(1);
        }
        for (uint16 i = 0; i < words.length; ++i) {
            VM.assertEq(ConsentWord.unwrap(consents.wordAt(SCOPE, alice.id, i)), words[i]);
        }
        VM.assertEq(ConsentWord.unwrap(consents.wordAt(SCOPE, alice.id, uint16(words.length))), 0);
    }

    function testFuzz_GivenAnyChanges_WhenAskedOfAnyPast_AgreesWithGhostLog(uint256 seed) public {
        uint256 start = block.timestamp;
        for (uint256 i = 0; i < 24; ++i) {
            uint256 draw = uint256(keccak256(abi.encode(seed, i)));
            _advance([uint256(0), 0, 1, 7, 300][draw % 5]);
            _change((draw >> 8) % 12, draw >> 16);
        }
        VM.assertGt(ghost.length, 0, "no change was accepted");
        // Every second at which something changed, the one before and the one after, and some of between.
        for (uint256 i = 0; i < ghost.length; ++i) {
            _assertAgreesWithGhost(ghost[i].time - 1);
            _assertAgreesWithGhost(ghost[i].time);
            _assertAgreesWithGhost(ghost[i].time + 1);
            if (ghost[i].until <= block.timestamp) _assertAgreesWithGhost(ghost[i].until);
        }
        for (uint256 i = 0; i < 16; ++i) {
            _assertAgreesWithGhost(bound(uint256(keccak256(abi.encode(seed, "time", i))), start - 2, block.timestamp));
        }
        _assertAgreesWithGhost(laterFrom);
        _assertAgreesWithGhost(laterFrom - 1);
        for (uint16 i = 0; i < replaced.length; ++i) {
            VM.assertEq(ConsentWord.unwrap(consents.wordAt(SCOPE, alice.id, i)), replaced[i], "history was altered");
        }
        VM.assertEq(ConsentWord.unwrap(consents.wordAt(SCOPE, alice.id, uint16(replaced.length))), _raw(alice));
    }

    /// @dev One own change, whether or not it is accepted: more closings than the rest would leave nothing open.
    function _change(uint256 verb, uint256 draw) private {
        bool isLater = draw % 3 == 0;
        uint32 until = draw % 2 == 0 ? NO_EXPIRY : _now() + uint32(bound(draw, 1, 900));
        uint256 before = _raw(alice);
        Grant memory change = _grantOf(alice);
        change.termsDigest = isLater ? laterTerms : standardTerms;
        change.until = until;
        bytes memory call;
        if (verb < 3) call = abi.encodeCall(IConsentRegistry.grant, (change));
        else if (verb < 5) call = abi.encodeCall(IConsentRegistry.update, (change));
        else if (verb < 6) call = _extensionOf(change);
        else if (verb < 8) call = abi.encodeCall(IConsentRegistry.resume, (_resumeOf(alice)));
        else if (verb == 8) call = abi.encodeCall(IConsentRegistry.withdraw, (SCOPE, USE));
        else if (verb == 9) call = abi.encodeCall(IConsentRegistry.suspend, (SCOPE));
        else if (verb == 10) call = abi.encodeCall(IConsentRegistry.decline, (SCOPE));
        else call = abi.encodeCall(IConsentRegistry.annul, (SCOPE));
        VM.prank(alice.account);
        (bool success, ) = address(consents).call(call);
        if (!success) return;

        Change memory log = Change({
            time: block.timestamp,
            isActive: false,
            version: change.version,
            from: 0,
            until: 0
        });
        if (verb < 8) {
            if (before != 0) replaced.push(before);
            // An update and an extension leave a suspended consent suspended.
            log.isActive = verb < 3 || verb >= 6 || ConsentState(before & 7) == ConsentState.Active;
            // A resumption stays under the terms and the end that stood, an extension under the terms.
            if (verb >= 6) (log.from, log.until) = _standingTerms();
            else log.from = isLater ? laterFrom : 0;
            if (verb < 6) log.until = isLater && until > laterFrom + 2_000 ? laterFrom + 2_000 : until;
        }
        ghost.push(log);
    }

    function _grant(bytes32 termsDigest, uint32 until) private {
        Grant memory change = _grantOf(alice);
        change.termsDigest = termsDigest;
        change.until = until;
        VM.prank(alice.account);
        consents.grant(change);
    }

    function _resume() private {
        VM.prank(alice.account);
        consents.resume(_resumeOf(alice));
    }

    function _suspend() private {
        VM.prank(alice.account);
        consents.suspend(SCOPE);
    }

    function _withdraw() private {
        VM.prank(alice.account);
        consents.withdraw(SCOPE, USE);
    }

    function _assertAgreesWithGhost(uint256 time) private view {
        if (time > block.timestamp) return;
        (bool expected, uint16 version) = (false, 0);
        for (uint256 i = 0; i < ghost.length && ghost[i].time <= time; ++i) {
            Change memory change = ghost[i];
            expected = change.isActive && change.from <= time && time < change.until;
            version = expected ? change.version : 0;
        }
        _assertPermittedAt(time, expected, version);
    }

    function _assertPermittedAt(uint256 time, bool expected, uint16 expectedVersion) private view {
        (bool isPermitted, uint16 version) = consents.permittedAt(SCOPE, alice.id, time);
        VM.assertTrue(isPermitted == expected, "permitted");
        VM.assertEq(version, expectedVersion, "version relied on");
    }

    /// @dev When the terms of the last opening hold.
    function _standingTerms() private view returns (uint256 from, uint256 until) {
        for (uint256 i = ghost.length; i > 0; --i) {
            if (ghost[i - 1].until != 0) return (ghost[i - 1].from, ghost[i - 1].until);
        }
        revert("nothing was opened");
    }

    function _extensionOf(Grant memory change) private pure returns (bytes memory) {
        Extend memory extension = Extend({
            scopeId: change.scopeId,
            termsDigest: change.termsDigest,
            until: change.until,
            version: change.version
        });
        return abi.encodeCall(IConsentRegistry.extend, (extension));
    }
}
