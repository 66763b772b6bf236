import type { Behaviour } from "../../behaviour.ts";
import { all, at, isSuccess, remembering } from "../../tools/at.ts";
import type { Field } from "../../tools/document.ts";
import { behaviour } from "../../tools/fault.ts";
import { type Writing, writingInstead, writings } from "../../tools/writing.ts";
import { distortions } from "./distortions.ts";

/** Bodies that change a field of the sandbox as it starts. */
const changes: Readonly<Record<string, Record<string, unknown>>> = {
  name: { name: "Evening shift" },
  enabled: { enabled: false },
  extension_number: { extension_number: "555" },
  recall_time: { recall_time: 120 },
  recall_ring_group_time: { recall_ring_group_time: 120 },
  prompt_file_id: { prompt_file_id: null },
  recall_to: { recall_to: "RING_GROUP_ONLY", ring_group_id: "{first}" },
  ring_group_id: { recall_to: "RING_GROUP_ONLY", ring_group_id: "{first}" },
};

/** For every field of every JSON body that writes: taken and not stored, stored otherwise, forgotten a moment later. */
export const storingFaults: readonly Behaviour[] = writings.flatMap((writing) =>
  writing.body.flatMap((field) => [
    ...ignores(writing, field),
    ...distorts(writing, field),
    ...forgets(writing, field),
  ]),
);

function ignores(writing: Writing, { name }: Field): Behaviour[] {
  const { operation, readings } = writing;
  // A mode that recalls to a ring group is refused without one, which is another fault.
  if (name === "ring_group_id") return [];
  return [
    behaviour(operation, `ignores.${name}`, `${operation} answers with success and does not store ${name}.`, {
      class: "what it stores",
      field: name,
      alsoAt: readings,
      alter: writingInstead(writing, ({ [name]: _, ...rest }, before) => ({
        ...rest,
        ...(rest["recall_to"] !== undefined || name === "recall_to" || name === "name" ? kept(before, name) : {}),
      })),
      witness: writing.witness(changeOf(name)),
    }),
  ];
}

/** Of what was there, what a body needs so that leaving a field out changes nothing. */
function kept(before: Record<string, unknown>, name: string): Record<string, unknown> {
  return before[name] === undefined ? {} : { [name]: before[name] };
}

function distorts(writing: Writing, field: Field): Behaviour[] {
  const { operation, readings } = writing;
  return distortions(field).map(({ name, what, from, to, unrestorable }) =>
    behaviour(operation, `stores.${field.name}.${name}`, `${operation} stores ${field.name} ${what}.`, {
      class: "what it stores",
      field: field.name,
      alsoAt: readings,
      ...(unrestorable !== undefined && operation === "POST /call_park" && { unrestorable }),
      alter: writingInstead(writing, (fields) =>
        fields[field.name] === undefined ? fields : { ...fields, [field.name]: to(fields[field.name]) },
      ),
      witness: writing.witness({ ...changeOf(field.name), [field.name]: from }),
    }),
  );
}

/** A field and what goes with it: a mode and its ring group are one choice. */
function together(name: string, before: Record<string, unknown>): Record<string, unknown> {
  const { recall_to, ring_group_id } = before;
  return name === "recall_to" || name === "ring_group_id" ? { recall_to, ring_group_id } : { [name]: before[name] };
}

function forgets(writing: Writing, { name }: Field): Behaviour[] {
  const { operation, readings } = writing;
  if (operation === "POST /call_park_groups") return [];
  return [
    behaviour(operation, `forgets.${name}`, `${operation} stores ${name}, shows it once, and forgets it.`, {
      class: "what it stores",
      // A mode and its ring group are one choice: either tells of the other.
      ...(name !== "ring_group_id" && { field: name }),
      alsoAt: readings,
      alter: remembering(() => {
        const old = new Map<string, { values: Record<string, unknown>; readings: number }>();
        return all(
          at(operation, async (seen, next, pbx) => {
            const key = writing.written(seen);
            const before = key === undefined ? {} : writing.current(pbx, seen, key);
            const answer = await next();
            if (key === undefined || !isSuccess(answer)) return answer;
            if (writing.current(pbx, seen, key)[name] === before[name]) old.delete(key);
            else old.set(key, { values: together(name, before), readings: 0 });
            return answer;
          }),
          at(readings, (seen, next, pbx) => {
            const key = seen.parameters["id"] ?? writing.shown({}, seen);
            const found = key === undefined ? undefined : old.get(key);
            if (key !== undefined && found) {
              found.readings += 1;
              if (found.readings > 1) {
                const now = writing.current(pbx, seen, key);
                // What was destroyed in the meantime stays so.
                if (name in now) writing.put(pbx, key, { ...now, ...found.values });
                old.delete(key);
              }
            }
            return next();
          }),
        );
      }),
      witness: writing.witness(changeOf(name)),
    }),
  ];
}

function changeOf(name: string): Record<string, unknown> {
  return changes[name] ?? { [name]: true };
}
