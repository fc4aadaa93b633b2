// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IScopeIndex} from "../../contracts/consent/IScopeIndex.sol";
import {ConcordLens} from "../../contracts/lens/ConcordLens.sol";
import {ParticipantSeries} from "../../contracts/libraries/ParticipantSeries.sol";
import {ConsentState, Import} from "../../contracts/types/Consent.sol";
import {NO_PARTICIPANT, ParticipantId} from "../../contracts/types/Ids.sol";
import {OthersActs} from "../support/OthersActs.sol";
import {VM, bound} from "../support/Vm.sol";

/// @title ConcordLensSearchTest
/// @notice Whom a scope's index lists, and who of them shares what is asked for.
contract ConcordLensSearchTest is OthersActs {
    using ParticipantSeries for ParticipantId;

    ParticipantId private constant FIRST = ParticipantId.wrap(bytes32(uint256(0xF00D) << 128));
    uint256 private constant NOW = type(uint256).max;

    uint64[] private needs;

    function setUp() public {
        _deployWithTerms();
        _advance(1 days);
    }

    // participants

    function test_GivenSeriesAndOthers_WhenListedByAnyLimit_GivesEachOnceInOrder() public {
        _share(PAPER, 1, 0);
        for (uint256 i = 0; i < 4; ++i) _share(FIRST.plus(i), 1, 0);
        // A gap, and those after it.
        _share(FIRST.plus(5), 1, 0);
        _share(FIRST.plus(6), 1, 0);
        ParticipantId[7] memory expected = [
            FIRST.plus(5),
            FIRST.plus(6),
            FIRST,
            FIRST.plus(1),
            FIRST.plus(2),
            FIRST.plus(3),
            PAPER
        ];
        for (uint256 limit = 1; limit < 9; ++limit) {
            ParticipantId[] memory listed = _listed(limit, 7);
            for (uint256 i = 0; i < 7; ++i) VM.assertTrue(listed[i] == expected[i]);
        }
    }

    function test_GivenGapThatWasFilled_WhenListedByAnyLimit_GivesEachOnce() public {
        _share(FIRST, 1, 0);
        _share(FIRST.plus(2), 1, 0);
        _share(PAPER, 1, 0);
        _share(FIRST.plus(1), 1, 0);
        for (uint256 limit = 1; limit < 6; ++limit) {
            ParticipantId[] memory listed = _listed(limit, 4);
            VM.assertTrue(listed[0] == PAPER);
            for (uint256 i = 0; i < 3; ++i) VM.assertTrue(listed[i + 1] == FIRST.plus(i));
        }
    }

    function test_GivenWhoeverAppendsFollowers_WhenListed_GivesEachOnce() public {
        for (uint256 i = 0; i < 3; ++i) _share(FIRST.plus(i), 1, 0);
        ParticipantId[] memory again = new ParticipantId[](2);
        (again[0], again[1]) = (FIRST.plus(1), FIRST.plus(2));
        VM.prank(STRANGER);
        index.append(consents, SCOPE, again);
        _listed(2, 3);
    }

    function test_GivenNobody_WhenListed_IsEmpty() public view {
        _listed(5, 0);
    }

    function test_GivenLimitOfNone_WhenListedOrSearched_RejectsPageEmpty() public {
        VM.expectRevert(ConcordLens.LensPageEmpty.selector);
        lens.participants(SCOPE, _beginning(), 0);
        VM.expectRevert(ConcordLens.LensPageEmpty.selector);
        lens.search(SCOPE, needs, NOW, _beginning(), 0);
    }

    function test_GivenHugeLimit_WhenListed_TakesNoMemoryForIt() public {
        _share(FIRST, 1, 0);
        (ParticipantId[] memory listed, ) = lens.participants(SCOPE, _beginning(), type(uint256).max);
        VM.assertEq(listed.length, 1);
    }

    function test_GivenCursorOutsideTheIndex_WhenListed_RejectsCursorUnknown() public {
        _share(FIRST, 1, 0);
        VM.expectRevert(abi.encodeWithSelector(IScopeIndex.ScopeIndexCursorUnknown.selector, SCOPE, PAPER));
        lens.participants(SCOPE, ConcordLens.Cursor({entry: PAPER, offset: 0}), 5);
    }

    // search

    function test_GivenNeeds_WhenSearched_FindsWhoHasABitOfEach() public {
        _share(FIRST, 1, 0x3);
        _share(FIRST.plus(1), 1, 0x5);
        _share(FIRST.plus(2), 1, 0x6);
        _share(FIRST.plus(3), 1, 0x0);
        _assertFound(NOW, 0xf);
        needs.push(0x4);
        _assertFound(NOW, 0x6);
        needs.push(0x3);
        _assertFound(NOW, 0x6);
        needs.push(0x1);
        _assertFound(NOW, 0x2);
        needs.push(0x8);
        _assertFound(NOW, 0x0);
    }

    function test_GivenLaterPaper_WhenSearchedOfATime_WhatWasSaidThenCounts() public {
        _share(FIRST, 1, 0x1, 100);
        _share(FIRST.plus(1), 1, 0x0, 150);
        _share(FIRST, 2, 0x0, 200);
        _share(FIRST.plus(1), 2, 0x1, 200);
        needs.push(0x1);
        _assertFound(99, 0x0);
        _assertFound(100, 0x1);
        _assertFound(199, 0x1);
        _assertFound(200, 0x2);
        _assertFound(NOW, 0x2);
    }

    function test_GivenClosing_WhenSearchedOfAnyTime_FindsNobody() public {
        _share(FIRST, 1, 0x1, 100);
        _share(FIRST, 2, 0x1, 200);
        _attest(_attestation(FIRST, ConsentState.Suspended, NO_EXTENT));
        needs.push(0x1);
        _assertFound(NOW, 0x0);
        _assertFound(150, 0x0);
        _assertFound(250, 0x0);
    }

    function test_GivenEnd_WhenSearched_FindsWhoStillHeldThen() public {
        Import memory change = _importOf(FIRST, 1, 100);
        change.agreed.until = _now() + 100;
        _import(change);
        _assertFound(_now() + 99, 0x1);
        VM.warp(change.agreed.until);
        _assertFound(change.agreed.until - 1, 0x1);
        _assertFound(NOW, 0x0);
    }

    function testFuzz_GivenAnyElements_WhenSearchedPageByPage_FindsTheSameAsOneByOne(uint256 seed) public {
        uint256 people = 6;
        needs.push(uint64(bound(seed >> 64, 1, type(uint64).max)));
        needs.push(uint64(bound(seed >> 128, 1, 0xff)));
        uint256 expected = 0;
        for (uint256 i = 0; i < people; ++i) {
            uint64 elements = uint64(uint256(keccak256(abi.encode(seed, i))));
            _share(FIRST.plus(i), 1, elements & 0x1f);
            if (elements & 0x1f & needs[0] != 0 && elements & 0x1f & needs[1] != 0) expected |= 1 << i;
        }
        _assertFound(NOW, expected);
    }

    /// @dev Searches by pages of each size; `expected` has the bit of each number of the series that is to be found.
    function _assertFound(uint256 time, uint256 expected) private view {
        for (uint256 limit = 1; limit < 8; ++limit) {
            uint256 found = 0;
            ConcordLens.Cursor memory cursor = _beginning();
            do {
                ParticipantId[] memory page;
                (page, cursor) = lens.search(SCOPE, needs, time, cursor, limit);
                for (uint256 i = 0; i < page.length; ++i) {
                    uint256 bit = 1 << (uint256(ParticipantId.unwrap(page[i])) - uint256(ParticipantId.unwrap(FIRST)));
                    VM.assertEq(found & bit, 0, "found twice");
                    found |= bit;
                }
            } while (cursor.entry != NO_PARTICIPANT);
            VM.assertEq(found, expected, "found");
        }
    }

    /// @dev Everyone, page by page.
    function _listed(uint256 limit, uint256 count) private view returns (ParticipantId[] memory listed) {
        listed = new ParticipantId[](count);
        uint256 length = 0;
        ConcordLens.Cursor memory cursor = _beginning();
        do {
            ParticipantId[] memory page;
            (page, cursor) = lens.participants(SCOPE, cursor, limit);
            VM.assertLe(page.length, limit, "more than was asked for");
            for (uint256 i = 0; i < page.length; ++i) listed[length++] = page[i];
        } while (cursor.entry != NO_PARTICIPANT);
        VM.assertEq(length, count);
    }

    function _share(ParticipantId id, uint16 version, uint64 elements) private {
        _share(id, version, elements, _now());
    }

    function _share(ParticipantId id, uint16 version, uint64 elements, uint32 signedAt) private {
        Import memory change = _importOf(id, version, signedAt);
        change.agreed.elements = elements;
        _import(change);
    }

    function _beginning() private pure returns (ConcordLens.Cursor memory) {
        return ConcordLens.Cursor({entry: NO_PARTICIPANT, offset: 0});
    }
}
