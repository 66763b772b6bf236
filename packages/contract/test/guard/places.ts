import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { restore, type VerifyTarget } from "@callpark/contract";
import type { SandboxOptions } from "@callpark/sandbox";
import type { Faults } from "../proxy.ts";
import { type Bench, bench } from "../support.ts";

export interface GuardedBench extends Bench {
  /** Where the runs keep their journals. */
  stateDir: string;
  target: VerifyTarget;
  restore: (options?: Parameters<typeof restore>[1]) => ReturnType<typeof restore>;
  /** Every file below the state folder, by its path in it; archives apart. */
  files: () => Promise<string[]>;
  /** The path of the one journal that there is. */
  journal: () => Promise<string>;
}

/** A bench whose runs keep their journals in a folder of its own. */
export const guardedBench = async (faults: Faults = {}, options: SandboxOptions = {}): Promise<GuardedBench> => {
  const pbx = await bench(faults, options);
  const stateDir = await mkdtemp(join(tmpdir(), "callpark-state-"));
  const target = { url: pbx.proxy.url, token: pbx.token };
  const files = async () =>
    (await readdir(stateDir, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile() && !entry.parentPath.endsWith("archive"))
      .map((entry) => join(entry.parentPath, entry.name));
  return {
    ...pbx,
    stateDir,
    target,
    files,
    run: (verifyOptions, more) => pbx.run({ stateDir, ...verifyOptions }, more),
    restore: (restoreOptions) => restore(target, { stateDir, ...restoreOptions }),
    journal: async () => {
      const [only = "", ...more] = (await files()).filter((name) => name.endsWith("journal.json"));
      if (only === "" || more.length > 0) throw new Error(`There is not one journal: ${[only, ...more].join(", ")}`);
      return only;
    },
    [Symbol.asyncDispose]: async () => {
      await pbx[Symbol.asyncDispose]();
      await rm(stateDir, { recursive: true, force: true });
    },
  };
};

/** Checks that write the two recall times, whatever they are called. */
export const times: string[] = ["call_park.post.recall_time"];
