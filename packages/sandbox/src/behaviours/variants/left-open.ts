import { defaultSettings } from "../../defaults.ts";
import type { Alter, Behaviour } from "../behaviour.ts";
import { all, at, isSuccess } from "../tools/at.ts";
import { behaviour } from "../tools/fault.ts";
import { starting } from "../tools/starting.ts";
import { get, post, type WitnessRequest } from "../witness.ts";

const write = "POST /call_park";
const start = "POST /blobs/uploads";

const variant = (
  operation: string,
  name: string,
  what: string,
  alter: Alter,
  witness: readonly WitnessRequest[],
): Behaviour => ({
  ...behaviour(operation, "", what, { class: "what it accepts", alter, witness }),
  id: `left_open.${name}`,
});

const otherTemporary = (query: URLSearchParams): boolean =>
  query.has("temporary") && !/^(true|false)$/.test(query.get("temporary") ?? "");

/** What the documents neither allow nor forbid. */
export const leftOpenVariants: readonly Behaviour[] = [
  variant(
    write,
    "empty_prompt_id",
    "An empty prompt_file_id stands for no prompt.",
    at(write, ({ fields }, next) =>
      next(fields["prompt_file_id"] === "" ? { json: { ...fields, prompt_file_id: null } } : {}),
    ),
    [post("/call_park", { prompt_file_id: "" }), get("/call_park")],
  ),
  variant(
    write,
    "no_body",
    "A POST of call park without a body is taken, and changes nothing.",
    at(write, ({ session, bytes }, next) => (session && bytes.length === 0 ? { status: 200 } : next())),
    [post("/call_park", undefined, { text: "", headers: { "Content-Type": "application/json" } })],
  ),
  variant(
    write,
    "number_when_disabled",
    "Call park that is turned off goes back to its default number.",
    all(
      starting(() => ({ extension_number: "668" })),
      at(write, async ({ fields, session }, next, { store, line }) => {
        const answer = await next();
        if (!session?.tenant_id || !isSuccess(answer) || fields["enabled"] !== false) return answer;
        const { extension_number } = defaultSettings(line);
        store.callPark.save(session.tenant_id, { ...store.callPark.show(session.tenant_id), extension_number });
        return answer;
      }),
    ),
    [post("/call_park", { enabled: false, extension_number: "555" }), get("/call_park")],
  ),
  variant(
    start,
    "temporary_of_any_text",
    "An upload may be begun with another temporary than true and false.",
    at(start, ({ query, path }, next) => next(otherTemporary(query) ? { path } : {})),
    [post("/blobs/uploads?temporary=maybe")],
  ),
];
