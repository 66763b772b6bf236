import type { Answer } from "../../context.ts";
import type { CallParkSettings } from "../../store/call-park.ts";
import type { Behaviour } from "../behaviour.ts";
import { all, at, isSuccess, remembering } from "../tools/at.ts";
import { behaviour } from "../tools/fault.ts";
import { tokenOf } from "../tools/seen.ts";
import { get, post, reach } from "../witness.ts";

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

/** Each session's last reading, and when it was. */
const bySession: Behaviour = behaviour(
  read,
  "past.by_session",
  "GET /call_park goes on for a second with what the same session read last, though another one has written since.",
  {
    class: "answers that change",
    alsoAt: [write],
    needs: { credentials: true },
    alter: remembering(() => {
      const readings = new Map<string, { at: number; answer: Answer }>();
      return all(
        at(write, ({ request }, next) => {
          readings.delete(tokenOf(request) ?? "");
          return next();
        }),
        at(read, async ({ request, session }, next) => {
          const token = tokenOf(request);
          const last = token === undefined ? undefined : readings.get(token);
          if (session && last && Date.now() - last.at < 1000) return last.answer;
          const answer = await next();
          if (token !== undefined && isSuccess(answer)) readings.set(token, { at: Date.now(), answer });
          return answer;
        }),
      );
    }),
    witness: [
      ...reach("POST /auth/sign_in"),
      get("/call_park"),
      post("/call_park", { recall_time: 120 }, { as: "new" }),
      get("/call_park"),
    ],
  },
);

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
  bySession,
];
