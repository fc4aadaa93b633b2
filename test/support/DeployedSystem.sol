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
import {DecisionRegistry} from "../../contracts/licence/DecisionRegistry.sol";
import {FactRegistry} from "../../contracts/licence/FactRegistry.sol";
import {LicenceCard} from "../../contracts/licence/LicenceCard.sol";
import {LicenceDuties} from "../../contracts/licence/LicenceDuties.sol";
import {LicenceLayers} from "../../contracts/licence/LicenceLayers.sol";
import {LicenceRegistry} from "../../contracts/licence/LicenceRegistry.sol";
import {PolicyRegistry} from "../../contracts/licence/PolicyRegistry.sol";
import {deployed} from "./Deploy.sol";

/**
 * @title DeployedSystem
 * @notice Deploys and wires the suite as deploy/ does it, and hands over to governance; itself the deployer.
 */
contract DeployedSystem {
    AccessManager public immutable MANAGER;
    InstitutionRegistry public immutable INSTITUTIONS;
    OntologyRegistry public immutable ONTOLOGIES;
    DatasetRegistry public immutable DATASETS;
    TermsRegistry public immutable TERMS;
    address public immutable P256_VERIFIER;
    address public immutable WEBAUTHN_VERIFIER;
    DelegateRegistry public immutable DELEGATES;
    ScopeIndex public immutable INDEX;
    ConsentRegistry public immutable CONSENTS;
    FactRegistry public immutable FACTS;
    DecisionRegistry public immutable DECISIONS;
    PolicyRegistry public immutable POLICIES;
    LicenceLayers public immutable LICENCE_LAYERS;
    LicenceCard public immutable CARD;
    LicenceRegistry public immutable LICENCES;
    LicenceDuties public immutable DUTIES;
    AuditLog public immutable AUDIT;
    ProvenanceRegistry public immutable PROVENANCE;
    ConcordLens public immutable LENS;

    constructor(address governance, uint32 executionDelay) {
        MANAGER = AccessManager(deployed("AccessManager", abi.encode(address(this))));
        address authority = address(MANAGER);
        INSTITUTIONS = InstitutionRegistry(deployed("InstitutionRegistry", abi.encode(authority)));
        ONTOLOGIES = OntologyRegistry(deployed("OntologyRegistry", abi.encode(authority)));
        DATASETS = DatasetRegistry(deployed("DatasetRegistry", abi.encode(authority, INSTITUTIONS)));
        TERMS = TermsRegistry(deployed("TermsRegistry", abi.encode(authority, INSTITUTIONS, ONTOLOGIES)));
        P256_VERIFIER = deployed("ERC7913P256Verifier", "");
        WEBAUTHN_VERIFIER = deployed("ERC7913WebAuthnVerifier", "");
        address[] memory verifiers = new address[](2);
        (verifiers[0], verifiers[1]) = (P256_VERIFIER, WEBAUTHN_VERIFIER);
        DELEGATES = DelegateRegistry(deployed("DelegateRegistry", abi.encode(INSTITUTIONS, TERMS, verifiers)));
        INDEX = ScopeIndex(deployed("ScopeIndex", ""));
        CONSENTS = ConsentRegistry(
            deployed("ConsentRegistry", abi.encode(TERMS, INSTITUTIONS, DELEGATES, INDEX, verifiers))
        );
        FACTS = FactRegistry(deployed("FactRegistry", abi.encode(authority, INSTITUTIONS)));
        DECISIONS = DecisionRegistry(deployed("DecisionRegistry", abi.encode(ONTOLOGIES, FACTS)));
        POLICIES = PolicyRegistry(deployed("PolicyRegistry", abi.encode(authority, INSTITUTIONS, TERMS)));
        LICENCE_LAYERS = LicenceLayers(deployed("LicenceLayers", abi.encode(CONSENTS, TERMS, DECISIONS, POLICIES)));
        CARD = LicenceCard(deployed("LicenceCard", ""));
        LICENCES = LicenceRegistry(
            deployed(
                "LicenceRegistry",
                abi.encode(authority, INSTITUTIONS, DATASETS, TERMS, FACTS, POLICIES, LICENCE_LAYERS, CARD)
            )
        );
        DUTIES = LicenceDuties(deployed("LicenceDuties", abi.encode(authority, INSTITUTIONS, LICENCES)));
        AUDIT = AuditLog(deployed("AuditLog", abi.encode(authority, INSTITUTIONS, LICENCES, CONSENTS)));
        PROVENANCE = ProvenanceRegistry(
            deployed("ProvenanceRegistry", abi.encode(authority, INSTITUTIONS, DATASETS, LICENCES))
        );
        LENS = ConcordLens(deployed("ConcordLens", abi.encode(CONSENTS, LICENCES, INDEX)));
        _wireRoles();
        _handOver(governance, executionDelay);
    }

    function _wireRoles() private {
        MANAGER.grantRole(Roles.INSTITUTION_ADMIN, address(INSTITUTIONS), 0);
        MANAGER.grantRole(Roles.DUTY_KEEPER, address(DUTIES), 0);
        MANAGER.setRoleAdmin(Roles.MEMBER, Roles.INSTITUTION_ADMIN);
        for (uint64 i = 0; i < Roles.INSTITUTION_ROLE_COUNT; ++i) {
            MANAGER.setRoleAdmin(Roles.INSTITUTION_ROLES + i, Roles.INSTITUTION_ADMIN);
        }
        _allow(address(INSTITUTIONS), InstitutionRegistry.admit.selector, Roles.REGISTRAR);
        _allow(address(INSTITUTIONS), InstitutionRegistry.addAccount.selector, Roles.REGISTRAR);
        _allow(address(INSTITUTIONS), InstitutionRegistry.removeAccount.selector, Roles.REGISTRAR);
        _allow(address(INSTITUTIONS), InstitutionRegistry.suspend.selector, Roles.REGISTRAR);
        _allow(address(INSTITUTIONS), InstitutionRegistry.reinstate.selector, Roles.REGISTRAR);
        _allow(address(INSTITUTIONS), InstitutionRegistry.addOfficial.selector, Roles.REGISTRAR);
        _allow(address(INSTITUTIONS), InstitutionRegistry.removeOfficial.selector, Roles.REGISTRAR);
        _allow(address(INSTITUTIONS), InstitutionRegistry.expel.selector, Roles.REGISTRAR);
        _allow(address(INSTITUTIONS), InstitutionRegistry.succeed.selector, Roles.REGISTRAR);
        _allow(address(INSTITUTIONS), InstitutionRegistry.liftConflict.selector, Roles.REGISTRAR);
        _allow(address(INSTITUTIONS), InstitutionRegistry.addUser.selector, Roles.MEMBER);
        _allow(address(INSTITUTIONS), InstitutionRegistry.removeUser.selector, Roles.MEMBER);
        _allow(address(INSTITUTIONS), InstitutionRegistry.declareConflict.selector, Roles.MEMBER);
        _allow(address(ONTOLOGIES), OntologyRegistry.publish.selector, Roles.CURATOR);
        _allow(address(DATASETS), DatasetRegistry.anchor.selector, Roles.CUSTODIAN);
        _allow(address(DATASETS), DatasetRegistry.anchorVersion.selector, Roles.CUSTODIAN);
        _allow(address(DATASETS), DatasetRegistry.anchorDerived.selector, Roles.CUSTODIAN);
        _allow(address(DATASETS), DatasetRegistry.anchorDerivedVersion.selector, Roles.CUSTODIAN);
        _allow(address(DATASETS), DatasetRegistry.retract.selector, Roles.CUSTODIAN);
        _allow(address(DATASETS), DatasetRegistry.claim.selector, Roles.CUSTODIAN);
        _allow(address(DATASETS), DatasetRegistry.offerCopy.selector, Roles.CUSTODIAN);
        _allow(address(DATASETS), DatasetRegistry.attestMirror.selector, Roles.MEMBER);
        _allow(address(DATASETS), DatasetRegistry.withdrawMirror.selector, Roles.MEMBER);
        _allow(address(TERMS), TermsRegistry.createScope.selector, Roles.CUSTODIAN);
        _allow(address(TERMS), TermsRegistry.claimScope.selector, Roles.MEMBER);
        _allow(address(TERMS), TermsRegistry.publish.selector, Roles.MEMBER);
        _allow(address(TERMS), TermsRegistry.registerNarrower.selector, Roles.MEMBER);
        _allow(address(FACTS), FactRegistry.approveEthics.selector, Roles.COMMITTEE);
        _allow(address(POLICIES), PolicyRegistry.setCoConsent.selector, Roles.MEMBER);
        _allow(address(POLICIES), PolicyRegistry.setCommitteeTerms.selector, Roles.COMMITTEE);
        _allow(address(POLICIES), PolicyRegistry.setJurisdictionTerms.selector, Roles.REGISTRAR);
        _allow(address(POLICIES), PolicyRegistry.setReviewCommittee.selector, Roles.REGISTRAR);
        _allow(address(LICENCES), LicenceRegistry.request.selector, Roles.RESEARCHER);
        _allow(address(LICENCES), LicenceRegistry.requestBySig.selector, Roles.RESEARCHER);
        _allow(address(LICENCES), LicenceRegistry.subLicense.selector, Roles.RESEARCHER);
        _allow(address(LICENCES), LicenceRegistry.resolve.selector, Roles.COMMITTEE);
        _allow(address(LICENCES), LicenceRegistry.reopen.selector, Roles.COMMITTEE);
        _allow(address(LICENCES), LicenceRegistry.vote.selector, Roles.COMMITTEE);
        _allow(address(LICENCES), LicenceRegistry.approveWith.selector, Roles.COMMITTEE);
        _allow(address(LICENCES), LicenceRegistry.reinstate.selector, Roles.COMMITTEE);
        _allow(address(LICENCES), LicenceRegistry.issue.selector, Roles.CUSTODIAN);
        _allow(address(LICENCES), LicenceRegistry.appeal.selector, Roles.MEMBER);
        _allow(address(LICENCES), LicenceRegistry.suspend.selector, Roles.MEMBER);
        _allow(address(LICENCES), LicenceRegistry.terminate.selector, Roles.MEMBER);
        _allow(address(LICENCES), LicenceRegistry.keepDuties.selector, Roles.DUTY_KEEPER);
        _allow(address(DUTIES), LicenceDuties.impose.selector, Roles.CUSTODIAN);
        _allow(address(DUTIES), LicenceDuties.defer.selector, Roles.CUSTODIAN);
        _allow(address(DUTIES), LicenceDuties.accept.selector, Roles.CUSTODIAN);
        _allow(address(DUTIES), LicenceDuties.reject.selector, Roles.CUSTODIAN);
        _allow(address(DUTIES), LicenceDuties.discharge.selector, Roles.RESEARCHER);
        _allow(address(DUTIES), LicenceDuties.declareBreach.selector, Roles.MEMBER);
        _allow(address(DUTIES), LicenceDuties.cure.selector, Roles.COMMITTEE);
        _allow(address(AUDIT), AuditLog.log.selector, Roles.CUSTODIAN);
        _allow(address(PROVENANCE), ProvenanceRegistry.registerSpecimen.selector, Roles.CUSTODIAN);
        _allow(address(PROVENANCE), ProvenanceRegistry.registerAliquots.selector, Roles.MEMBER);
        _allow(address(PROVENANCE), ProvenanceRegistry.offerCustody.selector, Roles.MEMBER);
        _allow(address(PROVENANCE), ProvenanceRegistry.cancelOffer.selector, Roles.MEMBER);
        _allow(address(PROVENANCE), ProvenanceRegistry.acceptCustody.selector, Roles.MEMBER);
        _allow(address(PROVENANCE), ProvenanceRegistry.recordSequencing.selector, Roles.MEMBER);
        _allow(address(PROVENANCE), ProvenanceRegistry.destroy.selector, Roles.MEMBER);
        _allow(address(PROVENANCE), ProvenanceRegistry.recordAnalysis.selector, Roles.RESEARCHER);
        _allow(address(PROVENANCE), ProvenanceRegistry.attestCopiesDestroyed.selector, Roles.RESEARCHER);
    }

    function _handOver(address governance, uint32 executionDelay) private {
        MANAGER.grantRole(Roles.REGISTRAR, governance, 0);
        MANAGER.grantRole(Roles.CURATOR, governance, 0);
        MANAGER.grantRole(MANAGER.ADMIN_ROLE(), governance, executionDelay);
        MANAGER.renounceRole(MANAGER.ADMIN_ROLE(), address(this));
    }

    function _allow(address target, bytes4 selector, uint64 role) private {
        bytes4[] memory selectors = new bytes4[](1);
        selectors[0] = selector;
        MANAGER.setTargetFunctionRole(target, selectors, role);
    }
}
