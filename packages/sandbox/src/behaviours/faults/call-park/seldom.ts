import type { Answer } from "../../../context.ts";
import type { Alter, Behaviour } from "../../behaviour.ts";
import { all, at, isSuccess, itemsOf, remembering } from "../../tools/at.ts";
import { behaviour } from "../../tools/fault.ts";
import { isNumber, usual } from "../../tools/limits.ts";
import { refusal } from "../../tools/refusals.ts";
import { starting } from "../../tools/starting.ts";
import { callParkWriting, writingInstead } from "../../tools/writing.ts";
import { get, post } from "../../witness.ts";
import { operation, recallsToRingGroup, shown } from "./common.ts";
import { alsoStores, sent, stores } from "./stores.ts";

const recalling = { needs: { variants: ["settings.starts.ring_group"] } };
const resetting = { needs: { variants: ["settings.left_out.reset"] } };

/** How long a column is that is too short for a number, in digits. */
const shortColumn = 32;

/** In milliseconds. */
const pause = 300;

/** Answers a POST with 200 and does nothing, `when` it does. */
const ignoring = (when: (bytes: Buffer, tenant: string) => boolean): Alter =>
  at(operation, ({ bytes, session }, next) =>
    session?.tenant_id && when(bytes, session.tenant_id) ? { status: 200 } : next(),
  );

const ignored: readonly Behaviour[] = [
  stores(
    "ignores.same_bytes",
    "POST /call_park takes a body that it has seen before for the same request, and does nothing.",
    sent({ recall_time: 120 }, { recall_time: 180 }, { recall_time: 120 }),
    remembering(() => {
      const seen = new Set<string>();
      return ignoring((bytes, tenant) => {
        const key = `${tenant} ${bytes.toString()}`;
        const isKnown = seen.has(key);
        seen.add(key);
        return isKnown;
      });
    }),
  ),
  stores(
    "ignores.soon_after",
    `POST /call_park answers with 200 and does nothing within ${pause} milliseconds of the one before.`,
    sent({ recall_time: 120 }, { recall_time: 180 }),
    remembering(() => {
      const last = new Map<string, number>();
      return ignoring((_, tenant) => {
        const now = Date.now();
        const isSoon = now - (last.get(tenant) ?? 0) < pause;
        last.set(tenant, now);
        return isSoon;
      });
    }),
  ),
];

const refused = (name: string, what: string, when: Alter, witness: Behaviour["witness"], more = {}): Behaviour =>
  behaviour(operation, name, `POST /call_park ${what}.`, { class: "what it accepts", alter: when, witness, ...more });

const unsupported: Answer = {
  status: 415,
  json: { errors: [{ code: "UNSUPPORTED", message: "The Content-Type must be application/json" }] },
};

