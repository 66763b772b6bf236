import { writeFileSync } from "node:fs";
import fs from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";

/**
 * Loaded before the command: kills the process as it is about to do its file operation of that number below the state
 * folder, or, where the number is 0, writes down how many there were.
 */
const { KILL_AT = "0", COUNT_INTO = "", XDG_STATE_HOME = "" } = process.env;
let count = 0;
const next = (): void => {
  count += 1;
  if (count === Number(KILL_AT)) process.kill(process.pid, "SIGKILL");
};

for (const name of ["open", "rename", "link", "rm", "mkdir", "readdir", "readFile"] as const) {
  const original = fs[name] as (...given: unknown[]) => unknown;
  Object.assign(fs, {
    [name]: (...given: unknown[]) => {
      if (String(given[0]).startsWith(XDG_STATE_HOME)) next();
      return original(...given);
    },
  });
}
syncBuiltinESMExports();

const handle = await fs.open("/dev/null");
const prototype = Object.getPrototypeOf(handle) as Record<string, (...given: unknown[]) => unknown>;
await handle.close();
for (const name of ["sync", "writeFile"]) {
  const original = prototype[name] as (...given: unknown[]) => unknown;
  prototype[name] = function (this: unknown, ...given: unknown[]) {
    next();
    return original.apply(this, given);
  };
}

if (COUNT_INTO !== "") process.on("exit", () => writeFileSync(COUNT_INTO, String(count)));
