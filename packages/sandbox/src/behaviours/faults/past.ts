import type { CallParkSettings } from "../../store/call-park.ts";
import type { Behaviour } from "../behaviour.ts";
import { all, at, isSuccess, remembering } from "../tools/at.ts";
import { behaviour } from "../tools/fault.ts";
import { get, post } from "../witness.ts";

const read = "GET /call_park";
const write = "POST /call_park";

/** What a PBX with a memory of its own goes by: what was there before the last change, and how often it was read since. */
interface Memory {
  before?: CallParkSettings;
  at: number;
  readings: number;
}

/** Answers a reading with what was there before the last change, `when` it does; `forgotten`, it is there again. */
const past = (
  name: string,
  what: string,
  when: (memory: Memory) => boolean,
  { forgotten = false, keeps = () => false }: { forgotten?: boolean; keeps?: (memory: Memory) => boolean } = {},
): Behaviour =>
  behaviour(read, `past.${name}`, what, {
    class: "answers that change",
    alsoAt: [write],
    alter: remembering(() => {
      const memories = new Map<string, Memory>();
      return all(
        at(write, async ({ session }, next, { store }) => {
          const tenant = session?.tenant_id;
          if (!tenant) return next();
          const before = { ...store.callPark.show(tenant) };
          const answer = await next();
          const known = memories.get(tenant);
          if (isSuccess(answer))
            memories.set(tenant, {
              before: known?.before && keeps(known) ? known.before : before,
              at: Date.now(),
              readings: 0,
            });
          return answer;
        }),
        at(read, async ({ session }, next, { store }) => {
          const tenant = session?.tenant_id;
          const memory = tenant ? memories.get(tenant) : undefined;
          if (!tenant || !memory?.before) return next();
          memory.readings += 1;
          if (!when(memory)) return next();
          const now = store.callPark.show(tenant);
          store.callPark.save(tenant, memory.before);
          if (forgotten) {
            memories.delete(tenant);
            return next();
          }
          const answer = await next();
          store.callPark.save(tenant, now);
          return answer;
        }),
      );
    }),
    witness: [post("/call_park", { recall_time: 120 }), get("/call_park"), get("/call_park"), get("/call_park")],
  });

const seconds = 2;
const isRecent = ({ at: then }: Memory) => Date.now() - then < seconds * 1000;

export const pastFaults: readonly Behaviour[] = [
  past(
    "for_two_seconds",
    `GET /call_park goes on for ${seconds} seconds with what was there before a change.`,
    isRecent,
    { keeps: isRecent },
  ),
  past(
    "every_third",
    "Every third reading after a change comes from a machine that was not told of it.",
    ({ readings }) => readings % 3 === 0,
  ),
  past(
    "from_the_third",
    "A change is shown twice, and then what was there before it is there again.",
    ({ readings }) => readings === 3,
    { forgotten: true },
  ),
];
