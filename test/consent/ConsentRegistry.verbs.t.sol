// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IConsentRegistry} from "../../contracts/consent/IConsentRegistry.sol";
import {Grant, Resume, Suspend, Withdraw, WithdrawalExtent} from "../../contracts/types/Consent.sol";
import {VM} from "../support/Vm.sol";
import {ConsentVerbs} from "./ConsentVerbs.sol";

/// @title The participant sends the transaction.
contract ConsentByTransactionTest is ConsentVerbs {
    function _grant(Grant memory change) internal override {
        VM.prank(alice.account);
        consents.grant(change);
    }

    function _resume(Resume memory change) internal override {
        VM.prank(alice.account);
        consents.resume(change);
    }

    function _suspend() internal override {
        VM.prank(alice.account);
        consents.suspend(SCOPE);
    }

    function _withdraw(WithdrawalExtent extent) internal override {
        VM.prank(alice.account);
        consents.withdraw(SCOPE, extent);
    }

    function _expectRejected(bytes memory reason) internal override {
        VM.expectRevert(reason);
    }
}

/// @title The participant signs now, and a stranger sends it at once.
contract ConsentBySignatureTest is ConsentVerbs {
    function _grant(Grant memory change) internal override {
        consents.grantBySig(change, _authorise(alice, change));
    }

    function _resume(Resume memory change) internal override {
        consents.resumeBySig(change, _authorise(alice, change));
    }

    function _suspend() internal override {
        Suspend memory change = Suspend({scopeId: SCOPE, minVersion: 0});
        consents.suspendBySig(change, _authorise(alice, change));
    }

    function _withdraw(WithdrawalExtent extent) internal override {
        Withdraw memory change = Withdraw({scopeId: SCOPE, extent: extent, minVersion: 0});
        consents.withdrawBySig(change, _authorise(alice, change));
    }

    function _expectRejected(bytes memory reason) internal override {
        VM.expectRevert(reason);
    }
}

/// @title A stranger relays what the participant signed, in a batch: refusals are reported, not thrown.
contract ConsentByRelayTest is ConsentVerbs {
    function _grant(Grant memory change) internal override {
        _relay(abi.encodeCall(IConsentRegistry.grantBySig, (change, _authorise(alice, change))));
    }

    function _resume(Resume memory change) internal override {
        _relay(abi.encodeCall(IConsentRegistry.resumeBySig, (change, _authorise(alice, change))));
    }

    function _suspend() internal override {
        Suspend memory change = Suspend({scopeId: SCOPE, minVersion: 0});
        _relay(abi.encodeCall(IConsentRegistry.suspendBySig, (change, _authorise(alice, change))));
    }

    function _withdraw(WithdrawalExtent extent) internal override {
        Withdraw memory change = Withdraw({scopeId: SCOPE, extent: extent, minVersion: 0});
        _relay(abi.encodeCall(IConsentRegistry.withdrawBySig, (change, _authorise(alice, change))));
    }

    function _expectRejected(bytes memory reason) internal override {
        VM.expectEmit(address(consents));
        emit IConsentRegistry.ConsentItemRejected(0, reason);
    }

    function _relay(bytes memory item) private {
        bytes[] memory items = new bytes[](1);
        items[0] = item;
        VM.prank(STRANGER);
        consents.relay(items);
    }
}
