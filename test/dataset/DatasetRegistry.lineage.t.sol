// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {IDatasetRegistry} from "../../contracts/dataset/IDatasetRegistry.sol";
import {
    DataLevel,
    DatasetRecord,
    MAX_DATASET_ANCESTORS,
    MAX_DATASET_PARENTS,
    MAX_LINEAGE_DEPTH
} from "../../contracts/types/Dataset.sol";
import {DatasetId, NO_DATASET} from "../../contracts/types/Ids.sol";
import {VM} from "../support/Vm.sol";
import {DatasetForm} from "./DatasetForm.sol";

/// @notice What derives from what, and how far a retraction reaches.
contract DatasetRegistryLineageTest is DatasetForm {
    uint256 private constant STEPS = 24;

    uint256 private _many;
    /// @dev What the fuzz has anchored, by number less one, and what it knows of each.
    DatasetRecord[] private _made;
    mapping(uint256 place => uint256 places) private _above;
    mapping(uint256 place => uint256 depth) private _depth;
    mapping(uint256 place => bool isRetracted) private _isRetracted;

    function setUp() public {
        _deploySystem();
        _admitHospital();
    }

    // anchorDerived

    function test_GivenStandingParents_WhenDerived_DescendsFromThemAndTheirs() public {
        DatasetRecord memory a = _anchored("a");
        DatasetRecord memory b = _anchored("b");
        DatasetRecord memory c = _anchoredFrom("c", _list(b, a));
        DatasetRecord memory d = _from("d", _list(a, c));
        VM.expectEmit(address(datasets));
        emit IDatasetRegistry.DatasetAnchored(_id(d), BIOBANK, SCOPE, 4, d);
        VM.prank(CUSTODIAN);
        DatasetId datasetId = datasets.anchorDerived(d, _list(a, c));
        VM.assertTrue(datasetId == _id(d) && datasets.isStanding(datasetId));
        VM.assertEq(datasets.versionOf(datasetId), 1);
        _assertLineage(a, 1, 0, new uint32[](0));
        _assertLineage(c, 3, 1, _list(1, 2));
        _assertLineage(d, 4, 2, _list(1, 2, 3));
    }

    function test_GivenNothingAnchored_WhenAskedForLineage_AnswersNothing() public view {
        (uint32 number, uint8 depth, uint32[] memory ancestors) = datasets.lineageOf(DatasetId.wrap("none"));
        VM.assertTrue(number == 0 && depth == 0 && ancestors.length == 0);
    }

    function test_GivenDatasetOfAnotherCustodian_WhenDerivedFrom_Stands() public {
        DatasetRecord memory parent = _anchored("a");
        DatasetRecord memory child = _from("b", _list(parent));
        child.custodian = HOSPITAL;
        VM.prank(HOSPITAL_ACCOUNT);
        VM.assertTrue(datasets.isStanding(datasets.anchorDerived(child, _list(parent))));
        _retract(parent);
        VM.assertFalse(_isStanding(child));
    }

    function test_GivenAncestorRetracted_WhenAsked_NothingDerivedStands() public {
        DatasetRecord memory a = _anchored("a");
        DatasetRecord memory b = _anchored("b");
        DatasetRecord memory fromA = _anchoredFrom("from a", _list(a));
        DatasetRecord memory fromB = _anchoredFrom("from b", _list(b));
        DatasetRecord memory fromBoth = _anchoredFrom("from both", _list(fromA, fromB));
        _retract(a);
        VM.assertFalse(_isStanding(a) || _isStanding(fromA) || _isStanding(fromBoth));
        VM.assertTrue(_isStanding(b) && _isStanding(fromB));
        _assertDerivedReverts(
            _from("late", _list(fromBoth)),
            _list(fromBoth),
            abi.encodeWithSelector(IDatasetRegistry.DatasetIsRetracted.selector, _id(fromBoth))
        );
        // Not retracted itself, so it still can be.
        _retract(fromA);
    }

    function test_GivenParentRetracted_WhenDerivedFrom_RevertsIsRetracted() public {
        DatasetRecord memory parent = _anchored("a");
        _retract(parent);
        _assertDerivedReverts(
            _from("b", _list(parent)),
            _list(parent),
            abi.encodeWithSelector(IDatasetRegistry.DatasetIsRetracted.selector, _id(parent))
        );
    }

    function test_GivenParentNeverAnchored_WhenDerivedFrom_RevertsNotAnchored() public {
        DatasetRecord memory parent = _record("a", "terms");
        _assertDerivedReverts(
            _from("b", _list(parent)),
            _list(parent),
            abi.encodeWithSelector(IDatasetRegistry.DatasetNotAnchored.selector, _id(parent))
        );
    }

    function test_GivenWitnessesUnlikeParents_WhenDerived_RevertsParentMismatch() public {
        DatasetRecord memory a = _anchored("a");
        DatasetRecord memory b = _anchored("b");
        DatasetRecord memory child = _from("c", _list(a));
        _assertMismatch(child, _list(b), _id(a), _id(b));
        _assertMismatch(child, _list(a, b), NO_DATASET, _id(b));
        _assertMismatch(child, new DatasetRecord[](0), _id(a), NO_DATASET);
        _assertMismatch(_from("c", _list(a, b)), _list(b, a), _id(a), _id(b));
        bytes4 mismatch = IDatasetRegistry.DatasetParentMismatch.selector;
        VM.expectRevert(abi.encodeWithSelector(mismatch, _id(a), NO_DATASET));
        VM.prank(CUSTODIAN);
        datasets.anchor(child);
        child.previous = _id(b);
        VM.expectRevert(abi.encodeWithSelector(mismatch, _id(a), NO_DATASET));
        VM.prank(CUSTODIAN);
        datasets.anchorVersion(child, b);
    }

    function test_GivenNoParentsOrTooMany_WhenDerived_RevertsParentCountInvalid() public {
        DatasetRecord[] memory parents = _anchoredMany(MAX_DATASET_PARENTS + 1);
        _assertDerivedReverts(
            _from("c", parents),
            parents,
            abi.encodeWithSelector(IDatasetRegistry.DatasetParentCountInvalid.selector, MAX_DATASET_PARENTS + 1)
        );
        DatasetRecord[] memory none = new DatasetRecord[](0);
        _assertDerivedReverts(
            _from("c", none),
            none,
            abi.encodeWithSelector(IDatasetRegistry.DatasetParentCountInvalid.selector, 0)
        );
    }

    function test_GivenParentNamedTwice_WhenDerived_RevertsParentRepeated() public {
        DatasetRecord memory a = _anchored("a");
        _assertDerivedReverts(
            _from("b", _list(a, a)),
            _list(a, a),
            abi.encodeWithSelector(IDatasetRegistry.DatasetParentRepeated.selector, _id(a))
        );
    }

    function test_GivenDeepestLineage_WhenDerivedFrom_RevertsTooDeep() public {
        DatasetRecord memory last = _anchored("a");
        for (uint256 depth = 1; depth <= MAX_LINEAGE_DEPTH; ++depth) {
            last = _anchoredFrom(bytes32(depth), _list(last));
        }
        _assertDerivedReverts(
            _from("too deep", _list(last)),
            _list(last),
            abi.encodeWithSelector(IDatasetRegistry.DatasetLineageTooDeep.selector, MAX_LINEAGE_DEPTH + 1)
        );
    }

    function test_GivenWidestLineage_WhenOneMoreIsAdded_RevertsTooWide() public {
        DatasetRecord[] memory middle = new DatasetRecord[](4);
        for (uint256 i = 0; i < 4; ++i) {
            middle[i] = _anchoredFrom(bytes32(100 + i), _anchoredMany(7));
        }
        // Four, and seven above each.
        DatasetRecord memory widest = _anchoredFrom("widest", middle);
        (, uint8 depth, uint32[] memory ancestors) = datasets.lineageOf(_id(widest));
        VM.assertTrue(ancestors.length == MAX_DATASET_ANCESTORS && depth == 2);
        for (uint256 i = 0; i < ancestors.length; ++i) VM.assertEq(ancestors[i], i + 1);
        _assertDerivedReverts(
            _from("too wide", _list(widest)),
            _list(widest),
            abi.encodeWithSelector(IDatasetRegistry.DatasetLineageTooWide.selector, MAX_DATASET_ANCESTORS + 1)
        );
        _retract(middle[3]);
        VM.assertFalse(_isStanding(widest));
    }

    function testFuzz_GivenLevels_WhenDerived_NothingIsCloserToPersons(uint8 above, uint8 below) public {
        DatasetRecord memory parent = _record("a", "terms");
        parent.level = DataLevel(above % 3);
        if (parent.level == DataLevel.Aggregate) parent.minimumCell = 5;
        VM.prank(CUSTODIAN);
        datasets.anchor(parent);
        DatasetRecord memory child = _from("b", _list(parent));
        child.level = DataLevel(below % 3);
        if (child.level == DataLevel.Aggregate) child.minimumCell = 5;
        if (child.level == DataLevel.Individual && parent.level != DataLevel.Individual) {
            VM.expectRevert(
                abi.encodeWithSelector(IDatasetRegistry.DatasetLevelInvalid.selector, child.level, parent.level)
            );
        }
        VM.prank(CUSTODIAN);
        datasets.anchorDerived(child, _list(parent));
    }

    function test_GivenParentsOfSeveralScopes_WhenDerived_OnlyWithoutIndividualsAndParticipants() public {
        DatasetRecord memory parent = _record("a", "terms");
        parent.scopeId = OTHER_SCOPE;
        VM.prank(CUSTODIAN);
        datasets.anchor(parent);
        DatasetRecord[] memory parents = _list(_anchored("b"), parent);
        DatasetRecord memory child = _from("c", parents);
        _assertDerivedReverts(
            child,
            parents,
            abi.encodeWithSelector(IDatasetRegistry.DatasetScopeMismatch.selector, OTHER_SCOPE, SCOPE)
        );
        child.level = DataLevel.Model;
        child.participantsRoot = "participants";
        _assertDerivedReverts(
            child,
            parents,
            abi.encodeWithSelector(IDatasetRegistry.DatasetParticipantsUnexpected.selector, child.participantsRoot)
        );
        child.participantsRoot = 0;
        VM.prank(CUSTODIAN);
        datasets.anchorDerived(child, parents);
    }

    function test_GivenDerivedRecordNamesPrevious_WhenAnchoredAsFirst_RevertsVersionMismatch() public {
        DatasetRecord memory a = _anchored("a");
        DatasetRecord memory child = _from("b", _list(a));
        child.previous = _id(a);
        _assertDerivedReverts(
            child,
            _list(a),
            abi.encodeWithSelector(IDatasetRegistry.DatasetVersionMismatch.selector, _id(a), NO_DATASET)
        );
    }

    function test_GivenStranger_WhenDerives_RevertsUnauthorised() public {
        DatasetRecord memory a = _anchored("a");
        DatasetRecord memory child = _from("b", _list(a));
        bytes memory reason = abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, STRANGER);
        VM.startPrank(STRANGER);
        VM.expectRevert(reason);
        datasets.anchorDerived(child, _list(a));
        VM.expectRevert(reason);
        datasets.anchorDerivedVersion(child, a, _list(a));
        VM.stopPrank();
    }

    // anchorDerivedVersion

    function test_GivenSourceReplaced_WhenDerivedAgain_NewVersionStandsAlone() public {
        DatasetRecord memory source = _anchored("a");
        DatasetRecord memory derived = _anchoredFrom("b", _list(source));
        DatasetRecord memory mended = _next(source, "mended a");
        VM.prank(CUSTODIAN);
        datasets.anchorVersion(mended, source);
        _retract(source);
        VM.assertTrue(_isStanding(mended) && !_isStanding(derived));

        DatasetRecord memory again = _from("mended b", _list(mended));
        again.previous = _id(derived);
        VM.expectEmit(address(datasets));
        emit IDatasetRegistry.DatasetAnchored(_id(again), BIOBANK, SCOPE, 4, again);
        VM.prank(CUSTODIAN);
        datasets.anchorDerivedVersion(again, derived, _list(mended));
        VM.assertEq(datasets.versionOf(_id(again)), 2);
        _assertLineage(again, 4, 1, _list(3));
        _retract(derived);
        VM.assertTrue(_isStanding(again));
    }

    function test_GivenOtherWitnesses_WhenDerivedVersionAnchored_Reverts() public {
        DatasetRecord memory a = _anchored("a");
        DatasetRecord memory b = _anchored("b");
        DatasetRecord memory child = _from("c", _list(a));
        child.previous = _id(b);
        VM.startPrank(CUSTODIAN);
        VM.expectRevert(abi.encodeWithSelector(IDatasetRegistry.DatasetVersionMismatch.selector, _id(b), _id(a)));
        datasets.anchorDerivedVersion(child, a, _list(a));
        VM.expectRevert(abi.encodeWithSelector(IDatasetRegistry.DatasetParentMismatch.selector, _id(a), _id(b)));
        datasets.anchorDerivedVersion(child, b, _list(b));
        VM.stopPrank();
    }

    // isStanding

    function testFuzz_6_GivenAnyLineage_WhenAnyAreRetracted_StandsWhatHasNoRetractedAncestor(uint256 seed) public {
        for (uint256 i = 0; i < STEPS; ++i) {
            uint256 draw = uint256(keccak256(abi.encode(seed, i)));
            if (draw % 5 == 0 && _made.length != 0) _retractMade((draw >> 8) % _made.length);
            else _make(bytes32(i + 1), draw >> 8);
        }
        for (uint256 i = 0; i < _made.length; ++i) {
            DatasetId datasetId = _id(_made[i]);
            VM.assertTrue(datasets.isStanding(datasetId) == _standsMade(i), "6: standing");
            (uint32 number, uint8 depth, uint32[] memory ancestors) = datasets.lineageOf(datasetId);
            VM.assertTrue(number == i + 1 && depth == _depth[i], "place in the lineage");
            uint256 found = 0;
            for (uint256 j = 0; j < ancestors.length; ++j) found |= 1 << (ancestors[j] - 1);
            VM.assertEq(found, _above[i], "ancestors");
        }
    }

    /// @dev Derives from up to three of what there is; too deep a lineage is refused, and a lineage never too wide.
    function _make(bytes32 contentDigest, uint256 draw) private {
        uint256 wanted = _made.length == 0 ? 0 : draw % 4;
        uint256 chosen = 0;
        uint256 above = 0;
        uint256 depth = 0;
        DatasetRecord[] memory room = new DatasetRecord[](3);
        for (uint256 i = 0; i < wanted; ++i) {
            uint256 place = (draw >> (8 * (i + 1))) % _made.length;
            if ((above >> place) & 1 != 0 || !_standsMade(place)) continue;
            above |= (1 << place) | _above[place];
            if (_depth[place] >= depth) depth = _depth[place] + 1;
            room[chosen++] = _made[place];
        }
        DatasetRecord[] memory parents = new DatasetRecord[](chosen);
        for (uint256 i = 0; i < chosen; ++i) parents[i] = room[i];
        if (depth > MAX_LINEAGE_DEPTH) return;
        _above[_made.length] = above;
        _depth[_made.length] = depth;
        _made.push(chosen == 0 ? _anchored(contentDigest) : _anchoredFrom(contentDigest, parents));
    }

    function _retractMade(uint256 place) private {
        if (_isRetracted[place]) return;
        _isRetracted[place] = true;
        _retract(_made[place]);
    }

    function _standsMade(uint256 place) private view returns (bool) {
        if (_isRetracted[place]) return false;
        for (uint256 i = 0; i < place; ++i) {
            if ((_above[place] >> i) & 1 != 0 && _isRetracted[i]) return false;
        }
        return true;
    }

    /// @dev More datasets than one page of retractions holds.
    function test_GivenAncestorsOnSeveralPages_WhenOneIsRetracted_IsFound() public {
        DatasetRecord memory first = _anchored("first");
        _anchoredMany(254);
        DatasetRecord memory lastOfPage = _anchored("number 256");
        DatasetRecord memory child = _anchoredFrom("child", _list(first, lastOfPage));
        DatasetRecord memory other = _anchoredFrom("other", _list(first));
        _assertLineage(child, 257, 1, _list(1, 256));
        _retract(lastOfPage);
        VM.assertTrue(!_isStanding(child) && _isStanding(other) && _isStanding(first));
        _retract(first);
        VM.assertFalse(_isStanding(other));
    }

    function _anchoredMany(uint256 count) private returns (DatasetRecord[] memory records) {
        records = new DatasetRecord[](count);
        for (uint256 i = 0; i < count; ++i) {
            records[i] = _anchored(keccak256(abi.encode("one of many", _many++)));
        }
    }

    function _assertLineage(
        DatasetRecord memory record,
        uint32 number,
        uint8 depth,
        uint32[] memory ancestors
    ) private view {
        (uint32 foundNumber, uint8 foundDepth, uint32[] memory found) = datasets.lineageOf(_id(record));
        VM.assertEq(foundNumber, number);
        VM.assertEq(foundDepth, depth);
        VM.assertEq(keccak256(abi.encode(found)), keccak256(abi.encode(ancestors)));
    }

    function _assertMismatch(
        DatasetRecord memory record,
        DatasetRecord[] memory parents,
        DatasetId parent,
        DatasetId witness
    ) private {
        bytes4 mismatch = IDatasetRegistry.DatasetParentMismatch.selector;
        _assertDerivedReverts(record, parents, abi.encodeWithSelector(mismatch, parent, witness));
    }

    function _assertDerivedReverts(
        DatasetRecord memory record,
        DatasetRecord[] memory parents,
        bytes memory reason
    ) private {
        VM.expectRevert(reason);
        VM.prank(CUSTODIAN);
        datasets.anchorDerived(record, parents);
    }
}
