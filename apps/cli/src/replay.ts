import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Report } from "@callpark/contract";
import {
  explainTenant,
  outcomesOf,
  type Plan,
  parseReport,
  planReplay,
  replayed,
  replayedTenant,
  replayJson,
  replayReport,
} from "@callpark/contract/replay";
import { keptTokens, runChecks } from "./checks.ts";
import { confirmWrite } from "./confirm.ts";
import { UsageError } from "./errors.ts";
import { FLEET_FILE, TARGETS } from "./fleet/report-folder.ts";
import { isFolder, readOptionFile } from "./options/file.ts";
import type { RunOptions } from "./options/run.ts";
import { resolveAccess, type SignInOptions } from "./options/sign-in.ts";
import type { TargetOptions } from "./options/target.ts";
import { interruptible } from "./run.ts";
import type { Shell } from "./shell.ts";

export type ReplayOptions = TargetOptions & SignInOptions & Pick<RunOptions, "write" | "yes" | "json">;

/** Makes a report's findings again, says what became of them and answers with the exit code. */
export const replay = async (
  path: string,
  finding: string | undefined,
  options: ReplayOptions,
  shell: Shell,
): Promise<number> => {
  const file = await fileOf(path);
  const report = parseReport(await readOptionFile("replay", file), file);
  const plan = planReplay(report, finding);
  if (plan.findings.length === 0) {
    shell.stdout.write(options.json ? replayJson(report) : `There is no finding in ${file}.\n`);
    return 0;
  }
  refuseUnasked(plan, options);
  const target = await resolveAccess(aimedAs(report, options), shell);
  if (target && options.write && !options.yes) await confirmWrite(options.write, target.url, shell);
  return interruptible(options, shell, async (interrupts) => {
    if (!options.json) shell.stdout.write(`${headOf(report, file, target)}\n`);
    const { line, source } = report.pbxVersion;
    const run = await runChecks(
      target,
      {
        only: plan.only,
        record: true,
        ...keptTokens(options),
        version: source === "option" ? line : "auto",
        ...(options.write && { write: options.write }),
      },
      shell,
      interrupts,
    ).catch((error: unknown) => {
      // The user's own --tenant, or another PBX, is not the report's to explain.
      throw isAimed(options) ? error : explainTenant(error, report);
    });
    const outcomes = outcomesOf(plan, run);
    const asText = () => `Tenant   ${replayedTenant(report, run)}\n\n${replayReport(outcomes)}`;
    shell.stdout.write(options.json ? replayJson(report, outcomes) : asText());
    return replayed(outcomes);
  });
};

/** The folder of a report stands for its JSON form. */
const fileOf = async (path: string): Promise<string> => {
  if (!(await isFolder(path))) return path;
  const file = join(path, "report.json");
  if (!existsSync(file) && existsSync(join(path, FLEET_FILE)))
    throw new UsageError(`${path} is the report of many PBXs: give that of one, ${join(path, TARGETS, "NAME")}`);
  return file;
};

const reach = { none: 0, safe: 1, full: 2 };

/** A check that writes is not made without the flags that it was made with. */
const refuseUnasked = ({ write, only }: Plan, options: ReplayOptions): void => {
  if (reach[options.write ?? "none"] < reach[write])
    throw new UsageError(
      `${only.length === 1 ? `The check ${only[0]} writes` : "Some of these checks write"}: add --write=${write}`,
    );
};

/** Do the options say which tenant, or which PBX? */
const isAimed = ({ url, tenant }: ReplayOptions): boolean => url !== undefined || tenant !== undefined;

/** Where the options name no PBX: the one that the report is about, and its tenant only. */
const aimedAs = ({ target }: Report, options: ReplayOptions): ReplayOptions => {
  if (options.url !== undefined || target.embedded) return options;
  const tenant = options.tenant ?? target.tenant?.id;
  return { ...options, url: target.url, ...(tenant !== undefined && { tenant }) };
};

const headOf = ({ startedAt, target: { tenant } }: Report, file: string, target: { url: string } | undefined): string =>
  [
    `PBX      ${target?.url ?? "the embedded sandbox"}`,
    `Report   ${file}, of ${startedAt}${tenant?.id === undefined ? "" : `, of the tenant ${tenant.name}`}`,
  ].join("\n");
