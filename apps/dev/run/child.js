import { spawn } from "node:child_process";
import { constants } from "node:os";
import { environment } from "./environment.js";
import { root } from "./places.js";

const terminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;

/**
 * Runs a program from the repository's root to its end.
 * @param {string} program
 * @param {string[]} options
 * @param {{ quiet?: boolean, shell?: boolean, env?: Record<string, string | undefined> }} [how] quiet keeps the output for the answer
 * @returns {Promise<{ exitCode: number, output: string }>}
 */
export const child = (program, options, { quiet = false, shell = false, env = environment() } = {}) =>
  new Promise((resolve, reject) => {
    const started = spawn(program, options, {
      cwd: root,
      env,
      shell,
      stdio: quiet ? ["ignore", "pipe", "pipe"] : "inherit",
    });
    let output = "";
    for (const stream of [started.stdout, started.stderr])
      stream?.setEncoding("utf8").on("data", (text) => {
        output += text;
      });

    /** @param {NodeJS.Signals} signal */
    const forward = (signal) => {
      // A terminal gives Ctrl-C to the child as well, and a second one may mean "do not even put things back".
      if (signal !== "SIGINT" || !terminal) started.kill(signal);
    };
    /** @type {NodeJS.Signals[]} */
    const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
    for (const signal of signals) process.on(signal, forward);
    const done = () => {
      for (const signal of signals) process.off(signal, forward);
    };

    started.once("error", (error) => {
      done();
      reject(error);
    });
    started.once("close", (code, signal) => {
      done();
      resolve({ exitCode: code ?? 128 + (signal ? constants.signals[signal] : 0), output });
    });
  });
