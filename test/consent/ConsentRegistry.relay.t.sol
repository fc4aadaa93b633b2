// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ConsentRegistry} from "../../contracts/consent/ConsentRegistry.sol";
import {IConsentRegistry} from "../../contracts/consent/IConsentRegistry.sol";
import {
    Authorisation,
    ConsentStatus,
    ConsentWord,
    Grant,
    NO_EXPIRY,
    Closing,
    Withdraw,
    WithdrawalExtent
} from "../../contracts/types/Consent.sol";
import {InstitutionId, NO_INSTITUTION, ParticipantId, ScopeId} from "../../contracts/types/Ids.sol";
import {ConsentSigning} from "../support/ConsentSigning.sol";
import {deployed} from "../support/Deploy.sol";
import {VM} from "../support/Vm.sol";

/// @title Knows any terms, and tries to act for whoever asks while it is asked.
contract ReentrantTerms {
    uint256 public attempts;

    function numberOf(ScopeId scopeId, bytes32) external returns (uint16 number, uint32 reConsentBy) {
        (bool success, ) = msg.sender.call(abi.encodeCall(IConsentRegistry.suspend, (scopeId)));
        // In a static call even counting reverts, so whoever comes here without one is counted.
        (bool counted, ) = address(this).call(abi.encodeCall(this.count, ()));
        return (success || counted ? 0 : 1, NO_EXPIRY);
    }

    function scope(ScopeId) external pure returns (InstitutionId custodian, InstitutionId committee) {
        return (NO_INSTITUTION, NO_INSTITUTION);
    }

    function termsAt(ScopeId, uint16) external pure returns (bytes32 digest, uint32 from) {
        return (0, 0);
    }

    function count() external {
        ++attempts;
    }
}

