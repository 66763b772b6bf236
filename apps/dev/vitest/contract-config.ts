import { availableParallelism } from "node:os";
import { defineConfig, type ViteUserConfig } from "vitest/config";
import shared from "./config.ts";

// The runs against every fault take longer than all else that is tested. They come when the other packages' tests
// are over, mostly, so that they have every core; before, one worker leaves the rest to those.
const everyFault = "test/matrix/faults-*.test.ts";

const { reporters, include = [], ...each } = shared.test ?? {};

/** How the contract's tests are run: the runs against every fault last, on every core. */
const config: ViteUserConfig = defineConfig({
  test: {
    ...(reporters && { reporters }),
    projects: [
      // Projects would have the files of the outer configuration besides their own, if they extended it.
      {
        extends: false,
        test: { ...each, name: "checks", include, exclude: [everyFault], sequence: { groupOrder: 0 } },
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
