import type { Hex } from "viem";

import type { CoverageCount } from "../sdk/index.ts";

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
  readonly participants: number;
  readonly claimedBlock: number;
  readonly late: boolean;
  readonly participantId: Hex;
  readonly lawfulness: string;
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
  readonly coverage: { readonly before: CoverageCount; readonly after: CoverageCount };
  readonly accesses: readonly AccessResult[];
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
