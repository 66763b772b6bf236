import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

export interface Outcome {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface Running {
  child: ChildProcess;
  /** What it has said on stderr so far. */
  said(): string;
  ended: Promise<Outcome>;
}

export interface Limits {
  /** The largest file that it may write, in blocks of 512 bytes. */
  fileLimit?: number;
  /** Runs as this user, by number. */
  user?: number;
}

const bin = fileURLToPath(new URL("../bin/callpark.js", import.meta.url));

/** Starts the built command, with no terminal and an environment that holds nothing else for it. */
export const start = (
  argv: string[],
  env: Record<string, string> = {},
  input = "",
  { fileLimit, user }: Limits = {},
): Running => {
  const { PATH = "", XDG_STATE_HOME = "" } = process.env;
  const command = [process.execPath, bin, ...argv];
  const [program = "", ...rest] =
    fileLimit === undefined ? command : ["sh", "-c", `ulimit -f ${fileLimit}; exec "$@"`, "sh", ...command];
  const child = spawn(program, rest, {
    env: { PATH, XDG_STATE_HOME, ...env },
    stdio: "pipe",
    ...(user !== undefined && { uid: user, gid: user }),
  });
  const output = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text: string) => {
      output[name] += text;
    });
  }
  // It may end without having read this.
  child.stdin.on("error", () => undefined).end(input);
  const ended = new Promise<Outcome>((resolve, reject) => {
    child.on("error", reject).on("close", (code) => resolve({ code, ...output }));
  });
  return { child, said: () => output.stderr, ended };
};

export const callpark = (argv: string[], env?: Record<string, string>, input?: string): Promise<Outcome> =>
  start(argv, env, input).ended;
