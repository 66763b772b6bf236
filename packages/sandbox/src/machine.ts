import { type Directory, openDirectory } from "./accounts.ts";
import type { Answering } from "./behaviours/behaviour.ts";
import { createClock } from "./clock.ts";
import { withControlApi } from "./control/api.ts";
import { createCalls } from "./control/calls.ts";
import type { SandboxControls } from "./control/controls.ts";
import { createControls } from "./control/create-controls.ts";
import { createRequestLog } from "./control/request-log.ts";
import { createSwitches } from "./control/switches.ts";
import type { Notes } from "./front.ts";
import { withLatency } from "./latency.ts";
import type { Line } from "./lines.ts";
import { createPbx } from "./pbx.ts";
import { withRateLimit } from "./rate-limit.ts";
import { checkedSeed } from "./seed/check.ts";
import { fill } from "./seed/fill.ts";
import type { Settings } from "./settings.ts";
import { openStore, type Store } from "./store/index.ts";
import { makeToken } from "./store/secrets.ts";

/** A PBX with all that belongs to it, before anybody can reach it. */
export interface Machine {
  store: Store;
  directory: Directory;
  answering: Answering;
  controls: SandboxControls;
  /** Undefined where nobody asked for the control API. */
  controlToken: string | undefined;
  notes: Notes;
}

/**
 * @throws SandboxDataError, SandboxNodeError, SandboxSeedError
 * @throws RangeError for a fault or variant that there is not.
 */
export const createMachine = async (line: Line, settings: Settings): Promise<Machine> => {
  const { dataFile, tokenLifetime, semantics, rateLimit, latency, log } = settings;
  const filling = settings.seed ? checkedSeed(line, settings.seed) : settings.madeUp;
  const clock = createClock(settings.now);
  const store = openStore({ file: dataFile ?? ":memory:", tokenLifetime, now: clock.now });
  try {
    const pbx = { line, store, semantics };
    const switches = await createSwitches(withRateLimit(createPbx(pbx), line, rateLimit, clock.now), pbx, settings);
    if (store.isEmpty()) store.transaction(() => fill(store, line, filling));
    const directory = openDirectory(store);
    const requests = createRequestLog();
    const refill = (seed?: unknown) => {
      const next = seed === undefined ? filling : checkedSeed(line, seed);
      store.transaction(() => {
        store.empty();
        fill(store, line, next);
      });
      directory.forget();
    };
    const controls = createControls({ clock, calls: createCalls(line, store, clock), switches, requests, refill });
    const late = latency ? withLatency(switches.answering, latency) : switches.answering;
    const controlToken = settings.control ? makeToken() : undefined;
    const answering = controlToken === undefined ? late : withControlApi(late, controls, controlToken);
    return {
      store,
      directory,
      answering,
      controls,
      controlToken,
      notes: { now: clock.now, add: requests.add, line: log },
    };
  } catch (error) {
    store.close();
    throw error;
  }
};
