import type { RestoreOptions } from "@callpark/contract";
import type { FleetTarget } from "@callpark/contract/fleet";
import { codeOfError, INTERRUPTED, NOT_RESTORED } from "../errors.ts";
import { type FleetSelection, USUAL_CONFIG } from "../options/fleet.ts";
import { describeRuns, finishRun } from "../restore.ts";
import type { Shell } from "../shell.ts";
import { hostOf, loadConfig } from "./config/load.ts";
import { resolveTargets } from "./resolve.ts";
import { selectTargets } from "./select.ts";

/** The gravest first, as of a fleet's check. */
const GRAVEST = [NOT_RESTORED, INTERRUPTED, 1, 3, 2];

/**
 * `callpark restore` of targets in a file: one after the other, and only those whose host has something unfinished.
 * Answers with the gravest exit code.
 */
export const restoreFleetFile = async (options: FleetSelection, how: RestoreOptions, shell: Shell): Promise<number> => {
  const config = await loadConfig(options.config ?? USUAL_CONFIG);
  const selected = selectTargets(config.targets, options, config.file);
  const { unfinishedRuns } = await import("@callpark/contract");
  const { runs, damaged } = await unfinishedRuns();
  const hosts = new Set(runs.map(({ url }) => hostOf(url)));
  // Whose a damaged journal is only the tenant's id tells.
  const concerned = selected.filter(({ url }) => damaged.length > 0 || hosts.has(hostOf(url)));
  const codes: number[] = [];
  const targets: FleetTarget[] = [];
  // A secret that is not there keeps no other target from being restored; and each is known before anything is said.
  for (const target of concerned) {
    try {
      targets.push(...(await resolveTargets(config, [target], shell)));
    } catch (error) {
      codes.push(codeOfError(error, of(target.name, shell)));
    }
  }
  for (const target of targets) codes.push(await restoreOne(target, how, shell));
  const left = options.all ? await unfinishedRuns() : { runs: [], damaged: [] };
  const rest = describeRuns(left, shell);
  if (rest !== "") codes.push(NOT_RESTORED);
  shell.stdout.write(rest || (concerned.length === 0 ? "Nothing to restore.\n" : ""));
  return GRAVEST.find((code) => codes.includes(code)) ?? 0;
};

const restoreOne = async (
  { name, target, onTokens }: FleetTarget,
  how: RestoreOptions,
  shell: Shell,
): Promise<number> => {
  try {
    const options = { ...how, othersToo: true, ...(onTokens && { onTokens }) };
    return await finishRun(target, options, shell, name);
  } catch (error) {
    return codeOfError(error, of(name, shell));
  }
};

const of = (name: string, shell: Shell): Shell => ({ ...shell, say: (text) => shell.say(`${name}: ${text}`) });
