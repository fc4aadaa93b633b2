// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/**
 * @title Roles
 * @notice Every role of the suite's one AccessManager. Role 0 is the manager's own administrator: governance.
 * @dev The low numbers are the consortium's offices. From INSTITUTION_ROLES on, role INSTITUTION_ROLES + n belongs to
 * the accounts of institutions whose record has bit n.
 */
library Roles {
    /// @notice Admits institutions and changes their standing.
    uint64 internal constant REGISTRAR = 1;
    /// @notice Publishes ontology releases.
    uint64 internal constant CURATOR = 2;
    /// @notice Grants the institution roles; held by the InstitutionRegistry alone.
    uint64 internal constant INSTITUTION_ADMIN = 3;

    /// @notice Acts for an institution, whatever its roles; granted to every account of one.
    uint64 internal constant MEMBER = 4;

    /// @notice Tells the LicenceRegistry of duties; held by LicenceDuties alone.
    uint64 internal constant DUTY_KEEPER = 5;

    uint64 internal constant INSTITUTION_ROLES = 16;
    /// @notice Holds data: registers scopes, terms and datasets, issues licences, logs accesses.
    uint64 internal constant CUSTODIAN = 16;
    /// @notice Works on data for another institution.
    uint64 internal constant PROCESSOR = 17;
    /// @notice Asks for licences and uses data.
    uint64 internal constant RESEARCHER = 18;
    /// @notice Decides on requests.
    uint64 internal constant COMMITTEE = 19;
    /// @notice Reads the compliance log.
    uint64 internal constant AUDITOR = 20;
    uint64 internal constant INSTITUTION_ROLE_COUNT = 5;
}
