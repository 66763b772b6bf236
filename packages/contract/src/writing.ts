import { type Context, finding } from "./context.ts";
import type { Finding } from "./finding.ts";
import { concernsPrompt, differences, type Settings } from "./guard/settings.ts";
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
  const before = await guardOf(context).current();
  const { exchange, after } = await guardOf(context).send(request);
  const findings = judgeRefusal(context, operation, code, exchange, what).map((one) =>
    pointer !== undefined && one.code.endsWith(".accepted") ? finding(context, { ...one, pointer, exchange }) : one,
  );
  const changed = differences(before, after);
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
): Promise<{ findings: Finding[]; written: Written }> => {
  const guard = guardOf(context);
  const written = await guard.write(guard.body(wanted));
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
  for (const [name, value] of Object.entries(wanted))
    if (name in after && after[name] !== value)
      findings.push(
        finding(context, {
          ...at,
          code: `${code}.read_back`,
          documented: `${name} reads back as it was written, ${shown(value)}`,
          received: shown(after[name]),
        }),
      );
  const others = differences(guard.before, after).filter((name) => !(name in wanted) && !mayFollow(name, after));
  if (others.length > 0)
    findings.push(
      finding(context, {
        ...at,
        code: `${code}.others`,
        documented: `${what} changes nothing else`,
        received: changes(guard.before, after, others),
      }),
    );
  return { findings, written };
};

/** A field that a PBX may change along with others: the prompt, and what means nothing in the mode it is now in. */
const mayFollow = (name: string, after: Settings): boolean =>
  concernsPrompt(name) ||
  (name === "ring_group_id" && after["recall_to"] === "USER_ONLY") ||
  (name === "extension_number" && after["enabled"] === false);

const changes = (before: Settings, after: Settings, names: string[]) =>
  names.map((name) => `${name} went from ${shown(before[name])} to ${shown(after[name])}`).join("; ");
