// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title HalfYear
/// @notice The half-years of the proleptic Gregorian calendar in UTC: they begin on 1 January and on 1 July.
library HalfYear {
    uint256 private constant DAYS_OF_4_YEARS = 1_461;
    /// @dev Days from 1 January 1970 to 1 January 1972, the first leap year.
    uint256 private constant DAYS_TO_1972 = 730;

    /**
     * @notice Whether `time` (Unix seconds) is the first second of a half-year.
     * @dev Every fourth year from 1972 to 2096 is a leap year, 2000 among them; 2100 is not, and 32 bits end in 2106.
     */
    function isBoundary(uint32 time) internal pure returns (bool) {
        if (time % 1 days != 0) return false;
        uint256 day = time / 1 days;
        // From 1 March 2100 on the calendar is a day short of every fourth year's leap day.
        if (day > 47_540) ++day;
        uint256 inCycle = (day + DAYS_OF_4_YEARS - DAYS_TO_1972) % DAYS_OF_4_YEARS;
        if (inCycle == 0 || inCycle == 182) return true;
        if (inCycle < 366) return false;
        uint256 inYear = (inCycle - 366) % 365;
        return inYear == 0 || inYear == 181;
    }
}
