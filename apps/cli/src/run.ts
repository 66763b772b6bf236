import type { Report, VerifyOptions, VerifyTarget } from "@callpark/contract";
import type { SignInTarget } from "@callpark/contract/fleet";
import { jsonReport, terminalReport } from "@callpark/contract/reporters";
import { withSandbox } from "./embedded.ts";
import { codeOfError, NOT_RESTORED } from "./errors.ts";
import { type Interrupts, listenForInterrupts } from "./interrupts.ts";
import type { RunOptions } from "./options/run.ts";
import type { TargetOptions } from "./options/target.ts";
import { openProgress } from "./progress.ts";
import { writeReports } from "./report-folder.ts";
import { keepIn } from "./secret-file.ts";
import type { Shell } from "./shell.ts";

/** Runs the checks, prints the report and answers with the exit code. Without a target: against the sandbox. */
export const runVerify = async (
  target: VerifyTarget | SignInTarget | undefined,
  options: RunOptions & Pick<TargetOptions, "refreshTokenFile">,
  shell: Shell,
): Promise<number> => {
  const { exitCodeOf } = await import("@callpark/contract");
  const interrupts = listenForInterrupts(shell, options.write !== undefined);
  try {
    const report = await runChecks(target, options, shell, interrupts);
    shell.stdout.write(print(report, options, shell));
    const kept = await keep(report, options, shell);
    const code = exitCodeOf(report);
    if (code === NOT_RESTORED) return code;
    // A full disk must not hide what the run found.
    return interrupts.crash() ?? (code === 0 ? kept : code);
  } catch (error) {
    const crash = interrupts.crash();
    if (crash === undefined) throw error;
    return crash;
  } finally {
    interrupts.stop();
  }
};

const runChecks = async (
  given: VerifyTarget | SignInTarget | undefined,
  {
    write,
    pbxVersion: version,
    only,
    quiet,
    seed,
    maxRequests,
    refreshTokenFile,
  }: RunOptions & Pick<TargetOptions, "refreshTokenFile">,
  shell: Shell,
  { signal, remember }: Interrupts,
): Promise<Report> => {
  const progress = openProgress(shell, !quiet);
  const run = async (target: VerifyTarget | SignInTarget): Promise<Report> => {
    const options: VerifyOptions = {
      version,
      signal,
      onWrite: remember,
      onProgress: progress.show,
      ...(write && { write }),
      ...(only && { only }),
      ...(seed !== undefined && { seed }),
      ...(maxRequests !== undefined && { maxRequests }),
      ...(refreshTokenFile !== undefined && { onTokens: keepIn(refreshTokenFile) }),
    };
    if ("token" in target) return (await import("@callpark/contract")).verify(target, options);
    return (await import("@callpark/contract/fleet")).verifySignedIn(target, options);
  };
  try {
    return await (given ? run(given) : withSandbox(version, run));
  } finally {
    progress.clear();
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

const print = (report: Report, { json, quiet = false }: RunOptions, { stdout }: Shell): string =>
  json ? jsonReport(report) : terminalReport(report, { color: stdout.isTTY && stdout.hasColors(), quiet });

const epilogue = ({ target }: Report, page: string | undefined): string[] => [
  ...(page === undefined ? [] : [`Report: ${page}`]),
  ...(target.embedded
    ? [
        "This was the sandbox PBX that comes with callpark. To check a real one:",
        "  npx callpark verify --url https://pbx.example.com:8887 --token-file token.txt",
      ]
    : []),
];
