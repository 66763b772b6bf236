import type { Report, VerifyOptions, VerifyTarget } from "@callpark/contract";
import { withSandbox } from "./embedded.ts";
import type { Interrupts } from "./interrupts.ts";
import { openProgress } from "./progress.ts";
import type { Shell } from "./shell.ts";

/** Runs the checks, showing how far they are. Without a target: against the sandbox. */
export const runChecks = async (
  given: VerifyTarget | undefined,
  options: VerifyOptions & { quiet?: boolean | undefined },
  shell: Shell,
  { signal, remember }: Interrupts,
): Promise<Report> => {
  const { verify } = await import("@callpark/contract");
  const { quiet, ...rest } = options;
  const progress = openProgress(shell, !quiet);
  const run = (target: VerifyTarget): Promise<Report> =>
    verify(target, { ...rest, signal, onWrite: remember, onProgress: progress.show });
  try {
    return await (given ? run(given) : withSandbox(options.version ?? "auto", run));
  } finally {
    progress.clear();
  }
};
