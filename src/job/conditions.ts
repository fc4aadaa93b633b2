import type { DeliveryMode } from "../sdk/index.ts";
import { EIGHT_ELEMENTS } from "./cohort.ts";
import { YEAR_SECONDS } from "./context.ts";

/** What the university asks for. */
export const ASKED: { readonly delivery: DeliveryMode; readonly seconds: number } = {
  delivery: "Export",
  seconds: YEAR_SECONDS,
};

/** What the committee makes of it: half as long, in place, and only the elements that every participant has agreed to. */
export const NARROWED: { readonly delivery: DeliveryMode; readonly seconds: number; readonly elements: bigint } = {
  delivery: "InPlace",
  seconds: YEAR_SECONDS / 2,
  elements: EIGHT_ELEMENTS,
};

/** When the duty to publish is due, from the issue (seconds). */
export const PUBLISH_WITHIN = YEAR_SECONDS / 4;
