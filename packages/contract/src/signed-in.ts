import { isSettings } from "./guard/settings.ts";
import type { Session } from "./session.ts";
import { TargetError } from "./target.ts";
import { BrokenAnswerError, type Exchange } from "./wire.ts";

/**
 * Makes sure that there is a call park API which takes the token, so that what comes next is the PBX's doing.
 *
 * @param forSettings - Is it for the call park settings that the run comes? Else it may do without them.
 * @throws TargetError where there is none, the token is not taken, or its user may not read what the run comes for.
 */
export const signedIn = async (session: Session, { forSettings }: { forSettings: boolean }): Promise<void> => {
  const answer = await settingsOf(session);
  const reason = answer instanceof Error ? answer.message : reasonToDoubt(session, answer);
  // A PBX whose other answers are those of a PBX breaks its contract in this one.
  if (reason !== undefined && !(await isPbx(session)))
    throw new TargetError(reason, { refused: !(answer instanceof Error) && answer.status === 401 });
  if (forSettings && !(answer instanceof Error) && answer.status === 403)
    throw new TargetError(
      `The PBX does not let this token's user read the call park settings (403 for GET ${session.wire.baseUrl}/call_park): use a tenant administrator's token that has not ended, or name the tenant for a system administrator who signs in`,
      { refused: true },
    );
};

const settingsOf = async (session: Session): Promise<Exchange | BrokenAnswerError> => {
  try {
    return await session.once("/call_park");
  } catch (error) {
    if (error instanceof BrokenAnswerError) return error;
    throw error;
  }
};

const reasonToDoubt = (session: Session, { status, headers, text, json }: Exchange): string | undefined => {
  if (status === 401)
    return `The PBX does not accept the token (401 for GET ${session.wire.baseUrl}/call_park): it is wrong or has ended. Sign in for a new one`;
  if (status >= 300 && status <= 399) {
    const place = headers.get("Location")?.replace(/[?#].*$/, "");
    return place === undefined
      ? `The PBX redirects (${status} for GET ${session.wire.baseUrl}/call_park), and does not say where to: check the URL and its port`
      : `The PBX redirects to ${place}, which is not followed: give the URL that it leads to`;
  }
  const isPage = json === undefined && /^\s*</.test(text);
  if (status === 404 || status === 405 || (isPage && !gateway.includes(status)))
    return `There is no call park API at ${session.wire.baseUrl} (${isPage ? `a web page with status ${status}` : status} for GET /call_park): check the URL and its port`;
  if (status >= 500)
    return `The PBX, or a gateway before it, is out of order (${status} for GET ${session.wire.baseUrl}/call_park): run again when it works`;
  return undefined;
};

/** What stands before a PBX says this, with a page of its own, where the PBX does not answer. */
const gateway = [502, 503, 504];

/** Whose token it is, or which ring groups there are, only a PBX says to a token that it takes. */
const isPbx = async (session: Session): Promise<boolean> => {
  for (const [path, field] of [
    ["/tenant", "name"],
    ["/ring_groups", "items"],
  ] as const) {
    const exchange = await session.once(path).catch(() => undefined);
    if (exchange?.status === 200 && isSettings(exchange.json) && field in exchange.json) return true;
  }
  return false;
};
