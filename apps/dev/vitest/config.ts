import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig, type ViteUserConfig } from "vitest/config";
import { ResultsReporter } from "./results-reporter.ts";

/** How every package runs its tests: `vitest run --config` with this file. */
const config: ViteUserConfig = defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    reporters: ["default", new ResultsReporter()],
    // Runs keep journals: those of tests have no business among the user's own.
    env: { XDG_STATE_HOME: join(tmpdir(), `callpark-tests-${process.pid}`) },
    restoreMocks: true,
    unstubEnvs: true,
    unstubGlobals: true,
    // Several packages are tested at once, on as few as two cores.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});

export default config;
