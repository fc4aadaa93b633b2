import type { ConsentBook } from "./book.ts";
import type { BookEvent } from "./events.ts";
import type { Rejection } from "./rejections.ts";

/** What an accepted operation leaves and reports. */
export interface Accepted {
  readonly book: ConsentBook;
  /** In the order of the chain's log. */
  readonly events: readonly BookEvent[];
}

/** What comes of an operation. */
export type OperationOutcome = Accepted | Rejection;
