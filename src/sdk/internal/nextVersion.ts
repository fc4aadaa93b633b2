import { LAST_VERSION } from "../../model/index.ts";
import { InvalidInputError } from "../errors.ts";
import type { Standing } from "./words.ts";

/** The version that an opening makes over a standing word. */
export function nextVersion({ version }: Standing): number {
  if (version < LAST_VERSION) return version + 1;
  throw new InvalidInputError(
    "standing",
    `The standing consent has reached the last version, ${LAST_VERSION}.`,
    "Only closings work here; a further consent needs a new participant id.",
    { name: "ConsentVersionsExhausted" },
  );
}
