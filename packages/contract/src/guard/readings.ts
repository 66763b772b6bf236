import type { Session } from "../session.ts";
import { ConfigurationError } from "../target.ts";
import { WireError } from "../wire.ts";
import { downloadPrompt, isPromptPath } from "./prompt.ts";
import { hasPrompt, isSettings, type Settings } from "./settings.ts";

export const path = "/call_park";

/**
 * Before anything is written, settings must be in UTF-8, as JSON is. Later, what a PBX writes in another way is better
 * than nothing: what was changed must be put back.
 *
 * @throws ConfigurationError where the PBX does not answer with settings, WireError where it may do so in a moment.
 */
export const readSettings = async (session: Session, encoding: "UTF-8" | "any" = "UTF-8"): Promise<Settings> => {
  const exchange = await session.send({ method: "GET", path });
  const { status } = exchange;
  const json = exchange.json ?? (encoding === "any" ? inLatin1(exchange.bytes) : undefined);
  if (status >= 500)
    throw new WireError(`GET ${path} answered ${status} without settings, so nothing could be put back`);
  if (status !== 200 || !isSettings(json))
    throw new ConfigurationError(`GET ${path} answered ${status} without settings, so nothing could be put back`);
  return json;
};

const inLatin1 = (bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(Buffer.from(bytes).toString("latin1"));
  } catch {
    return undefined;
  }
};

/** @throws ConfigurationError where there is a prompt that cannot be had, WireError where it may be had in a moment. */
export const readPrompt = async (
  session: Session,
  settings: Settings,
  consequence = "",
): Promise<Uint8Array | undefined> => {
  if (!hasPrompt(settings)) return undefined;
  const url = settings["prompt_file_url"];
  const exchange = isPromptPath(url) ? await downloadPrompt(session, url) : undefined;
  if (exchange?.status === 200) return exchange.bytes;
  const reason = exchange ? `status ${exchange.status}` : "its URL is not a path below /api";
  const message = `The prompt could not be downloaded (${reason})${consequence}`;
  throw exchange && exchange.status >= 500 ? new WireError(message) : new ConfigurationError(message);
};