/// @title ConsentRegistryRelayTest
/// @notice Invariant 12: a refused item says why, uses up nothing and spoils nothing else.
contract ConsentRegistryRelayTest is ConsentSigning {
    WithdrawalExtent private constant USE = WithdrawalExtent.NoFurtherUse;

    Person private alice;
    Person private bob;

    function setUp() public {
        _deployWithTerms();
        alice = _person("alice");
        bob = _person("bob");
        _advance(10);
    }

    function test_GivenNoItems_WhenRelayed_AcceptsNone() public {
        VM.assertEq(consents.relay(new bytes[](0)), 0);
    }

    function test_GivenGoodItems_WhenRelayed_AppliesAllInOrder() public {
        bytes[] memory items = new bytes[](3);
        items[0] = _signedGrant(alice);
        items[1] = _signedGrant(bob);
        items[2] = _signedSuspension(bob);
        VM.prank(STRANGER);
        VM.assertEq(consents.relay(items), 3);
        _assertStatus(alice, ConsentStatus.Active);
        _assertStatus(bob, ConsentStatus.Suspended);
    }

    function test_GivenRefusedItemBetween_WhenRelayed_ReportsItAndAppliesOthers() public {
        bytes[] memory items = new bytes[](3);
        items[0] = _signedGrant(alice);
        items[1] = items[0];
        items[2] = _signedGrant(bob);
        VM.expectEmit(address(consents));
        emit IConsentRegistry.ConsentItemRejected(
            1,
            abi.encodeWithSelector(IConsentRegistry.ConsentAlreadyGranted.selector)
        );
        VM.assertEq(consents.relay(items), 2);
        _assertStatus(alice, ConsentStatus.Active);
        _assertStatus(bob, ConsentStatus.Active);
    }

    function test_GivenRefusedItem_WhenRelayedAgainLater_HasUsedUpNothing() public {
        Withdraw memory change = Withdraw({scopeId: SCOPE, extent: USE, minVersion: 1});
        bytes[] memory items = new bytes[](1);
        items[0] = abi.encodeCall(IConsentRegistry.withdrawBySig, (change, _authorise(alice, change)));
        VM.expectEmit(address(consents));
        emit IConsentRegistry.ConsentItemRejected(
            0,
            abi.encodeWithSelector(IConsentRegistry.ConsentVersionTooLow.selector, 1, 0)
        );
        VM.assertEq(consents.relay(items), 0);
        VM.prank(alice.account);
        consents.grant(_grantOf(alice));
        VM.assertEq(consents.relay(items), 1);
        _assertStatus(alice, ConsentStatus.Withdrawn);
    }

    function test_GivenMalformedItems_WhenRelayed_ReportsEachWithoutReason() public {
        bytes memory good = _signedGrant(alice);
        bytes[] memory items = new bytes[](7);
        items[0] = "";
        items[1] = hex"010203";
        items[2] = hex"deadbeef";
        items[3] = _cut(good, 100);
        items[4] = good;
        items[5] = abi.encodePacked(IConsentRegistry.grantBySig.selector);
        items[6] = abi.encodeWithSelector(IConsentRegistry.withdraw.selector, SCOPE, uint256(4));
        for (uint256 i = 0; i < items.length; ++i) {
            if (i == 4) continue;
            VM.expectEmit(address(consents));
            emit IConsentRegistry.ConsentItemRejected(i, "");
        }
        VM.assertEq(consents.relay(items), 1);
        _assertStatus(alice, ConsentStatus.Active);
    }

    function test_GivenItemOfWrongSignature_WhenRelayed_ReportsSignatureInvalid() public {
        Grant memory change = _grantOf(alice);
        Authorisation memory forged = _unsigned(alice);
        forged.signature = _sign(bob, _typedData(_hashOf(alice, change, forged)));
        bytes[] memory items = new bytes[](1);
        items[0] = abi.encodeCall(IConsentRegistry.grantBySig, (change, forged));
        VM.expectEmit(address(consents));
        emit IConsentRegistry.ConsentItemRejected(
            0,
            abi.encodeWithSelector(IConsentRegistry.ConsentSignatureInvalid.selector, alice.id)
        );
        VM.assertEq(consents.relay(items), 0);
        _assertStatus(alice, ConsentStatus.None);
    }

    function test_GivenOwnVerbs_WhenRelayed_ActForTheSenderAlone() public {
        VM.prank(alice.account);
        consents.grant(_grantOf(alice));
        _advance(1);
        Grant memory change = _grantOf(bob);
        bytes[] memory items = new bytes[](4);
        items[0] = abi.encodeCall(IConsentRegistry.grant, (change));
        items[1] = abi.encodeCall(IConsentRegistry.suspend, (SCOPE));
        items[2] = abi.encodeCall(IConsentRegistry.withdraw, (SCOPE, USE));
        items[3] = abi.encodeCall(IConsentRegistry.suspend, (OTHER_SCOPE));
        VM.prank(bob.account);
        VM.assertEq(consents.relay(items), 4);
        _assertStatus(alice, ConsentStatus.Active);
        _assertStatus(bob, ConsentStatus.Withdrawn);
        VM.assertEq(uint16(_raw(bob) >> 32), 3);
        VM.assertEq(uint256(consents.statusOf(OTHER_SCOPE, bob.id)), uint256(ConsentStatus.Suspended));
        ParticipantId registry = ParticipantId.wrap(keccak256(abi.encodePacked(address(consents))));
        VM.assertEq(uint256(consents.statusOf(SCOPE, registry)), uint256(ConsentStatus.None));
    }

    function test_GivenRelayInRelay_WhenRelayed_AppliesItsItemsForTheSameSender() public {
        bytes[] memory inner = new bytes[](3);
        inner[0] = _signedGrant(alice);
        inner[1] = hex"00";
        inner[2] = abi.encodeCall(IConsentRegistry.suspend, (SCOPE));
        bytes[] memory outer = new bytes[](2);
        outer[0] = abi.encodeCall(IConsentRegistry.relay, (inner));
        outer[1] = _signedSuspension(alice);
        VM.expectEmit(address(consents));
        emit IConsentRegistry.ConsentItemRejected(1, "");
        VM.prank(bob.account);
        VM.assertEq(consents.relay(outer), 2);
        _assertStatus(alice, ConsentStatus.Suspended);
        _assertStatus(bob, ConsentStatus.Suspended);
    }

    function test_GivenTooLittleGasForNextItem_WhenRelayed_RevertsAsWhole() public {
        bytes[] memory items = new bytes[](3);
        items[0] = _signedGrant(alice);
        items[1] = _signedGrant(bob);
        items[2] = _signedSuspension(bob);
        bytes memory call = abi.encodeCall(IConsentRegistry.relay, (items));
        (bool success, bytes memory reason) = address(consents).call{gas: 200_000}(call);
        VM.assertFalse(success);
        VM.assertEq(bytes32(bytes4(reason)), bytes32(IConsentRegistry.ConsentGasTooLow.selector));
        uint256 item;
        uint256 gasLeft;
        assembly ("memory-safe") {
            item := mload(add(reason, 0x24))
            gasLeft := mload(add(reason, 0x44))
        }
        VM.assertEq(item, 0, "the item's place");
        VM.assertGt(gasLeft, 100_000, "the gas left");
        _assertStatus(alice, ConsentStatus.None);
        _assertStatus(bob, ConsentStatus.None);
    }

    function testFuzz_GivenAnyGas_WhenRelayed_NoGoodItemLooksRefused(uint256 gas) public {
        bytes[] memory items = new bytes[](2);
        items[0] = _signedGrant(alice);
        items[1] = _signedGrant(bob);
        bytes memory call = abi.encodeCall(IConsentRegistry.relay, (items));
        (bool success, bytes memory result) = address(consents).call{gas: 10_000 + (gas % 500_000)}(call);
        if (success) {
            VM.assertEq(abi.decode(result, (uint256)), 2);
        } else {
            _assertStatus(alice, ConsentStatus.None);
            _assertStatus(bob, ConsentStatus.None);
        }
    }

    function test_GivenTermsRegistryThatReenters_WhenGrant_IsAskedByStaticCallOnly() public {
        ReentrantTerms hostile = new ReentrantTerms();
        ConsentRegistry registry = ConsentRegistry(
            deployed("ConsentRegistry", abi.encode(hostile, institutions, delegates, index, new address[](0)))
        );
        VM.prank(alice.account);
        registry.grant(_grantOf(alice));
        VM.assertEq(hostile.attempts(), 0);
        ParticipantId self = ParticipantId.wrap(keccak256(abi.encodePacked(address(hostile))));
        VM.assertEq(_wordIn(registry, self), 0);
        VM.assertEq(uint16(_wordIn(registry, alice.id) >> 32), 1);
    }

    function test_WhenSentValue_EveryVerbAndRelayRefuse() public {
        bytes[6] memory calls = [
            abi.encodeCall(IConsentRegistry.suspend, (SCOPE)),
            abi.encodeCall(IConsentRegistry.decline, (SCOPE)),
            abi.encodeCall(IConsentRegistry.annul, (SCOPE)),
            abi.encodeCall(IConsentRegistry.withdraw, (SCOPE, USE)),
            abi.encodeCall(IConsentRegistry.relay, (new bytes[](0))),
            bytes("")
        ];
        for (uint256 i = 0; i < calls.length; ++i) {
            (bool success, ) = address(consents).call{value: 1}(calls[i]);
            VM.assertFalse(success);
        }
    }

    function _assertStatus(Person memory person, ConsentStatus expected) private view {
        VM.assertEq(uint256(consents.statusOf(SCOPE, person.id)), uint256(expected), "status");
    }

    function _signedGrant(Person memory person) private view returns (bytes memory) {
        Grant memory change = _grantOf(person);
        return abi.encodeCall(IConsentRegistry.grantBySig, (change, _authorise(person, change)));
    }

    function _signedSuspension(Person memory person) private view returns (bytes memory) {
        Closing memory change = Closing({scopeId: SCOPE, minVersion: 0});
        return abi.encodeCall(IConsentRegistry.suspendBySig, (change, _authorise(person, change)));
    }

    function _wordIn(ConsentRegistry registry, ParticipantId id) private view returns (uint256) {
        return ConsentWord.unwrap(registry.wordOf(SCOPE, id));
    }

    function _cut(bytes memory whole, uint256 length) private pure returns (bytes memory part) {
        part = new bytes(length);
        for (uint256 i = 0; i < length; ++i) part[i] = whole[i];
    }
}
