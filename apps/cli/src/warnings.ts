import { clearLine } from "./progress.ts";
import type { Shell } from "./shell.ts";

/** Of callpark's packages, and of Node itself to those who run it. The other kinds are for who wrote the program. */
const FOR_USERS = new Set(["CallParkWarning", "Warning"]);

/** Says warnings as the command says all else: without Node's process id, and without the secrets. */
export const sayWarnings = (shell: Shell): void => {
  const usual = process.listeners("warning");
  process.removeAllListeners("warning");
  process.on("warning", (warning) => {
    if (!FOR_USERS.has(warning.name)) {
      for (const listener of usual) listener(warning);
      return;
    }
    clearLine(shell);
    shell.say(`warning: ${warning.message}`);
  });
};
