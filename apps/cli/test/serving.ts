import { type Outcome, start } from "./callpark.ts";

export interface Serving extends AsyncDisposable {
  /** What it printed when it was ready. */
  banner: string;
  said(): string;
  /** Sends Ctrl-C, and answers with how it ended. */
  interrupt(): Promise<Outcome>;
}

/** Starts a command that serves until Ctrl-C, and waits until it is ready. */
export const serve = async (argv: string[], ready: RegExp = /^Ctrl-C stops it\.$/m): Promise<Serving> => {
  const { child, said, ended } = start(argv);
  let banner = "";
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on("data", (text: string) => {
      banner += text;
      if (ready.test(banner)) resolve();
    });
    void ended.then(({ code, stderr }) => reject(new Error(`It ended with ${code}:\n${stderr}`)));
  });
  const interrupt = () => {
    child.kill("SIGINT");
    return ended;
  };
  return {
    banner,
    said,
    interrupt,
    [Symbol.asyncDispose]: async () => {
      child.kill("SIGKILL");
      await ended;
    },
  };
};

/** The commands that a banner invites to try. */
export const commandsOf = (banner: string): string[] =>
  (/^Try\n((?: {2}.+\n)+)/m.exec(banner)?.[1] ?? "")
    .trimEnd()
    .split("\n")
    .map((line) => line.trim());
