// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {FACT_ETHICS_APPROVAL, FACT_PUBLICATION} from "../../contracts/libraries/DataUse.sol";
import {
    MANUAL_CTRL_NEEDS_REVIEW,
    MANUAL_IRB_UNATTESTED,
    MANUAL_PUB_UNATTESTED
} from "../../contracts/libraries/Verdicts.sol";
import {LAYER_COUNT} from "../../contracts/licence/ILicenceLayers.sol";
import {NO_EXPIRY} from "../../contracts/types/Consent.sol";
import {LayerKind} from "../../contracts/types/DataUse.sol";
import {LicensedStudy} from "../support/LicensedStudy.sol";

/// @title LicenceGhost
/// @notice What everybody who has a say has said, and what follows from it by hand, to hold against the contracts.
abstract contract LicenceGhost is LicensedStudy {
    /// @dev What terms of the campaign ask for, besides general research.
    enum Rule {
        Nothing,
        General,
        NotForProfit,
        EthicsApproval,
        Publication,
        /// Ancestry alone: no purpose of the campaign suits.
        Ancestry
    }

    /// @dev What licences are asked for. All but the last state an ethics approval and publication.
    enum Use {
        Research,
        Care,
        Controls,
        SilentResearch
    }

    struct GhostTerms {
        bytes32 digest;
        Rule rule;
        /// First second at which they no longer hold.
        uint32 until;
    }

    /// @dev What a participant, a group or whoever sets terms has said.
    struct GhostSay {
        bool isOpen;
        /// Index of the terms.
        uint8 terms;
        uint32 until;
    }

    struct GhostDataset {
        bool isRetracted;
        uint8 terms;
        bool isDerived;
        /// Index of the dataset that it is derived from.
        uint8 parent;
    }

    struct GhostLicence {
        bool isIssued;
        bool isTerminated;
        /// Index of the licensee, the dataset.
        uint8 licensee;
        uint8 dataset;
        Use use;
        uint32 until;
        /// When its duty is overdue; 0 for none.
        uint32 dutyDueAt;
        bool isSuspended;
        /// Whether a breach of its duty was declared.
        bool isBroken;
        bool isSubLicence;
        /// Index of the licence that it derives from.
        uint256 parent;
    }

    /// @dev What is on record of a licensee's use.
    struct GhostFacts {
        uint32 attested;
        /// 0 where no committee has ever approved.
        uint32 ethicsUntil;
    }

    uint256 internal constant USES = uint256(type(Use).max) + 1;
    /// @dev Terms that never end stand in the catalogue at their rule's number, none at 0.
    uint8 internal constant LASTING_TERMS = uint8(type(Rule).max) + 1;
    uint8 internal constant PHARMAS = 1;
    uint256 internal constant NO_GROUP = type(uint256).max;
    /// @dev Every MANUAL reason that there is in the campaign.
    uint256 internal constant REVIEWS = MANUAL_CTRL_NEEDS_REVIEW | MANUAL_IRB_UNATTESTED | MANUAL_PUB_UNATTESTED;

    GhostTerms[] internal catalogue;
    /// @dev Of participants, and after them of groups.
    mapping(uint256 who => GhostSay word) internal words;
    uint256 internal askedGroup = NO_GROUP;
    /// @dev The committee's terms and the jurisdiction's.
    uint8 internal conditions;
    uint8 internal rules;
    GhostDataset[] internal anchored;
    GhostLicence[] internal asked;
    mapping(uint256 licensee => mapping(Use use => GhostFacts)) internal onRecord;
    bool[2] internal isSuspended;
    mapping(uint256 licence => mapping(bytes32 terms => uint256 manual)) internal resolved;

    /// @dev Whether a licence is effective for a participant: each reason against it, by hand.
    function _ghostSays(uint256 licence, uint256 who) internal view returns (bool) {
        GhostLicence storage given = asked[licence];
        // 6: its end, the licence that it derives from, its dataset and its ancestors, its licensee's standing.
        if (!given.isIssued || given.isTerminated || given.until <= block.timestamp) return false;
        if (given.isSubLicence) return _ghostSays(given.parent, who);
        if (!_ghostStands(given.dataset) || isSuspended[given.licensee]) return false;
        // 6: its own suspension, its duties, an ethics approval on record.
        if (given.isSuspended || given.isBroken) return false;
        if (given.dutyDueAt != 0 && given.dutyDueAt <= block.timestamp) return false;
        uint32 ethicsUntil = onRecord[given.licensee][given.use].ethicsUntil;
        if (ethicsUntil != 0 && ethicsUntil <= block.timestamp) return false;
        // 5: every layer, MANUAL reasons resolved for its terms. 6: the ethics approval, where terms ask for it.
        for (uint256 i = 0; i < LAYER_COUNT; ++i) {
            (bool denies, uint256 manual, uint8 terms_) = _layerSays(licence, LayerKind(i), who);
            if (denies || _tagged(manual, LayerKind(i)) & ~resolved[licence][catalogue[terms_].digest] != 0)
                return false;
        }
        return true;
    }

    /// @dev Whether neither a dataset nor what it derives from was retracted.
    function _ghostStands(uint8 index) internal view returns (bool) {
        GhostDataset memory found = anchored[index];
        return !found.isRetracted && (!found.isDerived || _ghostStands(found.parent));
    }

    /// @dev One layer alone: whether it denies, its MANUAL reasons, and by which terms.
    function _layerSays(
        uint256 licence,
        LayerKind layer,
        uint256 who
    ) internal view returns (bool denies, uint256 manual, uint8 terms_) {
        GhostSay memory say = _sayOf(licence, layer, who);
        terms_ = say.terms;
        GhostTerms storage by = catalogue[terms_];
        if (!say.isOpen || say.until <= block.timestamp || by.until <= block.timestamp) return (true, 0, terms_);
        if (by.rule == Rule.Nothing) return (false, 0, terms_);
        GhostLicence storage given = asked[licence];
        if (by.rule == Rule.Ancestry || given.use == Use.Care) return (true, 0, terms_);

        GhostFacts storage facts_ = onRecord[given.licensee][given.use];
        bool isSilent = given.use == Use.SilentResearch;
        if (given.use == Use.Controls) manual = MANUAL_CTRL_NEEDS_REVIEW;
        if (by.rule == Rule.NotForProfit) {
            denies = given.licensee == PHARMAS;
        } else if (by.rule == Rule.Publication) {
            denies = isSilent;
            if (facts_.attested & FACT_PUBLICATION == 0) manual |= MANUAL_PUB_UNATTESTED;
        } else if (by.rule == Rule.EthicsApproval && facts_.ethicsUntil != 0) {
            denies = facts_.ethicsUntil <= block.timestamp;
        } else if (by.rule == Rule.EthicsApproval) {
            denies = isSilent;
            if (facts_.attested & FACT_ETHICS_APPROVAL == 0) manual |= MANUAL_IRB_UNATTESTED;
        }
    }

    /// @dev Whoever is not asked is open for ever and asks for nothing.
    function _sayOf(uint256 licence, LayerKind layer, uint256 who) private view returns (GhostSay memory) {
        if (layer == LayerKind.Consent) return words[who];
        if (layer == LayerKind.CoConsent && askedGroup != NO_GROUP) return words[askedGroup];
        GhostSay memory say = GhostSay({isOpen: true, terms: uint8(Rule.Nothing), until: NO_EXPIRY});
        if (layer == LayerKind.Dataset) say.terms = anchored[asked[licence].dataset].terms;
        else if (layer == LayerKind.Committee) say.terms = conditions;
        else if (layer == LayerKind.Jurisdiction) say.terms = rules;
        return say;
    }
}
