import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { checkProvConstraints, toProvJson } from "../../src/provenance/index.ts";
import { getProvenance } from "../../src/sdk/index.ts";
import { type ReadingArguments, withReader } from "../support/client.ts";
import { RefusalError } from "../support/errors.ts";
import { writeNewFile } from "../support/newFile.ts";
import { toJson } from "../support/output.ts";
import { parseChoice } from "../support/parse.ts";
import { printRead } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends ReadingArguments {
  readonly file: string;
  readonly format: string | undefined;
}

const FORMATS = ["prov-json"] as const;

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const { file } = given;
    const format = parseChoice("format", given.format ?? "prov-json", FORMATS);
    await withReader(hre, given, async (client) => {
      const { entities, activities, ...graph } = await getProvenance(client);
      const document = toProvJson({ ...graph, entities, activities });
      const violations = checkProvConstraints(document);
      await writeNewFile(file, `${toJson(document)}\n`);
      const [first] = violations;
      if (first !== undefined) {
        throw new RefusalError(
          "ProvenanceInvalid",
          `${file} is written, but violates constraint ${first.constraint} (${first.name}): ${first.message}`,
          { file, violations },
          "Ask the institutions that recorded these activities what was meant.",
        );
      }
      printRead(given.json, { file, format, entities: entities.length, activities: activities.length }, (written) => [
        ["File", file],
        ["Entities", written.entities],
        ["Activities", written.activities],
        ["Constraints", "all hold"],
      ]);
    });
  });

export default action;
