// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";

import {Roles} from "../../contracts/access/Roles.sol";
import {ITermsRegistry} from "../../contracts/consent/ITermsRegistry.sol";
import {IDatasetRegistry} from "../../contracts/dataset/IDatasetRegistry.sol";
import {IInstitutionRegistry} from "../../contracts/identity/IInstitutionRegistry.sol";
import {DatasetRecord, Mirror} from "../../contracts/types/Dataset.sol";
import {Terms} from "../../contracts/types/DataUse.sol";
import {DatasetId, InstitutionId} from "../../contracts/types/Ids.sol";
import {Institution, InstitutionType, Standing} from "../../contracts/types/Institution.sol";
import {LicensedStudy} from "../support/LicensedStudy.sol";
import {IVm, VM} from "../support/Vm.sol";

/// @title EventsTest
/// @notice Invariant 10: state rebuilt from events alone equals the contracts' state, terms and roles included.
/// @dev Consent words are rebuilt by ConsentHandler, audit heads by LicenceHandler, licences by LicenceEventsTest.
contract EventsTest is LicensedStudy {
    uint256 private constant STEPS = 30;
    uint256 private constant ACCOUNTS = 4;
    uint256 private constant USERS = 2;
    uint64 private constant ROLE_NUMBERS = Roles.INSTITUTION_ROLES + Roles.INSTITUTION_ROLE_COUNT;

    // What the events say.
    mapping(bytes32 institutionId => Institution record) private _institutions;
    mapping(bytes32 institutionId => bytes32 successor) private _successorOf;
    mapping(address account => bytes32 institutionId) private _institutionOf;
    mapping(address official => bytes32 institutionId) private _officialOf;
    mapping(bytes32 commitment => bytes32 institutionId) private _userOf;
    mapping(bytes32 institutionId => mapping(bytes32 other => bool isInConflict)) private _conflicts;
    bytes32[2] private _responsible;
    mapping(uint256 role => mapping(address account => bool holds)) private _roles;
    mapping(uint256 number => bytes32 digest) private _termsDigests;
    mapping(uint256 number => uint32 from) private _termsFrom;
    uint256 private _termsCount;
    mapping(bytes32 datasetId => uint256 standing) private _datasets;
    mapping(bytes32 datasetId => DatasetId[] parents) private _parents;
    mapping(bytes32 datasetId => bytes32 custodian) private _custodianOf;
    mapping(bytes32 datasetId => bytes32 digest) private _copies;
    mapping(bytes32 datasetId => uint32 offer) private _offers;
    mapping(bytes32 datasetId => bool isMirrored) private _mirrored;
    mapping(bytes32 datasetId => uint32 offer) private _attested;

    bytes32[] private _datasetIds;
    DatasetRecord[] private _records;
    uint256 private _accepted;

    function setUp() public {
        VM.recordLogs();
        _deployStudy();
        _rebuild();
        DatasetRecord memory record = dataset;
        _records.push(record);
        _datasetIds.push(DatasetId.unwrap(datasets.idOf(record)));
    }

    function testFuzz_10_GivenAnyActs_WhenRebuiltFromEvents_EqualsTheContracts(uint256 seed) public {
        for (uint256 i = 0; i < STEPS; ++i) {
            _advance(1);
            _act(uint256(keccak256(abi.encode(seed, i))));
        }
        VM.assertGt(_accepted, 0, "10: nothing was accepted");
        _assertInstitutions();
        _assertRoles();
        _assertTerms();
        _assertDatasets();
    }

    /// @dev Whatever act, in order or not.
    function _act(uint256 draw) private {
        uint256 verb = draw % 9;
        draw >>= 8;
        if (verb < 3) _administer(draw);
        else if (verb < 5) _actAsMember(draw);
        else if (verb < 7) _actOnTerms(draw);
        else _actOnDatasets(verb, draw);
    }

    function _administer(uint256 draw) private {
        InstitutionId institutionId = InstitutionId.wrap(_institutionAt((draw >> 8) % 6));
        InstitutionId other = InstitutionId.wrap(_institutionAt((draw >> 16) % 6));
        address account = _accountAt((draw >> 24) % ACCOUNTS);
        bytes[10] memory calls = [
            abi.encodeCall(
                IInstitutionRegistry.admit,
                (institutionId, _profile(uint8((draw >> 32) % 32), draw >> 40 != 0), account)
            ),
            abi.encodeCall(IInstitutionRegistry.addAccount, (institutionId, account)),
            abi.encodeCall(IInstitutionRegistry.removeAccount, (account)),
            abi.encodeCall(IInstitutionRegistry.addOfficial, (institutionId, account)),
            abi.encodeCall(IInstitutionRegistry.removeOfficial, (account)),
            abi.encodeCall(IInstitutionRegistry.suspend, (institutionId)),
            abi.encodeCall(IInstitutionRegistry.reinstate, (institutionId)),
            abi.encodeCall(IInstitutionRegistry.expel, (institutionId)),
            abi.encodeCall(IInstitutionRegistry.succeed, (institutionId, other)),
            abi.encodeCall(IInstitutionRegistry.liftConflict, (institutionId, other, "reasons"))
        ];
        _try(GOVERNANCE, address(institutions), calls[draw % calls.length]);
    }

    function _actAsMember(uint256 draw) private {
        address account = _accountAt((draw >> 8) % ACCOUNTS);
        bytes32 commitment = _userAt((draw >> 16) % USERS);
        InstitutionId other = InstitutionId.wrap(_institutionAt((draw >> 24) % 6));
        bytes[3] memory calls = [
            abi.encodeCall(IInstitutionRegistry.addUser, (commitment)),
            abi.encodeCall(IInstitutionRegistry.removeUser, (commitment)),
            abi.encodeCall(IInstitutionRegistry.declareConflict, (other, "declaration"))
        ];
        uint256 verb = draw % 4;
        if (verb == 3) _try(account, address(terms), abi.encodeCall(ITermsRegistry.claimScope, (SCOPE)));
        else _try(account, address(institutions), calls[verb]);
    }

    function _actOnTerms(uint256 draw) private {
        Terms memory given = _terms(bytes32(draw % 8));
        given.from = uint32(draw % 3);
        bytes memory call = abi.encodeCall(ITermsRegistry.publish, (SCOPE, given));
        _try(draw % 2 == 0 ? CUSTODIAN : COMMITTEE, address(terms), call);
    }

    function _actOnDatasets(uint256 verb, uint256 draw) private {
        DatasetRecord memory record = _records[draw % _records.length];
        if (verb == 7) {
            _anchor(record, draw);
            return;
        }
        if (draw % 5 == 0) {
            bytes memory claiming = abi.encodeCall(IDatasetRegistry.claim, (record));
            _try(_accountAt((draw >> 8) % ACCOUNTS), address(datasets), claiming);
            return;
        }
        bytes32 copyDigest = bytes32(1 + (draw % 2));
        DatasetId datasetId = DatasetId.wrap(keccak256(abi.encode(record)));
        bytes memory call = abi.encodeCall(IDatasetRegistry.withdrawMirror, (datasetId));
        if (draw % 7 == 0) call = abi.encodeCall(IDatasetRegistry.retract, (record));
        else if (draw % 7 < 4) call = abi.encodeCall(IDatasetRegistry.offerCopy, (record, copyDigest, 9));
        else if (draw % 7 < 6) call = abi.encodeCall(IDatasetRegistry.attestMirror, (datasetId, copyDigest));
        _try(draw % 7 < 4 ? CUSTODIAN : RESEARCHER, address(datasets), call);
    }

    function _anchor(DatasetRecord memory record, uint256 draw) private {
        DatasetRecord memory next = _record(bytes32(draw), standardTerms);
        bytes memory call;
        if (draw % 2 == 0) {
            next.previous = DatasetId.wrap(keccak256(abi.encode(record)));
            call = abi.encodeCall(IDatasetRegistry.anchorVersion, (next, record));
        } else {
            DatasetRecord[] memory parents = new DatasetRecord[](1);
            parents[0] = record;
            next.parents = new DatasetId[](1);
            next.parents[0] = DatasetId.wrap(keccak256(abi.encode(record)));
            call = abi.encodeCall(IDatasetRegistry.anchorDerived, (next, parents));
        }
        if (!_try(CUSTODIAN, address(datasets), call)) return;
        _records.push(next);
        _datasetIds.push(keccak256(abi.encode(next)));
    }

    /// @dev Rebuilds from the events of an accepted call; the recorder keeps those of a refused one too.
    function _try(address sender, address target, bytes memory call) private returns (bool success) {
        VM.recordLogs();
        VM.prank(sender);
        (success, ) = target.call(call);
        if (success) {
            _rebuild();
            ++_accepted;
        }
    }

    function _rebuild() private {
        IVm.Log[] memory logs = VM.getRecordedLogs();
        for (uint256 i = 0; i < logs.length; ++i) {
            bytes32 event_ = logs[i].topics[0];
            // Each contract's authority is announced without a topic, and is no state of the suite's own.
            if (logs[i].topics.length == 1) continue;
            if (logs[i].emitter == address(manager)) _rebuildRoles(event_, logs[i]);
            else if (logs[i].emitter == address(institutions)) _rebuildInstitutions(event_, logs[i]);
            else _rebuildRecords(event_, logs[i]);
        }
    }

    function _rebuildRoles(bytes32 event_, IVm.Log memory log) private {
        if (event_ == IAccessManager.RoleGranted.selector) _roles[uint256(log.topics[1])][_account(log)] = true;
        if (event_ == IAccessManager.RoleRevoked.selector) _roles[uint256(log.topics[1])][_account(log)] = false;
    }

    function _rebuildInstitutions(bytes32 event_, IVm.Log memory log) private {
        bytes32 institutionId = log.topics[1];
        Institution storage record = _institutions[institutionId];
        if (event_ == IInstitutionRegistry.InstitutionAdmitted.selector) {
            (record.roles, record.notForProfit, record.institutionType, record.region) = abi.decode(
                log.data,
                (uint8, bool, InstitutionType, uint32)
            );
            (record.standing, record.admittedAt) = (Standing.Admitted, _now());
        } else if (event_ == IInstitutionRegistry.InstitutionSuspended.selector) {
            record.standing = Standing.Suspended;
        } else if (event_ == IInstitutionRegistry.InstitutionReinstated.selector) {
            record.standing = Standing.Admitted;
        } else if (event_ == IInstitutionRegistry.InstitutionExpelled.selector) {
            record.standing = Standing.Expelled;
        } else if (event_ == IInstitutionRegistry.InstitutionSucceeded.selector) {
            record.standing = Standing.Succeeded;
            _successorOf[institutionId] = log.topics[2];
        } else {
            _rebuildMembers(event_, log);
        }
    }

    function _rebuildMembers(bytes32 event_, IVm.Log memory log) private {
        (bytes32 institutionId, bytes32 other) = (log.topics[1], log.topics[2]);
        if (event_ == IInstitutionRegistry.InstitutionAccountAdded.selector) {
            _institutionOf[_account(log)] = institutionId;
        } else if (event_ == IInstitutionRegistry.InstitutionAccountRemoved.selector) {
            _institutionOf[_account(log)] = 0;
        } else if (event_ == IInstitutionRegistry.InstitutionOfficialAdded.selector) {
            _officialOf[_account(log)] = institutionId;
        } else if (event_ == IInstitutionRegistry.InstitutionOfficialRemoved.selector) {
            _officialOf[_account(log)] = 0;
        } else if (event_ == IInstitutionRegistry.InstitutionUserAdded.selector) {
            _userOf[other] = institutionId;
        } else if (event_ == IInstitutionRegistry.InstitutionUserRemoved.selector) {
            _userOf[other] = 0;
        } else if (event_ == IInstitutionRegistry.InstitutionConflictDeclared.selector) {
            _conflicts[institutionId][other] = _conflicts[other][institutionId] = true;
        } else if (event_ == IInstitutionRegistry.InstitutionConflictLifted.selector) {
            _conflicts[institutionId][other] = _conflicts[other][institutionId] = false;
        }
    }

    function _rebuildRecords(bytes32 event_, IVm.Log memory log) private {
        if (event_ == ITermsRegistry.TermsPublished.selector && log.topics[1] == keccak256("a study")) {
            (, Terms memory given) = abi.decode(log.data, (bytes32, Terms));
            _termsCount = uint256(log.topics[2]);
            _termsDigests[_termsCount] = keccak256(abi.encode(given));
            _termsFrom[_termsCount] = given.from;
        } else if (_isOfResponsibility(event_) && log.topics[1] == keccak256("a study")) {
            _responsible = [log.topics[2], log.topics[3]];
        } else if (event_ == IDatasetRegistry.DatasetAnchored.selector) {
            (, DatasetRecord memory record) = abi.decode(log.data, (uint32, DatasetRecord));
            _datasets[log.topics[1]] = 1;
            _parents[log.topics[1]] = record.parents;
        } else if (event_ == IDatasetRegistry.DatasetClaimed.selector) {
            _custodianOf[log.topics[1]] = log.topics[2];
        } else if (event_ == IDatasetRegistry.DatasetRetracted.selector) {
            _datasets[log.topics[1]] = 2;
        } else if (event_ == IDatasetRegistry.DatasetCopyOffered.selector) {
            (_copies[log.topics[1]], , _offers[log.topics[1]]) = abi.decode(log.data, (bytes32, uint64, uint32));
        } else if (event_ == IDatasetRegistry.DatasetMirrorAttested.selector) {
            _mirrored[log.topics[1]] = true;
            (, _attested[log.topics[1]]) = abi.decode(log.data, (bytes32, uint32));
        } else if (event_ == IDatasetRegistry.DatasetMirrorWithdrawn.selector) {
            _mirrored[log.topics[1]] = false;
        }
    }

    function _assertInstitutions() private {
        for (uint256 i = 0; i < 6; ++i) {
            InstitutionId institutionId = InstitutionId.wrap(_institutionAt(i));
            Institution memory rebuilt = _institutions[_institutionAt(i)];
            if (rebuilt.standing == Standing.None) {
                VM.expectPartialRevert(IInstitutionRegistry.InstitutionUnknown.selector);
                institutions.institution(institutionId);
            } else {
                Institution memory found = institutions.institution(institutionId);
                VM.assertEq(keccak256(abi.encode(found)), keccak256(abi.encode(rebuilt)), "record");
            }
            bytes32 successor = InstitutionId.unwrap(institutions.successorOf(institutionId));
            VM.assertEq(successor, _successorOf[_institutionAt(i)], "successor");
            for (uint256 j = 0; j < USERS; ++j) {
                bool isUser = institutions.isUser(institutionId, _userAt(j));
                VM.assertTrue(isUser == (_userOf[_userAt(j)] == _institutionAt(i)), "user");
            }
            for (uint256 j = 0; j < 6; ++j) {
                bool isInConflict = institutions.isInConflict(institutionId, InstitutionId.wrap(_institutionAt(j)));
                VM.assertTrue(isInConflict == (i == j || _conflicts[_institutionAt(i)][_institutionAt(j)]), "conflict");
            }
        }
        for (uint256 i = 0; i < ACCOUNTS; ++i) {
            bytes32 found = InstitutionId.unwrap(institutions.institutionOf(_accountAt(i)));
            VM.assertEq(found, _institutionOf[_accountAt(i)], "account");
            found = InstitutionId.unwrap(institutions.officialOf(_accountAt(i)));
            VM.assertEq(found, _officialOf[_accountAt(i)], "official");
        }
    }

    function _assertRoles() private view {
        address[4] memory others = [deployer, GOVERNANCE, address(institutions), STRANGER];
        for (uint64 role = 0; role < ROLE_NUMBERS; ++role) {
            for (uint256 i = 0; i < ACCOUNTS; ++i) _assertRole(role, _accountAt(i));
            for (uint256 i = 0; i < others.length; ++i) _assertRole(role, others[i]);
        }
    }

    function _assertRole(uint64 role, address account) private view {
        (bool holds, ) = manager.hasRole(role, account);
        VM.assertTrue(holds == _roles[role][account], "role");
    }

    function _assertTerms() private view {
        (InstitutionId custodian, InstitutionId committee) = terms.scope(SCOPE);
        VM.assertEq(InstitutionId.unwrap(custodian), _responsible[0], "custodian");
        VM.assertEq(InstitutionId.unwrap(committee), _responsible[1], "committee");
        VM.assertEq(terms.termsCount(SCOPE), _termsCount, "count of terms");
        for (uint16 i = 0; i <= _termsCount + 1; ++i) {
            (bytes32 digest, uint32 from) = terms.termsAt(SCOPE, i);
            VM.assertEq(digest, _termsDigests[i], "digest of terms");
            VM.assertEq(from, _termsFrom[i], "start of terms");
        }
    }

    function _assertDatasets() private view {
        for (uint256 i = 0; i < _datasetIds.length; ++i) {
            bytes32 id = _datasetIds[i];
            DatasetId datasetId = DatasetId.wrap(id);
            VM.assertTrue(datasets.isStanding(datasetId) == _stands(id), "dataset");
            VM.assertEq(InstitutionId.unwrap(datasets.custodianOf(datasetId)), _custodianOf[id], "custodian");
            (bytes32 copyDigest, , ) = datasets.copyOf(datasetId);
            VM.assertEq(copyDigest, _copies[id], "copy");
            Mirror[] memory mirrors = datasets.mirrorsOf(datasetId);
            VM.assertEq(mirrors.length, _mirrored[id] ? 1 : 0, "mirrors");
            if (mirrors.length == 0) continue;
            bool isFresh = _attested[id] == _offers[id] && institutions.isInStanding(UNIVERSITY);
            VM.assertTrue(mirrors[0].isFresh == isFresh, "freshness");
        }
    }

    function _stands(bytes32 datasetId) private view returns (bool) {
        if (_datasets[datasetId] != 1) return false;
        DatasetId[] storage parents = _parents[datasetId];
        for (uint256 i = 0; i < parents.length; ++i) {
            if (!_stands(DatasetId.unwrap(parents[i]))) return false;
        }
        return true;
    }

    function _institutionAt(uint256 index) private pure returns (bytes32) {
        InstitutionId[6] memory all = [BIOBANK, ETHICS, UNIVERSITY, PHARMA, NOBODY, InstitutionId.wrap("one more")];
        return InstitutionId.unwrap(all[index]);
    }

    function _accountAt(uint256 index) private pure returns (address) {
        return [CUSTODIAN, RESEARCHER, address(0xACC1), address(0xACC2)][index];
    }

    function _userAt(uint256 index) private pure returns (bytes32) {
        return keccak256(abi.encode("a user", index));
    }

    function _isOfResponsibility(bytes32 event_) private pure returns (bool) {
        return event_ == ITermsRegistry.ScopeCreated.selector || event_ == ITermsRegistry.ScopeClaimed.selector;
    }

    function _account(IVm.Log memory log) private pure returns (address) {
        return address(uint160(uint256(log.topics[2])));
    }
}
