import type { Answer } from "../../context.ts";
import type { Behaviour } from "../behaviour.ts";
import { at, isSuccess, refusalOf } from "../tools/at.ts";
import { bend, dropped } from "../tools/bend.ts";
import { fieldsOfSchema } from "../tools/document.ts";
import { behaviour } from "../tools/fault.ts";
import { page } from "../tools/page.ts";
import { type Seen, tokenOf } from "../tools/seen.ts";
import { get, post, type WitnessRequest } from "../witness.ts";
import { breaches, missing } from "./generated/values.ts";

/** Where refusals are looked at: one for want of a token, one for a broken rule. */
interface Site {
  operation: string;
  what: string;
  witness: readonly WitnessRequest[];
}

const sites: readonly Site[] = [
  {
    operation: "GET /call_park",
    what: "GET /call_park refuses whoever has no good token",
    witness: [get("/call_park", { as: "nobody" })],
  },
  {
    operation: "POST /call_park",
    what: "POST /call_park refuses a body that breaks a rule",
    witness: [post("/call_park", { recall_time: 1 })],
  },
];

const message = (text: (seen: Seen) => string) => (answer: Answer, seen: Seen) => ({
  ...answer,
  json: bend(answer.json, ["errors", "*", "message"], () => text(seen)),
});

/** Sends words of another media type in place of JSON. */
const instead =
  (type: string, words: string) =>
  (answer: Answer): Answer => ({
    ...answer,
    deliver: (response) => response.writeHead(answer.status, { "Content-Type": type }).end(words),
  });

const shapes: readonly [name: string, what: string, change: (answer: Answer, seen: Seen) => Answer][] = [
  ["empty_errors", "with an empty list of errors", (answer) => ({ ...answer, json: { errors: [] } })],
  [
    "bare_error",
    "with an error outside of the list",
    (answer) => ({ ...answer, json: { code: "UNKNOWN", message: "No" } }),
  ],
  [
    "lower_case_code",
    "with a code in small letters",
    (answer) => ({ ...answer, json: bend(answer.json, ["errors", "*", "code"], (code) => String(code).toLowerCase()) }),
  ],
  ["no_content", "without a word", (answer) => ({ ...answer, json: undefined })],
  ["plain_text", "in plain text", instead("text/plain", "No.")],
  ["html", "with a web page", (answer) => ({ ...answer, ...page(answer.status) })],
  [
    "content_type",
    "with JSON that is called text/html",
    (answer) => instead("text/html", JSON.stringify(answer.json))(answer),
  ],
  ["redirect", "by a redirect to a login page", () => ({ status: 302, headers: { Location: "/login" } })],
  ["login_page", "with 200 and a login page", () => page(200)],
  ["status_200", "with 200 and its errors", (answer) => ({ ...answer, status: 200 })],
  ["status_500", "with 500", (answer) => ({ ...answer, status: 500 })],
  [
    "stack_trace",
    "with a stack trace in its message",
    message(() => "TypeError: field of null\n    at CallParkController.update (CallParkController.java:212)"),
  ],
  [
    "sql",
    "with SQL in its message",
    message(() => "ERROR: SELECT * FROM call_park WHERE tenant_id = 7 failed near '7'"),
  ],
  [
    "database",
    "with a database's words in its message",
    message(() => "Error 1264 (22003): Out of range value for column 'recall_time' at row 1"),
  ],
  [
    "go",
    "with the words of the language it is written in in its message",
    message(() => "json: cannot unmarshal string into Go struct field CallPark.recall_time of type int32"),
  ],
  [
    "debug_header",
    "with a header of what went wrong inside",
    (answer) => ({ ...answer, headers: { ...answer.headers, "X-Debug-Exception": "PDOException: SQLSTATE[22003]" } }),
  ],
  [
    "file_path",
    "with a path of its disk in its message",
    message(() => "/opt/portsip/pbx/lib/call_park.so could not do it"),
  ],
  ["internal_address", "with an address of its own network in its message", message(() => "10.20.0.7:5432 refused it")],
  [
    "token_echoed",
    "with the token in its message",
    message(({ request }) => `Not for ${tokenOf(request) ?? "nobody"}`),
  ],
  [
    "token_header",
    "with the token in a header",
    (answer, { request }) => ({ ...answer, headers: { ...answer.headers, "X-Debug-Token": tokenOf(request) ?? "" } }),
  ],
];

