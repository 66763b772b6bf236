import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";

export interface Started {
  /** What it printed before it was ready, line by line. */
  lines: string[];
  /** Sends Ctrl-C and answers with the exit code. */
  interrupt(): Promise<number | null>;
}

export interface Ended {
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

/** Starts `npm run dev` or `npm run mock` without the build, until it says that Ctrl-C stops it, or to its end. */
export const start = async (task: "dev" | "mock", options: string[]): Promise<Started | Ended> => {
  const program = fileURLToPath(new URL(`../../src/${task}.ts`, import.meta.url));
  const child = spawn(process.execPath, [program, ...options], { stdio: ["ignore", "pipe", "pipe"] });
  const ended = once(child, "close") as Promise<[number | null]>;
  let stdout = "";
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  for await (const text of child.stdout.setEncoding("utf8").iterator({ destroyOnReturn: false })) {
    stdout += text;
    if (!/^Ctrl-C stops /m.test(stdout)) continue;
    const interrupt = async () => {
      child.kill("SIGINT");
      child.stdout.resume();
      return (await ended)[0];
    };
    return { lines: stdout.trimEnd().split("\n"), interrupt };
  }
  return { exitCode: (await ended)[0], stdout, stderr };
};

/** Takes a free port of 127.0.0.1 until it is disposed of. */
export const takePort = async (): Promise<{ port: number } & AsyncDisposable> => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  return {
    port,
    [Symbol.asyncDispose]: async () => {
      server.close();
      await once(server, "close");
    },
  };
};
