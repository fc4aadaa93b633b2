import { getLicence, type LicenceStatus } from "../sdk/index.ts";
import type { JobContext } from "./context.ts";
import type { Member } from "./members.ts";
import type { LicenceResult } from "./result.ts";

/** A licence's statuses, one after each thing that is done to it, each compared with the one that must follow. */
export class LicenceLife {
  readonly licenceId: bigint;
  readonly name: string;
  readonly holder: Member;
  readonly #context: JobContext;
  readonly #steps: LicenceResult["statuses"][number][] = [];

  constructor(context: JobContext, { licenceId, name, holder }: { licenceId: bigint; name: string; holder: Member }) {
    this.#context = context;
    this.licenceId = licenceId;
    this.name = name;
    this.holder = holder;
  }

  /**
   * Reads the status after something was done.
   * @throws JobCheckError when it is another one
   */
  async expect(event: string, expected: LicenceStatus): Promise<void> {
    const { publicClient, registrar, recorder } = this.#context;
    const { licenceId, name } = this;
    const { number, timestamp } = await publicClient.getBlock();
    const { status } = await getLicence(registrar, { licenceId });
    recorder.check(`status of licence ${licenceId} (${name}) when ${event}`, expected, status);
    this.#steps.push({ event, status, block: Number(number), at: Number(timestamp) });
  }

  async read(): Promise<LicenceResult> {
    const { licenceId, name, holder } = this;
    const { progress } = await getLicence(this.#context.registrar, { licenceId });
    const { until, delivery, elements } = progress;
    return {
      ...{ licenceId: licenceId.toString(), name, holder, until, delivery },
      elements: `0x${elements.toString(16)}`,
      statuses: [...this.#steps],
    };
  }
}
