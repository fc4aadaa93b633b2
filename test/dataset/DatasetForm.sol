// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {DatasetRecord} from "../../contracts/types/Dataset.sol";
import {DatasetId, InstitutionId} from "../../contracts/types/Ids.sol";
import {ConcordSystem} from "../support/ConcordSystem.sol";
import {VM} from "../support/Vm.sol";

/// @title DatasetForm
/// @notice Records of the biobank's and of a second custodian's, and versions and derivations of them.
abstract contract DatasetForm is ConcordSystem {
    address internal constant HOSPITAL_ACCOUNT = address(0x405);
    InstitutionId internal constant HOSPITAL = InstitutionId.wrap(keccak256("hospital"));

    function _admitHospital() internal {
        _admit(HOSPITAL, HOSPITAL_ACCOUNT);
    }

    function _admit(InstitutionId institutionId, address account) internal {
        VM.prank(GOVERNANCE);
        institutions.admit(institutionId, _profile(CUSTODIAN_BIT, true), account);
    }

    function _expel(InstitutionId institutionId) internal {
        VM.prank(GOVERNANCE);
        institutions.expel(institutionId);
    }

    function _succeed(InstitutionId institutionId, InstitutionId successor) internal {
        VM.prank(GOVERNANCE);
        institutions.succeed(institutionId, successor);
    }

    function _anchored(bytes32 contentDigest) internal returns (DatasetRecord memory record) {
        record = _record(contentDigest, "terms");
        VM.prank(CUSTODIAN);
        datasets.anchor(record);
    }

    function _retract(DatasetRecord memory record) internal {
        VM.prank(CUSTODIAN);
        datasets.retract(record);
    }

    function _anchoredFrom(
        bytes32 contentDigest,
        DatasetRecord[] memory parents
    ) internal returns (DatasetRecord memory record) {
        record = _from(contentDigest, parents);
        VM.prank(CUSTODIAN);
        datasets.anchorDerived(record, parents);
    }

    function _isStanding(DatasetRecord memory record) internal view returns (bool) {
        return datasets.isStanding(_id(record));
    }

    function _next(
        DatasetRecord memory previous,
        bytes32 contentDigest
    ) internal pure returns (DatasetRecord memory record) {
        record = _record(contentDigest, "terms");
        record.previous = _id(previous);
    }

    function _from(
        bytes32 contentDigest,
        DatasetRecord[] memory parents
    ) internal pure returns (DatasetRecord memory record) {
        record = _record(contentDigest, "terms");
        record.parents = new DatasetId[](parents.length);
        for (uint256 i = 0; i < parents.length; ++i) record.parents[i] = _id(parents[i]);
    }

    function _list(DatasetRecord memory a) internal pure returns (DatasetRecord[] memory list) {
        list = new DatasetRecord[](1);
        list[0] = a;
    }

    function _list(DatasetRecord memory a, DatasetRecord memory b) internal pure returns (DatasetRecord[] memory list) {
        list = new DatasetRecord[](2);
        (list[0], list[1]) = (a, b);
    }

    function _id(DatasetRecord memory record) internal pure returns (DatasetId) {
        return DatasetId.wrap(keccak256(abi.encode(record)));
    }
}
