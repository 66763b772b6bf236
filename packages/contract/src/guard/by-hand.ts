import { curlOf } from "../curl.ts";
import type { Session } from "../session.ts";

/** The command that writes a body by hand, with the token left to the environment. */
export const curlThatWrites = (session: Session, path: string, body: object): string =>
  curlOf({
    url: `${session.wire.baseUrl}${path}`,
    request: {
      method: "POST",
      path,
      headers: { ...session.authorization, "Content-Type": "application/json" },
      body: JSON.stringify(body),
    },
  });
