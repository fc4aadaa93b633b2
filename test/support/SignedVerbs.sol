// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Closing, Extend, Grant, NO_EXPIRY, Resume, Withdraw, WithdrawalExtent} from "../../contracts/types/Consent.sol";
import {
    MANDATE_CLOSE,
    MANDATE_EXTEND,
    MANDATE_GRANT,
    MANDATE_NARROW,
    MANDATE_RESUME,
    MANDATE_UPDATE
} from "../../contracts/types/Delegate.sol";
import {
    Change,
    annulling,
    declining,
    extending,
    granting,
    resuming,
    suspending,
    updating,
    withdrawing
} from "./Changes.sol";
import {Signers} from "./Signers.sol";

/// @title SignedVerbs
/// @notice A plain change of every verb that a participant signs.
abstract contract SignedVerbs is Signers {
    enum Verb {
        Grant,
        Update,
        Extend,
        Resume,
        Suspend,
        Decline,
        Withdraw,
        Annul
    }

    uint8 internal constant VERBS = uint8(type(Verb).max) + 1;

    /// @param version what an opening makes, or the lowest that a closing applies to.
    function _changeOf(Verb verb, uint16 version) internal view returns (Change memory) {
        if (verb == Verb.Grant) return granting(_grantUntil(NO_EXPIRY, version));
        if (verb == Verb.Update) return updating(_grantUntil(NO_EXPIRY, version));
        if (verb == Verb.Extend) return extending(Extend(SCOPE, standardTerms, NO_EXPIRY, version));
        if (verb == Verb.Resume) return resuming(Resume({scopeId: SCOPE, version: version}));
        Closing memory closing = Closing({scopeId: SCOPE, minVersion: version});
        if (verb == Verb.Suspend) return suspending(closing);
        if (verb == Verb.Decline) return declining(closing);
        if (verb == Verb.Annul) return annulling(closing);
        return _withdrawal(WithdrawalExtent.NoFurtherUse, version);
    }

    function _grantUntil(uint32 until, uint16 version) internal view returns (Grant memory) {
        return
            Grant({
                scopeId: SCOPE,
                termsDigest: standardTerms,
                elements: 0xA5,
                preferences: 0x13,
                until: until,
                version: version
            });
    }

    function _withdrawal(WithdrawalExtent extent, uint16 minVersion) internal pure returns (Change memory) {
        return withdrawing(Withdraw({scopeId: SCOPE, extent: extent, minVersion: minVersion}));
    }

    /// @dev The mandates of which a delegate needs one.
    function _mandatesOf(Verb verb) internal pure returns (uint8) {
        if (verb == Verb.Grant) return MANDATE_GRANT;
        if (verb == Verb.Update) return MANDATE_UPDATE | MANDATE_NARROW;
        if (verb == Verb.Extend) return MANDATE_EXTEND;
        return verb == Verb.Resume ? MANDATE_RESUME : MANDATE_CLOSE;
    }

    function _opens(Verb verb) internal pure returns (bool) {
        return verb <= Verb.Resume;
    }
}
