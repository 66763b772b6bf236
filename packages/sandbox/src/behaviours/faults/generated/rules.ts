import type { Behaviour } from "../../behaviour.ts";
import { dropped } from "../../tools/bend.ts";
import type { Field } from "../../tools/document.ts";
import { behaviour } from "../../tools/fault.ts";
import { refusal } from "../../tools/refusals.ts";
import { keeping, type Writing, writings } from "../../tools/writing.ts";
import { type Breach, breaches, missing, strangeTypes } from "./values.ts";

/** Breaches of the schema that the documents do not forbid. Each is a lawful variant instead. */
const leftOpen: ReadonlySet<string> = new Set([
  // An empty id may stand for no prompt: the documents do not say what an id must be like.
  "POST /call_park prompt_file_id too_short",
  // Nor whether a group is of USER_ONLY where nothing is said.
  "POST /call_park_groups recall_to missing",
  "POST /call_park_groups/{id} recall_to missing",
]);

/** For every field of every JSON body that writes, one fault for each of its rules that is not held to. */
export const ruleFaults: readonly Behaviour[] = writings.flatMap((writing) =>
  writing.body.flatMap((field) => [
    ...rulesOf(writing, field).map((breach) => takes(writing, field, breach)),
    ...rulesOf(writing, field)
      .slice(0, 1)
      .map((breach) => refusesAndKeeps(writing, field, breach)),
  ]),
);

function rulesOf({ operation, filler }: Writing, field: Field): Breach[] {
  return [
    ...(field.name in filler() ? [missing(field)] : []),
    ...breaches(field),
    // The settings are what the project is for: there, every type is a fault of its own.
    ...(operation === "POST /call_park" ? strangeTypes(field) : []),
  ].filter(({ name }) => !leftOpen.has(`${operation} ${field.name} ${name}`));
}

function takes(writing: Writing, field: Field, { name, what, value, matches }: Breach): Behaviour {
  const { operation, readings } = writing;
  return behaviour(operation, `takes.${field.name}.${name}`, `${operation} takes a body ${withOf(what)}.`, {
    class: "what it refuses",
    field: field.name,
    alsoAt: readings,
    alter: keeping(
      writing,
      field.name,
      (fields) => matches(fields[field.name]) && (name === "missing" || field.name in fields),
    ),
    witness: writing.witness({ [field.name]: value === dropped ? undefined : value }),
  });
}

function refusesAndKeeps(writing: Writing, field: Field, { value }: Breach): Behaviour {
  const { operation, readings, body } = writing;
  const all = breaches(body.find(({ name }) => name === field.name) ?? field);
  return behaviour(
    operation,
    `refuses_and_keeps.${field.name}`,
    `${operation} refuses a body for its ${field.name}, and keeps it all the same.`,
    {
      class: "what it refuses",
      // What was made by a refused request is seen as a whole.
      ...(operation !== "POST /call_park_groups" && { field: field.name }),
      alsoAt: readings,
      alter: keeping(
        writing,
        field.name,
        (fields) => field.name in fields && all.some(({ matches }) => matches(fields[field.name])),
        () => refusal(field.name),
      ),
      witness: writing.witness({ [field.name]: value === dropped ? null : value }),
    },
  );
}

function withOf(what: string): string {
  return what.startsWith("without") ? what : `with ${what}`;
}
