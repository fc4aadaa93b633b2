// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {HalfYear} from "../../contracts/libraries/HalfYear.sol";
import {VM} from "../support/Vm.sol";

/// @title HalfYearTest
/// @notice The library against a calendar that counts day after day, month after month, from 1 January 1970.
contract HalfYearTest {
    uint256 private constant FIRST_YEAR = 1970;
    /// @dev 32 bits end on 7 February of this year.
    uint256 private constant LAST_YEAR = 2106;
    uint256 private constant JANUARY = 1;
    uint256 private constant JULY = 7;

    function test_GivenEveryDayOfThirtyTwoBits_WhenAsked_OnlyTheFirstOfJanuaryAndJulyAreBoundaries() public pure {
        uint256 day = 0;
        uint256 boundaries = 0;
        for (uint256 year = FIRST_YEAR; year <= LAST_YEAR; ++year) {
            for (uint256 month = 1; month <= 12; ++month) {
                for (uint256 dayOfMonth = 1; dayOfMonth <= _daysOf(year, month); ++dayOfMonth) {
                    uint256 time = day * 1 days;
                    if (time > type(uint32).max) break;
                    bool expected = dayOfMonth == 1 && (month == JANUARY || month == JULY);
                    VM.assertTrue(HalfYear.isBoundary(uint32(time)) == expected);
                    if (expected) ++boundaries;
                    ++day;
                }
            }
        }
        VM.assertEq(day, uint256(type(uint32).max) / 1 days + 1, "not every day was asked");
        VM.assertEq(boundaries, 2 * (LAST_YEAR - FIRST_YEAR) + 1, "two a year, and the last year's first");
    }

    function testFuzz_GivenAnyTime_WhenAsked_AgreesWithTheCalendar(uint32 time) public pure {
        VM.assertTrue(HalfYear.isBoundary(time) == _isBoundary(time));
    }

    function testFuzz_GivenTimeWithinADay_WhenAsked_IsNoBoundary(uint16 half, uint32 second) public pure {
        uint256 start = _startOf(FIRST_YEAR + ((half / 2) % (LAST_YEAR - FIRST_YEAR)), half % 2 == 0 ? JANUARY : JULY);
        VM.assertTrue(HalfYear.isBoundary(uint32(start)));
        VM.assertFalse(HalfYear.isBoundary(uint32(start + 1 + (second % (1 days - 1)))));
    }

    function test_GivenKnownDates_WhenAsked_AreBoundariesToTheSecond() public pure {
        // 1 January 1970, 1 July 2026, 1 January 2000, 1 July 2100, 1 January 2106.
        uint32[5] memory known = [uint32(0), 1_782_864_000, 946_684_800, 4_118_083_200, 4_291_747_200];
        for (uint256 i = 0; i < known.length; ++i) {
            VM.assertTrue(HalfYear.isBoundary(known[i]));
            VM.assertFalse(HalfYear.isBoundary(known[i] + 1));
            if (known[i] != 0) VM.assertFalse(HalfYear.isBoundary(known[i] - 1));
        }
    }

    function _isBoundary(uint256 time) private pure returns (bool) {
        for (uint256 year = FIRST_YEAR; year <= LAST_YEAR; ++year) {
            if (time == _startOf(year, JANUARY) || time == _startOf(year, JULY)) return true;
        }
        return false;
    }

    /// @dev The first second of a month.
    function _startOf(uint256 year, uint256 month) private pure returns (uint256) {
        uint256 day = 0;
        for (uint256 i = FIRST_YEAR; i < year; ++i) day += _isLeap(i) ? 366 : 365;
        for (uint256 i = 1; i < month; ++i) day += _daysOf(year, i);
        return day * 1 days;
    }

    function _daysOf(uint256 year, uint256 month) private pure returns (uint256) {
        if (month == 2) return _isLeap(year) ? 29 : 28;
        return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
    }

    function _isLeap(uint256 year) private pure returns (bool) {
        return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    }
}
