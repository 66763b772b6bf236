import { isUtf8 } from "node:buffer";
import type { Session } from "../session.ts";
import { ConfigurationError } from "../target.ts";
import { WireError } from "../wire.ts";
import { downloadPrompt, isPromptPath } from "./prompt.ts";
import { hasPrompt, isSettings, type Settings } from "./settings.ts";

export const path = "/call_park";

/**
 * Before anything is written, settings must be JSON in UTF-8. Later, what a PBX writes in another way is better than
 * nothing: what was changed must be put back.
 *
 * @throws ConfigurationError where the PBX does not answer with settings, WireError where it may do so in a moment.
 */
export const readSettings = async (session: Session, form: "JSON" | "any" = "JSON"): Promise<Settings> => {
  const exchange = await session.send({ method: "GET", path });
  const { status } = exchange;
  const json = exchange.json ?? (form === "any" ? await readAllTheSame(exchange.bytes) : undefined);
  if (status >= 500)
    throw new WireError(`GET ${path} answered ${status} without settings, so nothing could be put back`);
  if (status !== 200 || !isSettings(json))
    throw new ConfigurationError(`GET ${path} answered ${status} without settings, so nothing could be put back`);
  return json;
};

/** JSON in ISO-8859-1, and what is nearly JSON: with a NaN, a comma too many or texts in single quotes, it is YAML. */
const readAllTheSame = async (bytes: Uint8Array): Promise<unknown> => {
  const text = Buffer.from(bytes).toString(isUtf8(bytes) ? "utf8" : "latin1");
  if (!/^\s*\{/.test(text)) return undefined;
  const { parse } = await import("yaml");
  try {
    return parse(text, { maxAliasCount: 0 });
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
