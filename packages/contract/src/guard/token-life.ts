import type { Session } from "../session.ts";
import { ConfigurationError } from "../target.ts";

/** A token that ends within this time may do so before everything has been put back, in milliseconds. */
const soon = 5 * 60_000;
/** Less than this is too little to begin with. */
const tooSoon = 60_000;

/**
 * Refreshes a token that says that it ends soon: by the PBX's own clock, since this machine's may be wrong. Most tokens
 * say nothing; they are refreshed when the PBX refuses them.
 *
 * @throws ConfigurationError where it ends within the minute and cannot be refreshed.
 */
export const outlastingToken = async (session: Session): Promise<void> => {
  const ends = endOf(session.authorization["Authorization"] ?? "");
  const now = Date.parse((await session.once("/call_park")).headers.get("Date") ?? "");
  if (ends === undefined || Number.isNaN(now) || ends - now > soon) return;
  if (await session.renew()) return;
  if (ends - now > tooSoon) return;
  throw new ConfigurationError(
    `The token ends in ${Math.max(0, Math.round((ends - now) / 1000))} s, which is too soon to write and put everything back: sign in again`,
  );
};

/** When a JSON Web Token ends, in milliseconds since 1970. Undefined for any other token. */
const endOf = (authorization: string): number | undefined => {
  const [, payload] = authorization.split(".");
  try {
    const { exp } = JSON.parse(Buffer.from(payload ?? "", "base64url").toString()) as { exp?: unknown };
    return typeof exp === "number" ? exp * 1000 : undefined;
  } catch {
    return undefined;
  }
};
