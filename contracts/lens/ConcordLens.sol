// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IConsentRegistry} from "../consent/IConsentRegistry.sol";
import {Verdicts} from "../libraries/Verdicts.sol";
import {ILicenceRegistry} from "../licence/ILicenceRegistry.sol";
import {ConsentStatus, ConsentWord} from "../types/Consent.sol";
import {Outcome, Verdict} from "../types/DataUse.sol";
import {LicenceId, ParticipantId, ScopeId} from "../types/Ids.sol";

/**
 * @title ConcordLens
 * @notice Reads many participants in one call. The caller brings the ids: there is no list of them on chain.
 * @dev No state. Callers that want pages of one moment read them all at one block number.
 */
contract ConcordLens {
    using Verdicts for Verdict;

    /// @dev A licence's answer for one participant.
    struct Coverage {
        bool isEffective;
        Outcome outcome;
        /// Tagged reasons, see Verdicts.
        uint256 deny;
        uint256 manual;
    }

    /// @dev A participant's standing answer.
    struct Standing {
        ConsentWord word;
        ConsentStatus status;
    }

    IConsentRegistry private immutable CONSENTS;
    ILicenceRegistry private immutable LICENCES;

    constructor(IConsentRegistry consents, ILicenceRegistry licences) {
        CONSENTS = consents;
        LICENCES = licences;
    }

    /// @notice What a licence covers now, for each participant in the order given.
    function coverage(
        LicenceId licenceId,
        ParticipantId[] calldata participantIds
    ) external view returns (Coverage[] memory page) {
        page = new Coverage[](participantIds.length);
        for (uint256 i = 0; i < participantIds.length; ++i) {
            (bool isEffective, Verdict memory verdict) = LICENCES.covers(licenceId, participantIds[i]);
            page[i] = Coverage({
                isEffective: isEffective,
                outcome: verdict.outcome(),
                deny: verdict.deny,
                manual: verdict.manual
            });
        }
    }

    /// @notice The standing consents of participants in a scope, in the order given.
    function standings(
        ScopeId scopeId,
        ParticipantId[] calldata participantIds
    ) external view returns (Standing[] memory page) {
        page = new Standing[](participantIds.length);
        for (uint256 i = 0; i < participantIds.length; ++i) {
            page[i] = Standing({
                word: CONSENTS.wordOf(scopeId, participantIds[i]),
                status: CONSENTS.statusOf(scopeId, participantIds[i])
            });
        }
    }
}
