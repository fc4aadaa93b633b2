// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @dev keccak256 of the participant's signer bytes (20 address bytes, or an ERC-7913 signer): a pseudonym.
type ParticipantId is bytes32;

/// @dev A study, programme or dataset family: keccak256 of its public name.
type ScopeId is bytes32;

/// @dev Storage key of one participant's answer for one scope: keccak256(abi.encode(scopeId, participantId)).
type ConsentId is bytes32;

/// @dev A member organisation: keccak256 of its public identifier, for instance its ROR id.
type InstitutionId is bytes32;

/// @dev A dataset: the digest of its record, so that the id certifies the record.
type DatasetId is bytes32;

/// @dev A sample, which is a specimen or an aliquot: the digest of its record, so that the id certifies the record.
type SampleId is bytes32;

/// @dev A licence: its number and ERC-721 token id, from 1.
type LicenceId is uint256;

using {_equalScope as ==} for ScopeId global;
using {_equalParticipant as ==, _unequalParticipant as !=} for ParticipantId global;
using {_equalInstitution as ==, _unequalInstitution as !=} for InstitutionId global;
using {_equalDataset as ==, _unequalDataset as !=} for DatasetId global;
using {_unequalLicence as !=} for LicenceId global;

ParticipantId constant NO_PARTICIPANT = ParticipantId.wrap(0);
InstitutionId constant NO_INSTITUTION = InstitutionId.wrap(0);
DatasetId constant NO_DATASET = DatasetId.wrap(0);
LicenceId constant NO_LICENCE = LicenceId.wrap(0);

function _equalScope(ScopeId a, ScopeId b) pure returns (bool) {
    return ScopeId.unwrap(a) == ScopeId.unwrap(b);
}

function _equalParticipant(ParticipantId a, ParticipantId b) pure returns (bool) {
    return ParticipantId.unwrap(a) == ParticipantId.unwrap(b);
}

function _unequalParticipant(ParticipantId a, ParticipantId b) pure returns (bool) {
    return ParticipantId.unwrap(a) != ParticipantId.unwrap(b);
}

function _equalInstitution(InstitutionId a, InstitutionId b) pure returns (bool) {
    return InstitutionId.unwrap(a) == InstitutionId.unwrap(b);
}

function _unequalInstitution(InstitutionId a, InstitutionId b) pure returns (bool) {
    return InstitutionId.unwrap(a) != InstitutionId.unwrap(b);
}

function _equalDataset(DatasetId a, DatasetId b) pure returns (bool) {
    return DatasetId.unwrap(a) == DatasetId.unwrap(b);
}

function _unequalDataset(DatasetId a, DatasetId b) pure returns (bool) {
    return DatasetId.unwrap(a) != DatasetId.unwrap(b);
}

function _unequalLicence(LicenceId a, LicenceId b) pure returns (bool) {
    return LicenceId.unwrap(a) != LicenceId.unwrap(b);
}
