import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { SignInTarget } from "../fleet/sign-in.ts";
import type { Report } from "../report.ts";
import type { VerifyOptions, VerifyTarget } from "../target.ts";

/** What a run in a process of its own can be told: plain data. */
export type RunInChild = Omit<
  VerifyOptions,
  "signal" | "onWrite" | "onRestored" | "onProgress" | "onWait" | "onTokens" | "onSecret"
>;

/** What the process is told to do. Over the channel, since arguments and environment can be read by others. */
export interface Task {
  target: VerifyTarget | SignInTarget;
  options: RunInChild;
}

export type Outcome = { report: Report } | { error: { name: string; message: string } };

export interface ChildRun {
  /** Rejects where the run could not begin. */
  report: Promise<Report>;
  /** Ends the run if it still goes on; resolves when everything is put back and the process is gone. */
  end(): Promise<void>;
}

/**
 * Starts a run in a process that outlives this one for as long as it takes to put everything back: it has a process group
 * of its own, so that no Ctrl-C meets it, and ends its run when the channel is closed, for whatever reason.
 */
export const startChildRun = (target: Task["target"], options: RunInChild): ChildRun => {
  const child = fork(fileURLToPath(new URL("./child.js", import.meta.url)), {
    detached: true,
    execArgv: [],
    serialization: "advanced",
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const gone = once(child, "exit");
  const report = new Promise<Report>((resolve, reject) => {
    child.once("error", reject);
    child.once("message", (outcome: Outcome) => {
      if ("report" in outcome) resolve(outcome.report);
      else reject(Object.assign(new Error(outcome.error.message), { name: outcome.error.name }));
    });
    child.once("exit", (code, signal) => {
      reject(
        new Error(
          `The process of the run was ended (${signal ?? code}). If it was to write, look whether everything is as it was: callpark restore`,
        ),
      );
    });
  });
  // Who ends the run early does not ask for its report.
  report.catch(() => undefined);
  child.send({ target, options } satisfies Task);
  return {
    report,
    end: async () => {
      if (child.connected) child.disconnect();
      await gone;
    },
  };
};
