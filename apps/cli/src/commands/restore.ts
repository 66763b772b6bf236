import type { Command } from "commander";
import { keptTokens } from "../checks.ts";
import { confirmRestore } from "../confirm.ts";
import { addSelectionOptions, type FleetSelection, isFleetRun } from "../options/fleet.ts";
import { addSignInOptions, resolveAccess, type SignInOptions } from "../options/sign-in.ts";
import { addTargetOptions, type TargetOptions } from "../options/target.ts";
import { finishRun, listRuns } from "../restore.ts";
import type { Shell } from "../shell.ts";

const afterHelp = `
A run that was killed or cut off while it wrote has left a journal of what was
there. This puts it back: the settings, the prompt, and the call park groups
that the run had made. It can be run again and again. It writes only to the
tenant that the journal is of.

Without --url it lists what is unfinished, each with the command that finishes
it; given a way in, and only one run being unfinished, it finishes that. With
--all, --label or --target it finishes what is unfinished of these targets.

Environment, as for callpark verify: CALLPARK_TOKEN, CALLPARK_REFRESH_TOKEN,
CALLPARK_PASSWORD.

Exit codes:
  0    the PBX is as it was, or there was nothing to do
  2    wrong usage or configuration, another run at work, or a damaged journal
  3    the PBX cannot be reached, is not trusted or does not let the token in
  4    not restored, or interrupted before it was: there is still something to
       put back, so run it again
  130  interrupted before it was known whether there is anything to put back

Examples:
  callpark restore
  callpark restore --url https://pbx.example.com:8887 --token-file token.txt
  callpark restore --all --yes`;

type Options = TargetOptions & SignInOptions & FleetSelection & { yes?: boolean; keepCurrent?: boolean };

/** `callpark restore`: finishes what a run began that came to no good end. */
export const declareRestore = (program: Command, shell: Shell, finish: (code: number) => void): void => {
  const command = program
    .command("restore")
    .summary("put back what an unfinished run changed")
    .description("Puts a PBX's call park settings back as they were before a run that did not come to its end.");
  addSelectionOptions(addSignInOptions(addTargetOptions(command, "list what is unfinished")))
    .optionsGroup("The restore:")
    .option("--yes", "do not ask")
    .option("--keep-current", "leave the settings as they are now, and be done with that run")
    .addHelpText("after", afterHelp)
    .action(async (options: Options) => {
      const { keepCurrent = false } = options;
      const confirm = options.yes ? undefined : confirmRestore(shell, keepCurrent);
      const how = { keepCurrent, ...(confirm && { confirm }) };
      if (isFleetRun(options)) {
        const { restoreFleetFile } = await import("../fleet/restore-fleet.ts");
        finish(await restoreFleetFile(options, how, shell));
        return;
      }
      const url = options.url ?? (await listRuns(options, shell, finish));
      if (url === undefined) return;
      const target = await resolveAccess({ ...options, url }, shell);
      if (target === undefined) return;
      finish(await finishRun(target, { ...how, ...keptTokens(options) }, shell));
    });
};
