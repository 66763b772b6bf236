import { randomInt } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { Delivery } from "./delivery.ts";
import type { OwnBody } from "./own-body.ts";
import { UploadError } from "./prompt.ts";
import { concernsPrompt, isDocumented, isLater, type Settings } from "./settings.ts";
import { waysBack } from "./ways-back.ts";

/** What the guard lends to whoever puts the settings back. */
export interface Hands {
  before: Settings;
  own: OwnBody;
  restless: Set<string>;
  /** Fields that were written, with a 200, only when they were sent once more. */
  ignored: Set<string>;
  differences(one: Settings, other: Settings): string[];
  /** `spaces` after the body make other bytes of it. */
  deliver(body: Record<string, unknown>, pending?: (after: Settings) => boolean, spaces?: number): Promise<Delivery>;
  /** Answers with the id of the prompt, uploaded anew; null where there was none. */
  uploadPrompt(): Promise<string | null>;
}

/** The PBX could not be brought to have its own settings back. */
export class NotPutBackError extends Error {
  readonly fields: readonly string[];

  constructor(status: number, fields: readonly string[]) {
    super(`The PBX answered ${status} and these fields are not as they were: ${fields.join(", ")}`);
    this.fields = fields;
  }
}

/**
 * Writes the settings as they were before, in as few requests as this PBX needs.
 *
 * @param now - How they are, as far as can be seen.
 * @param hidden - What may be there though no reading shows it, and has to go.
 * @throws NotPutBackError naming the fields that are still not as they were.
 */
export const putBack = async (hands: Hands, now: Settings, hidden: Settings = {}): Promise<void> => {
  const { before, own, differences } = hands;
  let { status, after } = await write(hands, own.with({}), now);
  // The file that was uploaded for an earlier attempt may be gone by now.
  if (own.promptId !== undefined && status >= 400 && status < 500) {
    own.promptId = undefined;
    ({ status, after } = await write(hands, own.with({}), after));
  }
  // Once more for a PBX that goes back to what it had before that.
  let refusal: unknown;
  for (let attempt = 0; attempt < 2 && differences(before, after).some(concernsPrompt); attempt += 1)
    try {
      ({ status, after } = await writePrompt(hands, after));
    } catch (error) {
      if (!(error instanceof UploadError)) throw error;
      // All the rest can be put back without the prompt.
      refusal = error;
      break;
    }
  if (Object.keys(hidden).length > 0) ({ status, after } = await write(hands, own.with(hidden), after));
  // What is still not as before had not been named: blanks, fields that are not documented, and some that only a broken
  // PBX lets be written.
  const unnamed = differences(before, after);
  const named = Object.fromEntries(unnamed.map((name) => [name, before[name]]));
  if (unnamed.some((name) => !(name in own.with({})))) ({ status, after } = await write(hands, own.with(named), after));
  // One that refuses what it does not know shows without it whether that moves by itself.
  if (status >= 400 && status < 500 && differences(before, after).some((name) => !isDocumented(name)))
    ({ status, after } = await write(hands, own.with({}), after));
  const left = await otherwise(hands, after);
  if (refusal !== undefined) throw refusal;
  if (left.length > 0) throw new NotPutBackError(status, left);
};

/** Tries the ways that a PBX may need that breaks its contract. Answers with the fields that no way brought back. */
const otherwise = async (hands: Hands, was: Settings): Promise<string[]> => {
  const { before, own, differences } = hands;
  let now = was;
  const left = () => differences(before, now).filter((name) => !concernsPrompt(name));
  for (const way of waysBack)
    for (const body of left().length === 0 ? [] : way(own, before, now, left())) {
      ({ after: now } = await write(hands, body, now));
      if (left().length === 0) break;
    }
  return differences(before, now);
};

interface Outcome {
  status: number;
  after: Settings;
}

/**
 * Before a write that did nothing is made again, in milliseconds: a PBX may take one at a time only. And so many spaces
 * may come with it: for one that takes the same bytes for a request that it has seen.
 */
const breath = 500;
const mostSpaces = 400;

/** Writes, once more where the PBX did nothing; and learns which fields move with every write. */
const write = async (
  { before, restless, ignored, differences, deliver }: Hands,
  body: Record<string, unknown>,
  was: Settings,
  pending?: (after: Settings) => boolean,
): Promise<Outcome> => {
  let written = await deliver(body, pending);
  if (differences(was, written.after).length === 0)
    if (statusOf(written) >= 500) written = await deliver(body, pending);
    else if (statusOf(written) < 300 && differences(before, written.after).length > 0) {
      await pause(breath);
      written = await deliver(body, pending, randomInt(1, mostSpaces));
      for (const name of differences(was, written.after).filter(isDocumented)) ignored.add(name);
    }
  // What a write without it takes away moves once; what moves by itself goes on from one strange value to the next.
  const strange = differences(before, was);
  for (const name of differences(before, written.after)) {
    const moves = strange.includes(name) && differences(was, written.after).includes(name);
    if (!isDocumented(name) && (moves || isLater(before[name], written.after[name]))) restless.add(name);
  }
  return { status: statusOf(written), after: written.after };
};

/** Done without an answer is done. */
const statusOf = ({ exchange }: Delivery): number => ("status" in exchange ? exchange.status : 200);

const writePrompt = async (hands: Hands, was: Settings): Promise<Outcome> => {
  const { before, own, differences, uploadPrompt } = hands;
  const id = await uploadPrompt();
  if (id !== null) own.promptId = id;
  const isOther = (after: Settings) => differences(before, after).some(concernsPrompt);
  if (id !== null) return write(hands, own.with({}), was, isOther);
  const written = await write(hands, own.with({ prompt_file_id: null }), was, isOther);
  // A PBX that takes null for a field that was not sent may know no prompt by an empty text.
  return isOther(written.after) ? write(hands, own.with({ prompt_file_id: "" }), written.after, isOther) : written;
};
