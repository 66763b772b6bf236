import type { Answer } from "../../context.ts";
import type { Alter, Behaviour } from "../behaviour.ts";
import { answerOf, at, everywhere, isSuccess, remembering } from "../tools/at.ts";
import { operations } from "../tools/document.ts";
import { behaviour } from "../tools/fault.ts";
import { longest, shortest } from "../tools/limits.ts";
import { failed } from "../tools/refusals.ts";
import { isObject } from "../tools/seen.ts";
import { onTheWire } from "../tools/wire.ts";
import { get } from "../witness.ts";

const operation = "GET /call_park";
const everyOperation = operations.map(({ name }) => name);

/** Changes every so-manieth answer. */
const every = (count: number, of: string | readonly string[], change: (answer: Answer) => Answer): Alter =>
  remembering(() => {
    let seen = 0;
    return answerOf(of, (answer) => {
      seen += 1;
      return seen % count === 0 ? change(answer) : answer;
    });
  });

const fields = (change: (json: Record<string, unknown>) => Record<string, unknown>) => (answer: Answer) =>
  isObject(answer.json) ? { ...answer, json: change({ ...answer.json }) } : answer;

const changing = (
  name: string,
  what: string,
  alter: Alter,
  readings: number,
  more: Partial<Behaviour> = {},
): Behaviour =>
  behaviour(operation, `changes.${name}`, what, {
    class: "answers that change",
    alsoAt: ["POST /call_park"],
    alter,
    witness: Array.from({ length: readings }, () => get("/call_park")),
    ...more,
  });

export const changingFaults: readonly Behaviour[] = [
  changing(
    "recall_time.every_second",
    "GET /call_park answers with another recall_time every second time.",
    every(
      2,
      operation,
      fields((json) => ({ ...json, recall_time: 360 })),
    ),
    2,
  ),
  changing(
    "enabled.every_third",
    "GET /call_park answers with another enabled every third time.",
    every(
      3,
      operation,
      fields((json) => ({ ...json, enabled: !json["enabled"] })),
    ),
    3,
  ),
  changing(
    "type.every_second",
    "GET /call_park answers with extension_number as a number every second time.",
    every(
      2,
      operation,
      fields((json) => ({ ...json, extension_number: 666 })),
    ),
    2,
  ),
  changing(
    "field.every_third",
    "GET /call_park leaves recall_to out every third time.",
    every(
      3,
      operation,
      fields(({ recall_to: _, ...json }) => json),
    ),
    3,
  ),
  changing(
    "content_type.every_second",
    "GET /call_park answers in the name of text/html every second time.",
    every(
      2,
      operation,
      onTheWire(({ headers }) => ({ headers: { ...headers, "Content-Type": "text/html" } })),
    ),
    2,
  ),
  changing(
    "status.every_third",
    "GET /call_park answers with 500 every third time.",
    every(3, operation, () => failed),
    3,
  ),
  changing(
    "status.every_fifth",
    "GET /call_park answers with 500 every fifth time.",
    every(5, operation, () => failed),
    5,
  ),
  changing(
    "everything.every_ninth",
    "Every ninth request is answered with 500.",
    remembering(() => {
      let seen = 0;
      return at(everywhere, async (_, next) => {
        seen += 1;
        return seen % 9 === 0 ? failed : next();
      });
    }),
    9,
    { alsoAt: everyOperation },
  ),
  changing(
    "token.every_eighth",
    "Every eighth good token is refused.",
    remembering(() => {
      let seen = 0;
      return at(everywhere, async ({ session }, next) => {
        const answer = await next();
        if (!session || !isSuccess(answer)) return answer;
        seen += 1;
        return seen % 8 === 0
          ? { status: 401, json: { errors: [{ code: "UNAUTHORIZED", message: "The access token is not valid" }] } }
          : answer;
      });
    }),
    8,
    { alsoAt: everyOperation },
  ),
  changing(
    "recall_time.counts",
    "GET /call_park answers with a recall_time that counts up.",
    remembering(() => {
      let seen = 0;
      return answerOf(
        operation,
        fields((json) => {
          seen += 1;
          return { ...json, recall_time: shortest + (seen % (longest - shortest)) };
        }),
      );
    }),
    2,
  ),
];
