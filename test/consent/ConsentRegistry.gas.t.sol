// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IConsentRegistry} from "../../contracts/consent/IConsentRegistry.sol";
import {SignerGasTooLow} from "../../contracts/libraries/SignerLib.sol";
import {
    Authorisation,
    Grant,
    Import,
    NO_EXPIRY,
    TakeOver,
    Withdraw,
    WithdrawalExtent
} from "../../contracts/types/Consent.sol";
import {Terms} from "../../contracts/types/DataUse.sol";
import {ParticipantId} from "../../contracts/types/Ids.sol";
import {Change, granting, signedCall, takingOver, updating, withdrawing} from "../support/Changes.sol";
import {deployed} from "../support/Deploy.sol";
import {Signers} from "../support/Signers.sol";
import {IVm, VM} from "../support/Vm.sol";

/// @title ConsentRegistryGasTest
/// @notice Invariant 12 under want of gas: a stingy relayer has a batch fail as a whole, and never a good item look
/// refused; foreign code that burns gas spoils its own item alone.
contract ConsentRegistryGasTest is Signers {
    uint256 private constant ENOUGH = 10_000_000;
    /// @dev Around the threshold every amount of gas is tried, further off one in so many.
    uint256 private constant NEAR = 250;
    uint256 private constant FAR_STEPS = 120;

    uint256 private constant BATCH = 100;
    /// @dev Ninety-nine grants of up to 60,000, one check of foreign code of 400,000, and what must be left for it.
    uint256 private constant BATCH_GAS = 6_500_000;

    function setUp() public {
        _deployWithTerms();
        _advance(10);
    }

    // A stingy relayer

    function test_GivenGrantUnderNewTerms_WhenRelayedWithAnyGas_IsAppliedOrNothingIs() public {
        Signer memory signer = _signer(Kind.Account, "alice");
        _assertAppliedOrNothing(STRANGER, _signedNow(signer, granting(_grant(_newTerms(), 1))));
    }

    function test_GivenUpdateToNewTerms_WhenRelayedWithAnyGas_IsAppliedOrNothingIs() public {
        Signer memory signer = _granted(Kind.Account);
        _assertAppliedOrNothing(STRANGER, _signedNow(signer, updating(_grant(_newTerms(), 2))));
    }

    function test_GivenWithdrawal_WhenRelayedWithAnyGas_IsAppliedOrNothingIs() public {
        Signer memory signer = _granted(Kind.Account);
        _assertAppliedOrNothing(STRANGER, _signedNow(signer, _withdrawal()));
    }

    function test_GivenWallet_WhenRelayedWithAnyGas_IsAppliedOrNothingIs() public {
        Signer memory signer = _signer(Kind.Wallet, "alice");
        _assertAppliedOrNothing(STRANGER, _signedNow(signer, granting(_grant(_newTerms(), 1))));
    }

    function test_GivenPasskey_WhenRelayedWithAnyGas_IsAppliedOrNothingIs() public {
        Signer memory signer = _signer(Kind.Key, "alice");
        _assertAppliedOrNothing(STRANGER, _signedNow(signer, granting(_grant(_newTerms(), 1))));
    }

    function test_GivenWalletThatTakesAllItMay_WhenRelayedWithAnyGas_IsAppliedOrNothingIs() public {
        Signer memory signer = _vouching(deployed("GasBurningSigner", abi.encode(5_000)));
        _assertAppliedOrNothing(STRANGER, _signedNow(signer, granting(_grant(_newTerms(), 1))));
    }

    function test_GivenSmallGroup_WhenRelayedWithAnyGas_IsAppliedOrNothingIs() public {
        Signer memory signer = _signer(Kind.Group, "the family");
        _assertAppliedOrNothing(STRANGER, _signedNow(signer, granting(_grant(_newTerms(), 1))));
    }

    function test_GivenLargeGroup_WhenRelayedWithAnyGas_IsAppliedOrNothingIs() public {
        Signer memory signer = _group("the community", 40, 40);
        _assertAppliedOrNothing(STRANGER, _signedNow(signer, granting(_grant(_newTerms(), 1))));
    }

    function test_GivenImportUnderNewTerms_WhenRelayedWithAnyGas_IsAppliedOrNothingIs() public {
        Import memory change = Import({
            agreed: _grant(_newTerms(), 1),
            participantId: ParticipantId.wrap(keccak256("on paper")),
            signedAt: _now()
        });
        _assertAppliedOrNothing(CUSTODIAN, abi.encodeCall(IConsentRegistry.importConsent, (change)));
    }

    function test_GivenTakeover_WhenRelayedWithAnyGas_IsAppliedOrNothingIs() public {
        ParticipantId attestedId = ParticipantId.wrap(keccak256("on paper"));
        VM.prank(CUSTODIAN);
        consents.importConsent(
            Import({agreed: _grant(standardTerms, 1), participantId: attestedId, signedAt: _now() - 1})
        );
        Signer memory signer = _signer(Kind.Account, "alice");
        _assertAppliedOrNothing(CUSTODIAN, _signedNow(signer, takingOver(TakeOver(SCOPE, attestedId))));
    }

    function test_GivenRecovery_WhenProposedInBatchWithAnyGas_IsAppliedOrNothingIs() public {
        ParticipantId lost = _granted(Kind.Account).id;
        _assertAppliedOrNothing(
            CUSTODIAN,
            abi.encodeCall(IConsentRegistry.proposeRecovery, (SCOPE, lost, _person("alice's new key").id))
        );
    }

    function test_GivenBatchInBatch_WhenRelayedWithAnyGas_IsAppliedOrNothingIs() public {
        bytes[] memory inner = new bytes[](1);
        inner[0] = _signedNow(_signer(Kind.Account, "alice"), granting(_grant(_newTerms(), 1)));
        // The inner batch counts as one that did not fail; what it applied is told by the word.
        _assertAppliedOrNothing(STRANGER, abi.encodeCall(IConsentRegistry.relay, (inner)));
    }

    function test_GivenWalletsItem_WhenGasRunsLow_RejectsSignerGasTooLowAloneAndConsentGasTooLowInABatch() public {
        bytes[] memory items = new bytes[](2);
        items[0] = _signedNow(_signer(Kind.Account, "alice"), granting(_grant(standardTerms, 1)));
        items[1] = _signedNow(_signer(Kind.Wallet, "bob"), granting(_grant(standardTerms, 1)));
        (bool success, bytes memory reason) = address(consents).call{gas: 500_000}(items[1]);
        VM.assertFalse(success);
        VM.assertEq(bytes32(bytes4(reason)), bytes32(SignerGasTooLow.selector));
        (success, reason) = address(consents).call{gas: 500_000}(abi.encodeCall(IConsentRegistry.relay, (items)));
        VM.assertFalse(success);
        VM.assertEq(bytes32(bytes4(reason)), bytes32(IConsentRegistry.ConsentGasTooLow.selector));
        VM.assertEq(reason.length, 4 + 64);
        VM.assertEq(uint8(reason[4 + 31]), 1, "the item's place");
        VM.assertEq(consents.relay(items), 2);
    }

    /// @dev Copying a padded item costs gas after the registry has looked at how much there is.
    function test_GivenGrantPaddedByRelayer_WhenRelayedWithAnyGas_IsAppliedOrNothingIs() public {
        bytes[] memory items = new bytes[](1);
        bytes memory item = _signedNow(_signer(Kind.Account, "alice"), granting(_grant(_newTerms(), 1)));
        for (uint256 padding = 32_000; padding <= 256_000; padding += 8_000) {
            items[0] = bytes.concat(item, new bytes(padding));
            bytes memory batch = abi.encodeCall(IConsentRegistry.relay, (items));
            for (uint256 gas = 195_000; gas <= 225_000; gas += 500) _isApplied(STRANGER, batch, gas);
        }
    }

    // Foreign code that burns gas

    function test_GivenBatchOfHundred_WhenOneWalletBurnsItsGas_ItSpoilsOnlyItsOwnItem() public {
        _assertSpoilsItsOwnItemAlone(abi.encodePacked(deployed("GasBurningSigner", abi.encode(0))));
    }

    function test_GivenBatchOfHundred_WhenOneVerifierBurnsItsGas_ItSpoilsOnlyItsOwnItem() public {
        _assertSpoilsItsOwnItemAlone(abi.encodePacked(deployed("GasBurningSigner", abi.encode(0)), "key"));
    }

    function test_GivenBatchOfHundred_WhenOneWalletRevertsWithMuchData_ItSpoilsOnlyItsOwnItem() public {
        _assertSpoilsItsOwnItemAlone(
            abi.encodePacked(deployed("FixedAnswerSigner", abi.encode(true, bytes32(0), 100_000)))
        );
    }

    function test_GivenBatchOfHundred_WhenOneWalletAnswersAMegabyte_ItSpoilsOnlyItsOwnItem() public {
        _assertSpoilsItsOwnItemAlone(
            abi.encodePacked(deployed("FixedAnswerSigner", abi.encode(false, bytes32(0), 1_000_000)))
        );
    }

    /// @dev Ninety-nine good grants around one withdrawal by a hostile signer, in each place of the batch that matters.
    function _assertSpoilsItsOwnItemAlone(bytes memory hostile) private {
        bytes[] memory items = new bytes[](BATCH);
        for (uint256 i = 0; i < BATCH; ++i) {
            Signer memory signer = _signer(Kind.Account, string(abi.encodePacked("person", i)));
            items[i] = _signedNow(signer, granting(_grant(standardTerms, 1)));
        }
        Change memory change = _withdrawal();
        Authorisation memory given = _authorise(_person("anyone"), change);
        given.signer = hostile;
        uint256[3] memory places = [0, BATCH / 2, BATCH - 1];
        for (uint256 i = 0; i < places.length; ++i) {
            uint256 state = VM.snapshotState();
            bytes memory good = items[places[i]];
            items[places[i]] = signedCall(change, given);
            VM.cool(address(consents));
            VM.expectEmit(address(consents));
            emit IConsentRegistry.ConsentItemRejected(
                places[i],
                abi.encodeWithSelector(IConsentRegistry.ConsentSignatureInvalid.selector, keccak256(hostile))
            );
            VM.assertEq(consents.relay{gas: BATCH_GAS}(items), BATCH - 1, "it spoiled another item");
            items[places[i]] = good;
            VM.revertToState(state);
        }
    }

    /// @dev Finds the least gas with which the item is applied, and tries amounts around it and all the way down.
    function _assertAppliedOrNothing(address sender, bytes memory item) private {
        bytes[] memory items = new bytes[](1);
        items[0] = item;
        bytes memory batch = abi.encodeCall(IConsentRegistry.relay, (items));
        (uint256 low, uint256 high) = (0, ENOUGH);
        VM.assertTrue(_isApplied(sender, batch, high), "not applied with enough gas");
        while (high - low > 1) {
            uint256 middle = (low + high) / 2;
            if (_isApplied(sender, batch, middle)) high = middle;
            else low = middle;
        }
        for (uint256 gas = high - NEAR; gas < high + NEAR; ++gas) _isApplied(sender, batch, gas);
        for (uint256 i = 1; i < FAR_STEPS; ++i) _isApplied(sender, batch, (high * i) / FAR_STEPS);
    }

    /// @dev Whether the batch is applied with that gas. If it does not fail as a whole, it must refuse nothing.
    function _isApplied(address sender, bytes memory batch, uint256 gas) private returns (bool success) {
        uint256 state = VM.snapshotState();
        address[5] memory called = [
            address(consents),
            address(terms),
            address(institutions),
            address(delegates),
            address(index)
        ];
        for (uint256 i = 0; i < called.length; ++i) VM.cool(called[i]);
        VM.recordLogs();
        VM.prank(sender);
        (success, ) = address(consents).call{gas: gas}(batch);
        IVm.Log[] memory logs = VM.getRecordedLogs();
        for (uint256 i = 0; success && i < logs.length; ++i) {
            bool isRefused = logs[i].topics[0] == IConsentRegistry.ConsentItemRejected.selector;
            VM.assertFalse(isRefused, "a good item looks refused");
        }
        VM.revertToState(state);
    }

    /// @dev Somebody whose wallet vouches for anything: whatever they sign counts.
    function _vouching(address wallet) private pure returns (Signer memory signer) {
        signer.people = new Person[](1);
        signer.people[0] = _person("anyone");
        signer.needed = 1;
        signer.signer = abi.encodePacked(wallet);
        signer.id = ParticipantId.wrap(keccak256(signer.signer));
    }

    function _granted(Kind kind) private returns (Signer memory signer) {
        signer = _signer(kind, "alice");
        (bool success, ) = address(consents).call(_signedNow(signer, granting(_grant(standardTerms, 1))));
        VM.assertTrue(success);
        _advance(1);
    }

    /// @dev Terms that nobody has agreed to yet, and that begin and end: the dearest to learn.
    function _newTerms() private returns (bytes32) {
        Terms memory given = _terms("new");
        given.from = _now() - 1;
        given.reConsentBy = _now() + 365 days;
        return _publishTerms(SCOPE, given);
    }

    function _grant(bytes32 termsDigest, uint16 version) private pure returns (Grant memory) {
        return
            Grant({
                scopeId: SCOPE,
                termsDigest: termsDigest,
                elements: 0xA5,
                preferences: 0x13,
                until: NO_EXPIRY,
                version: version
            });
    }

    function _withdrawal() private pure returns (Change memory) {
        return withdrawing(Withdraw({scopeId: SCOPE, extent: WithdrawalExtent.NoFurtherUse, minVersion: 0}));
    }
}
