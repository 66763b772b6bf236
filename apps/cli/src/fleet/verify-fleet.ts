import { setFlagsFromString } from "node:v8";
import { shardOf } from "@callpark/contract/fleet";
import { confirmWrite } from "../confirm.ts";
import { readBaseline } from "../options/baseline.ts";
import { type FleetRunOptions, USUAL_CONFIG } from "../options/fleet.ts";
import type { RunOptions } from "../options/run.ts";
import type { Shell } from "../shell.ts";
import { loadConfig } from "./config/load.ts";
import { prepareFleetFolder } from "./report-folder.ts";
import { resolveTargets } from "./resolve.ts";
import { runFleet } from "./run.ts";
import { selectTargets } from "./select.ts";

const NAMED = 5;

/** `callpark verify` of many PBXs: the folder, the file and the secrets are looked at before anything is sent. */
export const verifyFleetFile = async (options: FleetRunOptions & RunOptions, shell: Shell): Promise<number> => {
  // Else garbage piles up with the number of targets, to several times of what is in use.
  setFlagsFromString("--optimize-for-size");
  const { config: file = USUAL_CONFIG, shard, write, report, pbxVersion: version } = options;
  // Before anything can go wrong: an earlier part would be merged for the one that did not come.
  if (report !== undefined && shard) await prepareFleetFolder(report);
  const known = await readBaseline(options.baseline);
  const config = await loadConfig(file);
  const selected = selectTargets(config.targets, options, file).map((one) => ({ one, target: { url: one.url } }));
  const part = (shard ? shardOf(selected, shard) : selected).map(({ one }) => one);
  const targets = (await resolveTargets(config, part, shell)).map((target) => ({ version, ...target }));
  if (write && !options.yes && targets.length > 0) await confirmWrite(write, named(targets), shell);
  if (report !== undefined && !shard) await prepareFleetFolder(report);
  return runFleet(targets, options, known, shell);
};

const named = (targets: readonly { name: string }[]): string => {
  const names = targets.slice(0, NAMED).map(({ name }) => name);
  const more = targets.length > NAMED ? ` and ${targets.length - NAMED} more` : "";
  return `${targets.length === 1 ? "" : `${targets.length} targets: `}${names.join(", ")}${more}`;
};
