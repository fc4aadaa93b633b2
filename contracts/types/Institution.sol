// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

enum InstitutionType {
    University,
    Hospital,
    Biobank,
    ResearchInstitute,
    GovernmentAgency,
    NonProfit,
    Company,
    EthicsBody
}

/// @dev Only who is Admitted may act. Expelled and Succeeded are for ever.
enum Standing {
    None,
    Admitted,
    Suspended,
    Expelled,
    Succeeded
}

/// @dev What an institution is admitted as.
struct InstitutionProfile {
    /// INSTITUTION_ROLE bits of Roles.sol.
    uint8 roles;
    /// Read for DUO:0000045. Not for a Company, and always for a NonProfit.
    bool notForProfit;
    InstitutionType institutionType;
    /// Where it is established: a region code as in Terms.regions (see RegionCode in the SDK); never 0.
    uint32 region;
}

/// @dev What the consortium knows of a member. All of it fits one slot.
struct Institution {
    /// INSTITUTION_ROLE bits of Roles.sol.
    uint8 roles;
    Standing standing;
    bool notForProfit;
    InstitutionType institutionType;
    /// Region code.
    uint32 region;
    /// Block time (Unix seconds).
    uint32 admittedAt;
}
