import { type Check, Skip } from "./check.ts";
import type { Context } from "./context.ts";
import type { Finding } from "./finding.ts";
import { expectRefused, isTaken, judgeProbes, type RefusalProbe } from "./refusals.ts";
import { requestsLeft } from "./request-limit.ts";
import { type Exchange, WireError } from "./wire.ts";
import { guardOf, operation as post } from "./writing.ts";

/** A check that sends what POST /call_park must refuse, and nothing else. */
export interface Refusing extends Pick<Check, "id" | "title"> {
  /** @default "POST /call_park" */
  operation?: string;
  probes: (context: Context) => RefusalProbe[] | Promise<RefusalProbe[]>;
  /** What the findings come to, taken together. */
  judge?: (findings: Finding[], context: Context) => Finding[] | Promise<Finding[]>;
  /** What there is to try besides, after that. */
  further?: (context: Context) => Promise<Finding[]>;
}

/** What came of the requests of several checks; undefined where they must be sent again, check by check. */
type Together = ReadonlyMap<string, Sent> | undefined;

interface Sent {
  probes: RefusalProbe[];
  exchanges: Exchange[];
}

/**
 * Checks that follow each other: the first one sends what all of them have to send, and one reading tells whether
 * anything came of it. Only where something did, or an answer is missing, each sends its own again and reads for itself.
 */
export const readOnce = (all: readonly Refusing[]): Check[] => {
  const sent = new WeakMap<Context, Together>();
  return all.map(({ id, title, operation = post, probes, judge = (findings) => findings, further }) => ({
    id,
    title,
    operation,
    level: "full",
    chained: true,
    run: async (context) => {
      if (!sent.has(context)) {
        sent.set(context, undefined);
        sent.set(context, await together(context, all));
      }
      const own = sent.get(context)?.get(id);
      const findings = await judge(
        own ? judgeProbes(context, own.probes, own.exchanges) : await expectRefused(context, await probes(context)),
        context,
      );
      return [...findings, ...((await further?.(context)) ?? [])];
    },
  }));
};

interface Wanted {
  id: string;
  probe: RefusalProbe;
}

/** Null may stand for a field that is left out: a PBX may take what it must refuse otherwise. */
const isNull = ({ code }: RefusalProbe): boolean => code.endsWith(".null");

const together = async (context: Context, all: readonly Refusing[]): Promise<Together> => {
  const { chosen, session } = context;
  const guard = guardOf(context);
  const wanted: Wanted[] = [];
  for (const { id, probes } of all)
    if (chosen.has(id)) wanted.push(...(await probesIfAny(context, probes)).map((probe) => ({ id, probe })));
  // A run that may send so many requests only is not to send those of checks that it will not reach.
  // Should something change meanwhile, all are sent once more to see whose doing it is.
  if (2 * wanted.length + 6 > requestsLeft(context)) return undefined;
  const nulls = wanted.filter(({ probe }) => isNull(probe));
  const others = wanted.filter(({ probe }) => !isNull(probe));
  const send = (ones: readonly Wanted[], decisive = 0) =>
    guard.sendAll(
      ones.map(({ probe }) => probe.request),
      { decisive, callerTells: true },
    );
  try {
    let before = await guard.current();
    let { exchanges, after, others: strange } = await send([...nulls, ...others], nulls.length);
    if (exchanges.length < wanted.length) {
      // What was taken did what it asked for: the others begin where that is undone.
      await guard.undo();
      before = await guard.current();
      const rest = await send(others);
      exchanges = [...exchanges, ...rest.exchanges];
      after = rest.after;
      strange = [...strange, ...rest.others];
    }
    const changed = guard.differences(before, after);
    if (changed.length === 0) return byCheck([...nulls, ...others], exchanges);
    // What was refused may have been carried out all the same, or somebody else be at work.
    const requests = wanted.map(({ probe }) => probe.request);
    const unasked = exchanges.some(isTaken) ? changed.filter((name) => strange.includes(name)) : changed;
    if (unasked.length > 0) await guard.refuseUnrepeated(requests, before, after, unasked);
  } catch (error) {
    // Which check it concerns shows when each sends its own.
    if (!(error instanceof WireError) || session.signal?.aborted) throw error;
  }
  await guard.undo();
  return undefined;
};

/** A check that has nothing to send says so itself. */
const probesIfAny = async (context: Context, probes: Refusing["probes"]): Promise<RefusalProbe[]> => {
  try {
    return await probes(context);
  } catch (error) {
    if (error instanceof Skip) return [];
    throw error;
  }
};

const byCheck = (wanted: readonly Wanted[], exchanges: readonly Exchange[]): Together => {
  const found = new Map<string, Sent>();
  for (const [index, { id, probe }] of wanted.entries()) {
    const sent = found.get(id) ?? { probes: [], exchanges: [] };
    sent.probes.push(probe);
    sent.exchanges.push(exchanges[index] as Exchange);
    found.set(id, sent);
  }
  return found;
};