/** Whoever sends no good token has none that could be told. */
const tellsToken = ["token_echoed", "token_header"];

const shaped = ({ operation, what, witness }: Site): Behaviour[] =>
  shapes
    .filter(([name]) => !tellsToken.includes(name) || operation.startsWith("POST"))
    .map(([name, how, change]) =>
      behaviour(operation, `refusal.${name}`, `${what} ${how}.`, {
        class: "how it refuses",
        alter: refusalOf(operation, change),
        witness,
      }),
    );

const fields = fieldsOfSchema("PbxErrors").filter(({ path }) => path.at(-1) !== "detail");

/** For every rule of the errors themselves, a refusal that breaks it. */
const generated = ({ operation, what, witness }: Site): Behaviour[] =>
  fields.flatMap((field) =>
    [missing(field), ...breaches(field)].map(({ name, what: how, value }) =>
      behaviour(operation, `refusal.${field.name}.${name}`, `${what} ${value === dropped ? how : `with ${how}`}.`, {
        class: "how it refuses",
        alter: refusalOf(operation, (answer) => ({ ...answer, json: bend(answer.json, field.path, () => value) })),
        witness,
      }),
    ),
  );

const unknown = "bm9ib2R5LWhhcy10aGlzLWlk";
const addressed: readonly [operation: string, witness: WitnessRequest][] = [
  ["GET /call_park_groups/{id}", get(`/call_park_groups/${unknown}`)],
  ["POST /call_park_groups/{id}", post(`/call_park_groups/${unknown}`, { name: "Nobody", recall_to: "USER_ONLY" })],
  ["POST /call_park_groups/{id}/destroy", post(`/call_park_groups/${unknown}/destroy`)],
  ["GET /call_park_groups/{id}/members", get(`/call_park_groups/${unknown}/members`)],
  ["POST /call_park_groups/{id}/members/{extension_number}", post(`/call_park_groups/${unknown}/members/1001`)],
  [
    "POST /call_park_groups/{id}/members/{extension_number}/destroy",
    post(`/call_park_groups/${unknown}/members/1001/destroy`),
  ],
  ["GET /ring_groups/{id}", get(`/ring_groups/${unknown}`)],
  ["GET /extension_numbers/{extension_number}", get("/extension_numbers/987654321")],
  ["GET /blobs/{digest}", get(`/blobs/${unknown}`, { as: "nobody" })],
  ["GET /blobs/uploads/{id}/status", get(`/blobs/uploads/${unknown}/status`)],
  ["POST /blobs/uploads/{id}/destroy", post(`/blobs/uploads/${unknown}/destroy`)],
];

/** What is not there, answered otherwise than with a refusal as documented. */
const notThere: readonly Behaviour[] = addressed.flatMap(([operation, witness]) => {
  const fault = (name: string, how: string, answer: () => Answer) =>
    behaviour(operation, `not_there.${name}`, `${operation} answers for what is not there ${how}.`, {
      class: "how it refuses",
      alter: at(operation, async (_, next) => {
        const given = await next();
        return given.status === 404 ? answer() : given;
      }),
      witness: [witness],
    });
  return [
    fault("status_500", "with 500", () => ({
      status: 500,
      json: { errors: [{ code: "UNKNOWN", message: "Failed" }] },
    })),
    fault("html", "with a web page", () => page(404)),
    fault("accepted", "as if it were there", () => ({ status: 200 })),
  ];
});

/** Sound requests with a wrong token that are refused, with another status than any refusal has. */
const brokenForNobody: Behaviour = behaviour(
  "POST /call_park",
  "refusal.status_503_without_token",
  "POST /call_park answers whoever sends no good token with 503.",
  {
    class: "how it refuses",
    alter: at("POST /call_park", async ({ session }, next) => {
      const answer = await next();
      return session || isSuccess(answer) ? answer : { ...answer, status: 503 };
    }),
    witness: [post("/call_park", { recall_time: 120 }, { as: "nobody" })],
  },
);

export const refusalFaults: readonly Behaviour[] = [
  ...sites.flatMap((site) => [...shaped(site), ...generated(site)]),
  ...notThere,
  brokenForNobody,
];
