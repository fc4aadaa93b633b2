// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {
    FACT_ETHICS_APPROVAL,
    FACT_PUBLICATION,
    KIND_CC,
    KIND_CTRL,
    KIND_GRU,
    MODIFIER_IRB,
    MODIFIER_NPU,
    MODIFIER_PUB,
    PERMISSION_POA
} from "../../contracts/libraries/DataUse.sol";
import {IFactRegistry} from "../../contracts/licence/IFactRegistry.sol";
import {IPolicyRegistry} from "../../contracts/licence/IPolicyRegistry.sol";
import {Grant, NO_EXPIRY, WithdrawalExtent} from "../../contracts/types/Consent.sol";
import {DatasetRecord} from "../../contracts/types/Dataset.sol";
import {Purpose, Terms} from "../../contracts/types/DataUse.sol";
import {DatasetId, InstitutionId, NO_PARTICIPANT} from "../../contracts/types/Ids.sol";
import {structHash} from "../support/Statements.sol";
import {VM} from "../support/Vm.sol";
import {LicenceGhost} from "./LicenceGhost.sol";

/**
 * @title LicenceParties
 * @notice Whoever has a say in licences, or answers for facts: participants, groups, committee, jurisdiction, custodian
 * and licensees. What each does, the ghost notes.
 */
