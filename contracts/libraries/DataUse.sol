// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Purpose, Terms, TermsNotice, TermsText} from "../types/DataUse.sol";

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
uint32 constant MODIFIER_NCU = 1 << 4; // DUO:0000046 non-commercial use only
uint32 constant MODIFIER_NPUNCU = 1 << 5; // DUO:0000018 not for profit, non commercial use only
uint32 constant MODIFIER_IRB = 1 << 6; // DUO:0000021 ethics approval required
uint32 constant MODIFIER_COL = 1 << 7; // DUO:0000020 collaboration required
uint32 constant MODIFIER_PUB = 1 << 8; // DUO:0000019 publication required
uint32 constant MODIFIER_RTN = 1 << 9; // DUO:0000029 return to database or resource
uint32 constant MODIFIER_GSO = 1 << 10; // DUO:0000016 genetic studies only
uint32 constant MODIFIER_GS = 1 << 11; // DUO:0000022 geographical restriction
uint32 constant MODIFIER_IS = 1 << 12; // DUO:0000028 institution specific restriction
uint32 constant MODIFIER_US = 1 << 13; // DUO:0000026 user specific restriction
uint32 constant MODIFIER_PS = 1 << 14; // DUO:0000027 project specific restriction
uint32 constant MODIFIER_RS = 1 << 15; // DUO:0000012 research specific restrictions
uint32 constant MODIFIER_TS = 1 << 16; // DUO:0000025 time limit on use
uint32 constant MODIFIER_MOR = 1 << 17; // DUO:0000024 publication moratorium
uint32 constant MODIFIER_NRI = 1 << 18; // X:NRI no re-identification
uint32 constant MODIFIER_NRL = 1 << 19; // X:NRL no record linkage
uint32 constant MODIFIER_NMT = 1 << 20; // X:NMT no training of models

/// @dev Kinds of use, bits of Purpose.kinds.
uint8 constant KIND_GRU = 1 << 0; // general research
uint8 constant KIND_HMB = 1 << 1; // health, medical or biomedical research
uint8 constant KIND_DS = 1 << 2; // research into stated diseases
uint8 constant KIND_POA = 1 << 3; // population origins or ancestry
uint8 constant KIND_MDS = 1 << 4; // methods development
uint8 constant KIND_CTRL = 1 << 5; // control set
uint8 constant KIND_CC = 1 << 6; // clinical care

/// @dev Facts, bits of Purpose.unattested; each is the answer that a modifier wants.
uint32 constant FACT_NOT_FOR_PROFIT = 1 << 0; // every institution with access is not-for-profit
uint32 constant FACT_NOT_COMMERCIAL = 1 << 1; // the use is not commercial
uint32 constant FACT_ETHICS_APPROVAL = 1 << 2; // an ethics committee has approved the use
uint32 constant FACT_COLLABORATION = 1 << 3; // collaboration with the data's investigators is agreed
uint32 constant FACT_PUBLICATION = 1 << 4; // results will be published
uint32 constant FACT_RETURNS_DATA = 1 << 5; // derived data will be returned
uint32 constant FACT_GENETIC_STUDY = 1 << 6; // the study is about genotypes, alone or with phenotypes
uint32 constant FACT_NO_REIDENTIFICATION = 1 << 7; // nobody will be re-identified
uint32 constant FACT_NO_LINKAGE = 1 << 8; // records will not be linked
uint32 constant FACT_NO_TRAINING = 1 << 9; // no model will be trained
uint32 constant FACT_REGIONS = 1 << 10; // Purpose.regions is true
uint32 constant FACT_INSTITUTIONS = 1 << 11; // Purpose.institutions is true
uint32 constant FACT_USERS = 1 << 12; // Purpose.users is true
uint32 constant FACT_PROJECTS = 1 << 13; // Purpose.projects is true
uint32 constant FACT_RESEARCH_TYPES = 1 << 14; // Purpose.researchTypes and researchTexts are true
uint32 constant FACT_MONTHS = 1 << 15; // Purpose.months is true
uint32 constant FACT_PUBLISH_FROM = 1 << 16; // Purpose.publishFrom is true

/// @dev Every fact of this version.
uint32 constant ALL_FACTS = (1 << 17) - 1;

/// @dev Facts that are stated by a bit; the others by the field that they are about.
uint32 constant STATEMENTS = (1 << 10) - 1;

/// @dev Sensitive topics, bits of Purpose.sensitive.
uint16 constant SENSITIVE_CHILDREN = 1 << 0;
uint16 constant SENSITIVE_GENDER = 1 << 1;
uint16 constant SENSITIVE_POPULATION = 1 << 2;
uint16 constant SENSITIVE_VULNERABLE = 1 << 3;
uint16 constant SENSITIVE_ILLEGAL_BEHAVIOUR = 1 << 4;
uint16 constant SENSITIVE_SEXUAL_DISEASE = 1 << 5;
uint16 constant SENSITIVE_PSYCHOLOGICAL_TRAITS = 1 << 6;
uint16 constant SENSITIVE_STIGMATISED_DISEASE = 1 << 7;
uint16 constant SENSITIVE_NOT_HEALTH = 1 << 8;

/// @dev Terms without a restriction of elements.
uint64 constant ALL_ELEMENTS = type(uint64).max;

/// @notice Thrown when terms allow nothing, or purposes ask for nothing.
/// @custom:fix Name at least one permission, or one kind of use.
error DataUseEmpty();

/// @notice Thrown when a bit stands for no code of this version.
/// @custom:fix Use only the PERMISSION_, MODIFIER_, KIND_ and FACT_ bits of DataUse.sol.
error DataUseUnknownBits(uint256 unknown);

