import type { Behaviour } from "../../behaviour.ts";
import { at } from "../../tools/at.ts";
import { behaviour } from "../../tools/fault.ts";
import { usual } from "../../tools/limits.ts";
import { failed } from "../../tools/refusals.ts";
import { isObject, type Seen } from "../../tools/seen.ts";
import { get, post } from "../../witness.ts";
import { operation } from "./common.ts";

const malformed: readonly [name: string, what: string, text: string][] = [
  ["no_json", "a body that is not JSON", `{"recall_time": ${usual}`],
  ["array", "a list in place of an object", "[]"],
  ["null", "null in place of an object", "null"],
  ["text", "a text in place of an object", '"recall_time"'],
  ["number", "a number in place of an object", "3"],
];

const isSuch = (name: string, { json, bytes }: Seen): boolean => {
  if (name === "no_json") return json === undefined && bytes.length > 0;
  if (name === "array") return Array.isArray(json);
  if (name === "null") return json === null;
  return typeof json === (name === "text" ? "string" : name);
};

const asJson = { headers: { "Content-Type": "application/json" } };
const readAsJson = { headers: { "content-type": "application/json" } };

const malformedBodies: readonly Behaviour[] = malformed.flatMap(([name, what, text]) => {
  const sent = [post("/call_park", undefined, { text, ...asJson })];
  return [
    behaviour(operation, `takes.body.${name}`, `POST /call_park takes ${what}.`, {
      class: "what it refuses",
      alter: at(operation, (seen, next) => (seen.session && isSuch(name, seen) ? { status: 200 } : next())),
      witness: sent,
    }),
    behaviour(operation, `fails.body.${name}`, `POST /call_park answers ${what} with 500.`, {
      class: "what it refuses",
      alter: at(operation, (seen, next) => (seen.session && isSuch(name, seen) ? failed : next())),
      witness: sent,
    }),
  ];
});

const otherBodies: readonly Behaviour[] = [
  behaviour(operation, "fails.body.empty", "POST /call_park answers no body at all with 500.", {
    class: "what it refuses",
    alter: at(operation, (seen, next) => (seen.session && seen.bytes.length === 0 ? failed : next())),
    witness: [post("/call_park", undefined, { text: "", ...asJson })],
  }),
  behaviour(operation, "fails.body.deep", "POST /call_park answers a body nested a hundred deep with 500.", {
    class: "what it refuses",
    alter: at(operation, ({ session, bytes }, next) =>
      session && /(?:[[{]"?[^[{]*){100}/.test(bytes.toString()) ? failed : next(),
    ),
    witness: [post("/call_park", undefined, { text: `${"[".repeat(200)}${"]".repeat(200)}`, ...asJson })],
  }),
  behaviour(
    operation,
    "fails.body.deep_field",
    "POST /call_park answers JSON with a field nested two hundred deep with 500.",
    {
      class: "what it refuses",
      alter: at(operation, ({ session, json, bytes }, next) =>
        session && isObject(json) && /\[{200}/.test(bytes.toString()) ? failed : next(),
      ),
      witness: [
        post("/call_park", undefined, { text: `{"recall_time":${"[".repeat(300)}${"]".repeat(300)}}`, ...asJson }),
      ],
    },
  ),
  behaviour(operation, "fails.wrong_type", "POST /call_park answers a field of a wrong type with 500.", {
    class: "what it refuses",
    alter: at(operation, async ({ session, fields }, next) => {
      const times = [fields["recall_time"], fields["recall_ring_group_time"]];
      return session && times.some((time) => time !== undefined && typeof time !== "number") ? failed : next();
    }),
    witness: [post("/call_park", { recall_time: String(usual) })],
  }),
  behaviour(operation, "fails.out_of_range", "POST /call_park answers a time out of its range with 500.", {
    class: "what it refuses",
    alter: at(operation, async ({ session, fields }, next) => {
      const answer = await next();
      return session && answer.status === 400 && typeof fields["recall_time"] === "number" ? failed : answer;
    }),
    witness: [post("/call_park", { recall_time: 1 })],
  }),
];

const unlikely: readonly Behaviour[] = [
  behaviour(operation, "takes.body.in_a_list", "POST /call_park takes a list with the settings in it.", {
    class: "what it refuses",
    alter: at(operation, ({ json }, next) => next(Array.isArray(json) && isObject(json[0]) ? { json: json[0] } : {})),
    witness: [post("/call_park", undefined, { text: `[{"recall_time":${usual}}]`, ...asJson }), get("/call_park")],
  }),
  behaviour(operation, "fails.prompt_file_id.null", "POST /call_park answers prompt_file_id null with 500.", {
    class: "what it refuses",
    field: "prompt_file_id",
    alter: at(operation, ({ session, fields }, next) =>
      session && fields["prompt_file_id"] === null ? failed : next(),
    ),
    witness: [post("/call_park", { prompt_file_id: null })],
  }),
];

const form = { headers: { "Content-Type": "application/x-www-form-urlencoded" } };

const forms: readonly Behaviour[] = [
  behaviour(operation, "takes.body.form", "POST /call_park takes a form for JSON.", {
    class: "what it refuses",
    alter: at(operation, ({ session, bytes, request }, next) =>
      session && request.headers["content-type"] === form.headers["Content-Type"]
        ? next({ json: timesIn(bytes), ...readAsJson })
        : next(),
    ),
    witness: [post("/call_park", undefined, { text: "recall_time=301", ...form }), get("/call_park")],
  }),
];

const timesIn = (bytes: Buffer) =>
  Object.fromEntries(
    [...new URLSearchParams(bytes.toString())]
      .filter(([name]) => name.endsWith("_time"))
      .map(([name, value]) => [name, Number(value)]),
  );

export const callParkBodyFaults: readonly Behaviour[] = [...malformedBodies, ...otherBodies, ...unlikely, ...forms];
