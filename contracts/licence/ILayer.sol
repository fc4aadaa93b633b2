// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Verdict} from "../types/DataUse.sol";
import {InstitutionId, ParticipantId, ScopeId} from "../types/Ids.sol";

/// @dev What a layer is asked.
struct LayerQuery {
    ScopeId scopeId;
    /// Digest of the dataset's own terms.
    bytes32 datasetTerms;
    bytes32 purposeDigest;
    InstitutionId licensee;
    /// Bits of the categories and elements that the purpose asks for; 0 is none in particular.
    uint64 elements;
    /// Whose data is meant; empty where a layer is asked about the shared use.
    ParticipantId participantId;
}

/**
 * @title ILayer
 * @notice The seam through which whoever has a say is asked: the participant, a group, the dataset, the committee, the
 * jurisdiction. Layers are decided alone and joined; none can overrule another's DENY.
 */
interface ILayer {
    /**
     * @notice What this layer says now.
     * @return verdict reasons tagged with the layer's kind.
     * @return termsDigest the terms that it follows from: votes resolve MANUAL reasons for those terms only.
     */
    function verdictOn(LayerQuery calldata query) external view returns (Verdict memory verdict, bytes32 termsDigest);
}
