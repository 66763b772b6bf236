import { once } from "node:events";
import { verifySignedIn } from "../fleet/sign-in.ts";
import { verify } from "../verify.ts";
import type { Outcome, Task } from "./child-run.ts";

// The process that owns the run, and with it the guard: see child-run.ts.
const stop = new AbortController();
const end = (): void => stop.abort();
process.on("disconnect", end);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, end);

const run = async ({ target, options }: Task): Promise<Outcome> => {
  try {
    const all = { ...options, signal: stop.signal };
    return { report: await ("token" in target ? verify(target, all) : verifySignedIn(target, all)) };
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    return { error: { name, message } };
  }
};

const [task] = (await once(process, "message")) as [Task];
const outcome = await run(task);
if (process.connected) process.send?.(outcome, () => process.connected && process.disconnect());
