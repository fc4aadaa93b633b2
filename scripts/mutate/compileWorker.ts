/** Compiles beside the tests: takes compiler input, and answers with the compiler's output. */
import { parentPort } from "node:worker_threads";

import solc from "solc";

parentPort?.on("message", (input: string) => parentPort?.postMessage(solc.compile(input) as string));
