/** A contract of somebody else that asks for a consent. It is no .sol file, since Hardhat would compile it as a test. */
export const importer = `// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IConsentRegistry} from "@concord-consent/contracts/contracts/consent/IConsentRegistry.sol";
import {ConsentWord} from "@concord-consent/contracts/contracts/types/Consent.sol";
import {ParticipantId, ScopeId} from "@concord-consent/contracts/contracts/types/Ids.sol";

/// @title A contract of somebody else that asks for a participant's consent.
contract Importer {
    IConsentRegistry public immutable CONSENTS;

    constructor(IConsentRegistry consents) {
        CONSENTS = consents;
    }

    /// @notice The participant's current word.
    function wordOf(ScopeId scopeId, ParticipantId participantId) external view returns (ConsentWord) {
        return CONSENTS.wordOf(scopeId, participantId);
    }
}
`;
