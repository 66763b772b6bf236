import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { ConfigurationError } from "../target.ts";
import { writeDurably } from "./durable-file.ts";
import type { Intent, Journal } from "./journal.ts";

/** The journal's name in its folder. */
export const journalName = "journal.json";

const format = "callpark-journal";
const version = 1;

const digest = (text: string): string => createHash("sha256").update(text).digest("hex");

/** Writes a journal so that a later reading can tell whether it is whole. */
export const writeJournal = (path: string, journal: Journal): Promise<void> =>
  writeDurably(
    path,
    `${JSON.stringify({ format, version, sha256: digest(JSON.stringify(journal)), journal }, null, 1)}\n`,
  );

/**
 * Undefined where there is none.
 *
 * @throws ConfigurationError where it is damaged, or of a later version: it is left where it is.
 */
export const readJournal = async (path: string): Promise<Journal | undefined> => {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw new ConfigurationError(`The journal ${path} cannot be read (${code})`);
  }
  const envelope = parse(text);
  if (envelope?.format === format && typeof envelope.version === "number" && envelope.version > version)
    throw new ConfigurationError(
      `The journal ${path} was written by a later version of callpark: use that one, it knows how to put back what was changed`,
    );
  if (
    envelope?.format !== format ||
    envelope.version !== version ||
    envelope.sha256 !== digest(JSON.stringify(envelope.journal))
  )
    throw new ConfigurationError(
      `The journal ${path} is damaged, so what it says cannot be relied on. It is kept: look into it, put the PBX's call park settings right by hand, and move it away`,
    );
  return completed(envelope.journal);
};

/** What journals of the first versions did not have yet, or had in another shape. */
const completed = ({ intent, ...journal }: Earlier): Journal => ({
  leftOut: [],
  groupNames: [],
  // They did not say which groups had been there before: then only those are the run's that bear its name.
  otherGroups: null,
  ...journal,
  ...(intent && { intent: intentOf(intent) }),
});

const intentOf = (intent: Intent | EarlierIntent): Intent => {
  if ("bodies" in intent) return intent;
  const { sent, text } = intent;
  return text === undefined ? { bodies: [sent], texts: [] } : { bodies: [], texts: [text] };
};

interface EarlierIntent {
  /** The body's fields. Empty where the body is no object. */
  sent: Record<string, unknown>;
  /** A body that is no JSON object. */
  text?: string;
}

type New = "leftOut" | "groupNames" | "otherGroups";

/** A journal of any version. */
type Earlier = Omit<Journal, New | "intent"> & Partial<Pick<Journal, New>> & { intent?: Intent | EarlierIntent };

interface Envelope {
  format?: unknown;
  version?: unknown;
  sha256?: unknown;
  journal: Earlier;
}

const parse = (text: string): Envelope | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && "journal" in value ? (value as Envelope) : undefined;
  } catch {
    return undefined;
  }
};
