import { curlOf } from "../curl.ts";
import type { Mask } from "../mask.ts";
import type { Session } from "../session.ts";
import type { VerifyOptions } from "../target.ts";
import type { Settings } from "./settings.ts";
import { settingsWithoutSecrets } from "./without-secrets.ts";

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
  { before, curl }: { before: Settings; curl: string },
  { restoreCommand }: Session,
  mask: Mask,
): Parameters<NonNullable<VerifyOptions["onWrite"]>>[0] => ({
  before: settingsWithoutSecrets(before, mask),
  curl: mask(curl),
  command: restoreCommand,
});
