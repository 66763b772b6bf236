import type { Behaviour } from "../behaviour.ts";
import { at, isSuccess, itemsOf } from "../tools/at.ts";
import { faultsOf } from "../tools/fault.ts";
import { otherTenant } from "../tools/sessions.ts";
import { get } from "../witness.ts";

const number = "GET /extension_numbers/{extension_number}";
const ringGroups = "GET /ring_groups";
const ringGroup = "GET /ring_groups/{id}";

const fault = faultsOf((operation) => ({
  class: "lists",
  alsoAt: operation === number ? [] : [ringGroups, ringGroup],
}));

const errors = { errors: [{ code: "UNKNOWN", message: "Nothing has this number" }] };
const free = { id: "bm9ib2R5", name: null, type: "EXTENSION" };
const shown = [get("/ring_groups"), get("/ring_groups/{first}")];

export const numberFaults: readonly Behaviour[] = [
  fault(
    number,
    "free_is_taken",
    "answers with 200 for a number that is free",
    at(number, async ({ parameters }, next) => {
      const answer = await next();
      return answer.status === 404
        ? { status: 200, json: { ...free, extension_number: parameters["extension_number"] } }
        : answer;
    }),
    [get("/extension_numbers/987654321")],
  ),
  fault(
    number,
    "ring_group_is_free",
    "answers with 404 for the number of a ring group",
    at(number, async (_, next) => {
      const answer = await next();
      return (answer.json as { type?: string }).type === "RING_GROUP" ? { status: 404, json: errors } : answer;
    }),
    [get("/extension_numbers/6000")],
  ),
  fault(
    number,
    "type.other",
    "takes every ring group for an extension",
    itemsOf(number, (item) => ({ ...item, type: item["type"] === "RING_GROUP" ? "EXTENSION" : item["type"] })),
    [get("/extension_numbers/6000")],
    { field: "type" },
  ),
  fault(
    number,
    "number.other",
    "answers with another number than the one that was asked for",
    itemsOf(number, (item) => ({ ...item, extension_number: `${String(item["extension_number"])}1` })),
    [get("/extension_numbers/6000")],
    { field: "extension_number" },
  ),
  fault(
    number,
    "id.other",
    "shows another id of a ring group than GET /ring_groups",
    itemsOf(number, (item) => ({ ...item, id: `${String(item["id"])}x` })),
    [get("/extension_numbers/6000")],
    { field: "id" },
  ),
  fault(
    number,
    "name.other",
    "shows another name of a ring group than GET /ring_groups",
    itemsOf(number, (item) => ({ ...item, name: `${String(item["name"])} *` })),
    [get("/extension_numbers/6000")],
    { field: "name" },
  ),
  fault(
    number,
    "takes.no_digits",
    "answers with 200 for what is no number",
    at(number, ({ session, parameters: { extension_number = "" } }, next) =>
      session && !/^[0-9]+$/.test(extension_number)
        ? { status: 200, json: { ...free, extension_number: "1001" } }
        : next(),
    ),
    [get("/extension_numbers/ada")],
    { field: "extension_number" },
  ),
  fault(
    number,
    "takes.too_short",
    "answers with 200 for a number of two digits",
    at(number, ({ session, parameters: { extension_number = "" } }, next) =>
      session && /^[0-9]{1,2}$/.test(extension_number)
        ? { status: 200, json: { ...free, extension_number: "1001" } }
        : next(),
    ),
    [get("/extension_numbers/66")],
    { field: "extension_number" },
  ),
  fault(
    number,
    "fails.no_digits",
    "answers with 500 for what is no number",
    at(number, ({ session, parameters: { extension_number = "" } }, next) =>
      session && !/^[0-9]+$/.test(extension_number) ? { status: 500, json: errors } : next(),
    ),
    [get("/extension_numbers/ada")],
  ),
  fault(
    number,
    "of_other_tenant",
    "answers with what has the number in another tenant, where it is free in this one",
    at(number, async ({ session, parameters: { extension_number: asked = "" } }, next, pbx) => {
      const answer = await next();
      const theirs = pbx.store.numbers.byNumber(otherTenant(pbx), asked);
      if (!session || answer.status !== 404 || !theirs) return answer;
      const { id, extension_number, name, type } = theirs;
      return { status: 200, json: { id, extension_number, name, type } };
    }),
    [get("/extension_numbers/2001")],
    { needs: { variants: ["access.other_numbers"] } },
  ),
  fault(
    ringGroup,
    "of_another",
    "answers with the first ring group, whichever is asked for",
    at(ringGroup, ({ session, parameters: { id = "" } }, next, { store }) => {
      const groups = store.numbers.ofType(session?.tenant_id ?? "", "RING_GROUP");
      const [first] = groups;
      return first && groups.some((one) => one.id === id) ? next({ path: `/ring_groups/${first.id}` }) : next();
    }),
    [get("/ring_groups"), get("/ring_groups/{second}")],
  ),
  fault(
    ringGroup,
    "not_there",
    "answers with 404 for a ring group that GET /ring_groups lists",
    at(ringGroup, async (_, next) => {
      const answer = await next();
      return isSuccess(answer) ? { status: 404, json: errors } : answer;
    }),
    shown,
  ),
  fault(
    ringGroup,
    "name.other",
    "shows another name than GET /ring_groups",
    itemsOf(ringGroup, (item) => ({ ...item, name: `${String(item["name"])} *` })),
    shown,
    { field: "name" },
  ),
  fault(
    ringGroup,
    "extension_number.other",
    "shows another number than GET /ring_groups",
    itemsOf(ringGroup, (item) => ({ ...item, extension_number: `${String(item["extension_number"])}1` })),
    shown,
    { field: "extension_number" },
  ),
  fault(
    ringGroups,
    "other_tenant",
    "lists a ring group of another tenant too",
    at(ringGroups, async (_, next, pbx) => {
      const answer = await next();
      const [stranger] = pbx.store.numbers.ofType(otherTenant(pbx), "RING_GROUP");
      if (!isSuccess(answer) || !stranger) return answer;
      const { count, items } = answer.json as { count: number; items: unknown[] };
      const { id, name, extension_number } = stranger;
      return { ...answer, json: { count: count + 1, items: [...items, { id, name, extension_number }] } };
    }),
    [get("/ring_groups")],
  ),
];
