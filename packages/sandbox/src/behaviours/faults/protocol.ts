import { gzipSync } from "node:zlib";
import type { Answer } from "../../context.ts";
import type { Behaviour } from "../behaviour.ts";
import { answerOf } from "../tools/at.ts";
import { operations } from "../tools/document.ts";
import { behaviour } from "../tools/fault.ts";
import { shortest } from "../tools/limits.ts";
import { page } from "../tools/page.ts";
import { delivered, onTheWire } from "../tools/wire.ts";
import { reach } from "../witness.ts";

const bytes = (change: (body: Buffer) => Buffer) => onTheWire(({ body }) => ({ body: change(body) }));
const text = (change: (text: string) => string) => bytes((body) => Buffer.from(change(body.toString())));
const header = (name: string, value: string) =>
  onTheWire(({ headers }) => ({ headers: { ...headers, [name]: value } }));
const withoutHeader = (name: string) =>
  onTheWire(({ headers }) => ({
    headers: Object.fromEntries(Object.entries(headers).filter(([key]) => key !== name)),
  }));

/** What the bytes of GET /call_park are not, though they should be. */
const encodings: readonly [name: string, what: string, change: (answer: Answer) => Answer][] = [
  ["content_type.text", "in the name of text/plain", header("Content-Type", "text/plain")],
  ["content_type.html", "in the name of text/html", header("Content-Type", "text/html")],
  ["content_type.missing", "without a Content-Type", withoutHeader("Content-Type")],
  [
    "charset.utf_16",
    "as UTF-16, and says so",
    (answer) =>
      onTheWire(({ body, headers }) => ({
        headers: { ...headers, "Content-Type": "application/json; charset=utf-16" },
        body: Buffer.from(body.toString(), "utf16le"),
      }))(answer),
  ],
  ["charset.latin_1", "in the name of ISO-8859-1", header("Content-Type", "application/json; charset=iso-8859-1")],
  [
    "invalid_utf_8",
    "with bytes that are no UTF-8",
    bytes((body) => Buffer.from(body.toString().replace("hold-the-line", "hold-th\u00e9-line"), "latin1")),
  ],
  ["truncated", "with JSON that ends too early", bytes((body) => body.subarray(0, -9))],
  ["trailing", "with something after the JSON", text((json) => `${json}\n<!-- 3 ms -->`)],
  ["duplicate_key", "with a field twice", text((json) => json.replace("{", `{"recall_time":${shortest},`))],
  ["not_a_number", "with NaN, which is no JSON", text((json) => json.replace(/("recall_time":)\d+/, "$1NaN"))],
  ["empty", "with nothing", bytes(() => Buffer.alloc(0))],
  ["in_a_list", "with its object in a list", (answer) => ({ ...answer, json: [answer.json] })],
  ["in_an_envelope", "with its object in a field data", (answer) => ({ ...answer, json: { data: answer.json } })],
  ["json_in_text", "with JSON in a JSON text", (answer) => ({ ...answer, json: JSON.stringify(answer.json) })],
  ["says_gzip", "in the name of gzip, which it is not", header("Content-Encoding", "gzip")],
  ["gzip_unsaid", "with gzip, and does not say so", bytes((body) => gzipSync(body))],
  [
    "gzip_cut",
    "with gzip that ends too early",
    (answer) =>
      onTheWire(({ body, headers }) => ({
        headers: { ...headers, "Content-Encoding": "gzip" },
        body: gzipSync(body).subarray(0, -12),
      }))(answer),
  ],
  [
    "length.too_long",
    "with fewer bytes than it says",
    delivered((response, { status, headers, body }) => {
      response.writeHead(status, { ...headers, "Content-Length": body.length + 40, Connection: "close" });
      response.write(body, () => response.destroy());
    }),
  ],
  [
    "cut_chunks",
    "in chunks that end in the middle",
    delivered((response, { status, headers: { "Content-Length": _, ...headers }, body }) => {
      response.writeHead(status, headers);
      response.write(body.subarray(0, -9), () => response.destroy());
    }),
  ],
  ["login_page", "with 200 and a login page", () => page(200)],
];

const read = "GET /call_park";
const encodingFaults = encodings.map(([name, what, change]) =>
  behaviour(read, `wire.${name}`, `GET /call_park answers ${what}.`, {
    class: "protocol",
    alter: answerOf(read, change),
  }),
);

const statusInstead = (documented: number) => (documented === 200 ? 202 : 200);

/** For every operation: another success than the documented one. */
const statusFaults = operations.map(({ name, status }) =>
  behaviour(name, "answer.status", `${name} answers with ${statusInstead(status)} in place of ${status}.`, {
    class: "protocol",
    alter: answerOf(name, (answer) => ({ ...answer, status: statusInstead(status) })),
  }),
);

/** For every operation that answers with nothing: something. */
const contentFaults = operations
  .filter(({ mediaType, status }) => mediaType === undefined && status !== 204)
  .map(({ name }) =>
    behaviour(name, "answer.content", `${name} answers with a body where none is documented.`, {
      class: "protocol",
      alter: answerOf(name, (answer) => ({ ...answer, json: { result: "success" } })),
    }),
  );

/** For every operation that answers with something: in the name of another media type, and with nothing. */
const mediaTypeFaults = operations
  .filter(({ mediaType, name }) => mediaType !== undefined && name !== read)
  .flatMap(({ name, mediaType }) => [
    behaviour(name, "answer.content_type", `${name} answers in the name of text/html.`, {
      class: "protocol",
      alter: answerOf(name, header("Content-Type", "text/html")),
    }),
    ...(mediaType === "application/json"
      ? [
          behaviour(name, "answer.no_json", `${name} answers with what is no JSON.`, {
            class: "protocol",
            alter: answerOf(
              name,
              bytes((body) => body.subarray(0, -2)),
            ),
          }),
        ]
      : []),
  ]);

/** For every header that an answer must have: an answer without it. */
const headerFaults = operations.flatMap(({ name, headers }) =>
  headers.map((missing) =>
    behaviour(name, `answer.header.${missing.toLowerCase()}`, `${name} answers without ${missing}.`, {
      class: "protocol",
      field: missing,
      alter: answerOf(name, (answer) => ({
        ...answer,
        headers: Object.fromEntries(Object.entries(answer.headers ?? {}).filter(([key]) => key !== missing)),
      })),
    }),
  ),
);

/** For every operation: it fails whatever it is asked. */
const failing = operations
  .filter(({ name }) => name !== read)
  .map(({ name }) =>
    behaviour(name, "fails", `${name} does its work and answers with 500.`, {
      class: "protocol",
      alter: answerOf(name, () => ({
        status: 500,
        json: { errors: [{ code: "UNKNOWN", message: "The PBX failed" }] },
      })),
      witness: reach(name),
    }),
  );

export const protocolFaults: readonly Behaviour[] = [
  ...encodingFaults,
  ...statusFaults,
  ...contentFaults,
  ...mediaTypeFaults,
  ...headerFaults,
  ...failing,
];
