import { PassThrough } from "node:stream";
import { afterEach, expect, it, vi } from "vitest";
import { listenForInterrupts } from "../src/interrupts.ts";
import { openProgress } from "../src/progress.ts";
import { openShell } from "../src/shell.ts";

afterEach(() => vi.restoreAllMocks());

const terminal = (): PassThrough & { isTTY: true } => Object.assign(new PassThrough(), { isTTY: true as const });

/** The line that a terminal shows after what was written to it, for each line. */
const shown = (text: string): string[] => text.split("\n").map((line) => line.split("\r\u001b[2K").at(-1) ?? "");

it("says in lines of their own, in place of how far the run was, what each Ctrl-C does", () => {
  const stderr = terminal();
  const streams = { env: {}, stdin: terminal(), stdout: terminal(), stderr };
  const shell = openShell(streams as unknown as NodeJS.Process);
  // As it does, nothing comes after it.
  const exit = vi.spyOn(process, "exit").mockImplementation(() => {
    throw new Error("ended");
  });
  const interrupts = listenForInterrupts(shell, true);
  // Only its own: the test runner listens too.
  const interrupt = process.listeners("SIGINT").at(-1);
  const progress = openProgress(shell, true);
  const press = (done: number): void => {
    progress.show({ done, total: 97, check: "tenant.stable" });
    stderr.write("^C");
    interrupt?.("SIGINT");
  };
  press(94);
  expect(() => press(95)).toThrow("ended");
  interrupts.stop();
  expect(shown(String(stderr.read()))).toStrictEqual([
    "Interrupted. Ending the run; press Ctrl-C again to leave at once.",
    "Left at once. Nothing had been changed.",
    "",
  ]);
  expect(exit).toHaveBeenCalledExactlyOnceWith(130);
});
