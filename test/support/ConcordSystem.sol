// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";

import {Roles} from "../../contracts/access/Roles.sol";
import {AuditLog} from "../../contracts/audit/AuditLog.sol";
import {ProvenanceRegistry} from "../../contracts/audit/ProvenanceRegistry.sol";
import {ConsentRegistry} from "../../contracts/consent/ConsentRegistry.sol";
import {ScopeIndex} from "../../contracts/consent/ScopeIndex.sol";
import {TermsRegistry} from "../../contracts/consent/TermsRegistry.sol";
import {DatasetRegistry} from "../../contracts/dataset/DatasetRegistry.sol";
import {OntologyRegistry} from "../../contracts/dataset/OntologyRegistry.sol";
import {DelegateRegistry} from "../../contracts/identity/DelegateRegistry.sol";
import {InstitutionRegistry} from "../../contracts/identity/InstitutionRegistry.sol";
import {ConcordLens} from "../../contracts/lens/ConcordLens.sol";
import {PERMISSION_GRU} from "../../contracts/libraries/DataUse.sol";
import {DecisionRegistry} from "../../contracts/licence/DecisionRegistry.sol";
import {FactRegistry} from "../../contracts/licence/FactRegistry.sol";
import {LicenceDuties} from "../../contracts/licence/LicenceDuties.sol";
import {LicenceLayers} from "../../contracts/licence/LicenceLayers.sol";
import {LicenceRegistry} from "../../contracts/licence/LicenceRegistry.sol";
import {PolicyRegistry} from "../../contracts/licence/PolicyRegistry.sol";
import {DataLevel, DatasetRecord, Deidentification, DeidentificationClass} from "../../contracts/types/Dataset.sol";
import {Purpose, Terms} from "../../contracts/types/DataUse.sol";
import {DatasetId, InstitutionId, NO_DATASET, NO_INSTITUTION, ScopeId} from "../../contracts/types/Ids.sol";
import {InstitutionProfile, InstitutionType} from "../../contracts/types/Institution.sol";
import {purposeFor, termsWith} from "./DataUseForms.sol";
import {deployed} from "./Deploy.sol";
import {DeployedSystem} from "./DeployedSystem.sol";
import {VM} from "./Vm.sol";

