// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {CalendarMonths} from "../../contracts/libraries/CalendarMonths.sol";
import {VM} from "../support/Vm.sol";

contract CalendarMonthsTest {
    uint32 private constant NOON = 12 hours;
    // Midnights in UTC, in Unix seconds.
    uint32 private constant DEC_31_1999 = 946_598_400;
    uint32 private constant FEB_29_2000 = 951_782_400;
    uint32 private constant JAN_31_2026 = 1_769_817_600;
    uint32 private constant FEB_28_2026 = 1_772_236_800;
    uint32 private constant MAR_31_2026 = 1_774_915_200;
    uint32 private constant JAN_31_2027 = 1_801_353_600;
    uint32 private constant JAN_31_2028 = 1_832_889_600;
    uint32 private constant FEB_29_2028 = 1_835_395_200;
    uint32 private constant FEB_28_2029 = 1_866_931_200;
    uint32 private constant JAN_31_2100 = 4_105_036_800;
    uint32 private constant FEB_28_2100 = 4_107_456_000;

    function test_GivenADayThatTheMonthHas_WhenAdded_IsThatDayAndSecond() public pure {
        VM.assertEq(CalendarMonths.add(JAN_31_2026 + NOON, 2), MAR_31_2026 + NOON);
        VM.assertEq(CalendarMonths.add(JAN_31_2026, 12), JAN_31_2027);
        VM.assertEq(CalendarMonths.add(JAN_31_2026, 24), JAN_31_2028);
        VM.assertEq(CalendarMonths.add(JAN_31_2026 + NOON, 0), JAN_31_2026 + NOON);
    }

    function test_GivenADayThatTheMonthLacks_WhenAdded_IsItsLastDay() public pure {
        VM.assertEq(CalendarMonths.add(JAN_31_2026 + NOON, 1), FEB_28_2026 + NOON);
        VM.assertEq(CalendarMonths.add(JAN_31_2028, 1), FEB_29_2028);
        VM.assertEq(CalendarMonths.add(FEB_29_2028, 12), FEB_28_2029);
        VM.assertEq(CalendarMonths.add(JAN_31_2100, 1), FEB_28_2100, "2100 is no leap year");
    }

    function test_GivenTheLastDayOfAMonth_WhenShorterOnesFollow_IsTheirLastDay() public pure {
        VM.assertEq(CalendarMonths.add(JAN_31_2026, 3), JAN_31_2026 + (28 + 31 + 30) * 1 days, "April");
        VM.assertEq(CalendarMonths.add(JAN_31_2026, 5), JAN_31_2026 + (28 + 31 + 30 + 31 + 30) * 1 days, "June");
        VM.assertEq(CalendarMonths.add(JAN_31_2026, 8), JAN_31_2026 + (365 - 92 - 31) * 1 days, "September");
        VM.assertEq(CalendarMonths.add(JAN_31_2026, 10), JAN_31_2026 + (365 - 31 - 31) * 1 days, "November");
    }

    function test_GivenDaysThatAMonthLacks_WhenAdded_AllAreItsLastDay() public pure {
        VM.assertEq(CalendarMonths.add(JAN_31_2026 - 1 days, 1), FEB_28_2026);
        VM.assertEq(CalendarMonths.add(JAN_31_2026 - 2 days, 1), FEB_28_2026);
        VM.assertEq(CalendarMonths.add(JAN_31_2026 - 3 days, 1), FEB_28_2026);
        VM.assertEq(CalendarMonths.add(JAN_31_2026 - 4 days, 1), FEB_28_2026 - 1 days);
    }

    /// @dev Every month from 1970 to 2105, beside a calendar that counts days one after another.
    function test_GivenAnyMonth_WhenOneIsAdded_IsTheSameDayOfTheNext() public pure {
        uint256[12] memory lengths = [uint256(31), 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
        uint32 first = 0;
        for (uint256 year = 1970; year < 2106; ++year) {
            lengths[1] = year % 4 == 0 && year != 2100 ? 29 : 28;
            for (uint256 month = 0; month < 12; ++month) {
                uint32 next = first + uint32(lengths[month] * 1 days);
                VM.assertEq(CalendarMonths.add(first, 1), next);
                // Years end with February there: its last days are where one could slip into another year.
                for (uint32 day = next - 7 days; day < next; day += 1 days) {
                    VM.assertEq(CalendarMonths.add(day, 0), day);
                }
                first = next;
            }
        }
    }

    function test_GivenTheTurnOf400Years_WhenAdded_TheCalendarGoesOn() public pure {
        VM.assertEq(CalendarMonths.add(DEC_31_1999, 2), FEB_29_2000);
        VM.assertEq(CalendarMonths.add(DEC_31_1999, 3), FEB_29_2000 + 31 days);
        VM.assertEq(CalendarMonths.add(FEB_29_2000 + 1 days, 12), FEB_29_2000 + 366 days);
    }

    function test_GivenTheEpoch_WhenAdded_IsItsMonths() public pure {
        VM.assertEq(CalendarMonths.add(0, 1), 31 days);
        VM.assertEq(CalendarMonths.add(0, 12), 365 days);
        VM.assertEq(CalendarMonths.add(0, 36), (3 * 365 + 1) * 1 days, "1972 is a leap year");
    }

    function test_GivenATimeBeyondTheLast_WhenAdded_IsTheLast() public pure {
        VM.assertEq(CalendarMonths.add(type(uint32).max, 1), type(uint32).max);
        VM.assertEq(CalendarMonths.add(0, type(uint16).max), type(uint32).max);
    }

    function testFuzz_Months_LastFrom28To31DaysEach(uint32 time, uint16 months) public pure {
        time = uint32(uint256(time) % (4_000_000_000));
        months = months % 120;
        uint32 later = CalendarMonths.add(time, months);
        if (later == type(uint32).max) return;
        uint256 past = (later - time) / 1 days;
        VM.assertGe(past, uint256(months) * 28, "too few");
        VM.assertLe(past, uint256(months) * 31, "too many");
        VM.assertEq(later % 1 days, time % 1 days);
    }

    /// @dev Month by month one never gets further than at once: a lost day at a month's end is not got back.
    function testFuzz_Months_AddUp(uint32 time, uint16 first, uint16 second) public pure {
        time = uint32(uint256(time) % (3_500_000_000));
        (first, second) = (first % 100, second % 100);
        uint32 atOnce = CalendarMonths.add(time, first + second);
        uint32 inTwo = CalendarMonths.add(CalendarMonths.add(time, first), second);
        VM.assertLe(inTwo, atOnce, "further in two");
        VM.assertLe(atOnce - inTwo, 3 days, "more than a month's end apart");
    }
}
