import { within } from "./signal.ts";

/** Holds back the requests to one host: for the caller's budget, and while the PBX asks for patience. */
export interface Governor {
  /**
   * Undefined where a request may leave now, else resolves when it may. Rejects with the signal's reason, or with
   * OutOfTime.
   */
  take(budget: number | undefined, signal: AbortSignal | undefined, milliseconds: number): Promise<void> | undefined;
  /** How long the host is still to be left alone, in milliseconds. */
  paused(): number;
  /** The PBX asked for patience. */
  pause(milliseconds: number): void;
  /** A request that `take` let go is over. */
  done(limited: boolean): void;
}

interface Waiting {
  go: () => void;
  budget: number | undefined;
}

const never = Number.POSITIVE_INFINITY;

/** Whoever asks for more patience is not left alone for as long: each call finds out anew. In milliseconds. */
const longestPatience = 3_600_000;

/** What may leave at once, as the time that it is spread over otherwise, in milliseconds. */
const burst = 1000;

const now = () => performance.now();

const createGovernor = (): Governor => {
  const queue: Waiting[] = [];
  let until = 0;
  /** When the next request of a budget may leave. */
  let next = 0;
  /** After a pause, how many may be under way at once: one first, then twice as many after each answer. */
  let window = never;
  let underWay = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** Milliseconds until a request may leave; infinite where an answer has to come first. */
  const delay = (budget: number | undefined, at: number): number => {
    if (at < until) return until - at;
    if (underWay >= window) return never;
    return budget === undefined ? 0 : Math.max(0, next - at);
  };
  const leave = (budget: number | undefined, at: number) => {
    underWay += 1;
    // A second's worth may leave at once; beyond that they are spread, so that no minute has more than the budget.
    if (budget !== undefined) next = Math.max(next, at - burst) + (60_000 + burst) / budget;
  };
  /** The place of the first one that may leave; of the first one of all where none may. */
  const turn = (at: number): number =>
    // Where the host itself is to be left alone, nobody needs to be looked for.
    delay(undefined, at) > 0
      ? 0
      : Math.max(
          0,
          queue.findIndex(({ budget }) => delay(budget, at) === 0),
        );
  const run = () => {
    clearTimeout(timer);
    while (queue.length > 0) {
      const at = now();
      const place = turn(at);
      const first = queue[place] as Waiting;
      const pause = delay(first.budget, at);
      if (pause > 0) {
        if (pause !== never) timer = setTimeout(run, pause);
        return;
      }
      queue.splice(place, 1);
      leave(first.budget, at);
      first.go();
    }
  };
  const done = (limited: boolean) => {
    underWay -= 1;
    // One that left before the pause says nothing of what the host bears after it.
    if (!limited && window !== never && now() >= until) window *= 2;
    if (queue.length > 0) run();
  };
  return {
    done,
    take(budget, signal, milliseconds) {
      const at = now();
      if (queue.length === 0 && delay(budget, at) === 0) {
        leave(budget, at);
        return undefined;
      }
      const waiting: Waiting = { budget, go: () => undefined };
      const gone = new Promise<void>((resolve) => {
        waiting.go = resolve;
      });
      queue.push(waiting);
      run();
      return within(gone, signal, milliseconds).catch((error) => {
        const place = queue.indexOf(waiting);
        // Let go in the same moment, and yet it does not leave.
        if (place < 0) done(true);
        else {
          queue.splice(place, 1);
          run();
        }
        throw error;
      });
    },
    paused: () => until && until - now(),
    pause(milliseconds) {
      if (milliseconds > longestPatience) return;
      until = Math.max(until, now() + milliseconds);
      window = 1;
    },
  };
};

const governors = new Map<string, Governor>();

/** The one governor that every client in the process shares for a host. */
export const governorOf = (host: string): Governor => {
  const governor = governors.get(host) ?? createGovernor();
  governors.set(host, governor);
  return governor;
};
