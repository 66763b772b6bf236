import { fork } from "node:child_process";
import { once } from "node:events";
import type { Figures, Ready } from "./servers/figures.js";

export interface ServerProcess extends Ready {
  /** @param tidy collects garbage before it looks, which takes processor time. */
  figures(tidy?: boolean): Promise<Figures>;
  /** Milliseconds from its start to its being ready. */
  startedIn: number;
  stop(): Promise<void>;
}

/** Starts a server in a process of its own. */
export const startProcess = async (name: "bare" | "pbx", ...args: string[]): Promise<ServerProcess> => {
  const began = performance.now();
  const child = fork(new URL(`servers/${name}.js`, import.meta.url), args, { execArgv: ["--expose-gc"] });
  const [ready] = (await once(child, "message")) as [Ready];
  return {
    ...ready,
    startedIn: performance.now() - began,
    figures: async (tidy = false) => {
      child.send(tidy);
      return ((await once(child, "message")) as [Figures])[0];
    },
    stop: async () => {
      child.disconnect();
      await once(child, "exit");
    },
  };
};
