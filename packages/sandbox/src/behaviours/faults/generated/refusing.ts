import type { Behaviour } from "../../behaviour.ts";
import { at } from "../../tools/at.ts";
import { behaviour } from "../../tools/fault.ts";
import { refusal } from "../../tools/refusals.ts";
import { writings } from "../../tools/writing.ts";
import { lawfulValues } from "./lawful-values.ts";

/** For every field of every JSON body that writes, its bounds and each of its values refused. */
export const refusingFaults: readonly Behaviour[] = writings.flatMap(({ operation, body, readings, witness }) =>
  body.flatMap((field) =>
    lawfulValues(field).map(({ name, value, matches }) =>
      behaviour(
        operation,
        `refuses.${field.name}.${name}`,
        `${operation} refuses ${field.name} at ${String(value).length > 40 ? `its ${name}` : String(value)}, which is lawful.`,
        {
          class: "what it accepts",
          field: field.name,
          alsoAt: readings,
          alter: at(operation, ({ fields, session }, next) =>
            session && matches(fields[field.name]) ? refusal(field.name) : next(),
          ),
          witness: witness({ [field.name]: value, ...ringGroupFor(value) }),
        },
      ),
    ),
  ),
);

/** The modes that recall to a ring group cannot do without one. */
function ringGroupFor(value: unknown): Record<string, unknown> {
  return String(value).includes("RING_GROUP") ? { ring_group_id: "{first}" } : {};
}
