import type { CallPark, CallParkUpdate } from "@callpark/types";
import type { CallParkCore } from "../client.ts";
import { pause } from "../core/signal.ts";
import { ConflictError } from "../errors/conflict-error.ts";
import { OutcomeUnknownError } from "../errors/outcome-unknown-error.ts";
import { ReadOnlyError } from "../errors/read-only-error.ts";
import { UnexpectedAnswerError } from "../errors/unexpected-answer-error.ts";
import type { Answer } from "../unwrap.ts";
import type { CallOptions } from "./call-options.ts";

/** How long a write that was lost is given to be applied, in milliseconds. */
const settling = 300;
/** So often settings that keep changing are read. */
const mostReadings = 10;

/** Reads the tenant's call park settings (GET /call_park). */
export const getCallPark = (pbx: CallParkCore, options: CallOptions = {}): Promise<Answer<CallPark>> =>
  pbx.GET("/call_park", { ...options });

/**
 * Changes the tenant's call park settings (POST /call_park). They are read first, so that a write whose answer is lost
 * can be told by reading: applied, or as before and sent once more, or changed by somebody else.
 *
 * @throws ConflictError where somebody else changed them meanwhile; OutcomeUnknownError where reading fails too.
 */
export const updateCallPark = async (
  pbx: CallParkCore,
  body: CallParkUpdate,
  options: CallOptions = {},
): Promise<Answer<undefined>> => {
  // Before the reading that comes first: a client that may not write sends nothing at all.
  if (!pbx.write) throw new ReadOnlyError("POST /call_park");
  const before = await getCallPark(pbx, options);
  if (!before.response.ok) return before as Answer<undefined>;
  // Not to be taken for the answer to a write that was never sent.
  if (!before.data) throw new UnexpectedAnswerError("it holds no settings", "GET /call_park", before.response.status);
  const { data } = before;
  for (let turn = 1; ; turn += 1) {
    try {
      return await pbx.POST("/call_park", { ...options, body });
    } catch (error) {
      if (!(error instanceof OutcomeUnknownError)) throw error;
      const settled = await settle(pbx, options);
      if (settled === undefined) throw error;
      const { data: now, response } = settled;
      if (isAsWanted(body, data, settled)) return { data: undefined, response };
      if (!isAlike(data, now)) throw new ConflictError("POST /call_park", { before: data, wanted: body, now });
      if (turn === 2) throw error;
    }
  }
};

interface Settled {
  data: CallPark;
  response: Response;
  /** The prompt's URL was the same twice: where it is another than before, so is the prompt. */
  sameUrl: boolean;
}

/** The settings once two readings agree; undefined where they cannot be read, or never do. */
const settle = async (pbx: CallParkCore, options: CallOptions): Promise<Settled | undefined> => {
  try {
    let last: CallPark | undefined;
    for (let reading = 1; reading <= mostReadings; reading += 1) {
      const { data, response } = await getCallPark(pbx, options);
      if (!data) return undefined;
      if (last !== undefined && isAlike(last, data))
        return { data, response, sameUrl: last.prompt_file_url === data.prompt_file_url };
      last = data;
      await pause(settling, options.signal);
    }
  } catch {
    options.signal?.throwIfAborted();
  }
  return undefined;
};

/** In whatever order, and the prompt by its name and size: a PBX may give it another URL each time. */
const isAlike = (one: CallPark, other: CallPark): boolean => inOrder(one) === inOrder(other);

const inOrder = (settings: CallPark): string =>
  JSON.stringify(Object.entries({ ...settings, prompt_file_url: settings.prompt_file_url !== null }).sort());

const isAsWanted = (wanted: CallParkUpdate, before: CallPark, { data: now, sameUrl }: Settled): boolean =>
  Object.entries(wanted).every(([name, value]) => {
    if (value === undefined) return true;
    if (name !== "prompt_file_id") return now[name as keyof CallPark] === value;
    // Written by an id that cannot be read: what it leads to tells.
    if (value === null || now.prompt_file_url === null) return value === now.prompt_file_url;
    return (
      now.prompt_file_name !== before.prompt_file_name ||
      now.prompt_file_size !== before.prompt_file_size ||
      (sameUrl && now.prompt_file_url !== before.prompt_file_url)
    );
  });
