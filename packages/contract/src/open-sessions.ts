import { isSettings } from "./guard/settings.ts";
import { messageOf } from "./message-of.ts";
import type { Exchange, WireRequest } from "./wire.ts";

const signOut = "/auth/sign_out";
const waysIn = ["/auth/sign_in", "/auth/refresh_token", "/login/oauth/token"];

/** Is a session over? 404 and 405: this version line has no sign-out. 401: it had ended already. */
export const isSignedOut = (status: number): boolean => status < 300 || [401, 404, 405].includes(status);

/** The sessions that a run's checks have opened, meant to or not, and that are not signed out yet: by their tokens. */
export class OpenSessions {
  readonly #tokens = new Set<string>();

  /** Learns from an answer which session has begun with it, or ended. `own` is the token of the run itself. */
  see({ request, status, json }: Exchange, own: string): void {
    if (request.path === signOut && isSignedOut(status))
      this.#tokens.delete(String(request.headers?.["Authorization"]).replace("Bearer ", ""));
    if (!waysIn.includes(request.path) || status > 299 || !isSettings(json)) return;
    const { access_token: token } = json;
    if (typeof token === "string" && token !== own) this.#tokens.add(token);
  }

  /** Signs out of those that are left. Answers with what was in the way, for people. Never throws. */
  async end(send: (request: WireRequest) => Promise<Exchange>): Promise<string[]> {
    const failures = new Set<string>();
    for (const token of this.#tokens)
      try {
        const headers = { Authorization: `Bearer ${token}` };
        const { status } = await send({ method: "POST", path: signOut, headers });
        if (!isSignedOut(status)) failures.add(`status ${status}`);
      } catch (error) {
        failures.add(messageOf(error));
      }
    return [...failures].map(
      (reason) =>
        `A session that a check opened could not be signed out, and is open until it ends by itself (${reason}).`,
    );
  }
}
