import type { Report, VerifyOptions, VerifyTarget } from "@callpark/contract";
import type { SignInTarget } from "@callpark/contract/fleet";
import { withSandbox } from "./embedded.ts";
import type { Interrupts } from "./interrupts.ts";
import type { TargetOptions } from "./options/target.ts";
import { openProgress } from "./progress.ts";
import { keepIn } from "./secret-file.ts";
import type { Shell } from "./shell.ts";

/** Where a refresh token goes that the PBX has changed. */
export const keptTokens = ({
  refreshTokenFile: file,
}: Pick<TargetOptions, "refreshTokenFile">): Pick<VerifyOptions, "onTokens"> =>
  file === undefined ? {} : { onTokens: keepIn(file) };

/** Runs the checks, showing how far they are. Without a target: against the sandbox. */
export const runChecks = async (
  given: VerifyTarget | SignInTarget | undefined,
  options: VerifyOptions & { quiet?: boolean | undefined },
  shell: Shell,
  { signal, remember, forget }: Interrupts,
): Promise<Report> => {
  const { quiet, ...asked } = options;
  const progress = openProgress(shell, !quiet);
  const run = async (target: VerifyTarget | SignInTarget): Promise<Report> => {
    const all = {
      ...asked,
      signal,
      onSecret: shell.hide,
      onWrite: remember,
      onRestored: forget,
      onProgress: progress.show,
      onWait: progress.wait,
    };
    if ("token" in target) return (await import("@callpark/contract")).verify(target, all);
    return (await import("@callpark/contract/fleet")).verifySignedIn(target, all);
  };
  try {
    return await (given ? run(given) : withSandbox(options.version ?? "auto", run));
  } finally {
    progress.clear();
  }
};
