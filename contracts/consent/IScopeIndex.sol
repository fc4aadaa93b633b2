// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ParticipantId, ScopeId} from "../types/Ids.sol";
import {IConsentRegistry} from "./IConsentRegistry.sol";

/**
 * @title IScopeIndex
 * @notice Who has answered for a scope, for readers who have no list of their own. Anyone may append; an import appends
 * itself. Nothing on a participant's path touches it.
 * @dev A chain of ids for each registry and scope, newest first: a page that begins at an id is the same for ever. An
 * id stands for itself and for those who follow on it in its series (see ParticipantSeries), as far as they have words;
 * one that follows on an id with a word itself stands for nobody, because it is listed with that one. The lens lists
 * the participants one by one.
 */
interface IScopeIndex {
    /// @notice Emitted when a participant is appended.
    event ScopeIndexAppended(address indexed registry, ScopeId indexed scopeId, ParticipantId indexed participantId);

    /// @notice Thrown when the participant has no word in the scope.
    /// @custom:fix Append participants after their first answer.
    error ScopeIndexNoConsent(ScopeId scopeId, ParticipantId participantId);

    /// @notice Thrown when a page is to begin at an id that is not in the index.
    /// @custom:fix Begin with an empty id, or with the `next` of the page before.
    error ScopeIndexCursorUnknown(ScopeId scopeId, ParticipantId cursor);

    /**
     * @notice Appends participants who have answered; those who stand in the index already are passed over.
     * @param registry where they have answered.
     * @return appended how many were new.
     */
    function append(
        IConsentRegistry registry,
        ScopeId scopeId,
        ParticipantId[] calldata participantIds
    ) external returns (uint256 appended);

    /// @notice Appends one participant of the calling registry.
    function appendOwn(ScopeId scopeId, ParticipantId participantId) external;

    /**
     * @notice A page of entries, newest first. Read all pages at one block for one moment's answer.
     * @param cursor where to begin; empty for the newest.
     * @param limit the most that the page may hold.
     * @return participantIds the page.
     * @return next where the next page begins; empty after the last.
     */
    function page(
        IConsentRegistry registry,
        ScopeId scopeId,
        ParticipantId cursor,
        uint256 limit
    ) external view returns (ParticipantId[] memory participantIds, ParticipantId next);

    /// @notice Whether an id is an entry of the index; one that follows in a series may be listed without.
    function isIndexed(
        IConsentRegistry registry,
        ScopeId scopeId,
        ParticipantId participantId
    ) external view returns (bool);
}
