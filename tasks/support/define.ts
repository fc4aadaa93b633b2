import { task } from "hardhat/config";
import { ArgumentType } from "hardhat/types/arguments";

import { dryRunFlag, jsonFlag } from "./options.ts";

/** An option that takes a text and may be left out. A description that begins with "Required" says that it may not. */
export function option<const Name extends string>(name: Name, description: string) {
  return { name, description, type: ArgumentType.STRING_WITHOUT_DEFAULT, defaultValue: undefined } as const;
}

/** An option that takes a file and may be left out. */
export function fileOption<const Name extends string>(name: Name, description: string) {
  return { name, description, type: ArgumentType.FILE_WITHOUT_DEFAULT, defaultValue: undefined } as const;
}

/** A positional argument that takes a text and may be left out. */
export function optionalArgument<const Name extends string>(name: Name, description: string) {
  return { name, description, type: ArgumentType.STRING_WITHOUT_DEFAULT } as const;
}

/** A task that reads a deployment: the one recorded for the network, or that of `--record`. */
export function readingTask(id: [noun: string, verb: string], description: string) {
  return task(id, description)
    .addOption(fileOption("record", "Deployment record to use instead of the network's own"))
    .addFlag(jsonFlag);
}

/** A task that signs with a key of the network. */
export function signingTask(id: [noun: string, verb: string], description: string) {
  return readingTask(id, description).addOption(
    option("from", "Account to act as, where the network has several; the first unless told"),
  );
}

/** A task that sends transactions. */
export function writingTask(id: [noun: string, verb: string], description: string) {
  return signingTask(id, description).addFlag(dryRunFlag);
}
