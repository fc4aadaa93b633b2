import { type Hex, keccak256 } from "viem";

import type { ChangeAuthorisation } from "../../src/sdk/index.ts";
import { writeNewFile } from "./newFile.ts";
import { printResult, toJson } from "./output.ts";
import { table, when } from "./print.ts";

/** A change that someone has signed, of whichever registry. */
interface Signed {
  readonly verb: string;
  readonly change: { readonly scopeId: Hex };
  readonly authorisation: ChangeAuthorisation;
}

/**
 * Hands out what was signed: to a file, or on stdout.
 * @throws UsageError FileNotWritten
 */
export async function handOut(json: boolean, out: string | undefined, signed: Signed): Promise<void> {
  if (out === undefined) {
    printResult(json, signed, toJson);
    return;
  }
  await writeNewFile(out, `${toJson(signed)}\n`);
  const { verb, change, authorisation } = signed;
  const { signer, deadline, participantId = keccak256(signer) } = authorisation;
  printResult(json, { out, verb, scopeId: change.scopeId, participantId, deadline }, () =>
    table([
      ["Signed", verb],
      ["Participant", participantId],
      ["Send until", when(deadline)],
      ["File", out],
    ]),
  );
}
