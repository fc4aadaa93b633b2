// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IConsentRegistry} from "../../contracts/consent/IConsentRegistry.sol";
import {ConsentAuthor, NO_EXPIRY} from "../../contracts/types/Consent.sol";
import {ALL_MANDATES, Appointment} from "../../contracts/types/Delegate.sol";
import {Change, signedCall} from "../support/Changes.sol";
import {VM} from "../support/Vm.sol";
import {ClosingVerbs} from "./ClosingVerbs.sol";
import {OpeningVerbs} from "./OpeningVerbs.sol";

/// @title The participant sends the transaction.
contract ConsentByTransactionTest is OpeningVerbs, ClosingVerbs {
    function _do(Change memory change) internal override {
        VM.prank(alice.account);
        _send(change.own);
    }

    function _expectRejected(bytes memory reason) internal override {
        VM.expectRevert(reason);
    }
}

/// @title The participant signs now, and a stranger sends it at once.
contract ConsentBySignatureTest is OpeningVerbs, ClosingVerbs {
    function _do(Change memory change) internal override {
        _send(_signedNow(alice, change));
    }

    function _expectRejected(bytes memory reason) internal override {
        VM.expectRevert(reason);
    }
}

/// @title A stranger relays what the participant signed, in a batch: refusals are reported, not thrown.
contract ConsentByRelayTest is OpeningVerbs, ClosingVerbs {
    function _do(Change memory change) internal override {
        bytes[] memory items = new bytes[](1);
        items[0] = _signedNow(alice, change);
        VM.prank(STRANGER);
        consents.relay(items);
    }

    function _expectRejected(bytes memory reason) internal override {
        VM.expectEmit(address(consents));
        emit IConsentRegistry.ConsentItemRejected(0, reason);
    }
}

/// @title A proxy with every mandate signs for the participant.
contract ConsentByProxyTest is OpeningVerbs, ClosingVerbs {
    Person private proxy;

    function _setUpForm() internal override {
        proxy = _person("proxy");
        VM.prank(alice.account);
        delegates.appoint(Appointment({scopeId: SCOPE, delegateId: proxy.id, verbs: ALL_MANDATES, until: NO_EXPIRY}));
    }

    function _do(Change memory change) internal override {
        _send(signedCall(change, _authoriseFor(alice.id, proxy, change)));
    }

    function _expectRejected(bytes memory reason) internal override {
        VM.expectRevert(reason);
    }

    function _author() internal pure override returns (ConsentAuthor) {
        return ConsentAuthor.Proxy;
    }
}
