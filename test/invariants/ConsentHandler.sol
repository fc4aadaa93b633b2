// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {VM} from "../support/Vm.sol";
import {ConsentInstitutions} from "./ConsentInstitutions.sol";

/**
 * @title ConsentHandler
 * @notice Everybody who may act on consents, drawn step by step. Each step asserts what must hold of it; the invariants
 * compare the contracts with the ghost.
 */
contract ConsentHandler is ConsentInstitutions {
    uint256 private constant ACTIONS = 14;

    uint256 private _steps;

    constructor() {
        _deployWithTerms();
        VM.recordLogs();
        _gatherPeople();
    }

    /// @dev Every third step takes the next action in turn, so that no run leaves one out.
    function step(uint256 seed) external {
        uint256 draw = uint256(keccak256(abi.encode(seed, _steps)));
        uint256 action = (_steps % 3 == 0 ? _steps / 3 : draw) % ACTIONS;
        ++_steps;
        _advance([uint256(0), 0, 1, 60, 1 days, 9 days][(draw >> 8) % 6]);
        uint256 who = (draw >> 16) % people.length;
        draw >>= 32;
        if (action == 0) _open(who, draw);
        else if (action == 1) _close(who, draw);
        else if (action == 2) _tryOpening(who, draw);
        else if (action == 3) _replay(draw);
        else if (action == 4) _killPending(who, draw);
        else if (action == 5) _intrude(who, draw);
        else if (action == 6) _batch(who, draw);
        else if (action == 7) _administer(who, draw);
        else if (action == 8) _actByProxy(who, draw);
        else if (action == 9) _import(draw);
        else if (action == 10) _attest(who, draw);
        else if (action == 11) _guard(draw);
        else if (action == 12) _takeOver(draw);
        else _recover(who, draw);
        _sample(draw);
    }
}
