// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {DataLevel} from "../types/Dataset.sol";
import {Verdict} from "../types/DataUse.sol";
import {InstitutionId, ParticipantId, ScopeId} from "../types/Ids.sol";

/// @dev How many layers there are: the members of LayerKind.
uint256 constant LAYER_COUNT = 5;

/// @dev What the layers are asked.
struct LayerQuery {
    ScopeId scopeId;
    /// Digest of the dataset's own terms.
    bytes32 datasetTerms;
    bytes32 purposeDigest;
    InstitutionId licensee;
    /// Bits of the categories and elements that the purpose asks for; 0 is none in particular.
    uint64 elements;
    /// How close the dataset is to a person.
    DataLevel level;
    /// Whose data is meant; empty where only the layers are asked that say the same for every participant.
    ParticipantId participantId;
}

/**
 * @title ILicenceLayers
 * @notice The seam through which whoever has a say in a use is asked: the participant, a group, the dataset, the
 * committee, the jurisdiction. Layers are decided alone and joined; none can overrule another's DENY.
 */
interface ILicenceLayers {
    /**
     * @notice What all who have a say say now.
     * @return verdict their reasons, each tagged with its layer.
     * @return termsDigests by LayerKind, the terms that a layer's reasons follow from (zero where it follows none):
     * votes resolve MANUAL reasons for those terms only.
     */
    function verdictOn(
        LayerQuery calldata query
    ) external view returns (Verdict memory verdict, bytes32[LAYER_COUNT] memory termsDigests);
}
