import { CommanderError } from "commander";
import { hintOf } from "./hint.ts";
import type { Shell } from "./shell.ts";

/** The command was called in a way that cannot work. Nothing was sent. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

export const NOT_RESTORED = 4;
export const INTERRUPTED = 130;
export const USAGE = 2;
const UNREACHABLE = 3;
const BUG = 1;

// By name, because the client and the contract have a class each, and neither is loaded for `--help`.
const HANDLED: Record<string, number> = {
  UsageError: USAGE,
  ConfigurationError: USAGE,
  TargetError: UNREACHABLE,
  NotRestoredError: NOT_RESTORED,
  SandboxPortError: USAGE,
  SandboxDataError: USAGE,
  SandboxSeedError: USAGE,
  SandboxNodeError: USAGE,
  PortTakenError: USAGE,
  NodeTooOldError: USAGE,
  MockError: USAGE,
};

/** The three fates of an error: handled, aborted, or a bug. */
export const codeOfError = (error: unknown, shell: Shell): number => {
  // It has printed its message already; help and the version come this way too.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE;
  const name = error instanceof Error ? error.name : "";
  if (name === "AbortError") return INTERRUPTED;
  const code = HANDLED[name];
  if (code !== undefined) {
    shell.say(`error: ${(error as Error).message.trimEnd()}`);
    const hint = code === UNREACHABLE ? hintOf(error) : undefined;
    if (hint !== undefined) shell.say(hint);
    // What ended the run has a fate of its own, which is the lesser one.
    if (code === NOT_RESTORED) codeOfError((error as Error).cause, shell);
    return code;
  }
  shell.say("This is a bug in callpark. Please report it with these lines:");
  shell.say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return BUG;
};

/** Did the error leave a PBX changed? */
export const isNotRestored = (error: unknown): boolean =>
  error instanceof Error && HANDLED[error.name] === NOT_RESTORED;

/** What an error says, whatever was thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
