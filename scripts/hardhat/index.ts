import { overrideTask } from "hardhat/config";
import { definePlugin } from "hardhat/plugins";

/** What the repository adds to Hardhat: typings of the published contracts only, and mocha over `*.test.ts` only. */
export const concordPlugin = definePlugin({
  id: "concord",
  dependencies: () => [import("@nomicfoundation/hardhat-mocha"), import("@nomicfoundation/hardhat-typechain")],
  hookHandlers: { solidity: () => import("./typingsHook.ts") },
  tasks: [
    overrideTask(["test", "mocha"])
      .setAction(() => import("./mochaAction.ts"))
      .build(),
  ],
});
