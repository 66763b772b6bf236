import { curlOf } from "../curl.ts";
import type { Mask } from "../mask.ts";
import type { Session } from "../session.ts";
import type { VerifyOptions } from "../target.ts";

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

/** What somebody needs to know whose run ends before it has put everything back. */
export const byHand = (
  { before, curl }: { before: unknown; curl: string },
  { restoreCommand }: Session,
  mask: Mask,
): Parameters<NonNullable<VerifyOptions["onWrite"]>>[0] => ({
  before,
  curl: mask(curl),
  command: restoreCommand,
});
