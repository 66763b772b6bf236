import type { Command } from "commander";
import { addWriteOptions } from "../options/run.ts";
import { addSignInOptions } from "../options/sign-in.ts";
import { addTargetOptions } from "../options/target.ts";
import type { ReplayOptions } from "../replay.ts";
import type { Shell } from "../shell.ts";

/** `callpark replay`: does what a report found still fail? */
export const declareReplay = (program: Command, shell: Shell, finish: (code: number) => void): void => {
  const command = program
    .command("replay")
    .summary("send the requests of a report's findings again")
    .description(
      "Makes the checks of a report's findings again, sending their requests, and says which findings still fail.",
    )
    .argument("<REPORT>", "report.json, or the folder that callpark verify --report wrote")
    .argument("[FINDING]", "only findings of this code, or whose code begins so, up to a dot");
  addWriteOptions(addSignInOptions(addTargetOptions(command, "the one of the report")))
    .option("--json", "print the answer as JSON")
    .addHelpText(
      "after",
      `
A report holds no token: give it as to callpark verify. It goes to the PBX that
the report names, unless --url names another one.

Exit codes: 0 when all is fixed, 1 while something fails or cannot be told;
2, 3, 4 and 130 as of callpark verify.

Examples:
  callpark replay report --token-file token.txt
  callpark replay report call_park.get.recall_time --token-file token.txt`,
    )
    .action(async (report: string, finding: string | undefined, options: ReplayOptions) => {
      const { replay } = await import("../replay.ts");
      finish(await replay(report, finding, options, shell));
    });
};
