// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IConsentRegistry} from "../../contracts/consent/IConsentRegistry.sol";
import {Closing, ConsentWord, NO_EXPIRY, Resume, Withdraw, WithdrawalExtent} from "../../contracts/types/Consent.sol";
import {ParticipantId} from "../../contracts/types/Ids.sol";
import {Change, granting, resuming, signedCall, suspending, updating, withdrawing} from "../support/Changes.sol";
import {IVm, VM} from "../support/Vm.sol";
import {HostileVectors} from "./HostileVectors.sol";

/// @title ConsentRegistryHostileTest
/// @notice Invariants 2, 3 and 12: whatever is wrong with a signature, it is refused for a reason with a name and
/// leaves no trace, and the honest one works afterwards.
contract ConsentRegistryHostileTest is HostileVectors {
    uint256 private constant LEAST_VECTORS = 500;

    function test_GivenEachVerbAndSigner_WhenSignatureHasAnotherShape_IsRefused() public {
        _assertRefused(Attack.Shape);
    }

    function test_GivenEachVerbAndSigner_WhenSignedForAnotherDomain_IsRefused() public {
        _assertRefused(Attack.Domain);
    }

    function test_GivenEachVerbAndSigner_WhenAnotherMessageWasSigned_IsRefused() public {
        _assertRefused(Attack.Message);
    }

    function test_GivenEachVerbAndSigner_WhenItsTimeIsNotNow_IsRefused() public {
        _assertRefused(Attack.Time);
    }

    function test_GivenEachVerbAndSigner_WhenSignedForAnotherVerb_IsRefused() public {
        _assertRefused(Attack.OtherVerb);
    }

    function test_GivenEachVerbAndSigner_WhenAnotherSigned_IsRefused() public {
        _assertRefused(Attack.OtherSigner);
    }

    function test_GivenEachVerbAndSigner_WhenDelegateHasNoMandateForIt_IsRefused() public {
        _assertRefused(Attack.Delegate);
    }

    function test_GivenEachVerbAndSigner_WhenAnotherVersionWasSigned_IsRefused() public {
        _assertRefused(Attack.Version);
    }

    function test_GivenEachVerbOfGroup_WhenItsMembersAreNotEnough_IsRefused() public {
        _assertRefused(Attack.Group);
    }

    function test_GivenGrantAndWithdrawal_WhenSignatureHasAnotherLength_IsRefused() public {
        uint256 vectors = 0;
        for (uint8 kind = 0; kind < KINDS; ++kind) {
            vectors += this.refuseLengths(Kind(kind), Verb.Grant);
            vectors += this.refuseLengths(Kind(kind), Verb.Withdraw);
        }
        VM.assertGe(vectors, LEAST_VECTORS, "too few vectors");
    }

    function test_GivenEveryVectorInBatches_WhenRelayedAroundTheHonestChange_OnlyThatIsApplied() public {
        uint256 vectors = 0;
        for (uint8 attack = 0; attack < ATTACKS; ++attack) {
            for (uint8 kind = 0; kind < KINDS; ++kind) {
                for (uint8 verb = 0; verb < VERBS; ++verb) {
                    vectors += this.refuseInBatch(Kind(kind), Verb(verb), Attack(attack));
                }
            }
        }
        VM.assertGe(vectors, LEAST_VECTORS, "too few vectors");
    }

    // Replays: what was good once

    function test_GivenEachVerbAndSigner_WhenReplayedInTheStateThatItMade_IsRefused() public {
        uint256 vectors = 0;
        for (uint8 kind = 0; kind < KINDS; ++kind) {
            for (uint8 verb = 0; verb < VERBS; ++verb) vectors += this.refuseReplays(Kind(kind), Verb(verb));
        }
        VM.assertEq(vectors, KINDS * VERBS * 3);
    }

    function test_GivenSignedSeries_WhenRelayedInReverse_EachWaitsForItsTurn() public {
        for (uint8 i = 0; i < KINDS; ++i) {
            uint256 state = VM.snapshotState();
            Signer memory signer = _signer(Kind(i), "alice");
            bytes[] memory series = _signedSeries(signer);
            bytes[] memory reversed = new bytes[](series.length);
            for (uint256 j = 0; j < series.length; ++j) reversed[j] = series[series.length - 1 - j];
            VM.assertEq(consents.relay(reversed), 1, "more than the first of the series");
            VM.assertEq(consents.relay(series), series.length - 1, "less than the rest of the series");
            VM.assertEq(consents.relay(series), 0, "twice");
            VM.revertToState(state);
        }
    }

    // Each of the following is a call of its own, so that its memory is given back.

    function refuse(Kind kind, Verb verb, Attack attack) external returns (uint256) {
        uint256 state = VM.snapshotState();
        Honest memory honest = _honest(kind, verb);
        Vectors memory vectors = _vectors(honest, attack);
        _assertRefusedThenHonestApplies(honest, vectors);
        VM.revertToState(state);
        return vectors.count;
    }

    function refuseLengths(Kind kind, Verb verb) external returns (uint256) {
        uint256 state = VM.snapshotState();
        Honest memory honest = _honest(kind, verb);
        Vectors memory vectors = _lengths(honest);
        _assertRefusedThenHonestApplies(honest, vectors);
        VM.revertToState(state);
        return vectors.count;
    }

    function refuseInBatch(Kind kind, Verb verb, Attack attack) external returns (uint256) {
        uint256 state = VM.snapshotState();
        Honest memory honest = _honest(kind, verb);
        Vectors memory vectors = _vectors(honest, attack);
        // The honest change stands in their midst.
        uint256 place = vectors.count / 2;
        bytes[] memory items = new bytes[](vectors.count + 1);
        for (uint256 i = 0; i < items.length; ++i) {
            items[i] = i == place ? signedCall(honest.change, honest.given) : vectors.list[i < place ? i : i - 1].call;
        }
        bytes32 before = _traceOf(honest);
        VM.recordLogs();
        VM.prank(STRANGER);
        VM.assertEq(consents.relay(items), 1, "not the honest change alone");
        VM.assertNotEq(_traceOf(honest), before);
        // Those behind the honest change meet the word that it made, and may be refused for that.
        _assertReported(vectors, place);
        VM.revertToState(state);
        return vectors.count;
    }

    function refuseReplays(Kind kind, Verb verb) external returns (uint256) {
        uint256 state = VM.snapshotState();
        Honest memory honest = _honest(kind, verb);
        bytes memory used = signedCall(honest.change, honest.given);
        (bool success, ) = address(consents).call(used);
        VM.assertTrue(success, "the honest change was refused");
        _assertReplayRefused(honest, used, "in the same second");
        _advance(1);
        _assertReplayRefused(honest, used, "a second later");
        _apply(honest.signer, withdrawing(Withdraw(SCOPE, WithdrawalExtent.NoFurtherUse, 0)));
        uint16 version = uint16(ConsentWord.unwrap(consents.wordOf(SCOPE, honest.signer.id)) >> 32);
        _apply(honest.signer, granting(_grantUntil(NO_EXPIRY, version + 1)));
        _assertReplayRefused(honest, used, "after a new grant");
        VM.revertToState(state);
        return 3;
    }

    function _assertRefused(Attack attack) private {
        uint256 vectors = 0;
        for (uint8 kind = 0; kind < KINDS; ++kind) {
            for (uint8 verb = 0; verb < VERBS; ++verb) vectors += this.refuse(Kind(kind), Verb(verb), attack);
        }
        VM.assertGt(vectors, 0, "no vector");
    }

    function _assertRefusedThenHonestApplies(Honest memory honest, Vectors memory vectors) private {
        bytes32 before = _traceOf(honest);
        for (uint256 i = 0; i < vectors.count; ++i) {
            Vector memory vector = vectors.list[i];
            (bool success, bytes memory reason) = address(consents).call(vector.call);
            VM.assertFalse(success, vector.what);
            VM.assertEq(bytes32(bytes4(reason)), bytes32(vector.expected), vector.what);
            VM.assertEq(_traceOf(honest), before, vector.what);
        }
        (bool isApplied, ) = address(consents).call(signedCall(honest.change, honest.given));
        VM.assertTrue(isApplied, "the honest change was refused");
        VM.assertNotEq(_traceOf(honest), before);
    }

    /// @dev One report for every vector, in order; those before the honest change for the very reason.
    function _assertReported(Vectors memory vectors, uint256 place) private {
        IVm.Log[] memory logs = VM.getRecordedLogs();
        uint256 reports = 0;
        for (uint256 i = 0; i < logs.length; ++i) {
            if (logs[i].topics[0] != IConsentRegistry.ConsentItemRejected.selector) continue;
            Vector memory vector = vectors.list[reports];
            VM.assertEq(uint256(logs[i].topics[1]), reports < place ? reports : reports + 1, vector.what);
            bytes memory reason = abi.decode(logs[i].data, (bytes));
            VM.assertGe(reason.length, 4, vector.what);
            if (reports < place) VM.assertEq(bytes32(bytes4(reason)), bytes32(vector.expected), vector.what);
            ++reports;
        }
        VM.assertEq(reports, vectors.count, "not one report a vector");
    }

    function _assertReplayRefused(Honest memory honest, bytes memory used, string memory when) private {
        bytes32 before = _traceOf(honest);
        (bool success, bytes memory reason) = address(consents).call(used);
        VM.assertFalse(success, when);
        VM.assertGe(reason.length, 4, when);
        VM.assertEq(_traceOf(honest), before, when);
    }

    /// @dev A grant, an update, a suspension, a resumption, a withdrawal and a new grant, signed a second apart.
    function _signedSeries(Signer memory signer) private returns (bytes[] memory series) {
        Change[6] memory changes = [
            granting(_grantUntil(NO_EXPIRY, 1)),
            updating(_grantUntil(NO_EXPIRY, 2)),
            suspending(Closing({scopeId: SCOPE, minVersion: 2})),
            resuming(Resume({scopeId: SCOPE, version: 4})),
            withdrawing(Withdraw({scopeId: SCOPE, extent: WithdrawalExtent.NoFurtherUse, minVersion: 4})),
            granting(_grantUntil(NO_EXPIRY, 6))
        ];
        series = new bytes[](changes.length);
        for (uint256 i = 0; i < changes.length; ++i) {
            series[i] = signedCall(changes[i], _authorise(signer, changes[i]));
            _advance(1);
        }
    }

    /// @dev All that the registry keeps of the signer's consent.
    function _traceOf(Honest memory honest) private view returns (bytes32) {
        ParticipantId id = honest.signer.id;
        return
            keccak256(
                abi.encode(
                    consents.lastWordOf(SCOPE, id),
                    consents.wordAt(SCOPE, id, 0),
                    consents.wordAt(SCOPE, id, 1),
                    consents.wordAt(SCOPE, id, 2),
                    consents.forwardOf(SCOPE, id),
                    consents.recoveryOf(SCOPE, id)
                )
            );
    }
}
