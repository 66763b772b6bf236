import { granted } from "../asking.ts";
import { type Check, Skip } from "../check.ts";
import { finding } from "../context.ts";
import { judgeRefusal } from "../judge-refusal.ts";
import { marked, post } from "../marks.ts";
import { refreshRequests } from "../refresh.ts";
import { expectRefused } from "../refusals.ts";
import {
  asSession,
  bad,
  bySession,
  credentialsOf,
  secondSession,
  settings,
  signedInAs,
  signOut,
} from "./own-session.ts";

export const sessionEnds: Check = {
  id: "auth.sign_out",
  title: "Signing out ends the session",
  operation: "POST /auth/sign_out",
  level: "read",
  run: async (context) => {
    const operation = "POST /auth/sign_out";
    const code = "auth.sign_out";
    const { tokens } = await signedInAs(context, credentialsOf(context), code);
    if (tokens === undefined) throw new Skip("Signing in gave no token.");
    const stranger = await context.session.sendAs({ method: "POST", path: "/auth/sign_out" });
    const findings = judgeRefusal(
      context,
      { operation, code: `${code}.authentication.none`, what: "a request without a token", because: "credentials" },
      stranger,
    );
    // A user may have one session only: then the run's own is over already.
    const isTaken = async () => (await context.session.send(settings, { refresh: false })).status !== 401;
    const wasTaken = await isTaken();
    const exchange = await signOut(context, tokens.access);
    if (wasTaken && !(await isTaken()))
      findings.push(
        finding(context, {
          code: `${code}.others`,
          operation,
          documented: "the session of the token ends, and no other",
          received: "401 for GET /call_park in another session of the same user",
          pointer: "#/paths/~1auth~1sign_out/post",
        }),
      );
    if (exchange !== undefined) findings.push(...granted(context, operation, code, exchange));
    if (tokens.refresh !== undefined) {
      const [again] = refreshRequests(tokens.refresh);
      const what = "the refresh token of a session that has ended";
      findings.push(...bad(context, operation, `${code}.refresh_token`, what, await context.session.sendAs(again)));
    }
    const after = await asSession(context, tokens.access, settings);
    findings.push(
      ...judgeRefusal(
        context,
        { operation, code: `${code}.token`, what: "a token whose session has ended", because: "credentials" },
        after,
      ),
    );
    return findings;
  },
};

/** Reading is one thing: a token that has ended must not write either. */
export const writesNoMore: Check = {
  id: "call_park.post.authentication.signed_out",
  title: "POST /call_park refuses a token whose session has ended, and changes nothing",
  operation: "POST /auth/sign_out",
  level: "safe",
  chained: true,
  run: async (context) => {
    const code = "call_park.post.authentication.signed_out";
    const { tokens } = await secondSession(context, code);
    if (tokens === undefined) throw new Skip("Signing in gave no token.");
    await signOut(context, tokens.access);
    const request = bySession(tokens.access, post(JSON.stringify(marked(context, {}, 0))));
    return expectRefused(context, [{ code, what: "a token whose session has ended", because: "credentials", request }]);
  },
};
