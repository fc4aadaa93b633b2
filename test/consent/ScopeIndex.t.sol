// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IConsentRegistry} from "../../contracts/consent/IConsentRegistry.sol";
import {IScopeIndex} from "../../contracts/consent/IScopeIndex.sol";
import {ConsentWord} from "../../contracts/types/Consent.sol";
import {NO_PARTICIPANT, ParticipantId, ScopeId} from "../../contracts/types/Ids.sol";
import {ConsentSigning} from "../support/ConsentSigning.sol";
import {VM, bound} from "../support/Vm.sol";

/// @title Says of everybody that they have answered.
contract CredulousRegistry {
    function wordOf(ScopeId, ParticipantId) external pure returns (ConsentWord) {
        return ConsentWord.wrap(1);
    }
}

contract ScopeIndexTest is ConsentSigning {
    uint256 private constant PEOPLE = 7;

    function setUp() public {
        _deployWithTerms();
        _advance(10);
        for (uint256 i = 0; i < PEOPLE; ++i) {
            VM.prank(_one(i).account);
            consents.decline(SCOPE);
        }
    }

    // append

    function test_GivenParticipantsWhoAnswered_WhenAppendedByAnyone_StandInTheIndexAndEmitScopeIndexAppended() public {
        for (uint256 i = 0; i < 2; ++i) {
            VM.expectEmit(address(index));
            emit IScopeIndex.ScopeIndexAppended(address(consents), SCOPE, _one(i).id);
        }
        VM.prank(STRANGER);
        VM.assertEq(index.append(consents, SCOPE, _ids(2)), 2);
        VM.assertTrue(index.isIndexed(consents, SCOPE, _one(0).id));
        VM.assertTrue(index.isIndexed(consents, SCOPE, _one(1).id));
        VM.assertFalse(index.isIndexed(consents, SCOPE, _one(2).id));
        VM.assertFalse(index.isIndexed(consents, OTHER_SCOPE, _one(0).id));
    }

    function test_GivenSomeInTheIndex_WhenAppendedAgain_ArePassedOver() public {
        index.append(consents, SCOPE, _ids(2));
        VM.assertEq(index.append(consents, SCOPE, _ids(3)), 1);
        VM.assertEq(index.append(consents, SCOPE, _ids(3)), 0);
        _assertAll(3);
    }

    function test_GivenOneTwiceInACall_WhenAppended_StandsOnce() public {
        ParticipantId[] memory twice = new ParticipantId[](2);
        (twice[0], twice[1]) = (_one(0).id, _one(0).id);
        VM.assertEq(index.append(consents, SCOPE, twice), 1);
        _assertAll(1);
    }

    function test_GivenNobody_WhenAppended_DoesNothing() public {
        VM.assertEq(index.append(consents, SCOPE, new ParticipantId[](0)), 0);
        _assertAll(0);
    }

    function test_GivenSomeoneWhoNeverAnswered_WhenAppended_RejectsScopeIndexNoConsentAndAppendsNobody() public {
        ParticipantId[] memory ids = _ids(2);
        ids[1] = _person("nobody").id;
        VM.expectRevert(abi.encodeWithSelector(IScopeIndex.ScopeIndexNoConsent.selector, SCOPE, ids[1]));
        index.append(consents, SCOPE, ids);
        _assertAll(0);
        ids = _ids(1);
        VM.expectRevert(abi.encodeWithSelector(IScopeIndex.ScopeIndexNoConsent.selector, OTHER_SCOPE, ids[0]));
        index.append(consents, OTHER_SCOPE, ids);
    }

    function test_GivenOtherRegistries_WhenAppended_HaveAnIndexOfTheirOwn() public {
        IConsentRegistry other = IConsentRegistry(address(new CredulousRegistry()));
        VM.assertEq(index.append(other, SCOPE, _ids(3)), 3);
        _assertAll(0);
        ParticipantId[] memory nobody = new ParticipantId[](1);
        VM.expectRevert(abi.encodeWithSelector(IScopeIndex.ScopeIndexNoConsent.selector, SCOPE, NO_PARTICIPANT));
        index.append(other, SCOPE, nobody);
        VM.prank(STRANGER);
        index.appendOwn(SCOPE, _person("invented").id);
        _assertAll(0);
        VM.assertTrue(index.isIndexed(IConsentRegistry(STRANGER), SCOPE, _person("invented").id));
    }

    // page

    function test_GivenNothing_WhenPaged_IsEmpty() public view {
        (ParticipantId[] memory ids, ParticipantId next) = index.page(consents, SCOPE, NO_PARTICIPANT, 10);
        VM.assertEq(ids.length, 0);
        VM.assertTrue(next == NO_PARTICIPANT);
    }

    function test_GivenPeople_WhenPagedByEachLimit_AreReadNewestFirstEachOnce() public {
        index.append(consents, SCOPE, _ids(PEOPLE));
        for (uint256 limit = 1; limit <= PEOPLE + 1; ++limit) {
            uint256 read = 0;
            ParticipantId cursor = NO_PARTICIPANT;
            do {
                ParticipantId[] memory ids;
                (ids, cursor) = index.page(consents, SCOPE, cursor, limit);
                VM.assertLe(ids.length, limit, "more than was asked for");
                for (uint256 i = 0; i < ids.length; ++i) _assertIs(ids[i], PEOPLE - 1 - read++);
            } while (cursor != NO_PARTICIPANT);
            VM.assertEq(read, PEOPLE);
        }
    }

    function test_GivenPageReadBefore_WhenOthersAreAppended_StaysTheSame() public {
        index.append(consents, SCOPE, _ids(4));
        (, ParticipantId next) = index.page(consents, SCOPE, NO_PARTICIPANT, 2);
        (ParticipantId[] memory before, ) = index.page(consents, SCOPE, next, 10);
        index.append(consents, SCOPE, _ids(PEOPLE));
        (ParticipantId[] memory afterwards, ) = index.page(consents, SCOPE, next, 10);
        VM.assertEq(keccak256(abi.encode(before)), keccak256(abi.encode(afterwards)));
        VM.assertEq(before.length, 2);
    }

    function test_GivenLimitOfNone_WhenPaged_IsEmptyAndGoesOnFromTheSamePlace() public {
        index.append(consents, SCOPE, _ids(3));
        (ParticipantId[] memory ids, ParticipantId next) = index.page(consents, SCOPE, NO_PARTICIPANT, 0);
        VM.assertEq(ids.length, 0);
        _assertIs(next, 2);
    }

    function test_GivenLimitOfAll_WhenPaged_IsTheWholeIndex() public {
        index.append(consents, SCOPE, _ids(PEOPLE));
        (ParticipantId[] memory ids, ParticipantId next) = index.page(
            consents,
            SCOPE,
            NO_PARTICIPANT,
            type(uint256).max
        );
        VM.assertEq(ids.length, PEOPLE);
        VM.assertTrue(next == NO_PARTICIPANT);
    }

    function test_GivenCursorOutsideTheIndex_WhenPaged_RejectsScopeIndexCursorUnknown() public {
        index.append(consents, SCOPE, _ids(3));
        // The last one is the mark of a chain's end.
        ParticipantId[3] memory cursors = [_one(3).id, _person("nobody").id, ParticipantId.wrap(bytes32(uint256(1)))];
        for (uint256 i = 0; i < cursors.length; ++i) {
            VM.expectRevert(abi.encodeWithSelector(IScopeIndex.ScopeIndexCursorUnknown.selector, SCOPE, cursors[i]));
            index.page(consents, SCOPE, cursors[i], 10);
        }
        VM.expectRevert(abi.encodeWithSelector(IScopeIndex.ScopeIndexCursorUnknown.selector, OTHER_SCOPE, _one(0).id));
        index.page(consents, OTHER_SCOPE, _one(0).id, 10);
    }

    function testFuzz_GivenAnyOrderOfAppending_WhenPaged_HoldsEachOnceNewestFirst(uint256 seed) public {
        bool[PEOPLE] memory isIn;
        uint256[] memory order = new uint256[](PEOPLE);
        uint256 count = 0;
        for (uint256 i = 0; i < 3 * PEOPLE; ++i) {
            uint256 who = bound(uint256(keccak256(abi.encode(seed, i))), 0, PEOPLE - 1);
            ParticipantId[] memory one = new ParticipantId[](1);
            one[0] = _one(who).id;
            VM.assertEq(index.append(consents, SCOPE, one), isIn[who] ? 0 : 1);
            if (!isIn[who]) order[count++] = who;
            isIn[who] = true;
        }
        (ParticipantId[] memory ids, ) = index.page(consents, SCOPE, NO_PARTICIPANT, 100);
        VM.assertEq(ids.length, count);
        for (uint256 i = 0; i < count; ++i) _assertIs(ids[i], order[count - 1 - i]);
    }

    /// @dev The index holds the first so many people, newest first.
    function _assertAll(uint256 count) private view {
        (ParticipantId[] memory ids, ParticipantId next) = index.page(consents, SCOPE, NO_PARTICIPANT, 100);
        VM.assertEq(ids.length, count);
        VM.assertTrue(next == NO_PARTICIPANT);
        for (uint256 i = 0; i < count; ++i) _assertIs(ids[i], count - 1 - i);
    }

    function _assertIs(ParticipantId id, uint256 number) private pure {
        VM.assertEq(ParticipantId.unwrap(id), ParticipantId.unwrap(_one(number).id), "another participant");
    }

    function _ids(uint256 count) private pure returns (ParticipantId[] memory ids) {
        ids = new ParticipantId[](count);
        for (uint256 i = 0; i < count; ++i) ids[i] = _one(i).id;
    }

    function _one(uint256 number) private pure returns (Person memory) {
        return _person(string(abi.encodePacked("person ", number)));
    }
}
