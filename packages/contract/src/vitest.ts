import { apiUrl } from "@callpark/client";
import { afterAll, beforeAll, describe, test } from "vitest";
import { checkRunOptions, configured } from "./check-options.ts";
import type { SignInTarget } from "./fleet/sign-in.ts";
import { messageOf } from "./message-of.ts";
import { isCalled, listChecks } from "./registry.ts";
import type { CheckResult, Report } from "./report.ts";
import { ConfigurationError, type VerifyTarget } from "./target.ts";
import { type ChildRun, type RunInChild, startChildRun } from "./vitest/child-run.ts";
import { ContractError, failureOf } from "./vitest/failure.ts";

/** How the contract is checked in a Vitest project. */
export interface ContractSuiteOptions extends RunInChild {
  /** @default "call park contract" */
  name?: string;
  /** How long the whole run may take, in milliseconds. It is ended then, and puts everything back. @default 600000 */
  timeout?: number;
}

/** Where the suite gets its target: at once, or when the tests begin. */
export type SuiteTarget = VerifyTarget | SignInTarget;

const tenMinutes = 600_000;
/** How long a run that was ended may take to put everything back, in milliseconds. */
const patience = 120_000;

/**
 * One Vitest test for each check of the contract, and one for what was put back. The run itself is made before them, in a
 * process of its own: Vitest ends at once at Ctrl-C, and that process then puts everything back and ends too.
 *
 * @param target The PBX, or a function that gives it when the tests begin.
 *
 * @throws ConfigurationError for an option that has a value that it does not take, or a target without a URL.
 *
 * @example
 * contractSuite(() => ({ url: "https://pbx.example.com:8887", token: process.env.CALLPARK_TOKEN ?? "" }));
 */
export const contractSuite = (
  target: SuiteTarget | (() => SuiteTarget | Promise<SuiteTarget>),
  options: ContractSuiteOptions = {},
): void => {
  const { name = "call park contract", timeout = tenMinutes, ...run } = options;
  checkRunOptions(run);
  if (typeof target !== "function") withUrl(target);
  describe(name, () => {
    let child: ChildRun | undefined;
    let report: Report | undefined;
    let failure: unknown;
    beforeAll(async () => {
      try {
        child = startChildRun(withUrl(typeof target === "function" ? await target() : target), run);
        report = await child.report;
      } catch (error) {
        // Not thrown here: some reporters of Vitest leave out what a hook throws.
        failure = error;
      }
    }, timeout);
    afterAll(() => child?.end(), patience);

    const own = listChecks().filter(({ id }) => isWanted(id, run.only));
    for (const { id, title } of own)
      test(`${title} (${id})`, ({ skip }) => {
        if (report === undefined) return skip("There was no run: see the last test.");
        const result = report.checks.find((check) => check.id === id);
        if (result === undefined) throw new ContractError(`The run has no result for ${id}`);
        if (result.status === "skipped") skip(result.reason);
        judge(result);
      });
    test("the run is finished, and the PBX has its own settings", () => {
      if (report === undefined) throw new ContractError(messageOf(failure));
      for (const note of report.notes) console.warn(note);
      const known = new Set(own.map(({ id }) => id));
      for (const check of report.checks) if (!known.has(check.id)) judge(check);
      const wrong = failureOf(report);
      if (wrong !== undefined) throw new ContractError(wrong);
    });
  });
};

/** @throws ConfigurationError where there is none: of a variable that is not set, say. */
const withUrl = (target: SuiteTarget): SuiteTarget => {
  const { url } = target;
  if (!url)
    throw new ConfigurationError(
      `url is ${url === "" ? "empty" : "not there"}: give that of a PBX, such as https://pbx.example.com:8887`,
    );
  configured(() => apiUrl(url));
  return target;
};

const isWanted = (id: string, only: readonly string[] | undefined): boolean =>
  only === undefined || only.some((name) => isCalled(id, name));

const judge = (result: CheckResult): void => {
  if (result.status === "failed" || result.status === "error") throw ContractError.of(result);
};
