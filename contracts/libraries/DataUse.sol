// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Purpose, Terms} from "../types/DataUse.sol";

/// @dev GA4GH DUO permissions (release 2021-02-23), bits of Terms.permissions.
uint16 constant PERMISSION_NRES = 1 << 0; // DUO:0000004 no restriction
uint16 constant PERMISSION_GRU = 1 << 1; // DUO:0000042 general research use
uint16 constant PERMISSION_HMB = 1 << 2; // DUO:0000006 health, medical or biomedical research
uint16 constant PERMISSION_DS = 1 << 3; // DUO:0000007 disease specific research
uint16 constant PERMISSION_POA = 1 << 4; // DUO:0000011 population origins or ancestry research only

/// @dev GA4GH DUO modifiers (release 2021-02-23), bits of Terms.modifiers.
uint32 constant MODIFIER_CC = 1 << 0; // DUO:0000043 clinical care use
uint32 constant MODIFIER_NMDS = 1 << 1; // DUO:0000015 no general methods research
uint32 constant MODIFIER_NPOA = 1 << 2; // DUO:0000044 population origins or ancestry research prohibited
uint32 constant MODIFIER_NPU = 1 << 3; // DUO:0000045 not for profit organisation use only

/// @dev Kinds of use, bits of Purpose.kinds.
uint8 constant KIND_GRU = 1 << 0; // general research
uint8 constant KIND_HMB = 1 << 1; // health, medical or biomedical research
uint8 constant KIND_DS = 1 << 2; // research into stated diseases
uint8 constant KIND_POA = 1 << 3; // population origins or ancestry
uint8 constant KIND_MDS = 1 << 4; // methods development
uint8 constant KIND_CTRL = 1 << 5; // control set
uint8 constant KIND_CC = 1 << 6; // clinical care

/// @dev Facts, bits of Facts.held and Purpose.unattested.
uint16 constant FACT_NOT_FOR_PROFIT = 1 << 0; // every institution with access is not-for-profit

/// @notice Thrown when terms allow nothing, or purposes ask for nothing.
/// @custom:fix Name at least one permission, or one kind of use.
error DataUseEmpty();

/// @notice Thrown when a bit stands for no code of this version.
/// @custom:fix Use only the PERMISSION_, MODIFIER_, KIND_ and FACT_ bits of DataUse.sol.
error DataUseUnknownBits(uint256 unknown);

/// @notice Thrown when diseases are given without the code that takes them, or the code without diseases.
/// @custom:fix Give DS together with at least one disease and its ontology release, and neither without the other.
error DataUseDiseasesMismatch();

/// @notice Thrown when a broad permission stands beside one that it contains.
/// @custom:fix Keep the broad permission alone, or the narrow one alone.
error DataUsePermissionContained(uint16 permissions);

/// @notice Thrown when modifiers leave the permissions nothing to permit, or permit what they cannot.
/// @custom:fix Take POA alone without CC and without NPOA.
error DataUseModifierContradicts(uint16 permissions, uint32 modifiers);

/// @notice Thrown when a list holds a value twice or out of order.
/// @custom:fix Sort the diseases ascending and list each once.
error DataUseNotAscending(uint256 index);

/// @title DataUse
/// @notice Which terms and purposes are well formed, and their digests.
/// @dev Input errors are not decisions: what fails here never reaches the matcher.
library DataUse {
    uint16 private constant ALL_PERMISSIONS = (1 << 5) - 1;
    uint32 private constant ALL_MODIFIERS = (1 << 4) - 1;
    uint8 private constant ALL_KINDS = (1 << 7) - 1;
    uint16 private constant ALL_FACTS = (1 << 1) - 1;

    uint16 private constant CONTAINED_IN_GRU = PERMISSION_HMB | PERMISSION_DS | PERMISSION_POA;

    function digest(Terms memory terms) internal pure returns (bytes32) {
        return keccak256(abi.encode(terms));
    }

    function digest(Purpose memory purpose) internal pure returns (bytes32) {
        return keccak256(abi.encode(purpose));
    }

    /// @notice Reverts with a DataUse error unless the terms are well formed.
    function requireValid(Terms memory terms) internal pure {
        uint16 permissions = terms.permissions;
        if (permissions == 0) revert DataUseEmpty();
        _requireKnown(permissions, ALL_PERMISSIONS);
        _requireKnown(terms.modifiers, ALL_MODIFIERS);

        bool isDiseaseSpecific = permissions & PERMISSION_DS != 0;
        if (isDiseaseSpecific != (terms.diseases.length != 0)) revert DataUseDiseasesMismatch();
        if (isDiseaseSpecific != (terms.ontologyRelease != 0)) revert DataUseDiseasesMismatch();
        _requireAscending(terms.diseases);

        bool contained =
            (permissions & PERMISSION_NRES != 0 && permissions != PERMISSION_NRES) ||
                (permissions & PERMISSION_GRU != 0 && permissions & CONTAINED_IN_GRU != 0) ||
                (permissions & PERMISSION_HMB != 0 && isDiseaseSpecific);
        if (contained) revert DataUsePermissionContained(permissions);
        if (permissions == PERMISSION_POA && terms.modifiers & (MODIFIER_CC | MODIFIER_NPOA) != 0) {
            revert DataUseModifierContradicts(permissions, terms.modifiers);
        }
    }

    /// @notice Reverts with a DataUse error unless the purpose is well formed.
    function requireValid(Purpose memory purpose) internal pure {
        if (purpose.kinds == 0) revert DataUseEmpty();
        _requireKnown(purpose.kinds, ALL_KINDS);
        _requireKnown(purpose.unattested, ALL_FACTS);
        if (purpose.kinds & KIND_DS != 0 && purpose.diseases.length == 0) revert DataUseDiseasesMismatch();
        _requireAscending(purpose.diseases);
    }

    function _requireKnown(uint256 bits, uint256 known) private pure {
        if (bits & ~known != 0) revert DataUseUnknownBits(bits & ~known);
    }

    function _requireAscending(uint32[] memory list) private pure {
        for (uint256 i = 1; i < list.length; ++i) {
            if (list[i] <= list[i - 1]) revert DataUseNotAscending(i);
        }
    }
}
