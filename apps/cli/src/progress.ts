import type { Shell } from "./shell.ts";

export interface Progress {
  show(event: { done: number; total: number; check: string }): void;
  clear(): void;
}

// Some terminals say that they are 0 wide.
const USUAL_WIDTH = 80;
const CLEAR_LINE = "\r\u001b[2K";

/** One line that is written over, for somebody who watches; a log file gets nothing of it. */
export const openProgress = ({ stderr }: Shell, wanted: boolean): Progress => {
  if (!wanted || !stderr.isTTY) return { show: () => undefined, clear: () => undefined };
  return {
    show: ({ done, total, check }) => {
      const line = `${done}/${total} ${check}`;
      stderr.write(`${CLEAR_LINE}${line.slice(0, (stderr.columns || USUAL_WIDTH) - 1)}`);
    },
    clear: () => {
      stderr.write(CLEAR_LINE);
    },
  };
};
