import { createInterface } from "node:readline/promises";
import type { UnfinishedRun, WriteLevel } from "@callpark/contract";
import { UsageError } from "./errors.ts";
import type { Shell } from "./shell.ts";

const CHANGES: Record<Exclude<WriteLevel, "none">, string> = {
  safe: "the two recall times",
  full: "all call park settings, each for a moment,",
};

/** Nobody's live PBX is written to unasked; where nobody can answer, `--yes` must have been given. */
export const confirmWrite = (level: Exclude<WriteLevel, "none">, url: string, shell: Shell): Promise<void> =>
  ask(
    shell,
    `--write changes ${url}`,
    `This changes ${CHANGES[level]} of ${url} and puts them back. Do not change these settings elsewhere meanwhile: a change between a look and the write after it cannot be seen. Go on? [y/N] `,
  );

/** As for every other write. */
export const confirmRestore =
  (shell: Shell, keepCurrent: boolean) =>
  ({ runId, url, tenant, startedAt }: UnfinishedRun): Promise<void> =>
    ask(
      shell,
      keepCurrent
        ? `restore --keep-current leaves the settings of ${url} as they are now and forgets what they were`
        : `restore changes ${url}`,
      keepCurrent
        ? `This leaves the call park settings of ${url}, tenant ${tenant.name}, as they are now, and forgets run ${runId} of ${startedAt}. Go on? [y/N] `
        : `This puts the call park settings of ${url}, tenant ${tenant.name}, back to what they were before run ${runId} of ${startedAt}. Go on? [y/N] `,
    );

const ask = async ({ stdin, stderr }: Shell, what: string, question: string): Promise<void> => {
  if (!stdin.isTTY || !stderr.isTTY)
    throw new UsageError(`${what}, and there is no terminal to ask on: add --yes to say that it may`);
  const lines = createInterface({ input: stdin, output: stderr });
  const closed = new AbortController();
  // Without this, Ctrl-C and Ctrl-D would leave the question open for ever.
  lines.once("close", () => closed.abort());
  try {
    const answer = await lines.question(question, { signal: closed.signal });
    if (!/^y(es)?$/i.test(answer.trim())) throw new UsageError("not confirmed, so nothing was sent");
  } finally {
    lines.close();
  }
};
