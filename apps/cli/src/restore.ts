import type { RestoreOptions, UnfinishedRun, VerifyTarget } from "@callpark/contract";
import type { SignInTarget } from "@callpark/contract/fleet";
import { INTERRUPTED, NOT_RESTORED } from "./errors.ts";
import { restoreOptions, withSecretFile } from "./options/restore-options.ts";
import type { SignInOptions } from "./options/sign-in.ts";
import { isTokenInEnvironment, type TargetOptions } from "./options/target.ts";
import { clearLine, openProgress } from "./progress.ts";
import type { Shell } from "./shell.ts";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Says what is unfinished. Answers with the URL of the one run that there is, where there is a way in to it. */
export const listRuns = async (
  options: TargetOptions & SignInOptions,
  shell: Shell,
  finish: (code: number) => void,
): Promise<string | undefined> => {
  const { unfinishedRuns } = await import("@callpark/contract");
  const { runs, damaged } = await unfinishedRuns();
  const [only] = runs;
  const given = [options.tokenFile, options.tokenStdin, options.username].some((option) => option !== undefined);
  const hasWayIn = given || isTokenInEnvironment(options, shell.env);
  if (only !== undefined && runs.length + damaged.length === 1 && hasWayIn) return only.url;
  shell.stdout.write(describeRuns({ runs, damaged }, shell, options) || "Nothing to restore.\n");
  finish(runs.length + damaged.length === 0 ? 0 : NOT_RESTORED);
  return undefined;
};

/** What is unfinished, each with the command that finishes it: by the way in of that run, or the one that is given. */
export const describeRuns = (
  { runs, damaged }: { runs: UnfinishedRun[]; damaged: string[] },
  { env }: Shell,
  options: TargetOptions & SignInOptions = {},
): string => {
  const inEnvironment = isTokenInEnvironment(options, env);
  return [
    ...runs.map((run) => {
      // What the journal knows by a name alone was named to the run: the PBX had not said it.
      const tenant = run.tenant.id === undefined ? run.tenant.name : undefined;
      const usual = restoreOptions({ ...options, inEnvironment, tenant });
      const command = ["npx callpark restore --url", run.url, usual].join(" ").trimEnd();
      return describe(run, run.command === undefined ? command : withSecretFile(run.command, env));
    }),
    ...damaged.map((text) => `${text}.\n`),
  ].join("\n");
};

const describe = ({ runId, url, tenant, startedAt, reason, journal }: UnfinishedRun, command: string): string =>
  [
    `Run ${runId} of ${startedAt}`,
    `  PBX      ${url}`,
    `  Tenant   ${tenant.name}${tenant.id === undefined ? "" : ` (${tenant.id})`}`,
    ...(reason === undefined ? [] : [`  Why      ${reason}`]),
    `  Journal  ${journal}`,
    `  Restore  ${command}`,
    "",
  ].join("\n");

/** Finishes what a run began, says what came of it, of a target by its `name`, and answers with the exit code. */
export const finishRun = async (
  target: VerifyTarget | SignInTarget,
  options: RestoreOptions,
  shell: Shell,
  name?: string,
): Promise<number> => {
  const { restorationReport } = await import("@callpark/contract/reporters");
  let isLeft = false;
  // Wherever it ends, the journal is still there.
  const leave = (): never => {
    clearLine(shell);
    shell.say("Interrupted: what is not yet put back is still in the journal, so run it again.");
    process.exit(isLeft ? NOT_RESTORED : INTERRUPTED);
  };
  const confirm: RestoreOptions["confirm"] = async (run) => {
    isLeft = true;
    await options.confirm?.(run);
  };
  for (const name of SIGNALS) process.on(name, leave);
  try {
    const restoration = await restoreBy(target, {
      ...options,
      confirm,
      onSecret: shell.hide,
      onWait: openProgress(shell, true).wait,
    });
    shell.stdout.write(`${name === undefined ? "" : `${name}: `}${restorationReport(restoration)}`);
    return restoration.status === "failed" ? NOT_RESTORED : 0;
  } finally {
    for (const name of SIGNALS) process.off(name, leave);
  }
};

const restoreBy = async (target: VerifyTarget | SignInTarget, options: RestoreOptions) =>
  "token" in target
    ? (await import("@callpark/contract")).restore(target, options)
    : (await import("@callpark/contract/fleet")).restoreSignedIn(target, options);
