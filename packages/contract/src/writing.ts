import { Skip } from "./check.ts";
import { type Context, finding } from "./context.ts";
import type { Finding } from "./finding.ts";
import { meansNothing, notAsSent, type Settings } from "./guard/settings.ts";
import type { SettingsGuard, Written } from "./guard/settings-guard.ts";
import { judgeAnswer, judgeRefusal, shown } from "./judge.ts";
import type { WireRequest } from "./wire.ts";

export const operation = "POST /call_park";

/** The guard of a run that may write. Checks that write are not run without one. */
export const guardOf = (context: Context): SettingsGuard => {
  if (context.guard === undefined)
    throw new Error(context.guardRefusal ?? "A check that writes was run in a run that only reads");
  return context.guard;
};

/** A request that must be refused and change nothing. */
export const expectRefused = async (
  context: Context,
  code: string,
  request: WireRequest,
  what: string,
  pointer?: string,
): Promise<Finding[]> => {
  const guard = guardOf(context);
  const before = await guard.current();
  const { exchange, after } = await guard.send(request);
  const findings = judgeRefusal(context, operation, code, exchange, what).map((one) =>
    pointer !== undefined && one.code.endsWith(".accepted") ? finding(context, { ...one, pointer, exchange }) : one,
  );
  const changed = guard.differences(before, after);
  if (changed.length > 0)
    findings.push(
      finding(context, {
        code: `${code}.changed`,
        operation,
        documented: `${what} changes nothing`,
        received: changes(before, after, changed),
        pointer,
        exchange,
      }),
    );
  return findings;
};

/** A body that must be accepted; each wanted field must be read back, and the others stay. */
export const expectAccepted = async (
  context: Context,
  code: string,
  wanted: Record<string, unknown>,
  what: string,
  pointer?: string,
  pending?: (after: Settings) => boolean,
): Promise<{ findings: Finding[]; written: Written }> => {
  const guard = guardOf(context);
  const stuck = guard.reasonToLeave(Object.keys(wanted));
  if (stuck !== undefined) throw new Skip(stuck);
  const body = guard.body(wanted);
  const written = await guard.write(body, pending);
  const { exchange, after } = written;
  const at = { operation, exchange, pointer };
  if (exchange.status < 200 || exchange.status > 299)
    return {
      written,
      findings: [
        finding(context, {
          ...at,
          code: `${code}.refused`,
          documented: `${what} is accepted`,
          received: `status ${exchange.status}: ${exchange.text.slice(0, 200)}`,
        }),
      ],
    };
  const findings = judgeAnswer(context, operation, code, exchange);
  if (written.late)
    findings.push(
      finding(context, {
        ...at,
        code: "call_park.post.late",
        kind: "observation",
        documented: "when a change shows after the answer is not documented",
        received: `${what} shows a moment after the PBX has answered 200`,
      }),
    );
  const readBack = (settings: Settings, how: string, names: string[]) => {
    for (const name of names)
      findings.push(
        finding(context, {
          ...at,
          code: `${code}.${how}`,
          documented: `${name} reads back as it was written, ${shown(wanted[name])}`,
          received: shown(settings[name]),
        }),
      );
  };
  readBack(after, "read_back", notAsSent(wanted, after));
  const others = guard
    .differences(guard.before, after)
    .filter((name) => name in body && !(name in wanted) && !meansNothing(name, after));
  if (others.length > 0)
    findings.push(
      finding(context, {
        ...at,
        code: `${code}.others`,
        documented: `${what} changes nothing else`,
        received: changes(guard.before, after, others),
      }),
    );
  // Once more, for a PBX that answers from what it was sent and then forgets.
  if (findings.length > 0) return { findings, written };
  const again = await guard.readAgain();
  // What is neither as written nor as before is somebody else's doing; the guard will say so.
  const kept = guard.differences(guard.before, again);
  readBack(
    again,
    "forgotten",
    notAsSent(wanted, again).filter((name) => !kept.includes(name)),
  );
  return { findings, written: { ...written, after: again } };
};

const changes = (before: Settings, after: Settings, names: string[]) =>
  names.map((name) => `${name} went from ${shown(before[name])} to ${shown(after[name])}`).join("; ");
