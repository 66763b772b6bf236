import { availableParallelism } from "node:os";
import { defineConfig, type ViteUserConfig } from "vitest/config";
import shared from "./config.ts";

// The runs against every fault take longer than all else that is tested, and keep every core busy. The other tests wait
// a good deal of their time, so that as many side by side do not.
const everyFault = "test/matrix/faults-*.test.ts";

const { reporters, include = [], ...each } = shared.test ?? {};

/** How the contract's tests are run: the runs against every fault by themselves, all of them on every core. */
const config: ViteUserConfig = defineConfig({
  test: {
    ...(reporters && { reporters }),
    projects: [
      // Projects would have the files of the outer configuration besides their own, if they extended it.
      {
        extends: false,
        test: {
          ...each,
          name: "checks",
          include,
          exclude: [everyFault],
          sequence: { groupOrder: 0 },
          maxWorkers: availableParallelism(),
        },
      },
      {
        extends: false,
        test: {
          ...each,
          name: "every fault",
          include: [everyFault],
          sequence: { groupOrder: 1 },
          maxWorkers: availableParallelism(),
        },
      },
    ],
  },
});

export default config;
