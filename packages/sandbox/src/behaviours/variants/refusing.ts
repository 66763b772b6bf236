import type { Alter, Behaviour } from "../behaviour.ts";
import { at, everywhere, refusalOf } from "../tools/at.ts";
import { operations } from "../tools/document.ts";
import { get, post } from "../witness.ts";
import { access, errors } from "./access.ts";

const status = (from: number, to: number, of: string | readonly string[] = everywhere): Alter =>
  refusalOf(of, (answer) => (answer.status === from ? { ...answer, status: to } : answer));

const named = operations
  .map(({ name }) => name)
  .filter((name) => / \/(call_park_groups|ring_groups)\/\{id\}(\/destroy|\/members)?$/.test(name));

const refused = [get("/call_park", { as: "nobody" })];
const broken = [post("/call_park", { recall_time: 1 })];

/** Other ways of saying no. */
export const refusingVariants: readonly Behaviour[] = [
  access("status_422", "What breaks a rule is refused with 422.", status(400, 422), broken),
  access("status_404_for_methods", "A method that is not documented is answered with 404.", status(405, 404), [
    { method: "PUT", path: "/call_park", json: {} },
  ]),
  access("status_501_for_methods", "A method that is not documented is answered with 501.", status(405, 501), [
    { method: "PUT", path: "/call_park", json: {} },
  ]),
  access("status_403_for_tokens", "Whoever has no good token is refused with 403.", status(401, 403), refused),
  access(
    "status_403_for_unknown",
    "A group or ring group that is not there, or is another tenant's, is refused with 403.",
    status(404, 403, named),
    [get("/ring_groups/bm9ib2R5LWhhcy10aGlzLWlk")],
  ),
  access(
    "status_410_for_unknown",
    "A group or ring group that is not there, or is another tenant's, is answered with 410.",
    status(404, 410, named),
    [get("/ring_groups/bm9ib2R5LWhhcy10aGlzLWlk")],
  ),
  access(
    "status_409_for_conflicts",
    "A name or number that is taken is refused with 409.",
    at(everywhere, async (_, next) => {
      const answer = await next();
      return answer.status === 400 && /must be (new|free)/.test(JSON.stringify(answer.json))
        ? { ...answer, status: 409 }
        : answer;
    }),
    [post("/call_park_groups", { name: "Sales", recall_to: "USER_ONLY" })],
  ),
  access(
    "status_400_for_unknown",
    "An id that nothing has is refused with 400.",
    at(everywhere, async ({ session }, next) => {
      const answer = await next();
      return session && answer.status === 404 && !/number/.test(JSON.stringify(answer.json))
        ? { ...answer, status: 400 }
        : answer;
    }),
    [get("/ring_groups/bm9ib2R5")],
  ),
  access(
    "without_challenge",
    "A refusal for want of a token carries no WWW-Authenticate.",
    refusalOf(everywhere, ({ headers: _, ...answer }) => answer),
    refused,
  ),
  access(
    "unknown_codes",
    "Refusals have codes that the documents do not name.",
    refusalOf(everywhere, (answer) => ({ ...answer, json: errors("No.", "E_4711") })),
    broken,
  ),
  access(
    "any_detail",
    "Refusals tell more in a list of anything.",
    refusalOf(everywhere, (answer) => ({
      ...answer,
      json: {
        errors: [
          { code: "UNKNOWN", message: "Das geht nicht.", detail: [1, null, { more: true }] },
          { code: "VALIDATE_FAILED", message: "Nein.", detail: "text" },
        ],
      },
    })),
    broken,
  ),
];