/// @notice Thrown when diseases are given without the code that takes them, or the code without diseases.
/// @custom:fix Give DS together with at least one disease and its ontology release, and neither without the other.
error DataUseDiseasesMismatch();

/// @notice Thrown when a modifier stands without what it takes, or that stands without the modifier.
/// @custom:fix Give the modifier of the bit named with its list, number or date, and neither without the other.
error DataUseParameterMismatch(uint32 modifier_);

/// @notice Thrown when the notice of terms is not complete in itself: a text without a language, out of order, or an
/// approval without its end.
/// @custom:fix Give each language once, in ascending order, with both digests, and an ethics approval with its end.
error DataUseNoticeInvalid();

/// @notice Thrown when a broad permission stands beside one that it contains.
/// @custom:fix Keep the broad permission alone, or the narrow one alone.
error DataUsePermissionContained(uint16 permissions);

/// @notice Thrown when modifiers leave the permissions nothing to permit, or permit what they cannot.
/// @custom:fix Take POA alone without CC and without NPOA.
error DataUseModifierContradicts(uint16 permissions, uint32 modifiers);

/// @notice Thrown when a list holds a value twice or out of order.
/// @custom:fix Sort every list ascending and name each value once.
error DataUseNotAscending(uint256 index);

/// @title DataUse
/// @notice Which terms and purposes are well formed, and their digests.
/// @dev Input errors are not decisions: what fails here never reaches the matcher.
library DataUse {
    uint16 private constant ALL_PERMISSIONS = (1 << 5) - 1;
    uint32 private constant ALL_MODIFIERS = (1 << 21) - 1;
    uint8 private constant ALL_KINDS = (1 << 7) - 1;
    uint16 private constant ALL_SENSITIVE = (1 << 9) - 1;

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
        if (permissions == 0 || terms.elements == 0) revert DataUseEmpty();
        _requireKnown(permissions, ALL_PERMISSIONS);
        _requireKnown(terms.modifiers, ALL_MODIFIERS);

        bool isDiseaseSpecific = permissions & PERMISSION_DS != 0;
        if (isDiseaseSpecific != (terms.diseases.length != 0)) revert DataUseDiseasesMismatch();
        if (isDiseaseSpecific != (terms.ontologyRelease != 0)) revert DataUseDiseasesMismatch();
        _requireAscending(terms.diseases);
        _requireParameters(terms);
        _requireNotice(terms.notice);

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
        _requireKnown(purpose.stated, STATEMENTS);
        _requireKnown(purpose.unattested, ALL_FACTS);
        _requireKnown(purpose.sensitive, ALL_SENSITIVE);
        if (purpose.kinds & KIND_DS != 0 && purpose.diseases.length == 0) revert DataUseDiseasesMismatch();
        _requireAscending(purpose.diseases);
        _requireAscending(purpose.regions);
        _requireAscending(purpose.institutions);
        _requireAscending(purpose.users);
        _requireAscending(purpose.projects);
        _requireAscending(purpose.collaborators);
        _requireAscending(purpose.researchTypes);
        _requireAscending(purpose.researchTexts);
    }

    /// @dev A code and its parameter stand together or not at all; COL alone may go without.
    function _requireParameters(Terms memory terms) private pure {
        uint32 modifiers = terms.modifiers;
        _requireTogether(modifiers, MODIFIER_GS, terms.regions.length != 0);
        _requireTogether(modifiers, MODIFIER_GS, terms.regionRelease != 0);
        _requireTogether(modifiers, MODIFIER_IS, terms.institutions.length != 0);
        _requireTogether(modifiers, MODIFIER_US, terms.users.length != 0);
        _requireTogether(modifiers, MODIFIER_PS, terms.projects.length != 0);
        _requireTogether(modifiers, MODIFIER_RS, terms.researchTypes.length + terms.researchTexts.length != 0);
        _requireTogether(modifiers, MODIFIER_TS, terms.months != 0);
        _requireTogether(modifiers, MODIFIER_MOR, terms.moratoriumUntil != 0);
        if (terms.investigators.length != 0) _requireTogether(modifiers, MODIFIER_COL, true);
        _requireAscending(terms.regions);
        _requireAscending(terms.institutions);
        _requireAscending(terms.users);
        _requireAscending(terms.projects);
        _requireAscending(terms.investigators);
        _requireAscending(terms.researchTypes);
        _requireAscending(terms.researchTexts);
    }

    function _requireNotice(TermsNotice memory notice) private pure {
        bytes8 previous = 0;
        for (uint256 i = 0; i < notice.texts.length; ++i) {
            TermsText memory text = notice.texts[i];
            if (text.language <= previous || text.form == 0 || text.sheet == 0) revert DataUseNoticeInvalid();
            previous = text.language;
        }
        if ((notice.ethicsApproval != 0) != (notice.ethicsUntil != 0)) revert DataUseNoticeInvalid();
    }

    function _requireTogether(uint32 modifiers, uint32 modifier_, bool isGiven) private pure {
        if ((modifiers & modifier_ != 0) != isGiven) revert DataUseParameterMismatch(modifier_);
    }

    function _requireKnown(uint256 bits, uint256 known) private pure {
        if (bits & ~known != 0) revert DataUseUnknownBits(bits & ~known);
    }

    function _requireAscending(uint32[] memory list) private pure {
        for (uint256 i = 1; i < list.length; ++i) {
            if (list[i] <= list[i - 1]) revert DataUseNotAscending(i);
        }
    }

    function _requireAscending(bytes32[] memory list) private pure {
        for (uint256 i = 1; i < list.length; ++i) {
            if (list[i] <= list[i - 1]) revert DataUseNotAscending(i);
        }
    }
}
