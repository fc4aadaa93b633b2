export {
  createConcordClient,
  type ConcordClient,
  type CreateConcordClientErrorType,
  type CreateConcordClientParameters,
} from "./client.ts";
export {
  encodePurpose,
  encodeTerms,
  purposeDigest,
  termsDigest,
  type EncodePurposeErrorType,
  type EncodeTermsErrorType,
  type PurposeDigestErrorType,
  type TermsDigestErrorType,
} from "./dataUse/digests.ts";
export { diffTerms, type DiffTermsOptions, type TermsDifference } from "./dataUse/diff.ts";
export {
  termsFromCodes,
  termsToCodes,
  type DataUseCode,
  type DataUseNames,
  type MissingParameter,
  type TermsCode,
  type TermsDraft,
  type TermsFromCodesErrorType,
  type TermsFromCodesReturnType,
} from "./dataUse/duo.ts";
export {
  FEW_PARTICIPANTS,
  warningsOfTerms,
  type TermsWarning,
  type TermsWarningName,
  type WarningsOfTermsOptions,
} from "./dataUse/warnings.ts";
export { askMatchingLens, type AskMatchingLensParameters } from "./dataUse/askMatchingLens.ts";
export {
  commitTo,
  opensCommitment,
  type Commitment,
  type CommitToErrorType,
  type OpensCommitmentErrorType,
} from "./dataUse/commitments.ts";
export {
  closeElements,
  type DataCategory,
  type DataDictionary,
  type DataElement,
  dictionaryFromJson,
  type DictionaryFromJsonErrorType,
  dictionaryRoot,
  elementsOfNames,
  type ElementsOfNamesErrorType,
  namesOfElements,
} from "./dataUse/dictionary.ts";
export {
  LEGAL_BASES,
  purposeFromJson,
  purposeToJson,
  termsFromJson,
  termsToJson,
  type PinnedReleases,
  type PurposeFromJsonErrorType,
  type TermsFromJsonErrorType,
} from "./dataUse/json.ts";
export {
  decideCase,
  matchingCasesFromJson,
  type MatchingCase,
  type MatchingCasesFromJsonErrorType,
} from "./dataUse/matchingCases.ts";
export { matchingCasesSchema, purposeSchema, termsSchema } from "./dataUse/schemas.ts";
export { isRegionWithin, REGION_GROUPS, regionCode, regionName, type RegionCodeErrorType } from "./dataUse/regions.ts";
export {
  deriveParticipantKey,
  type DeriveParticipantKeyErrorType,
  type DeriveParticipantKeyParameters,
  type DeriveParticipantKeyReturnType,
} from "./deriveParticipantKey.ts";
export {
  BaseError,
  ChainMismatchError,
  ConcordContractError,
  decodeContractError,
  HeaderMismatchError,
  HistoryIncompleteError,
  InvalidInputError,
  LawfulnessProofError,
  NotFoundError,
  ProvenanceIncompleteError,
  RequestFailedError,
  StateProofUnavailableError,
  TransactionReplacedError,
  TransactionRevertedError,
  WalletMissingError,
  type ErrorArguments,
  type LawfulnessProofErrorName,
} from "./errors.ts";
export {
  fromEthers,
  type EthersProvider,
  type EthersSigner,
  type FromEthersErrorType,
  type FromEthersReturnType,
} from "./fromEthers.ts";
export { getBlock, type GetBlockErrorType, type GetBlockParameters, type GetBlockReturnType } from "./getBlock.ts";
export {
  institutionIdOf,
  participantIdInSeries,
  participantIdOf,
  randomParticipantId,
  randomParticipantSeries,
  scopeIdOf,
  type InstitutionIdOfErrorType,
  type ParticipantIdInSeriesErrorType,
  type ParticipantIdOfErrorType,
  type ScopeIdOfErrorType,
} from "./ids.ts";
export { buildAccessTree, type AccessTree, type BuildAccessTreeErrorType } from "./audit/buildAccessTree.ts";
export {
  buildBlockHeader,
  type BuildBlockHeaderErrorType,
  type BuildBlockHeaderParameters,
  type BuildBlockHeaderReturnType,
} from "./audit/buildBlockHeader.ts";
export {
  countAccesses,
  type AccessCount,
  type CountAccessesErrorType,
  type CountAccessesParameters,
  type CountAccessesReturnType,
} from "./audit/countAccesses.ts";
export {
  getAccessLeaves,
  type GetAccessLeavesErrorType,
  type GetAccessLeavesParameters,
  type GetAccessLeavesReturnType,
} from "./audit/getAccessLeaves.ts";
export {
  getAuditEntry,
  type GetAuditEntryErrorType,
  type GetAuditEntryParameters,
  type GetAuditEntryReturnType,
} from "./audit/getAuditEntry.ts";
export {
  listAuditEntries,
  type ListAuditEntriesErrorType,
  type ListAuditEntriesParameters,
  type ListAuditEntriesReturnType,
} from "./audit/listAuditEntries.ts";
export {
  logAccess,
  type LogAccessErrorType,
  type LogAccessParameters,
  type LogAccessReturnType,
} from "./audit/logAccess.ts";
export {
  makeLawfulnessProof,
  type MakeLawfulnessProofErrorType,
  type MakeLawfulnessProofParameters,
  type MakeLawfulnessProofReturnType,
} from "./audit/makeLawfulnessProof.ts";
export {
  proveLawfulness,
  type ProveLawfulnessErrorType,
  type ProveLawfulnessParameters,
  type ProveLawfulnessReturnType,
} from "./audit/proveLawfulness.ts";
export { suppressAccessCounts, type PublicAccessCount } from "./audit/suppressAccessCounts.ts";
export {
  verifyLawfulnessProof,
  type ProvedBlock,
  type VerifyLawfulnessProofErrorType,
  type VerifyLawfulnessProofParameters,
  type VerifyLawfulnessProofReturnType,
} from "./audit/verifyLawfulnessProof.ts";
export {
  annulConsent,
  type AnnulConsentErrorType,
  type AnnulConsentParameters,
  type AnnulConsentReturnType,
} from "./consents/annulConsent.ts";
export {
  attestClosing,
  type AttestClosingErrorType,
  type AttestClosingParameters,
  type AttestClosingReturnType,
} from "./consents/attestClosing.ts";
export {
  cancelRecovery,
  type CancelRecoveryErrorType,
  type CancelRecoveryParameters,
  type CancelRecoveryReturnType,
} from "./consents/cancelRecovery.ts";
export {
  completeRecovery,
  type CompleteRecoveryErrorType,
  type CompleteRecoveryParameters,
  type CompleteRecoveryReturnType,
} from "./consents/completeRecovery.ts";
export {
  confirmRecovery,
  type ConfirmRecoveryErrorType,
  type ConfirmRecoveryParameters,
  type ConfirmRecoveryReturnType,
} from "./consents/confirmRecovery.ts";
export {
  declineConsent,
  type DeclineConsentErrorType,
  type DeclineConsentParameters,
  type DeclineConsentReturnType,
} from "./consents/declineConsent.ts";
export {
  encodeSignedChange,
  type EncodeSignedChangeErrorType,
  type SignedAgreement,
  type SignedAnnul,
  type SignedChange,
  type SignedClosing,
  type SignedDecline,
  type SignedExtend,
  type SignedGrant,
  type SignedResume,
  type SignedSuspend,
  type SignedTakeOver,
  type SignedUpdate,
  type SignedVeto,
  type SignedWithdraw,
} from "./consents/encodeSignedChange.ts";
export {
  extendConsent,
  type ExtendConsentErrorType,
  type ExtendConsentParameters,
  type ExtendConsentReturnType,
} from "./consents/extendConsent.ts";
export {
  getConsent,
  type GetConsentErrorType,
  type GetConsentParameters,
  type GetConsentReturnType,
} from "./consents/getConsent.ts";
export {
  getConsentHistory,
  type GetConsentHistoryErrorType,
  type GetConsentHistoryParameters,
  type GetConsentHistoryReturnType,
} from "./consents/getConsentHistory.ts";
export {
  getConsentStatusAt,
  type GetConsentStatusAtErrorType,
  type GetConsentStatusAtParameters,
  type GetConsentStatusAtReturnType,
} from "./consents/getConsentStatusAt.ts";
export {
  getConsents,
  type GetConsentsErrorType,
  type GetConsentsParameters,
  type GetConsentsReturnType,
  type StandingConsent,
} from "./consents/getConsents.ts";
export {
  getForward,
  type GetForwardErrorType,
  type GetForwardParameters,
  type GetForwardReturnType,
} from "./consents/getForward.ts";
export {
  type ConsentKey,
  getHistories,
  type GetHistoriesErrorType,
  type GetHistoriesParameters,
  type GetHistoriesReturnType,
} from "./consents/getHistories.ts";
export {
  getPermittedAt,
  type GetPermittedAtErrorType,
  type GetPermittedAtParameters,
  type GetPermittedAtReturnType,
} from "./consents/getPermittedAt.ts";
export {
  getRecovery,
  type GetRecoveryErrorType,
  type GetRecoveryParameters,
  type GetRecoveryReturnType,
  type PendingRecovery,
} from "./consents/getRecovery.ts";
export {
  grantConsent,
  type GrantConsentErrorType,
  type GrantConsentParameters,
  type GrantConsentReturnType,
} from "./consents/grantConsent.ts";
export {
  importConsent,
  type ImportConsentErrorType,
  type ImportConsentParameters,
  type ImportConsentReturnType,
} from "./consents/importConsent.ts";
export {
  importConsents,
  type ImportConsentsErrorType,
  type ImportConsentsParameters,
  type ImportConsentsReturnType,
  type ImportSummary,
} from "./consents/importConsents.ts";
export type { PaperConsent } from "./internal/papers.ts";
export {
  proposeRecovery,
  type ProposeRecoveryErrorType,
  type ProposeRecoveryParameters,
  type ProposeRecoveryReturnType,
} from "./consents/proposeRecovery.ts";
export {
  relayConsentChanges,
  type RelayConsentChangesErrorType,
  type RelayConsentChangesParameters,
  type RelayConsentChangesReturnType,
} from "./consents/relayConsentChanges.ts";
export {
  resumeConsent,
  type ResumeConsentErrorType,
  type ResumeConsentParameters,
  type ResumeConsentReturnType,
} from "./consents/resumeConsent.ts";
export {
  signAnnul,
  type SignAnnulErrorType,
  type SignAnnulParameters,
  type SignAnnulReturnType,
} from "./consents/signAnnul.ts";
export {
  signDecline,
  type SignDeclineErrorType,
  type SignDeclineParameters,
  type SignDeclineReturnType,
} from "./consents/signDecline.ts";
export {
  signExtend,
  type SignExtendErrorType,
  type SignExtendParameters,
  type SignExtendReturnType,
} from "./consents/signExtend.ts";
export {
  signGrant,
  type SignGrantErrorType,
  type SignGrantParameters,
  type SignGrantReturnType,
} from "./consents/signGrant.ts";
export {
  signResume,
  type SignResumeErrorType,
  type SignResumeParameters,
  type SignResumeReturnType,
} from "./consents/signResume.ts";
export {
  signSuspend,
  type SignSuspendErrorType,
  type SignSuspendParameters,
  type SignSuspendReturnType,
} from "./consents/signSuspend.ts";
export {
  signTakeOver,
  type SignTakeOverErrorType,
  type SignTakeOverParameters,
  type SignTakeOverReturnType,
} from "./consents/signTakeOver.ts";
export {
  signUpdate,
  type SignUpdateErrorType,
  type SignUpdateParameters,
  type SignUpdateReturnType,
} from "./consents/signUpdate.ts";
export {
  signVeto,
  type SignVetoErrorType,
  type SignVetoParameters,
  type SignVetoReturnType,
} from "./consents/signVeto.ts";
export {
  signWithdraw,
  type SignWithdrawErrorType,
  type SignWithdrawParameters,
  type SignWithdrawReturnType,
} from "./consents/signWithdraw.ts";
export {
  suspendConsent,
  type SuspendConsentErrorType,
  type SuspendConsentParameters,
  type SuspendConsentReturnType,
} from "./consents/suspendConsent.ts";
export {
  takeOverConsent,
  type TakeOverConsentErrorType,
  type TakeOverConsentParameters,
  type TakeOverConsentReturnType,
} from "./consents/takeOverConsent.ts";
export {
  updateConsent,
  type UpdateConsentErrorType,
  type UpdateConsentParameters,
  type UpdateConsentReturnType,
} from "./consents/updateConsent.ts";
export {
  vetoRecovery,
  type VetoRecoveryErrorType,
  type VetoRecoveryParameters,
  type VetoRecoveryReturnType,
} from "./consents/vetoRecovery.ts";
export {
  withdrawConsent,
  type WithdrawConsentErrorType,
  type WithdrawConsentParameters,
  type WithdrawConsentReturnType,
} from "./consents/withdrawConsent.ts";
export {
  anchorDataset,
  type AnchorDatasetErrorType,
  type AnchorDatasetParameters,
  type AnchorDatasetReturnType,
} from "./datasets/anchorDataset.ts";
export {
  anchorDatasetVersion,
  type AnchorDatasetVersionErrorType,
  type AnchorDatasetVersionParameters,
  type AnchorDatasetVersionReturnType,
} from "./datasets/anchorDatasetVersion.ts";
export {
  attestMirror,
  type AttestMirrorErrorType,
  type AttestMirrorParameters,
  type AttestMirrorReturnType,
} from "./datasets/attestMirror.ts";
export {
  claimDataset,
  type ClaimDatasetErrorType,
  type ClaimDatasetParameters,
  type ClaimDatasetReturnType,
} from "./datasets/claimDataset.ts";
export { datasetIdOf, type DatasetIdOfErrorType } from "./datasets/datasetIdOf.ts";
export {
  getDataset,
  type GetDatasetErrorType,
  type GetDatasetParameters,
  type GetDatasetReturnType,
} from "./datasets/getDataset.ts";
export {
  getMirrors,
  type GetMirrorsErrorType,
  type GetMirrorsParameters,
  type GetMirrorsReturnType,
  type Mirror,
  type OfferedCopy,
} from "./datasets/getMirrors.ts";
export {
  listDatasets,
  type ListDatasetsErrorType,
  type ListDatasetsParameters,
  type ListDatasetsReturnType,
} from "./datasets/listDatasets.ts";
export {
  offerDatasetCopy,
  type OfferDatasetCopyErrorType,
  type OfferDatasetCopyParameters,
  type OfferDatasetCopyReturnType,
} from "./datasets/offerDatasetCopy.ts";
export {
  retractDataset,
  type RetractDatasetErrorType,
  type RetractDatasetParameters,
  type RetractDatasetReturnType,
} from "./datasets/retractDataset.ts";
export {
  traceLineage,
  type TraceLineageErrorType,
  type TraceLineageParameters,
  type TraceLineageReturnType,
  type TracedDataset,
} from "./datasets/traceLineage.ts";
export {
  verifyChunk,
  type Chunk,
  type VerifyChunkErrorType,
  type VerifyChunkParameters,
  type VerifyChunkReturnType,
} from "./datasets/verifyChunk.ts";
export {
  verifyParticipant,
  type VerifyParticipantErrorType,
  type VerifyParticipantParameters,
  type VerifyParticipantReturnType,
} from "./datasets/verifyParticipant.ts";
export {
  withdrawMirror,
  type WithdrawMirrorErrorType,
  type WithdrawMirrorParameters,
  type WithdrawMirrorReturnType,
} from "./datasets/withdrawMirror.ts";
export {
  addGuardian,
  type AddGuardianErrorType,
  type AddGuardianParameters,
  type AddGuardianReturnType,
} from "./delegates/addGuardian.ts";
export {
  appointDelegate,
  type AppointDelegateErrorType,
  type AppointDelegateParameters,
  type AppointDelegateReturnType,
} from "./delegates/appointDelegate.ts";
export {
  dismissDelegate,
  type DismissDelegateErrorType,
  type DismissDelegateParameters,
  type DismissDelegateReturnType,
} from "./delegates/dismissDelegate.ts";
export {
  getDelegate,
  type GetDelegateErrorType,
  type GetDelegateParameters,
  type GetDelegateReturnType,
} from "./delegates/getDelegate.ts";
export {
  listDelegates,
  type ListDelegatesErrorType,
  type ListDelegatesParameters,
  type ListDelegatesReturnType,
} from "./delegates/listDelegates.ts";
export {
  relayDelegateChange,
  type RelayDelegateChangeErrorType,
  type RelayDelegateChangeParameters,
  type RelayDelegateChangeReturnType,
  type SignedAppointment,
  type SignedDelegateChange,
  type SignedDismissal,
} from "./delegates/relayDelegateChange.ts";
export {
  removeGuardian,
  type RemoveGuardianErrorType,
  type RemoveGuardianParameters,
  type RemoveGuardianReturnType,
} from "./delegates/removeGuardian.ts";
export {
  renounceMandate,
  type RenounceMandateErrorType,
  type RenounceMandateParameters,
  type RenounceMandateReturnType,
} from "./delegates/renounceMandate.ts";
export { roundUpToHalfYear, type RoundUpToHalfYearErrorType } from "./delegates/roundUpToHalfYear.ts";
export {
  signAppointment,
  type SignAppointmentErrorType,
  type SignAppointmentParameters,
  type SignAppointmentReturnType,
} from "./delegates/signAppointment.ts";
export {
  signDismissal,
  type SignDismissalErrorType,
  type SignDismissalParameters,
  type SignDismissalReturnType,
} from "./delegates/signDismissal.ts";
export {
  acceptDuty,
  type AcceptDutyErrorType,
  type AcceptDutyParameters,
  type AcceptDutyReturnType,
} from "./duties/acceptDuty.ts";
export {
  cureDuty,
  type CureDutyErrorType,
  type CureDutyParameters,
  type CureDutyReturnType,
} from "./duties/cureDuty.ts";
export {
  declareDutyBreach,
  type DeclareDutyBreachErrorType,
  type DeclareDutyBreachParameters,
  type DeclareDutyBreachReturnType,
} from "./duties/declareDutyBreach.ts";
export {
  deferDuty,
  type DeferDutyErrorType,
  type DeferDutyParameters,
  type DeferDutyReturnType,
} from "./duties/deferDuty.ts";
export {
  dischargeDuty,
  type DischargeDutyErrorType,
  type DischargeDutyParameters,
  type DischargeDutyReturnType,
} from "./duties/dischargeDuty.ts";
export {
  getDuties,
  type GetDutiesErrorType,
  type GetDutiesParameters,
  type GetDutiesReturnType,
  type LicenceDuty,
} from "./duties/getDuties.ts";
export {
  imposeDuties,
  type DutyTerm,
  type ImposeDutiesErrorType,
  type ImposeDutiesParameters,
  type ImposeDutiesReturnType,
} from "./duties/imposeDuties.ts";
export {
  rejectDuty,
  type RejectDutyErrorType,
  type RejectDutyParameters,
  type RejectDutyReturnType,
} from "./duties/rejectDuty.ts";
export {
  reportOverdueDuty,
  type ReportOverdueDutyErrorType,
  type ReportOverdueDutyParameters,
  type ReportOverdueDutyReturnType,
} from "./duties/reportOverdueDuty.ts";
export {
  approveEthics,
  type ApproveEthicsErrorType,
  type ApproveEthicsParameters,
  type ApproveEthicsReturnType,
} from "./facts/approveEthics.ts";
export {
  getFactRecord,
  type GetFactRecordErrorType,
  type GetFactRecordParameters,
  type GetFactRecordReturnType,
} from "./facts/getFactRecord.ts";
export {
  relayFactStatement,
  type RelayFactStatementErrorType,
  type RelayFactStatementParameters,
  type RelayFactStatementReturnType,
  type SignedFactStatement,
} from "./facts/relayFactStatement.ts";
export {
  signFactStatement,
  type SignFactStatementErrorType,
  type SignFactStatementParameters,
  type SignFactStatementReturnType,
} from "./facts/signFactStatement.ts";
export {
  stateFacts,
  type StateFactsErrorType,
  type StateFactsParameters,
  type StateFactsReturnType,
} from "./facts/stateFacts.ts";
export {
  addInstitutionAccount,
  type AddInstitutionAccountErrorType,
  type AddInstitutionAccountParameters,
  type AddInstitutionAccountReturnType,
} from "./institutions/addInstitutionAccount.ts";
export {
  addInstitutionOfficial,
  type AddInstitutionOfficialErrorType,
  type AddInstitutionOfficialParameters,
  type AddInstitutionOfficialReturnType,
} from "./institutions/addInstitutionOfficial.ts";
export {
  addInstitutionUser,
  type AddInstitutionUserErrorType,
  type AddInstitutionUserParameters,
  type AddInstitutionUserReturnType,
} from "./institutions/addInstitutionUser.ts";
export {
  admitInstitution,
  type AdmitInstitutionErrorType,
  type AdmitInstitutionParameters,
  type AdmitInstitutionReturnType,
} from "./institutions/admitInstitution.ts";
export {
  declareConflict,
  type DeclareConflictErrorType,
  type DeclareConflictParameters,
  type DeclareConflictReturnType,
} from "./institutions/declareConflict.ts";
export {
  expelInstitution,
  type ExpelInstitutionErrorType,
  type ExpelInstitutionParameters,
  type ExpelInstitutionReturnType,
} from "./institutions/expelInstitution.ts";
export {
  getInstitution,
  type GetInstitutionErrorType,
  type GetInstitutionParameters,
  type GetInstitutionReturnType,
} from "./institutions/getInstitution.ts";
export {
  isActingFor,
  type IsActingForErrorType,
  type IsActingForParameters,
  type IsActingForReturnType,
} from "./institutions/isActingFor.ts";
export {
  isInConflict,
  type IsInConflictErrorType,
  type IsInConflictParameters,
  type IsInConflictReturnType,
} from "./institutions/isInConflict.ts";
export {
  isInstitutionUser,
  type IsInstitutionUserErrorType,
  type IsInstitutionUserParameters,
  type IsInstitutionUserReturnType,
} from "./institutions/isInstitutionUser.ts";
export {
  liftConflict,
  type LiftConflictErrorType,
  type LiftConflictParameters,
  type LiftConflictReturnType,
} from "./institutions/liftConflict.ts";
export {
  listInstitutionMembers,
  type ListInstitutionMembersErrorType,
  type ListInstitutionMembersParameters,
  type ListInstitutionMembersReturnType,
} from "./institutions/listInstitutionMembers.ts";
export {
  reinstateInstitution,
  type ReinstateInstitutionErrorType,
  type ReinstateInstitutionParameters,
  type ReinstateInstitutionReturnType,
} from "./institutions/reinstateInstitution.ts";
export {
  removeInstitutionAccount,
  type RemoveInstitutionAccountErrorType,
  type RemoveInstitutionAccountParameters,
  type RemoveInstitutionAccountReturnType,
} from "./institutions/removeInstitutionAccount.ts";
export {
  removeInstitutionOfficial,
  type RemoveInstitutionOfficialErrorType,
  type RemoveInstitutionOfficialParameters,
  type RemoveInstitutionOfficialReturnType,
} from "./institutions/removeInstitutionOfficial.ts";
export {
  removeInstitutionUser,
  type RemoveInstitutionUserErrorType,
  type RemoveInstitutionUserParameters,
  type RemoveInstitutionUserReturnType,
} from "./institutions/removeInstitutionUser.ts";
export {
  succeedInstitution,
  type SucceedInstitutionErrorType,
  type SucceedInstitutionParameters,
  type SucceedInstitutionReturnType,
} from "./institutions/succeedInstitution.ts";
export {
  suspendInstitution,
  type SuspendInstitutionErrorType,
  type SuspendInstitutionParameters,
  type SuspendInstitutionReturnType,
} from "./institutions/suspendInstitution.ts";
export { countCoverage, type CoverageCount } from "./licences/countCoverage.ts";
export { suppressCoverage, type PublicCoverageCount } from "./licences/suppressCoverage.ts";
export {
  decideScopeTerms,
  type DecideScopeTermsErrorType,
  type DecideScopeTermsParameters,
  type DecideScopeTermsReturnType,
  type TermsDecision,
} from "./licences/decideScopeTerms.ts";
export {
  appealLicence,
  type AppealLicenceErrorType,
  type AppealLicenceParameters,
  type AppealLicenceReturnType,
} from "./licences/appealLicence.ts";
export {
  approveLicenceWith,
  type ApproveLicenceWithErrorType,
  type ApproveLicenceWithParameters,
  type ApproveLicenceWithReturnType,
  type LicenceConditions,
} from "./licences/approveLicenceWith.ts";
export {
  getLicenceCard,
  type GetLicenceCardErrorType,
  type GetLicenceCardParameters,
  type GetLicenceCardReturnType,
} from "./licences/getLicenceCard.ts";
export {
  reinstateLicence,
  type ReinstateLicenceErrorType,
  type ReinstateLicenceParameters,
  type ReinstateLicenceReturnType,
} from "./licences/reinstateLicence.ts";
export {
  reopenLicenceReasons,
  type ReopenLicenceReasonsErrorType,
  type ReopenLicenceReasonsParameters,
  type ReopenLicenceReasonsReturnType,
} from "./licences/reopenLicenceReasons.ts";
export {
  signLicenceRequest,
  type OfficialSignature,
  type SignLicenceRequestErrorType,
  type SignLicenceRequestParameters,
  type SignLicenceRequestReturnType,
} from "./licences/signLicenceRequest.ts";
export {
  subLicense,
  type SubLicenseErrorType,
  type SubLicenseParameters,
  type SubLicenseReturnType,
} from "./licences/subLicense.ts";
export {
  suspendLicence,
  type SuspendLicenceErrorType,
  type SuspendLicenceParameters,
  type SuspendLicenceReturnType,
} from "./licences/suspendLicence.ts";
export {
  decideLicence,
  type DecideLicenceErrorType,
  type DecideLicenceParameters,
  type DecideLicenceReturnType,
} from "./licences/decideLicence.ts";
export {
  decidePurpose,
  type DecidePurposeErrorType,
  type DecidePurposeParameters,
  type DecidePurposeReturnType,
} from "./licences/decidePurpose.ts";
export {
  getCohortCoverage,
  type GetCohortCoverageErrorType,
  type GetCohortCoverageParameters,
  type GetCohortCoverageReturnType,
} from "./licences/getCohortCoverage.ts";
export {
  getCoverage,
  type GetCoverageErrorType,
  type GetCoverageParameters,
  type GetCoverageReturnType,
  type ParticipantCoverage,
} from "./licences/getCoverage.ts";
export {
  getLicence,
  type GetLicenceErrorType,
  type GetLicenceParameters,
  type GetLicenceReturnType,
  type LicenceProgress,
  type LicenceSubject,
} from "./licences/getLicence.ts";
export {
  issueLicence,
  type IssueLicenceErrorType,
  type IssueLicenceParameters,
  type IssueLicenceReturnType,
} from "./licences/issueLicence.ts";
export {
  listLicences,
  type ListLicencesErrorType,
  type ListLicencesParameters,
  type ListLicencesReturnType,
} from "./licences/listLicences.ts";
export {
  requestLicence,
  type RequestLicenceErrorType,
  type RequestLicenceParameters,
  type RequestLicenceReturnType,
} from "./licences/requestLicence.ts";
export {
  resolveLicenceReasons,
  type ResolveLicenceReasonsErrorType,
  type ResolveLicenceReasonsParameters,
  type ResolveLicenceReasonsReturnType,
} from "./licences/resolveLicenceReasons.ts";
export {
  terminateLicence,
  type TerminateLicenceErrorType,
  type TerminateLicenceParameters,
  type TerminateLicenceReturnType,
} from "./licences/terminateLicence.ts";
export {
  voteLicence,
  type CastVote,
  type VoteLicenceErrorType,
  type VoteLicenceParameters,
  type VoteLicenceReturnType,
} from "./licences/voteLicence.ts";
export {
  getOntologyRelease,
  type GetOntologyReleaseErrorType,
  type GetOntologyReleaseParameters,
  type GetOntologyReleaseReturnType,
} from "./ontologies/getOntologyRelease.ts";
export {
  isOntologyPairProved,
  type IsOntologyPairProvedErrorType,
  type IsOntologyPairProvedParameters,
  type IsOntologyPairProvedReturnType,
} from "./ontologies/isOntologyPairProved.ts";
export {
  isOntologyReleasePublished,
  type IsOntologyReleasePublishedErrorType,
  type IsOntologyReleasePublishedParameters,
  type IsOntologyReleasePublishedReturnType,
} from "./ontologies/isOntologyReleasePublished.ts";
export {
  proveOntologyPair,
  type ProveOntologyPairErrorType,
  type ProveOntologyPairParameters,
  type ProveOntologyPairReturnType,
} from "./ontologies/proveOntologyPair.ts";
export {
  publishOntologyRelease,
  type PublishOntologyReleaseErrorType,
  type PublishOntologyReleaseParameters,
  type PublishOntologyReleaseReturnType,
} from "./ontologies/publishOntologyRelease.ts";
export {
  getScopePolicy,
  type GetScopePolicyErrorType,
  type GetScopePolicyParameters,
  type GetScopePolicyReturnType,
} from "./policies/getScopePolicy.ts";
export {
  setCoConsent,
  type SetCoConsentErrorType,
  type SetCoConsentParameters,
  type SetCoConsentReturnType,
} from "./policies/setCoConsent.ts";
export {
  setCommitteeTerms,
  type SetCommitteeTermsErrorType,
  type SetCommitteeTermsParameters,
  type SetCommitteeTermsReturnType,
} from "./policies/setCommitteeTerms.ts";
export {
  setJurisdictionTerms,
  type SetJurisdictionTermsErrorType,
  type SetJurisdictionTermsParameters,
  type SetJurisdictionTermsReturnType,
} from "./policies/setJurisdictionTerms.ts";
export {
  setReviewCommittee,
  type SetReviewCommitteeErrorType,
  type SetReviewCommitteeParameters,
  type SetReviewCommitteeReturnType,
} from "./policies/setReviewCommittee.ts";
export {
  appendToIndex,
  type AppendSummary,
  type AppendToIndexErrorType,
  type AppendToIndexParameters,
  type AppendToIndexReturnType,
} from "./scopeIndex/appendToIndex.ts";
export {
  getCohort,
  type GetCohortErrorType,
  type GetCohortParameters,
  type GetCohortReturnType,
} from "./scopeIndex/getCohort.ts";
export {
  getScopePage,
  type GetScopePageErrorType,
  type GetScopePageParameters,
  type GetScopePageReturnType,
} from "./scopeIndex/getScopePage.ts";
export {
  getScopePages,
  type GetScopePagesErrorType,
  type GetScopePagesParameters,
  type GetScopePagesReturnType,
} from "./scopeIndex/getScopePages.ts";
export {
  isInScopeIndex,
  type IsInScopeIndexErrorType,
  type IsInScopeIndexParameters,
  type IsInScopeIndexReturnType,
} from "./scopeIndex/isInScopeIndex.ts";
export {
  searchScope,
  type SearchScopeErrorType,
  type SearchScopeParameters,
  type SearchScopeReturnType,
} from "./scopeIndex/searchScope.ts";
export { combineSignedChanges, type CombineSignedChangesErrorType } from "./signers/combineSignedChanges.ts";
export { groupIdOf, type GroupIdOfErrorType } from "./signers/groupIdOf.ts";
export {
  groupSigner,
  type GroupSignerErrorType,
  type GroupSignerParameters,
  type GroupSignerReturnType,
} from "./signers/groupSigner.ts";
export {
  p256Signer,
  type P256SignerErrorType,
  type P256SignerParameters,
  type P256SignerReturnType,
} from "./signers/p256Signer.ts";
export {
  smartAccountSigner,
  type SmartAccountSignerErrorType,
  type SmartAccountSignerParameters,
  type SmartAccountSignerReturnType,
} from "./signers/smartAccountSigner.ts";
export {
  webAuthnSigner,
  type AssertionLike,
  type WebAuthnSignerErrorType,
  type WebAuthnSignerParameters,
  type WebAuthnSignerReturnType,
} from "./signers/webAuthnSigner.ts";
export {
  areTermsNarrower,
  type AreTermsNarrowerErrorType,
  type AreTermsNarrowerParameters,
  type AreTermsNarrowerReturnType,
} from "./terms/areTermsNarrower.ts";
export {
  claimScope,
  type ClaimScopeErrorType,
  type ClaimScopeParameters,
  type ClaimScopeReturnType,
} from "./terms/claimScope.ts";
export {
  createScope,
  type CreateScopeErrorType,
  type CreateScopeParameters,
  type CreateScopeReturnType,
} from "./terms/createScope.ts";
export {
  getScope,
  type GetScopeErrorType,
  type GetScopeParameters,
  type GetScopeReturnType,
} from "./terms/getScope.ts";
export {
  getTerms,
  type GetTermsErrorType,
  type GetTermsParameters,
  type GetTermsReturnType,
} from "./terms/getTerms.ts";
export {
  listScopes,
  type ListScopesErrorType,
  type ListScopesParameters,
  type ListScopesReturnType,
} from "./terms/listScopes.ts";
export {
  publishTerms,
  type PublishTermsErrorType,
  type PublishTermsParameters,
  type PublishTermsReturnType,
} from "./terms/publishTerms.ts";
export {
  registerNarrowerTerms,
  type RegisterNarrowerTermsErrorType,
  type RegisterNarrowerTermsParameters,
  type RegisterNarrowerTermsReturnType,
} from "./terms/registerNarrowerTerms.ts";
export {
  commitToParticipant,
  opensParticipantCommitment,
  type CommitToParticipantErrorType,
  type OpensParticipantCommitmentErrorType,
  type ParticipantCommitment,
} from "./provenance/commitToParticipant.ts";
export { aliquotIdOf, specimenIdOf, type SampleIdOfErrorType } from "./provenance/sampleIdOf.ts";
export {
  acceptCustody,
  type AcceptCustodyErrorType,
  type AcceptCustodyParameters,
  type AcceptCustodyReturnType,
} from "./provenance/acceptCustody.ts";
export {
  attestCopiesDestroyed,
  type AttestCopiesDestroyedErrorType,
  type AttestCopiesDestroyedParameters,
  type AttestCopiesDestroyedReturnType,
} from "./provenance/attestCopiesDestroyed.ts";
export {
  cancelCustodyOffer,
  type CancelCustodyOfferErrorType,
  type CancelCustodyOfferParameters,
  type CancelCustodyOfferReturnType,
} from "./provenance/cancelCustodyOffer.ts";
export {
  destroySamples,
  type DestroySamplesErrorType,
  type DestroySamplesParameters,
  type DestroySamplesReturnType,
} from "./provenance/destroySamples.ts";
export {
  getProvenance,
  type GetProvenanceErrorType,
  type GetProvenanceParameters,
  type GetProvenanceReturnType,
} from "./provenance/getProvenance.ts";
export {
  getSample,
  type GetSampleErrorType,
  type GetSampleParameters,
  type GetSampleReturnType,
} from "./provenance/getSample.ts";
export {
  offerCustody,
  type OfferCustodyErrorType,
  type OfferCustodyParameters,
  type OfferCustodyReturnType,
} from "./provenance/offerCustody.ts";
export {
  recordAnalysis,
  type RecordAnalysisErrorType,
  type RecordAnalysisParameters,
  type RecordAnalysisReturnType,
} from "./provenance/recordAnalysis.ts";
export {
  recordSequencing,
  type RecordSequencingErrorType,
  type RecordSequencingParameters,
  type RecordSequencingReturnType,
} from "./provenance/recordSequencing.ts";
export {
  registerAliquots,
  type RegisterAliquotsErrorType,
  type RegisterAliquotsParameters,
  type RegisterAliquotsReturnType,
} from "./provenance/registerAliquots.ts";
export {
  registerSpecimen,
  type RegisterSpecimenErrorType,
  type RegisterSpecimenParameters,
  type RegisterSpecimenReturnType,
} from "./provenance/registerSpecimen.ts";
export type { AccessBatch, AccessLeaf, AuditEntry, LoggedEntry } from "./internal/audit.ts";
export type { ChangeAuthorisation } from "./internal/authorisation.ts";
export type { BytesLike } from "./internal/bytes.ts";
export type { Extension, GrantTerms } from "./internal/changes.ts";
export type { ConsentActor, ConsentEvent, ConsentEventName } from "./internal/consentEvents.ts";
export type { AnchoredDataset, NewDatasetRecord } from "./internal/datasets.ts";
export {
  lawfulnessProofSchema,
  type BlockProof,
  type LawfulnessProof,
  type ProvedEntry,
} from "./internal/lawfulnessProof.ts";
export type { ProvedContract } from "./internal/layout.ts";
export type { LicenceAsk } from "./internal/licences.ts";
export {
  ATTESTED_CLOSINGS,
  type AttestedClosing,
  DATA_LEVELS,
  type DataLevel,
  DEIDENTIFICATION_CLASSES,
  type DeidentificationClass,
  DELEGATE_KINDS,
  type DelegateKind,
  DELIVERY_MODES,
  type DeliveryMode,
  DUTY_KINDS,
  DUTY_STATES,
  type DutyKind,
  type DutyState,
  INSTITUTION_ROLES,
  INSTITUTION_STANDINGS,
  INSTITUTION_TYPES,
  type InstitutionRole,
  type InstitutionStanding,
  type InstitutionType,
  type Lawfulness,
  LAWFULNESSES,
  LICENCE_STATUSES,
  type LicenceStatus,
  MANDATE_VERBS,
  type MandateVerb,
  type Vote,
  VOTES,
} from "./internal/enums.ts";
export type { StatedFacts } from "./internal/facts.ts";
export type { Group } from "./internal/groupTree.ts";
export type { Delegation, Mandate } from "./internal/mandates.ts";
export type { MovedConsent } from "./internal/moves.ts";
export type { PageOptions, Progress } from "./internal/pages.ts";
export {
  SAMPLE_KINDS,
  type AliquotRecord,
  type Performance,
  type SampleKind,
  type SpecimenRecord,
} from "./internal/provenance.ts";
export type { ReadErrorType } from "./internal/read.ts";
export {
  type AcceptedChange,
  type RejectedChange,
  type RelayedChange,
  RelayInterruptedError,
  type RelayOptions,
  type RelayProgress,
  type RelaySummary,
  type RelayTransaction,
} from "./internal/relaying.ts";
export type { ParticipantSigner, SignerAdapter, SigningRequest } from "./internal/signers.ts";
export type { SignatureOptions, SigningErrorType, SigningOptions } from "./internal/signing.ts";
export type { Decision } from "./internal/verdict.ts";
export type { DatasetRecord, Deidentification, LineageWitness } from "./internal/wire.ts";
export type { ChangedConsent, Standing } from "./internal/words.ts";
export type { DryRun, Included, WriteErrorType, WriteOptions, WriteReturnType } from "./internal/write.ts";
export { formatTime, parseTime } from "./time.ts";
