import type { Answer } from "../../context.ts";
import type { Alter, Behaviour } from "../behaviour.ts";
import { at, everywhere, remembering } from "../tools/at.ts";
import { behaviour } from "../tools/fault.ts";
import { get, post, type WitnessRequest } from "../witness.ts";

const variant = (name: string, what: string, alter: Alter, witness: readonly WitnessRequest[]): Behaviour => ({
  ...behaviour("GET /call_park", "", what, { class: "protocol", alter, witness }),
  id: `transport.${name}`,
});

const reads = (length: number) => Array.from({ length }, () => get("/call_park"));

/** Answers so in place of what was asked for, by the number of the request. */
const instead = (of: string, when: (request: number) => boolean, answer: () => Answer): Alter =>
  remembering(() => {
    let seen = 0;
    return at(of, (_, next) => {
      seen += 1;
      return when(seen) ? answer() : next();
    });
  });

const errors = { errors: [{ code: "UNKNOWN", message: "Too many requests from this address" }] };
const later = (retryAfter: string): Answer => ({ status: 429, json: errors, headers: { "Retry-After": retryAfter } });
const page: Answer = {
  status: 429,
  deliver: (response) =>
    response.writeHead(429, { "Retry-After": "0", "Content-Type": "text/html" }).end("<h1>429 Too Many Requests</h1>"),
};

/** A PBX that asks for patience, and then does what it is asked. */
export const patienceVariants: readonly Behaviour[] = [
  variant(
    "rate_limit.seconds",
    "Some requests are too many, and are told after how many seconds to come again.",
    instead(
      everywhere,
      (request) => request === 3 || request === 60,
      () => later("1"),
    ),
    reads(3),
  ),
  variant(
    "rate_limit.date",
    "A request is too many, and is told when to come again.",
    instead(
      everywhere,
      (request) => request === 5,
      () => later(new Date(Date.now() + 1000).toUTCString()),
    ),
    reads(5),
  ),
  variant(
    "rate_limit.writes",
    "Writes are too many now and then, and are told to come again at once.",
    instead(
      "POST /call_park",
      (request) => request % 7 === 0,
      () => later("0"),
    ),
    Array.from({ length: 7 }, () => post("/call_park", {})),
  ),
  variant(
    "rate_limit.page",
    "What limits the rate stands before the PBX, and says so with a web page.",
    instead(
      everywhere,
      (request) => request % 50 === 0,
      () => page,
    ),
    reads(50),
  ),
  variant(
    "busy",
    "The PBX is too busy for every 45th request, and says when to come again.",
    instead(
      everywhere,
      (request) => request % 45 === 0,
      () => ({
        status: 503,
        json: { errors: [{ code: "UNKNOWN", message: "The PBX is busy" }] },
        headers: { "Retry-After": "1" },
      }),
    ),
    reads(45),
  ),
  variant(
    "busy.writes",
    "What stands before the PBX has no server for a write now and then, and says so without a word.",
    instead(
      "POST /call_park",
      (request) => request % 5 === 0,
      () => ({ status: 503, headers: { "Retry-After": "0" } }),
    ),
    Array.from({ length: 5 }, () => post("/call_park", {})),
  ),
];
