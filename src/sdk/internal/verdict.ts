import {
  DENY_REASONS,
  LAYERS,
  MANUAL_REASONS,
  type Outcome,
  outcomeOf,
  reasonsOf,
  REASONS_PER_LAYER,
  type Verdict,
} from "../../model/index.ts";
import { refuse } from "./validate.ts";

/** A decision with its reasons. */
export interface Decision extends Verdict {
  readonly outcome: Outcome;
  /** Why not APPROVE: "layer:CODE", sorted. */
  readonly reasons: readonly string[];
}

/** A verdict of the chain with its reasons in words. */
export function decisionOf({ deny, manual }: Verdict): Decision {
  const verdict = { deny, manual };
  return { ...verdict, outcome: outcomeOf(verdict), reasons: reasonsOf(verdict) };
}

/** One layer's verdict, not tagged with the layer: the reasons are bare codes. */
export function untaggedDecisionOf({ deny, manual }: Verdict): Decision {
  const codes = (names: readonly (string | undefined)[], mask: bigint): string[] =>
    names.filter((name, code): name is string => name !== undefined && ((mask >> BigInt(code)) & 1n) === 1n);
  const reasons = [...codes(DENY_REASONS, deny), ...codes(MANUAL_REASONS, manual)].sort();
  return { deny, manual, outcome: outcomeOf({ deny, manual }), reasons };
}

/** The set of tagged MANUAL reasons that "layer:CODE" strings name. */
export function manualMaskOf(input: string, reasons: readonly unknown[]): bigint {
  return reasons.reduce<bigint>((mask, reason, index) => {
    const [layer, code] = String(reason).split(":");
    const layerNumber = LAYERS.findIndex((name) => name === layer);
    const codeNumber = MANUAL_REASONS.findIndex((name) => name === code);
    if (layerNumber < 0 || codeNumber < 0) {
      const fix = `Take the reasons from the decision: a layer (${LAYERS.join(", ")}), a colon, and a code (${MANUAL_REASONS.join(", ")}).`;
      throw refuse(`${input}[${index}]`, reason, "no MANUAL reason", fix);
    }
    return mask | (1n << BigInt(layerNumber * REASONS_PER_LAYER + codeNumber));
  }, 0n);
}