abstract contract LicenceParties is LicenceGhost {
    uint256 public constant PEOPLE = 3;
    uint256 internal constant GROUPS = 2;
    /// @dev Of the processor that works for the university.
    address internal constant ENGINEER = address(0xE46);

    // How often each invariant was put to the test.
    uint256 public refusals;
    uint256 public switches;
    uint256 public approvals;
    uint256 public statements;
    uint256 public replays;

    /// @dev Datasets as the ghost counts them.
    DatasetRecord[] internal records;
    /// @dev Participants, and after them groups.
    Person[] internal people;
    /// @dev Who signs for each licensee.
    Person[2] private _officials;

    function _gatherParties() internal {
        string[PEOPLE + GROUPS] memory names = ["alice", "bob", "carol", "family", "community"];
        for (uint256 i = 0; i < names.length; ++i) people.push(_person(names[i]));
        catalogue.push(GhostTerms(0, Rule.Nothing, NO_EXPIRY));
        for (uint8 i = 1; i < LASTING_TERMS; ++i) _addTerms(Rule(i), NO_EXPIRY);
        records.push(dataset);
        anchored.push(GhostDataset({isRetracted: false, terms: uint8(Rule.General), isDerived: false, parent: 0}));
        VM.prank(GOVERNANCE);
        institutions.admit(InstitutionId.wrap("a cloud"), _profile(PROCESSOR_BIT, false), ENGINEER);
        for (uint256 i = 0; i < 2; ++i) {
            _officials[i] = _person(i == PHARMAS ? "official of the company" : "official");
            VM.prank(GOVERNANCE);
            institutions.addOfficial(_licensee(i), _officials[i].account);
        }
    }

    /// @dev Published terms with their answers; told from others by their number.
    function _addTerms(Rule rule, uint32 until) internal returns (uint8 index) {
        index = uint8(catalogue.length);
        Terms memory made = _terms(bytes32(uint256(index)));
        made.reConsentBy = until;
        if (rule == Rule.NotForProfit) made.modifiers = MODIFIER_NPU;
        else if (rule == Rule.EthicsApproval) made.modifiers = MODIFIER_IRB;
        else if (rule == Rule.Publication) made.modifiers = MODIFIER_PUB;
        else if (rule == Rule.Ancestry) made.permissions = PERMISSION_POA;
        catalogue.push(GhostTerms(_publishTerms(SCOPE, made), rule, until));
        for (uint256 i = 0; i < USES; ++i) _keepAnswer(made, _purposeOf(Use(i)));
    }

    function _addDataset(bytes32 contentDigest, uint8 terms_) internal returns (uint8 index) {
        index = uint8(records.length);
        records.push(_anchored(contentDigest, catalogue[terms_].digest));
        anchored.push(GhostDataset({isRetracted: false, terms: terms_, isDerived: false, parent: 0}));
    }

    /// @dev A dataset under the same terms, derived from one.
    function _derive(uint8 parent, bytes32 contentDigest) internal returns (uint8 index) {
        index = uint8(records.length);
        uint8 terms_ = anchored[parent].terms;
        DatasetRecord[] memory parents = new DatasetRecord[](1);
        parents[0] = records[parent];
        DatasetRecord memory made = _record(contentDigest, catalogue[terms_].digest);
        made.parents = new DatasetId[](1);
        made.parents[0] = datasets.idOf(parents[0]);
        VM.prank(CUSTODIAN);
        datasets.anchorDerived(made, parents);
        records.push(made);
        anchored.push(GhostDataset({isRetracted: false, terms: terms_, isDerived: true, parent: parent}));
    }

    /// @dev A word that stands is withdrawn first.
    function _grant(uint256 who, uint8 terms_, uint32 until) internal {
        _close(who, false);
        _advance(1);
        Grant memory change = _grantOf(people[who]);
        change.termsDigest = catalogue[terms_].digest;
        change.until = until > _now() ? until : _now() + 1;
        VM.prank(people[who].account);
        consents.grant(change);
        words[who] = GhostSay({isOpen: true, terms: terms_, until: change.until});
    }

    function _close(uint256 who, bool isForNow) internal {
        VM.prank(people[who].account);
        if (isForNow) consents.suspend(SCOPE);
        else consents.withdraw(SCOPE, WithdrawalExtent.NoFurtherUse);
        words[who].isOpen = false;
    }

    /// @dev The committee asks for another group's co-consent, or for none's; the custodian may not.
    function _askForGroup(uint256 group) internal {
        bytes memory call = abi.encodeCall(
            IPolicyRegistry.setCoConsent,
            (SCOPE, group == NO_GROUP ? NO_PARTICIPANT : people[group].id)
        );
        if (askedGroup != NO_GROUP) _expectRefusal(CUSTODIAN, address(policies), call);
        _expectAccepted(COMMITTEE, address(policies), call);
        askedGroup = group;
        ++switches;
    }

    function _setConditions(uint8 terms_) internal {
        bytes memory call = abi.encodeCall(IPolicyRegistry.setCommitteeTerms, (SCOPE, catalogue[terms_].digest));
        _expectAccepted(COMMITTEE, address(policies), call);
        conditions = terms_;
        ++switches;
    }

    function _setRules(uint8 terms_) internal {
        bytes memory call = abi.encodeCall(IPolicyRegistry.setJurisdictionTerms, (SCOPE, catalogue[terms_].digest));
        _expectAccepted(GOVERNANCE, address(policies), call);
        rules = terms_;
        ++switches;
    }

    /// @param until 0 takes back what was approved, which is refused where nothing was.
    function _approveEthics(uint8 licensee, Use use, uint32 until) internal {
        GhostFacts storage facts_ = onRecord[licensee][use];
        bytes memory call = abi.encodeCall(
            IFactRegistry.approveEthics,
            (_licensee(licensee), _digestOf(use), until, "approval")
        );
        if (until == 0 && facts_.ethicsUntil == 0) {
            _expectRefusal(COMMITTEE, address(facts), call);
            return;
        }
        _expectAccepted(COMMITTEE, address(facts), call);
        facts_.ethicsUntil = until == 0 ? _now() : until;
        ++approvals;
    }

    /// @dev By the licensee's own account, or signed by its official and relayed, once.
    function _state(uint8 licensee, Use use, uint32 attested, bool isSigned) internal {
        address sender = licensee == PHARMAS ? COMPANY : RESEARCHER;
        bytes memory call = abi.encodeCall(IFactRegistry.state, (_digestOf(use), attested, "statement"));
        if (isSigned) (sender, call) = (STRANGER, _signedStatement(licensee, use, attested));
        if (isSuspended[licensee]) {
            _expectRefusal(sender, address(facts), call);
            return;
        }
        _expectAccepted(sender, address(facts), call);
        onRecord[licensee][use].attested = attested;
        ++statements;
        if (!isSigned) return;
        _expectRefusal(sender, address(facts), call);
        ++replays;
    }

    function _changeStanding(uint8 licensee) internal {
        VM.prank(GOVERNANCE);
        if (isSuspended[licensee]) institutions.reinstate(_licensee(licensee));
        else institutions.suspend(_licensee(licensee));
        isSuspended[licensee] = !isSuspended[licensee];
    }

    function _expectAccepted(address sender, address target, bytes memory call) internal {
        VM.prank(sender);
        (bool isAccepted, ) = target.call(call);
        VM.assertTrue(isAccepted, "what must be accepted was refused");
    }

    function _expectRefusal(address sender, address target, bytes memory call) internal {
        VM.prank(sender);
        (bool isAccepted, bytes memory reason) = target.call(call);
        VM.assertFalse(isAccepted, "what must be refused was accepted");
        _assertTyped(reason);
    }

    function _assertTyped(bytes memory reason) internal {
        VM.assertGe(reason.length, 4, "refused without saying why");
        ++refusals;
    }

    function _purposeOf(Use use) internal pure returns (Purpose memory purpose) {
        purpose = _purpose(
            use == Use.Care
                ? KIND_CC
                : use == Use.Controls
                    ? KIND_CTRL
                    : KIND_GRU
        );
        if (use != Use.SilentResearch) purpose.stated = FACT_ETHICS_APPROVAL | FACT_PUBLICATION;
    }

    function _signedStatement(uint8 licensee, Use use, uint32 attested) private view returns (bytes memory) {
        bytes32 purposeDigest = _digestOf(use);
        IFactRegistry.Statement memory statement = IFactRegistry.Statement({
            licensee: _licensee(licensee),
            purposeDigest: purposeDigest,
            facts: attested,
            document: "statement",
            number: facts.recordOf(_licensee(licensee), purposeDigest).statements,
            deadline: _now()
        });
        bytes32 digest = _typedData(structHash(statement), "Concord FactRegistry", "1", block.chainid, address(facts));
        return abi.encodeCall(IFactRegistry.stateBySig, (statement, _sign(_officials[licensee], digest)));
    }

    function _licensee(uint256 licensee) private pure returns (InstitutionId) {
        return licensee == PHARMAS ? PHARMA : UNIVERSITY;
    }

    function _digestOf(Use use) private pure returns (bytes32) {
        return keccak256(abi.encode(_purposeOf(use)));
    }
}
