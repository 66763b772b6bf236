import { type Context, finding } from "./context.ts";
import type { Finding } from "./finding.ts";
import { hiddenNames } from "./raw-json.ts";
import type { Exchange } from "./wire.ts";

/** Is the answer one that the document gives for this operation? `code` begins each finding's code. */
export const judgeAnswer = (context: Context, operation: string, code: string, exchange: Exchange): Finding[] => {
  const { contract } = context;
  const answer = contract.answer(operation, exchange.status);
  const base = { operation, exchange };
  if (answer === undefined)
    return [
      finding(context, {
        ...base,
        code: `${code}.status`,
        documented: "a documented status",
        received: `status ${exchange.status}${excerpt(exchange)}`,
        pointer: pathPointer(operation),
      }),
    ];
  const at = { ...base, pointer: answer.pointer };
  const headers = missingHeaders(context, code, at, exchange);
  if (answer.mediaType === undefined)
    return exchange.bytes.length === 0
      ? headers
      : [
          ...headers,
          finding(context, {
            ...at,
            code: `${code}.content`,
            documented: "no content",
            received: `${exchange.bytes.length} bytes${excerpt(exchange)}`,
          }),
        ];
  const found = [...headers, ...judgeMediaType(context, code, at, answer.mediaType, exchange)];
  if (answer.mediaType !== "application/json") return found;
  if (exchange.json === undefined)
    return [
      ...found,
      finding(context, { ...at, code: `${code}.json`, documented: "JSON", received: `no JSON${excerpt(exchange)}` }),
    ];
  found.push(...judgeNames(context, code, at, exchange));
  const schema = answer.schema?.$ref ?? "";
  const name = schema.replace("#/components/schemas/", "");
  for (const error of contract.validate(name, exchange.json))
    found.push(
      finding(context, {
        ...base,
        code: [code, ...fieldOf(error.pointer), error.rule].join("."),
        documented: `${fieldOf(error.pointer).join(".") || "the answer"} ${error.message}`,
        received: "received" in error ? shown(error.received) : "nothing",
        pointer: contract.ruleOf(schema, error),
      }),
    );
  return found;
};

/** Is it the answer to a read that is allowed? A refusal, though documented, is none. */
export const judgeRead = (context: Context, operation: string, code: string, exchange: Exchange): Finding[] => {
  const findings = judgeAnswer(context, operation, code, exchange);
  if (findings.length > 0 || (exchange.status >= 200 && exchange.status <= 299)) return findings;
  return [
    finding(context, {
      operation,
      exchange,
      code: `${code}.status`,
      documented: "200 for a user of the tenant",
      received: `status ${exchange.status}${excerpt(exchange)}`,
      pointer: `${pathPointer(operation)}/responses`,
    }),
  ];
};

/** The byte order mark of UTF-8. */
const mark = [0xef, 0xbb, 0xbf];

const judgeNames = (
  context: Context,
  code: string,
  at: { operation: string; exchange: Exchange; pointer: string },
  { text, bytes }: Exchange,
): Finding[] => {
  const { twice, unsafe } = hiddenNames(text);
  const isMarked = mark.every((byte, index) => bytes[index] === byte);
  const about = (end: string, received: string) =>
    finding(context, { ...at, code: `${code}.${end}`, documented: "each name once, and none but a field's", received });
  return [
    ...(twice.length > 0 ? [about("name_twice", `${twice.join(", ")} more than once in one object`)] : []),
    ...(isMarked
      ? [
          finding(context, {
            ...at,
            code: `${code}.byte_order_mark`,
            kind: "observation",
            documented: "JSON, which has no byte order mark",
            received: "one before it",
          }),
        ]
      : []),
    ...(unsafe ? [about("unsafe_name", "a field called __proto__")] : []),
  ];
};

const missingHeaders = (
  context: Context,
  code: string,
  at: { operation: string; exchange: Exchange; pointer: string },
  { headers }: Exchange,
): Finding[] =>
  context.contract
    .headersOf(at.pointer)
    .filter((name) => !headers.has(name))
    .map((name) =>
      finding(context, {
        ...at,
        code: `${code}.header.${name.toLowerCase()}`,
        documented: `a header ${name}`,
        received: "none",
        pointer: `#/components/headers/${name}`,
      }),
    );

const judgeMediaType = (
  context: Context,
  code: string,
  at: { operation: string; exchange: Exchange; pointer: string },
  documented: string,
  exchange: Exchange,
): Finding[] => {
  const received = exchange.headers.get("Content-Type");
  const [type, ...parameters] = (received ?? "").split(";").map((part) => part.trim().toLowerCase());
  const charset = parameters.find((part) => part.startsWith("charset="))?.replace(/^charset=|"/g, "");
  // JSON is UTF-8, whatever the header may call it.
  const misnamed = documented === "application/json" && !["utf-8", "utf8", "us-ascii", undefined].includes(charset);
  if (type === documented && !misnamed) return [];
  return [
    finding(context, {
      ...at,
      code: `${code}.content_type`,
      documented: `Content-Type ${documented}`,
      received: received === null ? "no Content-Type" : received,
    }),
  ];
};

/** `GET /call_park` → its place in the document. */
export const pathPointer = (operation: string): string => {
  const [method = "", path = ""] = operation.split(" ");
  return `#/paths/${path.replaceAll("~", "~0").replaceAll("/", "~1")}/${method.toLowerCase()}`;
};

/** A value as a report shows it. */
export const shown = (value: unknown): string => shortened(JSON.stringify(value) ?? "nothing");

const shortened = (text: string): string => (text.length > 200 ? `${text.slice(0, 200)}…` : text);

/** Field names of a pointer, without the places in lists. */
const fieldOf = (pointer: string): string[] =>
  pointer
    .split("/")
    .slice(1)
    .filter((part) => !/^\d+$/.test(part));

/** The beginning of an answer, to stand after its status. */
export const excerpt = ({ text }: Pick<Exchange, "text">): string => {
  const start = text.replace(/\s+/g, " ").trim();
  return start === "" ? ", empty" : `: ${shortened(start)}`;
};
