// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ParticipantSeries} from "../../contracts/libraries/ParticipantSeries.sol";
import {ParticipantId} from "../../contracts/types/Ids.sol";
import {VM} from "../support/Vm.sol";

contract ParticipantSeriesTest {
    using ParticipantSeries for ParticipantId;

    uint256 private constant ROOM = 1 << 32;

    function testFuzz_GivenIdOfASeries_IsAFollowerUnlessItIsTheFirst(uint128 drawn, uint32 number) public pure {
        ParticipantId id = _id((uint256(drawn) << 128) + number);
        VM.assertTrue(id.isFollower() == (number != 0));
        VM.assertEq(id.room(), ROOM - number);
        if (number != 0) VM.assertEq(_raw(id.previous()), _raw(id) - 1);
    }

    function testFuzz_GivenIdOfNoSeries_FollowsNobodyAndHasRoomForItself(uint128 drawn, uint128 lower) public pure {
        VM.assume(lower >= ROOM);
        ParticipantId id = _id((uint256(drawn) << 128) + lower);
        VM.assertFalse(id.isFollower());
        VM.assertEq(id.room(), 1);
    }

    function testFuzz_GivenFirstId_WhenCountedOn_ReachesEveryNumber(uint128 drawn, uint32 number) public pure {
        uint256 first = uint256(drawn) << 128;
        VM.assertEq(_raw(_id(first).plus(number)), first + number);
    }

    function test_GivenEndsOfTheRoom_AreToldApart() public pure {
        VM.assertTrue(_id(ROOM - 1).isFollower());
        VM.assertEq(_id(ROOM - 1).room(), 1);
        VM.assertFalse(_id(ROOM).isFollower());
    }

    function _id(uint256 raw) private pure returns (ParticipantId) {
        return ParticipantId.wrap(bytes32(raw));
    }

    function _raw(ParticipantId id) private pure returns (uint256) {
        return uint256(ParticipantId.unwrap(id));
    }
}
