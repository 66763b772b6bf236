import { type Command, Option } from "commander";
import { reportOption } from "../options/report.ts";
import type { RunOptions } from "../options/run.ts";
import type { Shell } from "../shell.ts";

/** `callpark report merge`: one report of what several machines have checked. */
export const declareReport = (program: Command, shell: Shell, finish: (code: number) => void): void => {
  const report = program
    .command("report")
    .summary("work on reports")
    .description("Works on reports of callpark verify.");
  report
    .command("merge")
    .summary("make one report of several")
    .description(
      "Makes one report of the folders that callpark verify --report wrote: the shards of a run, or runs on different PBXs.",
    )
    .argument("<DIR...>", "the folders, or a folder that holds them")
    .addOption(reportOption("write the report of all into this folder, with that of each target"))
    .option("--json", "print the report as JSON")
    .addOption(new Option("--quiet", "print the last line only, and what is left changed").conflicts("json"))
    .addHelpText(
      "after",
      `
The exit code is that of the gravest target, as of callpark verify; a shard that
is missing makes it 1.

Example:
  callpark report merge shards --report report`,
    )
    .action(async (folders: string[], options: Pick<RunOptions, "report" | "json" | "quiet">) => {
      const { mergeReports } = await import("../fleet/merge.ts");
      finish(await mergeReports(folders, options, shell));
    });
};
