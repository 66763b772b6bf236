import type { RestoreOptions, UnfinishedRun, VerifyTarget } from "@callpark/contract";
import { INTERRUPTED, NOT_RESTORED } from "./errors.ts";
import { restoreOptions } from "./options/restore-options.ts";
import { isTokenInEnvironment, type TargetOptions } from "./options/target.ts";
import type { Shell } from "./shell.ts";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Says what is unfinished. Answers with the URL of the one run that there is, where there is a token for it. */
export const listRuns = async (
  options: TargetOptions,
  shell: Shell,
  finish: (code: number) => void,
): Promise<string | undefined> => {
  const { unfinishedRuns } = await import("@callpark/contract");
  const { runs, damaged } = await unfinishedRuns();
  const [only] = runs;
  const inEnvironment = isTokenInEnvironment(options, shell.env);
  const hasToken = inEnvironment || options.tokenFile !== undefined || options.tokenStdin === true;
  if (only !== undefined && runs.length + damaged.length === 1 && hasToken) return only.url;
  shell.stdout.write(
    [
      ...runs.map((run) =>
        // What the journal knows by a name alone was named to the run: the PBX had not said it.
        describe(
          run,
          restoreOptions({
            ...options,
            inEnvironment,
            tenant: run.tenant.id === undefined ? run.tenant.name : undefined,
          }),
        ),
      ),
      ...damaged.map((text) => `${text}.\n`),
    ].join("\n") || "Nothing to restore.\n",
  );
  finish(runs.length + damaged.length === 0 ? 0 : NOT_RESTORED);
  return undefined;
};

const describe = ({ runId, url, tenant, startedAt, reason, journal }: UnfinishedRun, options: string): string =>
  [
    `Run ${runId} of ${startedAt}`,
    `  PBX      ${url}`,
    `  Tenant   ${tenant.name}${tenant.id === undefined ? "" : ` (${tenant.id})`}`,
    ...(reason === undefined ? [] : [`  Why      ${reason}`]),
    `  Journal  ${journal}`,
    `  Restore  ${["npx callpark restore --url", url, options].join(" ").trimEnd()}`,
    "",
  ].join("\n");

/** Finishes what a run began, says what came of it and answers with the exit code. */
export const finishRun = async (target: VerifyTarget, options: RestoreOptions, shell: Shell): Promise<number> => {
  const { restore } = await import("@callpark/contract");
  const { restorationReport } = await import("@callpark/contract/reporters");
  let isLeft = false;
  // Wherever it ends, the journal is still there.
  const leave = (): never => {
    shell.say("Interrupted: what is not yet put back is still in the journal, so run it again.");
    process.exit(isLeft ? NOT_RESTORED : INTERRUPTED);
  };
  const confirm: RestoreOptions["confirm"] = async (run) => {
    isLeft = true;
    await options.confirm?.(run);
  };
  for (const name of SIGNALS) process.on(name, leave);
  try {
    const restoration = await restore(target, { ...options, confirm, onSecret: shell.hide });
    shell.stdout.write(restorationReport(restoration));
    return restoration.status === "failed" ? NOT_RESTORED : 0;
  } finally {
    for (const name of SIGNALS) process.off(name, leave);
  }
};
