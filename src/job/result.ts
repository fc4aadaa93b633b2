import type { Hex } from "viem";

import type { CoverageCount } from "../sdk/index.ts";
import type { ScanResult } from "./scan/scanChain.ts";

/** What the job tells while it runs. */
export interface JobProgress {
  readonly step: string;
  /** Items done, of `total`; both undefined for a step without items. */
  readonly done?: number;
  readonly total?: number;
}

/** One logged access, and what the chain says of one participant's part in it. */
export interface AccessResult {
  readonly index: number;
  /** Name of the licence that it was under. */
  readonly licence: string;
  readonly participants: number;
  readonly claimedBlock: number;
  readonly late: boolean;
  readonly participantId: Hex;
  readonly lawfulness: string;
}

/** One licence, and its status after each thing that was done to it. */
export interface LicenceResult {
  readonly licenceId: string;
  readonly name: string;
  /** The member that holds it. */
  readonly holder: string;
  /** First second at which it no longer holds (Unix seconds). */
  readonly until: number;
  readonly delivery: string;
  /** Bits of the elements that it covers, in hexadecimal. */
  readonly elements: Hex;
  readonly statuses: readonly {
    readonly event: string;
    readonly status: string;
    readonly block: number;
    /** Block time (Unix seconds). */
    readonly at: number;
  }[];
}

/** One dataset of the lineage. */
export interface DatasetResult {
  readonly datasetId: Hex;
  readonly name: string;
  readonly level: string;
  /** Derivations from the VCF. */
  readonly depth: number;
  readonly parents: readonly Hex[];
  /** 0 unless it is an aggregate. */
  readonly minimumCell: number;
  readonly deidentification: string;
}

/** Who is covered, before and after participants changed their minds. */
export interface CoverageChange {
  readonly before: CoverageCount;
  readonly after: CoverageCount;
}

/** Everything the job has done, as JSON; gas in units, times in seconds. */
export interface JobResult {
  readonly chain: { readonly id: number; readonly genesisHash: Hex };
  readonly vcf: {
    readonly file: string;
    readonly fileFormat: string;
    readonly samples: number;
    readonly variants: number;
    readonly withGenotypes: boolean;
    readonly sha256: Hex;
  };
  readonly ontology: {
    readonly file: string;
    readonly terms: number;
    readonly pairs: number;
    readonly root: Hex;
    readonly consented: string;
    readonly asked: string;
    readonly unrelated: string;
  };
  readonly institutions: Readonly<Record<string, Hex>>;
  readonly scopeId: Hex;
  readonly dataset: { readonly datasetId: Hex; readonly chunks: number; readonly manifestRoot: Hex };
  /** Of the participants' specimens, those of the first plate. */
  readonly samples: {
    /** Participants. */
    readonly of: number;
    readonly specimens: number;
    readonly aliquots: number;
    /** Aliquots that the laboratory has taken custody of. */
    readonly transferred: number;
    /** Aliquots whose sequencing the VCF is recorded to have come of. */
    readonly sequenced: number;
  };
  /** The encrypted copy that another institution attests to hold. */
  readonly mirror: {
    readonly institutionId: Hex;
    readonly copyDigest: Hex;
    readonly bytes: number;
    readonly offer: number;
  };
  /** The VCF and what was derived from it, in the order of derivation. */
  readonly lineage: readonly DatasetResult[];
  /** The derived allele counts; null where nobody is covered. */
  readonly counts: {
    readonly participants: number;
    readonly alleles: number;
    /** Counts left out because too few participants are behind them. */
    readonly suppressed: number;
    /** Fewest participants behind a count that is told; null when none is. */
    readonly smallestCell: number | null;
    readonly sha256: Hex;
  } | null;
  readonly consents: {
    readonly granted: number;
    /** Consents signed and included a second, one signing process and one relayer. */
    readonly perSecond: number;
    readonly byTerms: Readonly<Record<string, number>>;
    readonly withdrawn: number;
    readonly suspended: number;
    readonly resumed: number;
  };
  readonly refusedRequest: {
    readonly licenceId: string;
    readonly outcome: string;
    readonly reasons: readonly string[];
  };
  readonly licence: {
    readonly licenceId: string;
    readonly outcome: string;
    readonly status: string;
    readonly until: number;
  };
  /** Every licence but the refused one, in the order of their numbers. */
  readonly licences: readonly LicenceResult[];
  /** By the university's licence on the VCF. */
  readonly coverage: CoverageChange;
  /** By its licence on the derived subset; null where nobody was covered. */
  readonly derivedCoverage: CoverageChange | null;
  /** By the cloud's sub-licence. */
  readonly subLicenceCoverage: CoverageChange;
  /** By the university's licence on the counts, after participants changed their minds; null where nobody was counted. */
  readonly countsCoverage: CoverageCount | null;
  /** The block in which the first withdrawal counted, in every licence; null where nobody who was covered withdrew. */
  readonly sameBlock: {
    readonly participantId: Hex;
    readonly block: number;
    readonly licences: readonly string[];
  } | null;
  readonly accesses: readonly AccessResult[];
  /** The exported PROV-JSON of all that is on the chain. */
  readonly provenance: { readonly entities: number; readonly activities: number; readonly violations: number };
  /** What was left when the custodian was expelled; null where the job left it alone. */
  readonly loss: { readonly lost: Hex; readonly claimedBy: Hex; readonly freshMirrors: number } | null;
  /** What was searched for names, genotypes and digests that can be guessed; null where that was not asked for. */
  readonly scan: ScanResult | null;
  /** The files of the report; null where none was asked for. */
  readonly report: readonly string[] | null;
  readonly gas: {
    /** Mean of a change in its batch; 0 where there was none. */
    readonly perGrant: number;
    readonly perWithdrawal: number;
    readonly perSuspension: number;
    readonly perResumption: number;
    /** Of all relayed batches. */
    readonly relayed: number;
  };
  /** Seconds by phase, on whatever machine this was; compare only within one run. */
  readonly seconds: Readonly<Record<string, number>>;
  /** Comparisons with the reference model; all of them held. */
  readonly checks: number;
}
