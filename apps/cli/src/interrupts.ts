import { codeOfError, INTERRUPTED, NOT_RESTORED } from "./errors.ts";
import { clearLine } from "./progress.ts";
import type { Shell } from "./shell.ts";

interface Undo {
  before: unknown;
  curl: string;
  command: string;
}

export interface Interrupts {
  signal: AbortSignal;
  /** What to say of a target should the process end before everything is put back. */
  remember(undo: Undo, target?: string): void;
  /** The target is as it was: there is nothing more to say of it. */
  forget(target?: string): void;
  /** The exit code of a bug that ended the run, if one did. */
  crash(): number | undefined;
  stop(): void;
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
/** How long a run that broke may take to restore, in milliseconds. */
const PATIENCE = 45_000;

const onlyRead = "This run only read, so nothing was changed.";

/** The first signal asks the run to end and put everything back; the second ends the process. */
export const listenForInterrupts = (shell: Shell, writes: boolean): Interrupts => {
  const controller = new AbortController();
  /** Of what may be changed: before the first write nothing is, nor once all is put back. */
  const undos = new Map<string | undefined, Undo>();
  let wrote = false;
  let crash: number | undefined;
  let patience: NodeJS.Timeout | undefined;
  const what = () => {
    if (undos.size > 0) return "Putting back what was changed";
    return wrote ? "Everything is put back already. Ending the run" : "Ending the run";
  };
  const leave = (): never => {
    clearLine(shell);
    const isChanged = undos.size > 0;
    const unchanged = wrote ? "Everything had been put back." : writes ? "Nothing had been changed." : onlyRead;
    shell.say(`Left at once${isChanged ? `: the restore did not finish.${byHand(undos)}` : `. ${unchanged}`}`);
    process.exit(isChanged ? NOT_RESTORED : (crash ?? INTERRUPTED));
  };
  const onSignal = (): void => {
    if (controller.signal.aborted) leave();
    clearLine(shell);
    shell.say(`Interrupted. ${what()}; press Ctrl-C again to leave at once.`);
    controller.abort();
  };
  // Left to itself Node ends the process here, with the PBX changed.
  const onCrash = (error: unknown): void => {
    clearLine(shell);
    crash ??= codeOfError(error, shell);
    if (!controller.signal.aborted) shell.say(`${what()}; press Ctrl-C to leave at once.`);
    controller.abort();
    // What broke may be what the run waits for.
    patience ??= setTimeout(leave, PATIENCE);
  };
  for (const name of SIGNALS) process.on(name, onSignal);
  process.on("uncaughtException", onCrash);
  return {
    signal: controller.signal,
    remember: (undo, target) => {
      wrote = true;
      undos.set(target, undo);
    },
    forget: (target) => {
      undos.delete(target);
    },
    crash: () => crash,
    stop: () => {
      for (const name of SIGNALS) process.off(name, onSignal);
      process.off("uncaughtException", onCrash);
      clearTimeout(patience);
    },
  };
};

const byHand = (undos: ReadonlyMap<string | undefined, Undo>): string =>
  [...undos]
    .map(([target, { before, curl, command }]) => {
      const of = target === undefined ? "" : ` (${target})`;
      // The prompt is written by the id of an upload, which no command can know.
      const most = Object(before).prompt_file_url
        ? ", all but the prompt, which may be gone with it (the command above brings it back)"
        : "";
      return `\nTo finish it${of}:\n  ${command}\nWhat was there${of}: ${JSON.stringify(before)}\nTo put it back by hand${most}${of}:\n  ${curl}`;
    })
    .join("");
