import type { Behaviour } from "../../behaviour.ts";
import { all, answerOf, at, isSuccess, remembering } from "../../tools/at.ts";
import { refusal } from "../../tools/refusals.ts";
import { isObject } from "../../tools/seen.ts";
import { get, post, reach } from "../../witness.ts";
import { create, destroy, group, list, made, show, unknown } from "./common.ts";

/** Remembers groups of the tenant in a way of its own. */
export const groupOutcomeFaults: readonly Behaviour[] = [
  group(
    create,
    "id.unknown",
    `${create} answers with an id that no group has.`,
    answerOf(create, (answer) => ({ ...answer, json: { id: unknown } })),
    [...made, get("/call_park_groups/{id}")],
    "id",
  ),
  group(
    create,
    "not_stored",
    `${create} answers with 201, and makes no group.`,
    at(create, async ({ session }, next, { store }) => {
      const answer = await next();
      if (session && isSuccess(answer) && isObject(answer.json)) store.groups.remove(String(answer.json["id"]));
      return answer;
    }),
    [...made, get("/call_park_groups/{id}")],
  ),
  group(
    create,
    "twice",
    `${create} makes a second group by the same answer.`,
    at(create, async ({ session, fields }, next, { store }) => {
      const answer = await next();
      if (session?.tenant_id && isSuccess(answer) && String(fields["name"]).length > 9)
        store.groups.create(session.tenant_id, {
          name: `${String(fields["name"]).slice(0, 60)} (2)`,
          recall_to: "USER_ONLY",
          ring_group_id: null,
        });
      return answer;
    }),
    [...made, get("/call_park_groups")],
  ),
  group(
    create,
    "refuses_and_creates",
    `${create} refuses a mode that nobody knows, and makes the group all the same.`,
    at(create, async ({ fields, json }, next) => {
      const answer = await next();
      if (answer.status === 400 && isObject(json) && typeof fields["recall_to"] === "string")
        await next({ json: { name: fields["name"], recall_to: "USER_ONLY" } });
      return answer;
    }),
    [post("/call_park_groups", { name: "Night shift", recall_to: "NOBODY" }), get("/call_park_groups")],
  ),
  group(
    destroy,
    "not_destroyed",
    `${destroy} answers with 204, and the group stays.`,
    at(destroy, async ({ session, parameters }, next, { store }) => {
      const found = store.groups.show(session?.tenant_id ?? "", parameters["id"] ?? "");
      return found ? { status: 204 } : next();
    }),
    [...made, post("/call_park_groups/{id}/destroy"), get("/call_park_groups/{id}")],
    undefined,
    "The PBX deletes no group, and so not those that the run made.",
  ),
  group(
    destroy,
    "shown_after",
    `${destroy} deletes a group, and GET /call_park_groups/{id} goes on showing it.`,
    remembering(() => {
      const gone = new Map<string, unknown>();
      return all(
        at(destroy, async ({ session, parameters }, next, { store }) => {
          const found = store.groups.show(session?.tenant_id ?? "", parameters["id"] ?? "");
          const answer = await next();
          if (found && isSuccess(answer)) gone.set(found.id, { ...found });
          return answer;
        }),
        at(show, ({ session, parameters }, next) => {
          const found = session && gone.get(parameters["id"] ?? "");
          return found ? { status: 200, json: found } : next();
        }),
      );
    }),
    [...made, post("/call_park_groups/{id}/destroy"), get("/call_park_groups/{id}")],
  ),
  group(
    destroy,
    "listed_after",
    `${destroy} deletes a group, and GET /call_park_groups goes on listing it.`,
    remembering(() => {
      const gone: { tenant: string; group: unknown }[] = [];
      return all(
        at(destroy, async ({ session, parameters }, next, { store }) => {
          const tenant = session?.tenant_id ?? "";
          const found = store.groups.show(tenant, parameters["id"] ?? "");
          const answer = await next();
          if (found && isSuccess(answer)) gone.push({ tenant, group: { ...found } });
          return answer;
        }),
        answerOf(list, (answer, { session }) => {
          const { items = [], count } = answer.json as { items?: unknown[]; count: number };
          const own = gone.filter(({ tenant }) => tenant === session?.tenant_id).map(({ group }) => group);
          return { ...answer, json: { count: count + own.length, items: [...items, ...own] } };
        }),
      );
    }),
    [...made, post("/call_park_groups/{id}/destroy"), get("/call_park_groups")],
  ),
  group(
    destroy,
    "destroyed_twice",
    `${destroy} answers with 204 for a group that is gone.`,
    remembering(() => {
      const gone = new Set<string>();
      return at(destroy, async ({ session, parameters: { id = "" } }, next) => {
        const answer = await next();
        if (isSuccess(answer)) gone.add(id);
        return session && gone.has(id) ? { status: 204 } : answer;
      });
    }),
    [...made, post("/call_park_groups/{id}/destroy"), post("/call_park_groups/{id}/destroy")],
  ),
  group(
    destroy,
    "refuses.with_members",
    `${destroy} refuses a group that has members.`,
    at(destroy, ({ parameters: { id = "" } }, next, { store }) =>
      store.groups.members(id).length > 0 ? refusal("id", "has members") : next(),
    ),
    [...reach("POST /call_park_groups/{id}/members/{extension_number}"), post("/call_park_groups/{id}/destroy")],
  ),
];
