export type { AccessPackage } from "./build/access.ts";
export type { DisclosureAccounting, Protocol } from "./build/disclosures.ts";
export type { FhirConsent } from "./build/fhir.ts";
export type { ProcessingRecord } from "./build/processing.ts";
export type { ConsentReceipt } from "./build/receipt.ts";
export type { VisaClaims } from "./build/visa.ts";
export { EXPORT_FORMAT, EXPORT_KINDS, type ExportClaims, type ExportKind } from "./claims.ts";
export { ExportMalformedError, LicenceNotEffectiveError } from "./errors.ts";
export {
  findAccesses,
  type FindAccessesErrorType,
  type FindAccessesParameters,
  type FindAccessesReturnType,
} from "./findAccesses.ts";
export type { Difference } from "./json.ts";
export {
  makeAccessPackage,
  type MakeAccessPackageErrorType,
  type MakeAccessPackageParameters,
  type MakeAccessPackageReturnType,
} from "./makeAccessPackage.ts";
export {
  makeConsentReceipt,
  type MakeConsentReceiptErrorType,
  type MakeConsentReceiptParameters,
  type MakeConsentReceiptReturnType,
} from "./makeConsentReceipt.ts";
export {
  makeDisclosureAccounting,
  type MakeDisclosureAccountingErrorType,
  type MakeDisclosureAccountingParameters,
  type MakeDisclosureAccountingReturnType,
} from "./makeDisclosureAccounting.ts";
export {
  makeFhirConsent,
  type MakeFhirConsentErrorType,
  type MakeFhirConsentParameters,
  type MakeFhirConsentReturnType,
} from "./makeFhirConsent.ts";
export {
  makeProcessingRecord,
  type MakeProcessingRecordErrorType,
  type MakeProcessingRecordParameters,
  type MakeProcessingRecordReturnType,
} from "./makeProcessingRecord.ts";
export {
  makeVisaClaims,
  type MakeVisaClaimsErrorType,
  type MakeVisaClaimsParameters,
  type MakeVisaClaimsReturnType,
} from "./makeVisaClaims.ts";
export { accessPackageToMarkdown, processingRecordToMarkdown } from "./markdown.ts";
export type { ProvedAccess } from "./read/accesses.ts";
export type { DirectoryEntry } from "./read/institutions.ts";
export type { ChainNumber } from "./read/reading.ts";
export { verifyExport, type VerifyExportErrorType, type VerifyExportReturnType } from "./verifyExport.ts";
