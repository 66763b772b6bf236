import { newestLine } from "../../../lines.ts";
import type { Behaviour } from "../../behaviour.ts";
import { answerOf } from "../../tools/at.ts";
import { bend } from "../../tools/bend.ts";
import { type Field, type Operation, operations } from "../../tools/document.ts";
import { behaviour } from "../../tools/fault.ts";
import { type Breach, breaches, missing } from "./values.ts";

/** For every documented field of every answer, one fault for each of its rules. */
export const answerFaults: readonly Behaviour[] = operations.flatMap((operation) =>
  operation.answer
    .filter(({ name }) => name !== "two_factor_enabled")
    .flatMap((field) => [missing(field), ...breaches(field)].map((breach) => answerFault(operation, field, breach))),
);

function answerFault({ name: operation }: Operation, field: Field, { name, what, value }: Breach): Behaviour {
  return behaviour(operation, `answer.${field.name}.${name}`, `${operation} answers ${withOf(what)}.`, {
    class: "what an answer says",
    field: field.path.at(-1) ?? "",
    ...(field.isMarked && { needs: { version: newestLine } }),
    alter: answerOf(operation, (answer) => ({ ...answer, json: bend(answer.json, field.path, () => value) })),
  });
}

function withOf(what: string): string {
  return what.startsWith("without") ? what : `with ${what}`;
}
