import { setTimeout } from "node:timers/promises";

import { createPublicClient, custom, type PublicClient } from "viem";

/** Idle connections are closed by either end after about this time, or longer (milliseconds). */
const IDLE_MS = 2_000;
const SETTLE_MS = 100;

/** Of a transport through another client. To try again is that one's task: here every refusal by a contract would take a second. */
export const NO_RETRIES = { retryCount: 0 };

/**
 * The same client, patient after a pause: where the node lives in this process, long work here keeps it from closing the
 * connections that fell idle meanwhile, and a request on one of those is lost. A moment lets it.
 */
export function patientClient(publicClient: PublicClient): PublicClient {
  let last = performance.now();
  const request = async (asked: unknown): Promise<unknown> => {
    if (performance.now() - last > IDLE_MS) await setTimeout(SETTLE_MS);
    try {
      return await publicClient.request(asked as never);
    } finally {
      last = performance.now();
    }
  };
  const { chain, pollingInterval, cacheTime } = publicClient;
  return createPublicClient({ chain, pollingInterval, cacheTime, transport: custom({ request }, NO_RETRIES) });
}
