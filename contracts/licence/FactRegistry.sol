// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

import {IInstitutionRegistry} from "../identity/IInstitutionRegistry.sol";
import {ALL_FACTS, DataUse, FACT_ETHICS_APPROVAL, FACT_NOT_FOR_PROFIT} from "../libraries/DataUse.sol";
import {Purpose} from "../types/DataUse.sol";
import {InstitutionId, NO_INSTITUTION} from "../types/Ids.sol";
import {IFactRegistry} from "./IFactRegistry.sol";
import {FactQuery, IFactSource} from "./IFactSource.sol";

/// @title FactRegistry
/// @dev One slot for statement and approval of a licensee's purpose, which is all that a licence's reading needs.
contract FactRegistry is IFactRegistry, AccessManaged, EIP712 {
    bytes32 private constant STATEMENT_TYPEHASH = keccak256(
        "Statement(bytes32 licensee,bytes32 purposeDigest,uint32 facts,bytes32 document,uint32 number,"
        "uint32 deadline)"
    );

    IInstitutionRegistry private immutable INSTITUTIONS;

    mapping(InstitutionId licensee => mapping(bytes32 purposeDigest => FactRecord)) private _records;
    mapping(InstitutionId licensee => mapping(bytes32 purposeDigest => InstitutionId)) private _committees;

    constructor(
        address manager,
        IInstitutionRegistry institutions
    ) AccessManaged(manager) EIP712("Concord FactRegistry", "1") {
        INSTITUTIONS = institutions;
    }

    /// @inheritdoc IFactRegistry
    function state(bytes32 purposeDigest, uint32 facts, bytes32 document) external override {
        address official = _msgSender();
        _state(INSTITUTIONS.actingOfficial(official), purposeDigest, official, facts, document);
    }

    /// @inheritdoc IFactRegistry
    function stateBySig(Statement calldata statement, bytes calldata signature) external override {
        if (statement.deadline < block.timestamp) revert FactDeadlinePassed(statement.deadline, block.timestamp);
        address official = ECDSA.recover(
            _hashTypedDataV4(keccak256(abi.encode(STATEMENT_TYPEHASH, statement))),
            signature
        );
        if (INSTITUTIONS.officialOf(official) != statement.licensee) {
            revert FactSignatureInvalid(statement.licensee, official);
        }
        uint32 next = _records[statement.licensee][statement.purposeDigest].statements;
        if (statement.number != next) revert FactNumberUsed(statement.number, next);

        InstitutionId licensee = INSTITUTIONS.actingOfficial(official);
        _state(licensee, statement.purposeDigest, official, statement.facts, statement.document);
    }

    /// @inheritdoc IFactRegistry
    function approveEthics(
        InstitutionId licensee,
        bytes32 purposeDigest,
        uint32 until,
        bytes32 document
    ) external override restricted {
        if (until != 0 && until <= block.timestamp) revert FactApprovalPassed(until, block.timestamp);
        InstitutionId committee = INSTITUTIONS.actingInstitution(_msgSender());
        InstitutionId previous = _committees[licensee][purposeDigest];
        bool isFirst = previous == NO_INSTITUTION && until != 0;
        if (!isFirst && !INSTITUTIONS.isActingFor(committee, previous)) revert FactApprovalNotYours(previous);
        if (until != 0 && INSTITUTIONS.isInConflict(licensee, committee)) {
            revert FactConflictOfInterest(licensee, committee);
        }

        uint32 end = until == 0 ? uint32(block.timestamp) : until;
        _records[licensee][purposeDigest].ethicsUntil = end;
        _committees[licensee][purposeDigest] = committee;
        emit EthicsApproved(licensee, purposeDigest, committee, end, document);
    }

    /// @inheritdoc IFactSource
    function settle(FactQuery calldata query) external view override returns (uint32 held, uint32 unattested) {
        FactRecord storage onRecord = _records[query.licensee][query.purposeDigest];
        uint32 attested = onRecord.attested;
        held = query.stated & ~FACT_NOT_FOR_PROFIT;
        if (query.asked & FACT_NOT_FOR_PROFIT != 0 && _areNotForProfit(query)) {
            held |= FACT_NOT_FOR_PROFIT;
            attested |= FACT_NOT_FOR_PROFIT;
        }
        if (block.timestamp < onRecord.ethicsUntil) {
            held |= FACT_ETHICS_APPROVAL;
            attested |= FACT_ETHICS_APPROVAL;
        } else if (onRecord.ethicsUntil != 0) {
            // A recorded approval that has lapsed or was taken back outweighs what was stated.
            held &= ~FACT_ETHICS_APPROVAL;
        }
        unattested = (ALL_FACTS & ~attested) | query.unattested;
    }

    /// @inheritdoc IFactSource
    function ethicsUntil(InstitutionId licensee, bytes32 purposeDigest) external view override returns (uint32) {
        return _records[licensee][purposeDigest].ethicsUntil;
    }

    /// @inheritdoc IFactRegistry
    function requireRecords(
        InstitutionId licensee,
        Purpose calldata purpose
    ) external view override returns (bytes32 purposeDigest) {
        DataUse.requireValid(purpose);
        _requireRegion(licensee, purpose.regions);
        bytes32[] calldata institutions = purpose.institutions;
        if (institutions.length != 0 && !_contains(institutions, InstitutionId.unwrap(licensee))) {
            revert FactInstitutionUnstated(licensee);
        }
        for (uint256 i = 0; i < institutions.length; ++i) {
            InstitutionId institutionId = InstitutionId.wrap(institutions[i]);
            if (!INSTITUTIONS.isInStanding(institutionId)) {
                revert IInstitutionRegistry.InstitutionNotInStanding(institutionId);
            }
        }
        for (uint256 i = 0; i < purpose.users.length; ++i) {
            if (!_isUser(licensee, institutions, purpose.users[i])) revert FactUserUnknown(purpose.users[i]);
        }
        return DataUse.digest(purpose);
    }

    /// @inheritdoc IFactRegistry
    function requireProcessorRegion(
        InstitutionId processor,
        Purpose calldata purpose
    ) external view override returns (bytes32 purposeDigest) {
        _requireRegion(processor, purpose.regions);
        return DataUse.digest(purpose);
    }

    /// @inheritdoc IFactRegistry
    function recordOf(
        InstitutionId licensee,
        bytes32 purposeDigest
    ) external view override returns (FactRecord memory) {
        return _records[licensee][purposeDigest];
    }

    /// @inheritdoc IFactRegistry
    function committeeOf(InstitutionId licensee, bytes32 purposeDigest) external view override returns (InstitutionId) {
        return _committees[licensee][purposeDigest];
    }

    function _state(
        InstitutionId licensee,
        bytes32 purposeDigest,
        address official,
        uint32 facts,
        bytes32 document
    ) private {
        if (facts & ~ALL_FACTS != 0) revert FactUnknown(facts & ~ALL_FACTS);

        FactRecord storage onRecord = _records[licensee][purposeDigest];
        onRecord.attested = facts;
        ++onRecord.statements;
        emit FactsStated(licensee, purposeDigest, official, facts, document);
    }

    /// @dev The licensee, and every institution that the purpose gives access.
    function _areNotForProfit(FactQuery calldata query) private view returns (bool) {
        if (!INSTITUTIONS.isNotForProfit(query.licensee)) return false;
        for (uint256 i = 0; i < query.institutions.length; ++i) {
            if (!INSTITUTIONS.isNotForProfit(InstitutionId.wrap(query.institutions[i]))) return false;
        }
        return true;
    }

    function _requireRegion(InstitutionId institutionId, uint32[] calldata regions) private view {
        if (regions.length == 0) return;
        uint32 own = INSTITUTIONS.regionOf(institutionId);
        for (uint256 i = 0; i < regions.length; ++i) {
            if (regions[i] == own) return;
        }
        revert FactRegionUnstated(institutionId, own);
    }

    /// @dev Whether the licensee, or an institution that the purpose lists, has a user on record.
    function _isUser(
        InstitutionId licensee,
        bytes32[] calldata institutions,
        bytes32 commitment
    ) private view returns (bool) {
        if (INSTITUTIONS.isUser(licensee, commitment)) return true;
        for (uint256 i = 0; i < institutions.length; ++i) {
            if (INSTITUTIONS.isUser(InstitutionId.wrap(institutions[i]), commitment)) return true;
        }
        return false;
    }

    function _contains(bytes32[] calldata list, bytes32 item) private pure returns (bool) {
        for (uint256 i = 0; i < list.length; ++i) {
            if (list[i] == item) return true;
        }
        return false;
    }
}
