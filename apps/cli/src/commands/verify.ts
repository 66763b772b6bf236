import type { Command } from "commander";
import { confirmWrite } from "../confirm.ts";
import { listChecks, refuseUnknown } from "../list.ts";
import { readBaseline } from "../options/baseline.ts";
import { addFleetOptions, type FleetRunOptions, isFleetRun } from "../options/fleet.ts";
import { afterHelp } from "../options/help.ts";
import { addRunOptions, type RunOptions } from "../options/run.ts";
import { addSignInOptions, resolveAccess, type SignInOptions } from "../options/sign-in.ts";
import { addTargetOptions, type TargetOptions } from "../options/target.ts";
import type { Shell } from "../shell.ts";

/** `callpark verify`: what was asked is settled here, before anything is sent. */
export const declareVerify = (program: Command, shell: Shell, finish: (code: number) => void): void => {
  const command = program
    .command("verify")
    .summary("check a PBX against the contract")
    .description("Checks a PBX's call park API against its documented contract and reports what differs.");
  addRunOptions(addFleetOptions(addSignInOptions(addTargetOptions(command))))
    .addHelpText("after", afterHelp)
    .action(async (options: TargetOptions & SignInOptions & FleetRunOptions & RunOptions) => {
      await refuseUnknown(options);
      if (options.list) {
        shell.stdout.write(await listChecks(options));
        return;
      }
      if (isFleetRun(options)) {
        const { verifyFleetFile } = await import("../fleet/verify-fleet.ts");
        finish(await verifyFleetFile(options, shell));
        return;
      }
      const known = await readBaseline(options.baseline);
      const target = await resolveAccess(options, shell);
      if (target && options.write && !options.yes) await confirmWrite(options.write, target.url, shell);
      const [{ prepareReportFolder }, { runVerify }] = await Promise.all([
        import("../report-folder.ts"),
        import("../run.ts"),
      ]);
      if (options.report !== undefined) await prepareReportFolder(options.report);
      finish(await runVerify(target, options, known, shell));
    });
};