/** What only some bodies meet: a field alone, a value that few send, a request that comes again. */
export const callParkSeldomFaults: readonly Behaviour[] = [
  ...ignored,
  refused(
    "refuses.charset",
    "refuses application/json where its charset is named",
    at(operation, ({ request, session }, next) =>
      session && /charset/i.test(String(request.headers["content-type"])) ? unsupported : next(),
    ),
    [post("/call_park", { recall_time: 120 }, { headers: { "Content-Type": "application/json; charset=utf-8" } })],
  ),
  refused(
    "refuses.user_only_alone",
    "refuses USER_ONLY without a ring group",
    at(operation, ({ fields, session }, next) =>
      session && fields["recall_to"] === "USER_ONLY" && !("ring_group_id" in fields)
        ? refusal("ring_group_id", "is required")
        : next(),
    ),
    [post("/call_park", { recall_to: "USER_ONLY" })],
    recalling,
  ),
  behaviour(
    operation,
    "takes.ring_group_id.of_call_park_group",
    "POST /call_park takes the id of a call park group for a ring group's.",
    {
      class: "what it refuses",
      field: "ring_group_id",
      alter: at(operation, ({ fields, session }, next, { store }) => {
        const tenant = session?.tenant_id ?? "";
        const id = fields["ring_group_id"];
        if (typeof id !== "string" || !store.groups.show(tenant, id)) return next();
        return next({ json: { ...fields, ring_group_id: store.numbers.ofType(tenant, "RING_GROUP")[0]?.id } });
      }),
      witness: [
        get("/call_park_groups"),
        post("/call_park", { recall_to: "RING_GROUP_ONLY", ring_group_id: "{first}" }),
      ],
    },
  ),
  behaviour(
    operation,
    "takes.ring_group_id.null_alone",
    "POST /call_park takes the ring group away from a mode that needs one, where null comes alone.",
    {
      class: "what it refuses",
      field: "ring_group_id",
      alsoAt: shown,
      alter: at(operation, ({ fields, session }, next, { store }) => {
        const tenant = session?.tenant_id;
        if (!tenant || Object.keys(fields).join() !== "ring_group_id" || fields["ring_group_id"] !== null)
          return next();
        const before = store.callPark.show(tenant);
        if (!recallsToRingGroup(before.recall_to)) return next();
        store.callPark.save(tenant, { ...before, ring_group_id: null });
        return { status: 200 };
      }),
      witness: [
        get("/ring_groups"),
        ...sent({ recall_to: "RING_GROUP_ONLY", ring_group_id: "{first}" }, { ring_group_id: null }),
      ],
      ...recalling,
    },
  ),
  stores(
    "stores.number_cut",
    `POST /call_park keeps ${shortColumn} digits of an extension number.`,
    sent({ extension_number: "7".repeat(shortColumn + 1), enabled: true }),
    writingInstead(callParkWriting, ({ extension_number: number, ...fields }) => ({
      ...fields,
      ...(number !== undefined && {
        extension_number: typeof number === "string" ? cutNumber(number) : number,
      }),
    })),
    { field: "extension_number", ...resetting },
  ),
  stores(
    "stores.user_only.default_ring_group_time",
    "POST /call_park stores the default for recall_ring_group_time with USER_ONLY, on a PBX that recalls to a ring group.",
    sent({ recall_to: "USER_ONLY", recall_ring_group_time: usual - 1 }),
    alsoStores(({ recall_to: mode }) => (mode === "USER_ONLY" ? { recall_ring_group_time: usual } : {})),
    { field: "recall_ring_group_time", ...recalling },
  ),
  behaviour(
    "GET /call_park",
    "recall_time.null_for_default",
    "GET /call_park answers with null for a recall_time that is the default.",
    {
      class: "what an answer says",
      field: "recall_time",
      alsoAt: [operation],
      alter: all(
        starting(() => ({ recall_time: usual - 1 })),
        itemsOf("GET /call_park", (item) => (item["recall_time"] === usual ? { ...item, recall_time: null } : item)),
      ),
      witness: sent({ recall_time: usual }),
    },
  ),
  behaviour(
    "GET /call_park",
    "prompt_file_id.shown_once_set",
    "GET /call_park answers with prompt_file_id once one was written.",
    {
      class: "prompt and files",
      alsoAt: [operation],
      alter: remembering(() => {
        const written = new Map<string, unknown>();
        return all(
          at(operation, async ({ fields, session }, next) => {
            const answer = await next();
            if (isSuccess(answer) && "prompt_file_id" in fields)
              written.set(session?.tenant_id ?? "", fields["prompt_file_id"]);
            return answer;
          }),
          itemsOf("GET /call_park", (item, { session }) => {
            const tenant = session?.tenant_id ?? "";
            return written.has(tenant) ? { ...item, prompt_file_id: written.get(tenant) } : item;
          }),
        );
      }),
      witness: sent({ prompt_file_id: null }),
    },
  ),
];

const cutNumber = (number: string): string => (isNumber(number) ? number.slice(0, shortColumn) : number);
