// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ParticipantId} from "../types/Ids.sol";

/**
 * @title ParticipantSeries
 * @notice Attested ids in series: the upper 128 bits are drawn at random, once for all of a series; the lower 128
 * number its participants, from 0. Those who follow on one another without a gap have one entry in the scope's index,
 * under the first of them.
 * @dev A hash, or an id that is random as a whole, belongs to a series with a probability of 2^-96.
 */
library ParticipantSeries {
    /// @dev How many participants a series has room for.
    uint256 private constant ROOM = 1 << 32;

    /// @notice Whether an id comes before this one in its series.
    function isFollower(ParticipantId participantId) internal pure returns (bool) {
        uint256 number = _number(participantId);
        return number != 0 && number < ROOM;
    }

    /// @notice The id before a follower.
    function previous(ParticipantId participantId) internal pure returns (ParticipantId) {
        return ParticipantId.wrap(bytes32(uint256(ParticipantId.unwrap(participantId)) - 1));
    }

    /// @notice The id so many places on; `offset` is less than the room from the id on.
    function plus(ParticipantId participantId, uint256 offset) internal pure returns (ParticipantId) {
        return ParticipantId.wrap(bytes32(uint256(ParticipantId.unwrap(participantId)) + offset));
    }

    /// @notice How many ids there are from this one on: the rest of its series, or 1 where it is of none.
    function room(ParticipantId participantId) internal pure returns (uint256) {
        uint256 number = _number(participantId);
        return number < ROOM ? ROOM - number : 1;
    }

    function _number(ParticipantId participantId) private pure returns (uint256) {
        return uint128(uint256(ParticipantId.unwrap(participantId)));
    }
}
