import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Reporter, TestModule, Vitest } from "vitest/node";
import { resultsFile } from "../run/results-file.js";

interface Results {
  passed: number;
  failed: string[];
  skipped: { name: string; reason: string }[];
}

/** Writes what came of a package's tests to where turbo keeps it, so that a run from its cache counts as well. */
export class ResultsReporter implements Reporter {
  #root = "";

  onInit(vitest: Vitest): void {
    this.#root = vitest.config.root;
  }

  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly { message?: string }[]): void {
    const results: Results = {
      passed: 0,
      failed: unhandled.map(({ message }) => `unhandled: ${message}`),
      skipped: [],
    };
    for (const module of modules) {
      // A file that breaks before its tests has no test to carry the failure.
      if (module.errors().length > 0) results.failed.push(`${module.relativeModuleId} could not be run`);
      for (const suite of module.children.allSuites())
        if (suite.errors().length > 0)
          results.failed.push(`${module.relativeModuleId} > ${suite.fullName} could not be set up`);
      for (const test of module.children.allTests()) {
        const result = test.result();
        const name = `${module.relativeModuleId} > ${test.fullName}`;
        if (result.state === "passed") results.passed += 1;
        else if (result.state === "failed") results.failed.push(name);
        else results.skipped.push({ name, reason: (result.state === "skipped" && result.note) || "no reason given" });
      }
    }
    const file = join(this.#root, resultsFile);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(results));
  }
}
