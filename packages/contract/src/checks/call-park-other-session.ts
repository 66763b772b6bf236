import { type Check, Skip } from "../check.ts";
import { finding } from "../context.ts";
import { notAsSent } from "../guard/settings.ts";
import { shown } from "../judge.ts";
import { post, times, unusual } from "../marks.ts";
import { guardOf, operation } from "../writing.ts";
import { apart } from "./call-park-times.ts";
import { bySession, secondSession, signOut } from "./own-session.ts";

const code = "call_park.post.other_session";

/** A PBX may keep what each session read last. */
export const callParkOtherSession: Check = {
  id: code,
  title: "What one session writes by POST /call_park, another one reads",
  operation,
  level: "safe",
  chained: true,
  run: async (context) => {
    const { tokens } = await secondSession(context, code);
    if (tokens === undefined) throw new Skip("Signing in gave no token.");
    const guard = guardOf(context);
    const ours = times.filter((time) => time in guard.body());
    const wanted = Object.fromEntries(ours.map((time, index) => [time, unusual(context, time, apart + 11 + index)]));
    const write = bySession(tokens.access, post(JSON.stringify(guard.body(wanted))));
    // What is kept for a while must be there first.
    await guard.readAgain();
    const sent = async () => {
      try {
        return await guard.send(write, (now) => notAsSent(wanted, now).length > 0);
      } finally {
        await signOut(context, tokens.access);
      }
    };
    const { exchange, after, late } = await sent();
    // A user may have one session only, and reading goes by the run's own.
    if (exchange.status >= 300)
      throw new Skip(`The PBX did not take a second session of the same user (status ${exchange.status}).`);
    const stale = notAsSent(wanted, after);
    if (stale.length === 0 && !late) return [];
    const received = stale.map((name) => `${name} ${shown(after[name])}, not ${shown(wanted[name])}`).join("; ");
    return [
      finding(context, {
        code: `${code}.${late ? "late" : "stale"}`,
        operation: "GET /call_park",
        documented: "the settings as they are, whichever session wrote them",
        received: late ? "what another session wrote, only a moment after its 200" : received,
        pointer: "#/paths/~1call_park/get",
        exchange,
      }),
    ];
  },
};
