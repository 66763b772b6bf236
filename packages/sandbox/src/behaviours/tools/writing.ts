import type { Answer, Pbx } from "../../context.ts";
import type { CallParkSettings } from "../../store/call-park.ts";
import type { GroupRow } from "../../store/groups.ts";
import type { Alter } from "../behaviour.ts";
import { get, post, reach, type WitnessRequest } from "../witness.ts";
import { all, at, isSuccess, itemsOf, remembering } from "./at.ts";
import { type Field, operations } from "./document.ts";
import { isObject, type Seen } from "./seen.ts";

type Values = Record<string, unknown>;

/** An operation that writes a resource, and how to see what became of it. */
export interface Writing {
  operation: string;
  /** Operations that show the resource. */
  readings: readonly string[];
  body: readonly Field[];
  /** Which resource a request writes; the answer names one that was just made. */
  written(seen: Seen, answer?: Answer): string | undefined;
  /** Which resource an item of an answer is. */
  shown(item: Values, seen: Seen): string | undefined;
  current(pbx: Pbx, seen: Seen, key: string): Values;
  put(pbx: Pbx, key: string, values: Values): void;
  /** Fields that a body cannot do without. */
  filler(): Values;
  /** Requests that write these fields and then show them. */
  witness(fields: Values): readonly WitnessRequest[];
}

const ringGroups = get("/ring_groups");
const needsRingGroup = ({ recall_to, ring_group_id }: Values) =>
  String(recall_to).includes("RING_GROUP") || ring_group_id !== undefined;

const bodyOf = (operation: string) => operations.find(({ name }) => name === operation)?.body ?? [];

const callParkWriting: Writing = {
  operation: "POST /call_park",
  readings: ["GET /call_park"],
  body: bodyOf("POST /call_park"),
  written: ({ session }) => session?.tenant_id ?? undefined,
  shown: (_, { session }) => session?.tenant_id ?? undefined,
  current: ({ store }, _, key) => ({ ...store.callPark.show(key) }),
  put: ({ store }, key, values) => store.callPark.save(key, values as unknown as CallParkSettings),
  filler: () => ({}),
  witness: (fields) => [
    ...(needsRingGroup(fields) ? [ringGroups] : []),
    ...("prompt_file_id" in fields ? reach("POST /blobs/uploads/{id}/complete") : []),
    post("/call_park", fields),
    get("/call_park"),
    get("/call_park"),
  ],
};

const groupReadings = ["GET /call_park_groups", "GET /call_park_groups/{id}"];
let fillers = 0;
const groupFiller = () => {
  fillers += 1;
  return { name: `Group ${fillers}`, recall_to: "USER_ONLY" };
};
const groupWriting = {
  readings: groupReadings,
  shown: ({ id }: Values) => String(id),
  current: ({ store }: Pbx, { session }: Seen, key: string): Values => ({
    ...store.groups.show(session?.tenant_id ?? "", key),
  }),
  put: ({ store }: Pbx, _: string, values: Values) => store.groups.update(values as unknown as GroupRow),
  filler: groupFiller,
};

const groupCreating: Writing = {
  ...groupWriting,
  operation: "POST /call_park_groups",
  body: bodyOf("POST /call_park_groups"),
  written: (_, answer) => (isObject(answer?.json) ? String(answer.json["id"]) : undefined),
  witness: (fields) => [
    ...(needsRingGroup(fields) ? [ringGroups] : []),
    post("/call_park_groups", { name: "Night shift", recall_to: "USER_ONLY", ...fields }),
    get("/call_park_groups"),
    get("/call_park_groups"),
  ],
};

const groupUpdating: Writing = {
  ...groupWriting,
  operation: "POST /call_park_groups/{id}",
  body: bodyOf("POST /call_park_groups/{id}"),
  written: ({ parameters }) => parameters["id"],
  witness: (fields) => [
    ...(needsRingGroup(fields) ? [ringGroups] : []),
    ...reach("POST /call_park_groups"),
    post("/call_park_groups/{id}", { name: "Day shift", recall_to: "USER_ONLY", ...fields }),
    get("/call_park_groups/{id}"),
    get("/call_park_groups/{id}"),
  ],
};

export const writings: readonly Writing[] = [callParkWriting, groupCreating, groupUpdating];
export { callParkWriting, groupCreating, groupUpdating };

/** What a PBX makes of values that it should not have taken: it takes the rest by its rules, and shows them as they came. */
export const keeping = (
  writing: Writing,
  field: string,
  breaks: (fields: Values) => boolean,
  finish: (answer: Answer) => Answer = (answer) => answer,
): Alter =>
  remembering(() => {
    const kept = new Map<string, unknown>();
    return all(
      at(writing.operation, async (seen, next, pbx) => {
        const { [field]: value, ...rest } = seen.fields;
        const broken = isObject(seen.json) && breaks(seen.fields);
        const good = field === "ring_group_id" ? ringGroupFor(rest, seen, pbx) : {};
        const answer = await next(broken ? { json: { ...writing.filler(), ...rest, ...good } } : {});
        const key = isSuccess(answer) ? writing.written(seen, answer) : undefined;
        if (key === undefined) return answer;
        if (!broken) {
          if (field in seen.fields) kept.delete(key);
          return answer;
        }
        if (value !== undefined) kept.set(key, value);
        return finish(answer);
      }),
      itemsOf(writing.readings, (item, seen) => {
        const key = writing.shown(item, seen);
        return key !== undefined && kept.has(key) && field in item ? { ...item, [field]: kept.get(key) } : item;
      }),
    );
  });

/** A mode that recalls to a ring group is not taken without one: whatever came in its place, there is one to go by. */
const ringGroupFor = ({ recall_to: mode }: Values, { session }: Seen, { store }: Pbx): Values => {
  const [found] = store.numbers.ofType(session?.tenant_id ?? "", "RING_GROUP");
  return found && String(mode).includes("RING_GROUP") ? { ring_group_id: found.id } : {};
};

/** Writes other fields than those that were sent. `before` is what was there; for what is made anew, the least that must be. */
export const writingInstead = (
  writing: Writing,
  change: (fields: Values, before: Values, pbx: Pbx, seen: Seen) => Values,
): Alter =>
  at(writing.operation, (seen, next, pbx) => {
    const key = writing.written(seen);
    const before = key === undefined ? writing.filler() : writing.current(pbx, seen, key);
    return next(isObject(seen.json) ? { json: change({ ...seen.fields }, before, pbx, seen) } : {});
  });
