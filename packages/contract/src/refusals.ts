import { leftOpen } from "./asking.ts";
import { type Context, finding } from "./context.ts";
import type { Finding } from "./finding.ts";
import { isSettings, type Settings } from "./guard/settings.ts";
import { judgeRefusal, type Refusal } from "./judge-refusal.ts";
import { type Exchange, textOf, type WireRequest } from "./wire.ts";
import { changes, guardOf, operation } from "./writing.ts";

/** A request that must be refused and change nothing. */
export interface RefusalProbe extends Omit<Refusal, "operation"> {
  request: WireRequest;
  /** What it asks for, where its body is no JSON. */
  asks?: Settings;
  /** What is not documented to be refused, only to do no harm: says what is left open. */
  mayBeTaken?: string;
  /** Is it asked of another path, from which a PBX may point to the right one? */
  mayBeRedirected?: boolean;
}

/** Between a refusal and the look at whether it was carried out all the same, in milliseconds. */
const dwell = 120;

/**
 * Sends them all, and reads once what came of it: each one changes something of its own besides, so that the settings
 * tell which of them was carried out.
 */
export const expectRefused = async (
  context: Context,
  probes: readonly RefusalProbe[],
  { later = false }: { later?: boolean } = {},
): Promise<Finding[]> => {
  if (probes.length === 0) return [];
  const guard = guardOf(context);
  const before = await guard.current();
  const { exchanges, after, others } = await guard.sendAll(
    probes.map(({ request }) => request),
    { milliseconds: later ? dwell : 0, callerTells: true },
  );
  const taken = new Set(probes.filter((_, index) => isTaken(exchanges[index])));
  const findings = judgeProbes(context, probes, exchanges);
  // What a request did that was taken is what it asked for, and said above.
  const changed = guard.differences(before, after);
  if (changed.length === 0) return findings;
  const again = await guard.readAgain();
  if (guard.differences(before, again).length === 0) return [...findings, passing(context, before, after, changed)];
  const matches = probes.map((probe) => asSent(probe, after, changed));
  const most = Math.max(...matches);
  const culprit = most > 0 ? matches.indexOf(most) : -1;
  const probe = probes[culprit];
  const isFound = taken.size > 0 && findings.length > 0;
  // Somebody else may have changed what none of them asks for, also where one of them was taken.
  const unasked = probe === undefined && !isFound ? changed : changed.filter((name) => others.includes(name));
  if (unasked.length > 0)
    await guard.refuseUnrepeated(
      probes.map(({ request }) => request),
      before,
      after,
      unasked,
    );
  if (probe ? taken.has(probe) && probe.mayBeTaken === undefined : isFound) return findings;
  const { code, what, pointer } = probe ?? (probes.at(-1) as RefusalProbe);
  const exchange = exchanges[probe ? culprit : probes.length - 1];
  return [
    ...findings,
    finding(context, {
      code: `${code}.changed`,
      operation,
      documented: `${probe ? what : "a request that must be refused"} changes nothing`,
      received: changes(before, after, changed),
      pointer,
      ...(exchange && { exchange }),
    }),
  ];
};

/** The next reading is as it should be: then it was the reading, and not what was written. */
const passing = (context: Context, before: Settings, after: Settings, names: string[]): Finding =>
  finding(context, {
    code: "call_park.get.always.stale",
    operation: "GET /call_park",
    documented: "the settings as they are",
    received: `for one reading, ${changes(before, after, names)}`,
    pointer: "#/paths/~1call_park/get",
  });

export const isTaken = (exchange: Exchange | undefined): boolean => exchange !== undefined && exchange.status < 300;

/** What the answers alone say. */
export const judgeProbes = (
  context: Context,
  probes: readonly RefusalProbe[],
  exchanges: readonly Exchange[],
): Finding[] => probes.flatMap((probe, index) => judged(context, probe, exchanges[index] as Exchange));

const judged = (context: Context, probe: RefusalProbe, exchange: Exchange): Finding[] => {
  const { code, mayBeTaken, mayBeRedirected = false, pointer } = probe;
  if (mayBeRedirected && exchange.status >= 300 && exchange.status <= 399) return [];
  if (mayBeTaken === undefined || !isTaken(exchange)) return judgeRefusal(context, { operation, ...probe }, exchange);
  const received = `status ${exchange.status}`;
  return [leftOpen(context, { operation, code, open: mayBeTaken, received, exchange, pointer })];
};

/** How much of what changed is what this request asked for. */
const asSent = ({ request, asks }: RefusalProbe, after: Settings, changed: string[]): number => {
  const sent = asks ?? bodyOf(request);
  return sent ? changed.filter((name) => name in sent && sent[name] === after[name]).length : 0;
};

const bodyOf = (request: WireRequest): Settings | undefined => {
  try {
    const sent: unknown = JSON.parse(textOf(request));
    return isSettings(sent) ? sent : undefined;
  } catch {
    return undefined;
  }
};
