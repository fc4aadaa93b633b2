// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Context} from "@openzeppelin/contracts/utils/Context.sol";

import {ConsentWord} from "../types/Consent.sol";
import {NO_PARTICIPANT, ParticipantId, ScopeId} from "../types/Ids.sol";
import {IConsentRegistry} from "./IConsentRegistry.sol";
import {IScopeIndex} from "./IScopeIndex.sol";

/// @title ScopeIndex
/// @dev One slot a participant, which is also the mark that they are in: the id of the one appended before them; the
/// first one's is their own.
contract ScopeIndex is IScopeIndex, Context {
    struct Chain {
        ParticipantId newest;
        mapping(ParticipantId participantId => ParticipantId previous) previous;
    }

    mapping(IConsentRegistry registry => mapping(ScopeId scopeId => Chain chain)) private _chains;

    /// @inheritdoc IScopeIndex
    function append(
        IConsentRegistry registry,
        ScopeId scopeId,
        ParticipantId[] calldata participantIds
    ) external override returns (uint256 appended) {
        for (uint256 i = 0; i < participantIds.length; ++i) {
            bool isSomebody = participantIds[i] != NO_PARTICIPANT;
            if (!isSomebody || ConsentWord.unwrap(registry.wordOf(scopeId, participantIds[i])) == 0) {
                revert ScopeIndexNoConsent(scopeId, participantIds[i]);
            }
            if (_append(registry, scopeId, participantIds[i])) ++appended;
        }
    }

    /// @inheritdoc IScopeIndex
    function appendOwn(ScopeId scopeId, ParticipantId participantId) external override {
        _append(IConsentRegistry(_msgSender()), scopeId, participantId);
    }

    /// @inheritdoc IScopeIndex
    function page(
        IConsentRegistry registry,
        ScopeId scopeId,
        ParticipantId cursor,
        uint256 limit
    ) external view override returns (ParticipantId[] memory participantIds, ParticipantId next) {
        Chain storage chain = _chains[registry][scopeId];
        if (cursor == NO_PARTICIPANT) cursor = chain.newest;
        else if (chain.previous[cursor] == NO_PARTICIPANT) revert ScopeIndexCursorUnknown(scopeId, cursor);

        uint256 length;
        for (next = cursor; length < limit && next != NO_PARTICIPANT; ++length) next = _before(chain, next);
        participantIds = new ParticipantId[](length);
        for (uint256 i = 0; i < length; ++i) {
            participantIds[i] = cursor;
            cursor = chain.previous[cursor];
        }
    }

    /// @inheritdoc IScopeIndex
    function isIndexed(
        IConsentRegistry registry,
        ScopeId scopeId,
        ParticipantId participantId
    ) external view override returns (bool) {
        return _chains[registry][scopeId].previous[participantId] != NO_PARTICIPANT;
    }

    function _append(
        IConsentRegistry registry,
        ScopeId scopeId,
        ParticipantId participantId
    ) private returns (bool isNew) {
        Chain storage chain = _chains[registry][scopeId];
        if (chain.previous[participantId] != NO_PARTICIPANT) return false;
        ParticipantId newest = chain.newest;
        chain.previous[participantId] = newest == NO_PARTICIPANT ? participantId : newest;
        chain.newest = participantId;
        emit ScopeIndexAppended(address(registry), scopeId, participantId);
        return true;
    }

    /// @dev The id that was appended before; empty for the first.
    function _before(Chain storage chain, ParticipantId participantId) private view returns (ParticipantId previous) {
        previous = chain.previous[participantId];
        if (previous == participantId) previous = NO_PARTICIPANT;
    }
}
