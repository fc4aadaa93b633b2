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
} from "./dataUse.ts";
export {
  codesOfPurpose,
  codesOfTerms,
  purposeFromCodes,
  termsFromCodes,
  type PurposeCodes,
  type PurposeFromCodesErrorType,
  type TermsCodes,
  type TermsFromCodesErrorType,
} from "./dataUseCodes.ts";
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
  InvalidInputError,
  NotFoundError,
  RequestFailedError,
  TransactionReplacedError,
  TransactionRevertedError,
  WalletMissingError,
  type ErrorArguments,
} from "./errors.ts";
export {
  fromEthers,
  type EthersProvider,
  type EthersSigner,
  type FromEthersErrorType,
  type FromEthersReturnType,
} from "./fromEthers.ts";
export {
  institutionIdOf,
  participantIdOf,
  scopeIdOf,
  type InstitutionIdOfErrorType,
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
  logAccess,
  type LogAccessErrorType,
  type LogAccessParameters,
  type LogAccessReturnType,
} from "./audit/logAccess.ts";
export {
  proveLawfulness,
  type ProveLawfulnessErrorType,
  type ProveLawfulnessParameters,
  type ProveLawfulnessReturnType,
} from "./audit/proveLawfulness.ts";
export {
  encodeSignedChange,
  type ChangeAuthorisation,
  type EncodeSignedChangeErrorType,
  type SignedChange,
  type SignedGrant,
  type SignedResume,
  type SignedSuspend,
  type SignedWithdraw,
} from "./consents/encodeSignedChange.ts";
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
  getConsents,
  type GetConsentsErrorType,
  type GetConsentsParameters,
  type GetConsentsReturnType,
  type StandingConsent,
} from "./consents/getConsents.ts";
export {
  getPermittedAt,
  type GetPermittedAtErrorType,
  type GetPermittedAtParameters,
  type GetPermittedAtReturnType,
} from "./consents/getPermittedAt.ts";
export {
  grantConsent,
  type GrantConsentErrorType,
  type GrantConsentParameters,
  type GrantConsentReturnType,
} from "./consents/grantConsent.ts";
export {
  relayConsentChanges,
  RelayInterruptedError,
  type AcceptedChange,
  type RejectedChange,
  type RelayConsentChangesErrorType,
  type RelayConsentChangesParameters,
  type RelayConsentChangesReturnType,
  type RelayProgress,
  type RelaySummary,
  type RelayTransaction,
  type RelayedChange,
} from "./consents/relayConsentChanges.ts";
export {
  resumeConsent,
  type ResumeConsentErrorType,
  type ResumeConsentParameters,
  type ResumeConsentReturnType,
} from "./consents/resumeConsent.ts";
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
  type NewDatasetRecord,
} from "./datasets/anchorDataset.ts";
export {
  anchorDatasetVersion,
  type AnchorDatasetVersionErrorType,
  type AnchorDatasetVersionParameters,
  type AnchorDatasetVersionReturnType,
} from "./datasets/anchorDatasetVersion.ts";
export { datasetIdOf, type DatasetIdOfErrorType } from "./datasets/datasetIdOf.ts";
export {
  getDataset,
  type GetDatasetErrorType,
  type GetDatasetParameters,
  type GetDatasetReturnType,
} from "./datasets/getDataset.ts";
export {
  retractDataset,
  type RetractDatasetErrorType,
  type RetractDatasetParameters,
  type RetractDatasetReturnType,
} from "./datasets/retractDataset.ts";
export {
  verifyChunk,
  type Chunk,
  type VerifyChunkErrorType,
  type VerifyChunkParameters,
  type VerifyChunkReturnType,
} from "./datasets/verifyChunk.ts";
export {
  addInstitutionAccount,
  type AddInstitutionAccountErrorType,
  type AddInstitutionAccountParameters,
  type AddInstitutionAccountReturnType,
} from "./institutions/addInstitutionAccount.ts";
export {
  admitInstitution,
  type AdmitInstitutionErrorType,
  type AdmitInstitutionParameters,
  type AdmitInstitutionReturnType,
} from "./institutions/admitInstitution.ts";
export {
  getInstitution,
  type GetInstitutionErrorType,
  type GetInstitutionParameters,
  type GetInstitutionReturnType,
} from "./institutions/getInstitution.ts";
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
  suspendInstitution,
  type SuspendInstitutionErrorType,
  type SuspendInstitutionParameters,
  type SuspendInstitutionReturnType,
} from "./institutions/suspendInstitution.ts";
export { countCoverage, type CoverageCount } from "./licences/countCoverage.ts";
export {
  decideScopeTerms,
  type DecideScopeTermsErrorType,
  type DecideScopeTermsParameters,
  type DecideScopeTermsReturnType,
  type TermsDecision,
} from "./licences/decideScopeTerms.ts";
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
  publishTerms,
  type PublishTermsErrorType,
  type PublishTermsParameters,
  type PublishTermsReturnType,
} from "./terms/publishTerms.ts";
export type { AccessBatch, AccessLeaf, AuditEntry, LoggedEntry } from "./internal/audit.ts";
export type { GrantTerms } from "./internal/changes.ts";
export type { AnchoredDataset } from "./internal/datasets.ts";
export {
  DATA_LEVELS,
  type DataLevel,
  INSTITUTION_ROLES,
  INSTITUTION_STANDINGS,
  type InstitutionRole,
  type InstitutionStanding,
  type Lawfulness,
  LAWFULNESSES,
  LICENCE_STATUSES,
  type LicenceStatus,
  type Vote,
  VOTES,
} from "./internal/enums.ts";
export type { PageOptions, Progress } from "./internal/pages.ts";
export type { ReadErrorType } from "./internal/read.ts";
export type { ParticipantSigner, SigningErrorType, SigningOptions } from "./internal/signing.ts";
export type { Decision } from "./internal/verdict.ts";
export type { DatasetRecord, LineageWitness } from "./internal/wire.ts";
export type { ChangedConsent, Standing } from "./internal/words.ts";
export type { DryRun, Included, WriteErrorType, WriteOptions, WriteReturnType } from "./internal/write.ts";
