import type { Report, VerifyOptions, VerifyTarget } from "@callpark/contract";
import type { SignInTarget } from "@callpark/contract/fleet";
import { githubAnnotations, jsonReport, markdownReport, terminalReport } from "@callpark/contract/reporters";
import { keptTokens, runChecks } from "./checks.ts";
import { codeOfError, isNotRestored, messageOf, NOT_RESTORED } from "./errors.ts";
import { tellGithub } from "./github.ts";
import { hintOf } from "./hint.ts";
import { type Interrupts, listenForInterrupts } from "./interrupts.ts";
import type { RunOptions } from "./options/run.ts";
import type { TargetOptions } from "./options/target.ts";
import { writeFailure, writeReports } from "./report-folder.ts";
import type { Shell } from "./shell.ts";

/** Runs the checks, prints the report and answers with the exit code. Without a target: against the sandbox. */
export const runVerify = async (
  target: VerifyTarget | SignInTarget | undefined,
  options: RunOptions & Pick<TargetOptions, "refreshTokenFile">,
  known: Pick<VerifyOptions, "baseline">,
  shell: Shell,
): Promise<number> => {
  const { exitCodeOf } = await import("@callpark/contract");
  const { write, pbxVersion: version, only, seed, maxRequests, quiet, report: folder } = options;
  return interruptible(options, shell, async (interrupts) => {
    const asked = {
      ...{ version, quiet, record: folder !== undefined },
      ...(write && { write }),
      ...(only && { only }),
      ...(seed !== undefined && { seed }),
      ...(maxRequests !== undefined && { maxRequests }),
    };
    const all = { ...asked, ...known, ...keptTokens(options) };
    const report = await orSayWhy(() => runChecks(target, all, shell, interrupts), target?.url, options, shell);
    shell.stdout.write(print(report, options, shell));
    await tellGithub({ annotations: () => githubAnnotations(report), summary: () => markdownReport(report) }, shell);
    const kept = await keep(report, options, shell);
    const code = exitCodeOf(report);
    // A full disk must not hide what the run found.
    return code === 0 ? kept : code;
  });
};

/** Leaves a report that says why there is none, for those who look at nothing else. */
const orSayWhy = async (
  run: () => Promise<Report>,
  url: string | undefined,
  { report: folder, quiet }: RunOptions,
  shell: Shell,
): Promise<Report> => {
  const startedAt = new Date().toISOString();
  const began = performance.now();
  try {
    return await run();
  } catch (error) {
    if (folder !== undefined) {
      const message = shell.mask([messageOf(error), hintOf(error)].filter(Boolean).join("\n"));
      const duration = performance.now() - began;
      await writeFailure(folder, { startedAt, duration, message, ...(url !== undefined && { url }) }).then(
        (file) => quiet || shell.say(`Report: ${file} (there is nothing else to report: the run was not made)`),
        (reason) => codeOfError(reason, shell),
      );
    }
    throw error;
  }
};

/** Work that Ctrl-C ends, with everything put back. Answers with the exit code: not restored, a bug, the work's own. */
export const interruptible = async (
  { write }: Pick<RunOptions, "write">,
  shell: Shell,
  work: (interrupts: Interrupts) => Promise<number>,
): Promise<number> => {
  const interrupts = listenForInterrupts(shell, write !== undefined);
  try {
    const code = await work(interrupts);
    return code === NOT_RESTORED ? code : (interrupts.crash() ?? code);
  } catch (error) {
    const crash = interrupts.crash();
    if (crash === undefined || isNotRestored(error)) throw error;
    return crash;
  } finally {
    interrupts.stop();
  }
};

/** Writes the report where it was asked for, and says where to go from here. */
const keep = async (report: Report, options: RunOptions, shell: Shell): Promise<number> => {
  try {
    const page = options.report === undefined ? undefined : await writeReports(options.report, report);
    if (!options.quiet) for (const line of epilogue(report, page)) shell.say(line);
    return 0;
  } catch (error) {
    return codeOfError(error, shell);
  }
};

const print = (report: Report, { json, quiet = false }: RunOptions, { stdout }: Shell): string => {
  const { columns } = stdout;
  if (json) return jsonReport(report);
  return terminalReport(report, {
    color: stdout.isTTY && stdout.hasColors(),
    quiet,
    ...(columns > 0 && { width: columns }),
  });
};

const epilogue = ({ target }: Report, page: string | undefined): string[] => [
  ...(page === undefined ? [] : [`Report: ${page}`]),
  ...(target.embedded
    ? [
        "This was the sandbox PBX that comes with callpark. To check a real one:",
        "  npx callpark verify --url https://pbx.example.com:8887 --token-file token.txt",
      ]
    : []),
];
