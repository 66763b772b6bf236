import type { FleetOptions, FleetReport, FleetTarget } from "@callpark/contract/fleet";
import { codeOfError, NOT_RESTORED, USAGE } from "../errors.ts";
import { tellGithub } from "../github.ts";
import { type Interrupts, listenForInterrupts } from "../interrupts.ts";
import type { FleetRunOptions } from "../options/fleet.ts";
import type { RunOptions } from "../options/run.ts";
import { openProgress } from "../progress.ts";
import type { Shell } from "../shell.ts";
import { printFleet } from "./print.ts";
import { writeFleetReport, writeTargetReport } from "./report-folder.ts";

/** Checks the targets, prints what came of them and answers with the exit code. */
export const runFleet = async (
  targets: readonly FleetTarget[],
  options: FleetRunOptions & RunOptions,
  known: Pick<FleetOptions, "baseline">,
  shell: Shell,
): Promise<number> => {
  const { exitCodeOfFleet, fleetGithubAnnotations, fleetMarkdownReport } = await import("@callpark/contract/fleet");
  const interrupts = listenForInterrupts(shell, options.write !== undefined);
  try {
    const { report, lost } = await check(targets, options, known, shell, interrupts);
    printFleet(report, options, shell);
    await tellGithub(
      { annotations: () => fleetGithubAnnotations(report), summary: () => fleetMarkdownReport(report) },
      shell,
    );
    const kept = await keep(report, options, shell);
    const code = exitCodeOfFleet(report);
    if (code === NOT_RESTORED) return code;
    // A full disk must not hide what the run found.
    return interrupts.crash() ?? (code === 0 ? (lost ? USAGE : kept) : code);
  } finally {
    interrupts.stop();
  }
};

const check = async (
  targets: readonly FleetTarget[],
  { write, only, seed, maxRequests, quiet, report: folder, concurrency, shard }: FleetRunOptions & RunOptions,
  known: Pick<FleetOptions, "baseline">,
  shell: Shell,
  { signal, remember, forget }: Interrupts,
): Promise<{ report: FleetReport; lost: boolean }> => {
  const { verifyFleet } = await import("@callpark/contract/fleet");
  const progress = openProgress(shell, !quiet);
  let lost = false;
  try {
    const report = await verifyFleet(targets, {
      signal,
      onSecret: shell.hide,
      onWrite: ({ name }, undo) => remember(undo, name),
      onRestored: ({ name }) => forget(name),
      onProgress: ({ done, total, target, check: id }) =>
        progress.show({ done, total, check: `targets, ${target}: ${id}` }),
      onWait: progress.wait,
      record: folder !== undefined,
      ...known,
      ...(write && { write }),
      ...(only && { only }),
      ...(seed !== undefined && { seed }),
      ...(maxRequests !== undefined && { maxRequests }),
      ...(concurrency !== undefined && { concurrency }),
      ...(shard && { shard }),
      onReport: async ({ name }, own) => {
        if (folder === undefined) return;
        await writeTargetReport(folder, name, own).catch((error: unknown) => {
          lost = true;
          throw error;
        });
      },
    });
    return { report, lost };
  } finally {
    progress.clear();
  }
};

const keep = async (report: FleetReport, { report: folder, quiet }: RunOptions, shell: Shell): Promise<number> => {
  if (folder === undefined) return 0;
  try {
    const page = await writeFleetReport(folder, report);
    if (!quiet) shell.say(`Report: ${page}`);
    return 0;
  } catch (error) {
    return codeOfError(error, shell);
  }
};
