import { setTimeout } from "node:timers/promises";
import { brotliCompressSync, gzipSync } from "node:zlib";
import type { Answer } from "../../context.ts";
import { type Rendered, render } from "../../render.ts";
import type { Alter, Behaviour } from "../behaviour.ts";
import { all, at, everywhere } from "../tools/at.ts";
import { behaviour } from "../tools/fault.ts";
import { delivered, onTheWire } from "../tools/wire.ts";
import { get, post, type WitnessRequest } from "../witness.ts";

const variant = (
  name: string,
  what: string,
  alter: Alter,
  witness: readonly WitnessRequest[] = [get("/call_park")],
): Behaviour => ({
  ...behaviour("GET /call_park", "", what, { class: "protocol", alter, witness }),
  id: `transport.${name}`,
});

const every = (change: (answer: Answer) => Answer): Alter =>
  at(everywhere, async ({ request }, next) => {
    const answer = await next();
    // There are no bytes to change in what answers HEAD.
    return request.method === "HEAD" ? answer : change(answer);
  });
const isJson = ({ headers }: Rendered) => headers["Content-Type"] === "application/json";
const json = (change: (text: string) => string) =>
  every((answer) =>
    isJson(render(answer)) ? onTheWire(({ body }) => ({ body: Buffer.from(change(body.toString())) }))(answer) : answer,
  );
const headers = (change: (headers: Record<string, string>) => Record<string, string>) =>
  every(onTheWire((rendered) => ({ headers: change(rendered.headers) })));

/** Packs answers for whoever can unpack them. */
const packed = (encoding: string, pack: (bytes: Buffer) => Buffer): Alter =>
  at(everywhere, async ({ request }, next) => {
    const answer = await next();
    const { body } = render(answer);
    const accepted = String(request.headers["accept-encoding"] ?? "").includes(encoding);
    if (!body || !accepted) return answer;
    return onTheWire((rendered) => ({
      headers: { ...rendered.headers, "Content-Encoding": encoding, Vary: "Accept-Encoding" },
      body: pack(rendered.body),
    }))(answer);
  });

/** Cuts an object's text in the middle, on its way. */
const chunked = delivered((response, { status, headers: { "Content-Length": _, ...rest }, body }) => {
  response.writeHead(status, rest);
  if (body.length > 0) response.write(body.subarray(0, 7));
  response.end(body.subarray(7));
});

const trailed = delivered((response, { status, headers: { "Content-Length": _, ...rest }, body }) => {
  response.writeHead(status, { ...rest, Trailer: "X-Checked" });
  response.write(body);
  response.addTrailers({ "X-Checked": "yes" });
  response.end();
});

const hasBody = (change: (answer: Answer) => Answer) => (answer: Answer) =>
  render(answer).body ? change(answer) : answer;

/** The first letter of every text, names of fields too, by its number. */
const escaped = (text: string) =>
  text.replace(/"([^"\\])((?:[^"\\]|\\.)*)"/g, (_, first: string, rest: string) => {
    const number = first.charCodeAt(0).toString(16).padStart(4, "0");
    return `"\\u${number}${rest}"`;
  });

export const transportVariants: readonly Behaviour[] = [
  variant(
    "slash_redirected",
    "A path with a slash at its end is redirected to the one without.",
    at(everywhere, ({ path, request }, next) =>
      path.endsWith("/") ? { status: 308, headers: { Location: request.target.replace(/\/$/, "") } } : next(),
    ),
    [{ method: "POST", path: "/call_park/", json: {} }],
  ),
  variant("gzip", "Answers are packed with gzip for whoever can unpack them.", packed("gzip", gzipSync)),
  variant("brotli", "Answers are packed with Brotli for whoever can unpack them.", packed("br", brotliCompressSync), [
    get("/call_park", { headers: { "Accept-Encoding": "br" } }),
  ]),
  variant("chunked", "Answers come in chunks, without a length.", every(hasBody(chunked))),
  variant("trailers", "Answers come in chunks with a trailer after them.", every(hasBody(trailed))),
  variant(
    "connection_close",
    "Every connection ends with its first answer.",
    headers((given) => ({ ...given, Connection: "close" })),
  ),
  variant(
    "header_case",
    "Names of headers come in small letters and from the last to the first.",
    headers((given) =>
      Object.fromEntries(
        Object.entries(given)
          .toReversed()
          .map(([name, value]) => [name.toLowerCase(), value]),
      ),
    ),
  ),
  variant(
    "more_headers",
    "Answers carry headers of a web server, a cookie among them.",
    headers((given) => ({
      Server: "nginx",
      "Set-Cookie": "route=1; Path=/; HttpOnly",
      "Cache-Control": "no-store",
      "X-RateLimit-Remaining": "4999",
      ETag: '"1"',
      ...given,
    })),
  ),
  variant(
    "charset",
    "JSON is named with its charset.",
    headers((given) =>
      given["Content-Type"] === "application/json"
        ? { ...given, "Content-Type": "application/json; charset=UTF-8" }
        : given,
    ),
  ),
  variant(
    "pretty",
    "JSON is set out in lines, with a line feed at its end.",
    json((text) => `${JSON.stringify(JSON.parse(text), undefined, 4)}\n`),
  ),
  variant(
    "byte_order_mark",
    "A byte order mark stands before the JSON.",
    json((text) => `\uFEFF${text}`),
  ),
  variant(
    "key_order",
    "The fields of JSON come from the last to the first.",
    json((text) => JSON.stringify(reversed(JSON.parse(text)))),
  ),
  variant("escaped_unicode", "Letters in JSON are written by their number.", json(escaped)),
  variant(
    "whole_numbers_with_fraction",
    "Whole numbers are written with .0 behind them.",
    json((text) => text.replace(/(":)(-?\d+)(?=[,}\]])/g, "$1$2.0")),
  ),
  variant(
    "slow",
    "Every answer takes its time.",
    at(everywhere, async (_, next) => {
      await setTimeout(5);
      return next();
    }),
    [get("/call_park")],
  ),
  variant(
    "empty_with_type",
    "An answer without content is called JSON.",
    every((answer) =>
      render(answer).body || answer.status === 204
        ? answer
        : { ...answer, headers: { ...answer.headers, "Content-Type": "application/json" } },
    ),
    [post("/call_park", {})],
  ),
  variant(
    "empty_chunked",
    "An answer without content has no length.",
    every((answer) => (render(answer).body || answer.status === 204 ? answer : chunked(answer))),
    [post("/call_park", {})],
  ),
  variant(
    "disposition",
    "The name of a file comes in the encoded form alone.",
    all(
      every((answer) => {
        const name = /filename="(.*?)"/.exec(answer.headers?.["Content-Disposition"] ?? "")?.[1];
        return name === undefined
          ? answer
          : {
              ...answer,
              headers: {
                ...answer.headers,
                "Content-Disposition": `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
              },
            };
      }),
    ),
    [get("/call_park"), get("/blobs/{prompt}", { as: "nobody" })],
  ),
];

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([name, inner]) => [name, reversed(inner)]),
  );
}
