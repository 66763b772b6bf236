import type { Command } from "commander";
import { addSandboxOptions, type SandboxFlags } from "../options/sandbox.ts";
import { listBehaviours } from "../sandbox/list.ts";
import { runSandbox } from "../sandbox/run.ts";
import type { Shell } from "../shell.ts";

/** `callpark sandbox`: a PBX on this machine until Ctrl-C. */
export const declareSandbox = (program: Command, shell: Shell): void => {
  const command = program
    .command("sandbox")
    .summary("run a PBX with a memory on this machine")
    .description(
      "Runs a PBX for call park on this machine until Ctrl-C: tenants, tokens, limits and a memory, " +
        "and any of the ways to fail that it knows.",
    );
  addSandboxOptions(command)
    .addHelpText("after", afterHelp)
    .action(async (flags: SandboxFlags) => {
      if (flags.listFaults || flags.listVariants) shell.stdout.write(await listBehaviours(flags));
      else await runSandbox(flags, shell);
    });
};

const afterHelp = `
It prints where it is, whom to sign in as and commands to try; requests are
logged on standard error, without tokens. Ctrl-C ends it: exit code 0.

Examples:
  callpark sandbox
  callpark sandbox --tls --data pbx.sqlite
  callpark sandbox --tenants 1000 --rate-limit 300 --latency 50±20`;
