import type { Clock } from "../clock.ts";
import { type Line, resolve, schemaOf } from "../lines.ts";
import { createTimeline, type RecallEvent } from "../recall/timeline.ts";
import type { CallParkSettings } from "../store/call-park.ts";
import type { Store } from "../store/index.ts";
import { makeId } from "../store/secrets.ts";

/** A made-up call, as the clock of the PBX has it. */
export interface ParkedCall {
  id: string;
  /** The domain of the tenant. */
  domain: string;
  /** The extension number of the user who parked it. */
  parker: string;
  /** Seconds since it was parked. */
  seconds: number;
  /** What has happened so far. */
  events: RecallEvent[];
  /** What happens next, where nobody picks it up. Null at the end. */
  next: RecallEvent | null;
}

export interface Calls {
  /**
   * @param domain of the tenant; the first one where it is left out.
   * @param parker an extension number of it; its first one where it is left out.
   * @throws CallError where there is no such tenant or extension, or where call park is off.
   */
  park(where?: { domain?: string; parker?: string }): ParkedCall;
  list(): ParkedCall[];
  show(id: string): ParkedCall | undefined;
  /** Somebody retrieves it. Undefined where there is none. */
  pickUp(id: string): ParkedCall | undefined;
  clear(): void;
}

/** A call cannot be parked as it was asked. */
export class CallError extends Error {
  override readonly name = "CallError";
}

interface Call {
  id: string;
  domain: string;
  parker: string;
  settings: CallParkSettings;
  /** Milliseconds since 1970. */
  parked: number;
  /** Seconds after parking. */
  pickedUpAt?: number;
}

/** Nobody waits longer than a day, in seconds. */
const patience = 86_400;
const mostCalls = 100;

export const createCalls = (line: Line, store: Store, clock: Clock): Calls => {
  const toUser = resolve(line.document, schemaOf(line, "RecallToUser")).properties?.["recall_to"];
  const recallTimeline = createTimeline(Number(toUser?.["x-recall-again-seconds"]));
  const calls = new Map<string, Call>();
  const told = ({ id, domain, parker, settings, parked, pickedUpAt }: Call): ParkedCall => {
    const seconds = Math.min(Math.floor((clock.now() - parked) / 1000), patience);
    const ended = pickedUpAt === undefined ? {} : { pickedUpAt };
    const events = recallTimeline(settings, { ...ended, until: seconds });
    const ahead = seconds + 2 * (settings.recall_time + settings.recall_ring_group_time);
    const next = recallTimeline(settings, { ...ended, until: ahead })[events.length] ?? null;
    return { id, domain, parker, seconds, events, next };
  };
  return {
    park: (where = {}) => {
      const tenant = where.domain === undefined ? store.tenants.list()[0] : store.tenants.byDomain(where.domain);
      if (!tenant) throw new CallError(`No tenant has the domain ${where.domain}`);
      const parker = where.parker ?? store.numbers.ofType(tenant.id, "EXTENSION")[0]?.extension_number ?? "";
      if (store.numbers.byNumber(tenant.id, parker)?.type !== "EXTENSION")
        throw new CallError(`No extension of ${tenant.name} has the number ${parker}`);
      const settings = store.callPark.show(tenant.id);
      if (!settings.enabled) throw new CallError(`Call park of ${tenant.name} is off: set enabled to true first`);
      const call = { id: makeId(), domain: tenant.domain, parker, settings, parked: clock.now() };
      const [oldest] = calls.keys();
      if (calls.size >= mostCalls && oldest !== undefined) calls.delete(oldest);
      calls.set(call.id, call);
      return told(call);
    },
    list: () => [...calls.values()].map(told),
    show: (id) => {
      const call = calls.get(id);
      return call && told(call);
    },
    pickUp: (id) => {
      const call = calls.get(id);
      if (!call) return undefined;
      call.pickedUpAt ??= told(call).seconds;
      return told(call);
    },
    clear: () => calls.clear(),
  };
};
