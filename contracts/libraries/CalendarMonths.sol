// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title CalendarMonths
/// @notice Months of the proleptic Gregorian calendar in UTC.
library CalendarMonths {
    /// @dev Days from 1 March of year 0 to 1 January 1970.
    uint256 private constant DAYS_TO_1970 = 719_468;
    uint256 private constant DAYS_OF_400_YEARS = 146_097;

    /**
     * @notice The same day and second `months` later; the month's last day where it has no such day.
     * @param time Unix seconds.
     * @return Unix seconds; the greatest uint32 where that time has passed it.
     */
    function add(uint32 time, uint16 months) internal pure returns (uint32) {
        (uint256 year, uint256 month, uint256 day) = _dateOf(time / 1 days);
        uint256 inMonths = year * 12 + (month - 1) + months;
        (year, month) = (inMonths / 12, (inMonths % 12) + 1);
        uint256 later = _dayOf(year, month, Math.min(day, _daysIn(year, month))) * 1 days + (time % 1 days);
        return uint32(Math.min(later, type(uint32).max));
    }

    /// @dev Years begin on 1 March here, so that a leap day is a year's last. The calendar repeats every 400 years.
    function _dateOf(uint256 day) private pure returns (uint256 year, uint256 month, uint256 dayOfMonth) {
        day += DAYS_TO_1970;
        uint256 inEra = day % DAYS_OF_400_YEARS;
        uint256 yearOfEra = (inEra - inEra / 1_460 + inEra / 36_524 - inEra / 146_096) / 365;
        uint256 inYear = inEra - _daysBefore(yearOfEra);
        uint256 fromMarch = (5 * inYear + 2) / 153;
        dayOfMonth = inYear - (153 * fromMarch + 2) / 5 + 1;
        month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
        year = (day / DAYS_OF_400_YEARS) * 400 + yearOfEra + (month <= 2 ? 1 : 0);
    }

    function _dayOf(uint256 year, uint256 month, uint256 dayOfMonth) private pure returns (uint256) {
        if (month <= 2) --year;
        uint256 fromMarch = month > 2 ? month - 3 : month + 9;
        return
            (year / 400) * DAYS_OF_400_YEARS +
            _daysBefore(year % 400) +
            (153 * fromMarch + 2) / 5 +
            dayOfMonth -
            1 -
            DAYS_TO_1970;
    }

    /// @dev Days of an era before one of its years.
    function _daysBefore(uint256 yearOfEra) private pure returns (uint256) {
        return yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100;
    }

    function _daysIn(uint256 year, uint256 month) private pure returns (uint256) {
        if (month == 2) return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
        return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
    }
}
