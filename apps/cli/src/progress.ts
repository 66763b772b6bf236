import type { VerifyOptions } from "@callpark/contract";
import type { Shell } from "./shell.ts";

export interface Progress {
  show(event: { done: number; total: number; check: string }): void;
  /** Says that a PBX asked for patience, and for how long. */
  wait: NonNullable<VerifyOptions["onWait"]>;
  clear(): void;
}

// Some terminals say that they are 0 wide.
const USUAL_WIDTH = 80;
const CLEAR_LINE = "\r\u001b[2K";

/** Nobody wonders where it is within a second. */
const WORTH_SAYING = 1000;

const REASONS: Record<number, string> = { 429: "too many requests (429)", 503: "it is busy (503)" };

/** Takes away what stands in the terminal's line: how far the run is, or the ^C that was typed. */
export const clearLine = ({ stderr }: Shell): void => {
  if (stderr.isTTY) stderr.write(CLEAR_LINE);
};

/** One line that is written over, for somebody who watches; a log file gets nothing of it but the waits. */
export const openProgress = (shell: Shell, wanted: boolean): Progress => {
  const { stderr } = shell;
  const isWatched = wanted && stderr.isTTY;
  const clear = (): void => {
    if (isWatched) clearLine(shell);
  };
  /** Until when each host is waited for, as was said: several requests may wait for the same. */
  const said = new Map<string, number>();
  return {
    show: ({ done, total, check }) => {
      const line = `${done}/${total} ${check}`;
      if (isWatched) stderr.write(`${CLEAR_LINE}${line.slice(0, (stderr.columns || USUAL_WIDTH) - 1)}`);
    },
    wait: ({ host, milliseconds, status }) => {
      const until = performance.now() + milliseconds;
      if (!wanted || milliseconds < WORTH_SAYING || until < (said.get(host) ?? 0) + WORTH_SAYING) return;
      said.set(host, until);
      clear();
      const reason = REASONS[status] ?? `status ${status}`;
      shell.say(`${host} asks for patience: ${reason}. Waiting for ${Math.ceil(milliseconds / 1000)} s.`);
    },
    clear,
  };
};
