// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Mandate} from "../../contracts/types/Delegate.sol";
import {InstitutionId, ParticipantId, ScopeId} from "../../contracts/types/Ids.sol";

/// @title SymbolicSurroundings
/// @notice What the registries ask of other contracts. Its storage is symbolic, so it answers anything, but the same
/// question always alike.
contract SymbolicSurroundings {
    struct Custody {
        InstitutionId custodian;
        InstitutionId committee;
    }

    struct Numbered {
        uint16 number;
        uint32 reConsentBy;
    }

    struct Published {
        bytes32 digest;
        uint32 from;
    }

    mapping(address account => InstitutionId institutionId) public institutionOf;
    mapping(address account => InstitutionId institutionId) public actingInstitution;
    mapping(ScopeId scopeId => Custody) public scope;
    mapping(ScopeId scopeId => mapping(bytes32 digest => Numbered)) public numberOf;
    mapping(ScopeId scopeId => mapping(uint16 number => Published)) public termsAt;
    mapping(ScopeId scopeId => mapping(uint16 narrower => mapping(uint16 broader => bool))) public isNarrower;
    mapping(ScopeId scopeId => mapping(ParticipantId participantId => mapping(ParticipantId delegateId => Mandate)))
        public mandateOf;

    /// @dev The scope's index takes everybody.
    function appendOwn(ScopeId, ParticipantId) external {}
}