/// @title ConcordSystem
/// @notice The whole suite, deployed and wired as deploy/ does it, with institutions and a scope to work in.
abstract contract ConcordSystem {
    /// @dev 2026-01-01 in Unix seconds, and a block to start from that has blocks before it.
    uint256 internal constant START = 1_767_225_600;
    uint256 internal constant START_BLOCK = 20_000;
    uint32 internal constant EXECUTION_DELAY = 1 days;

    uint8 internal constant CUSTODIAN_BIT = uint8(1 << (Roles.CUSTODIAN - Roles.INSTITUTION_ROLES));
    uint8 internal constant PROCESSOR_BIT = uint8(1 << (Roles.PROCESSOR - Roles.INSTITUTION_ROLES));
    uint8 internal constant RESEARCHER_BIT = uint8(1 << (Roles.RESEARCHER - Roles.INSTITUTION_ROLES));
    uint8 internal constant COMMITTEE_BIT = uint8(1 << (Roles.COMMITTEE - Roles.INSTITUTION_ROLES));
    uint8 internal constant AUDITOR_BIT = uint8(1 << (Roles.AUDITOR - Roles.INSTITUTION_ROLES));

    address internal constant GOVERNANCE = address(0x60E);
    address internal constant CUSTODIAN = address(0xC057);
    address internal constant COMMITTEE = address(0xC033);
    address internal constant RESEARCHER = address(0x4E5);
    address internal constant COMPANY = address(0xC0);
    address internal constant STRANGER = address(0x57A);

    InstitutionId internal constant BIOBANK = InstitutionId.wrap(keccak256("biobank"));
    InstitutionId internal constant ETHICS = InstitutionId.wrap(keccak256("ethics committee"));
    InstitutionId internal constant UNIVERSITY = InstitutionId.wrap(keccak256("university"));
    InstitutionId internal constant PHARMA = InstitutionId.wrap(keccak256("pharmaceutical company"));
    InstitutionId internal constant NOBODY = InstitutionId.wrap(keccak256("nobody"));

    /// @dev Region code of DK.
    uint32 internal constant REGION = 339_877_168;

    ScopeId internal constant SCOPE = ScopeId.wrap(keccak256("a study"));
    ScopeId internal constant OTHER_SCOPE = ScopeId.wrap(keccak256("another study"));

    /// @dev Holds nothing after handover.
    address internal deployer;
    AccessManager internal manager;
    InstitutionRegistry internal institutions;
    OntologyRegistry internal ontologies;
    DatasetRegistry internal datasets;
    TermsRegistry internal terms;
    address internal p256Verifier;
    address internal webAuthnVerifier;
    DelegateRegistry internal delegates;
    ScopeIndex internal index;
    ConsentRegistry internal consents;
    FactRegistry internal facts;
    DecisionRegistry internal decisions;
    PolicyRegistry internal policies;
    LicenceLayers internal licenceLayers;
    LicenceRegistry internal licences;
    LicenceDuties internal duties;
    AuditLog internal audit;
    ProvenanceRegistry internal provenance;
    ConcordLens internal lens;

    /// @dev Deploys, wires, hands over, admits four institutions, and creates both scopes.
    function _deploySystem() internal {
        VM.warp(START);
        VM.roll(START_BLOCK);
        _adopt(DeployedSystem(deployed("DeployedSystem", abi.encode(GOVERNANCE, EXECUTION_DELAY))));

        VM.startPrank(GOVERNANCE);
        institutions.admit(BIOBANK, _profile(CUSTODIAN_BIT, true), CUSTODIAN);
        institutions.admit(ETHICS, _profile(COMMITTEE_BIT, true), COMMITTEE);
        institutions.admit(UNIVERSITY, _profile(RESEARCHER_BIT, true), RESEARCHER);
        institutions.admit(PHARMA, _profile(RESEARCHER_BIT, false), COMPANY);
        VM.stopPrank();

        VM.startPrank(CUSTODIAN);
        terms.createScope(SCOPE, ETHICS);
        terms.createScope(OTHER_SCOPE, ETHICS);
        VM.stopPrank();
    }

    function _publishTerms(ScopeId scopeId, Terms memory given) internal returns (bytes32 digest) {
        VM.prank(CUSTODIAN);
        terms.publish(scopeId, given);
        return terms.digestOf(given);
    }

    /// @dev Terms that allow general research for ever, told from others by their controller.
    function _terms(bytes32 controller) internal pure returns (Terms memory given) {
        given = termsWith(PERMISSION_GRU, 0);
        given.notice.controller = controller;
    }

    /// @dev What an institution in DK is admitted as.
    function _profile(uint8 roles, bool notForProfit) internal pure returns (InstitutionProfile memory) {
        return _profileIn(roles, notForProfit, REGION);
    }

    function _profileIn(
        uint8 roles,
        bool notForProfit,
        uint32 region
    ) internal pure returns (InstitutionProfile memory) {
        return
            InstitutionProfile({
                roles: roles,
                notForProfit: notForProfit,
                institutionType: notForProfit ? InstitutionType.ResearchInstitute : InstitutionType.Company,
                region: region
            });
    }

    function _purpose(uint8 kinds) internal pure returns (Purpose memory) {
        return purposeFor(kinds, new uint32[](0));
    }

    /// @dev A complete record of the biobank's, told from others by its content digest.
    function _record(bytes32 contentDigest, bytes32 termsDigest) internal pure returns (DatasetRecord memory) {
        return
            DatasetRecord({
                custodian: BIOBANK,
                scopeId: SCOPE,
                contentDigest: contentDigest,
                manifestRoot: keccak256("manifest"),
                participantsRoot: 0,
                termsDigest: termsDigest,
                previous: NO_DATASET,
                level: DataLevel.Individual,
                successor: NO_INSTITUTION,
                parents: new DatasetId[](0),
                deidentification: Deidentification(DeidentificationClass.Pseudonymised, "method", NO_INSTITUTION),
                minimumCell: 0
            });
    }

    function _list(uint32 a) internal pure returns (uint32[] memory list) {
        list = new uint32[](1);
        list[0] = a;
    }

    function _list(uint32 a, uint32 b) internal pure returns (uint32[] memory list) {
        list = new uint32[](2);
        (list[0], list[1]) = (a, b);
    }

    function _list(uint32 a, uint32 b, uint32 c) internal pure returns (uint32[] memory list) {
        list = new uint32[](3);
        (list[0], list[1], list[2]) = (a, b, c);
    }

    function _adopt(DeployedSystem system) private {
        deployer = address(system);
        manager = system.MANAGER();
        institutions = system.INSTITUTIONS();
        ontologies = system.ONTOLOGIES();
        datasets = system.DATASETS();
        terms = system.TERMS();
        p256Verifier = system.P256_VERIFIER();
        webAuthnVerifier = system.WEBAUTHN_VERIFIER();
        delegates = system.DELEGATES();
        index = system.INDEX();
        consents = system.CONSENTS();
        facts = system.FACTS();
        decisions = system.DECISIONS();
        policies = system.POLICIES();
        licenceLayers = system.LICENCE_LAYERS();
        licences = system.LICENCES();
        duties = system.DUTIES();
        audit = system.AUDIT();
        provenance = system.PROVENANCE();
        lens = system.LENS();
    }
}
