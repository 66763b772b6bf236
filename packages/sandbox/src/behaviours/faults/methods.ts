import { defaultSettings } from "../../defaults.ts";
import type { Alter, Behaviour } from "../behaviour.ts";
import { at } from "../tools/at.ts";
import { behaviour } from "../tools/fault.ts";
import { page } from "../tools/page.ts";
import { get, reach, type WitnessRequest } from "../witness.ts";

const body = { recall_time: 120 };
const sent = (method: string): WitnessRequest => ({
  method,
  path: "/call_park",
  ...(method !== "DELETE" && { json: body }),
});

/** A method that the documents do not have, on /call_park. */
const method = (name: string, kind: string, what: string, alter: Alter): Behaviour =>
  behaviour("POST /call_park", `method.${name.toLowerCase()}.${kind}`, what, {
    class: "protocol",
    alsoAt: ["GET /call_park", `${name} /call_park`],
    alter,
    witness: [sent(name), get("/call_park")],
  });

const putAndPatch = ["PUT", "PATCH"].map((name) =>
  method(
    name,
    "applied",
    `${name} /call_park changes the settings, though only POST is documented.`,
    at(`${name} /call_park`, (_, next) => next({ method: "POST" })),
  ),
);

const groupDeleted: Behaviour = behaviour(
  "POST /call_park_groups/{id}/destroy",
  "method.delete.applied",
  "DELETE /call_park_groups/{id} destroys a group, though only POST is documented.",
  {
    class: "protocol",
    alsoAt: ["DELETE /call_park_groups/{id}"],
    alter: at("DELETE /call_park_groups/{id}", ({ path }, next) => next({ method: "POST", path: `${path}/destroy` })),
    witness: [...reach("POST /call_park_groups"), { method: "DELETE", path: "/call_park_groups/{id}" }],
  },
);

const groupDestroyed: Behaviour = behaviour(
  "POST /call_park_groups/{id}/destroy",
  "method.get.applied",
  "GET /call_park_groups/{id}/destroy destroys a group, though only POST is documented.",
  {
    class: "protocol",
    alsoAt: ["GET /call_park_groups/{id}/destroy"],
    alter: at("GET /call_park_groups/{id}/destroy", (_, next) => next({ method: "POST" })),
    witness: [...reach("POST /call_park_groups"), get("/call_park_groups/{id}/destroy")],
  },
);

const refusedAndApplied = method(
  "PUT",
  "refused_and_applied",
  "PUT /call_park is refused with 405, and changes the settings all the same.",
  at("PUT /call_park", async (_, next) => {
    await next({ method: "POST" });
    return next();
  }),
);

const accepted = ["PUT", "PATCH", "DELETE"].map((name) =>
  method(
    name,
    "accepted",
    `${name} /call_park is answered with 200, and changes nothing.`,
    at(`${name} /call_park`, ({ session }, next) => (session ? { status: 200 } : next())),
  ),
);

const failing = ["PUT", "PATCH", "DELETE"].map((name) =>
  method(
    name,
    "fails",
    `${name} /call_park is answered with 500.`,
    at(`${name} /call_park`, ({ session }, next) =>
      session ? { status: 500, json: { errors: [{ code: "UNKNOWN", message: "The PBX failed" }] } } : next(),
    ),
  ),
);

const answeredWithPage = ["PUT", "PATCH", "DELETE"].map((name) =>
  method(
    name,
    "html",
    `${name} /call_park is refused with a web page.`,
    at(`${name} /call_park`, ({ session }, next) => (session ? page(405) : next())),
  ),
);

const deleting = method(
  "DELETE",
  "applied",
  "DELETE /call_park sets every setting back to its default.",
  at("DELETE /call_park", ({ session }, next, { store, line }) => {
    if (!session?.tenant_id) return next();
    store.callPark.save(session.tenant_id, defaultSettings(line));
    return { status: 204 };
  }),
);

export const methodFaults: readonly Behaviour[] = [
  ...putAndPatch,
  refusedAndApplied,
  ...accepted,
  ...failing,
  ...answeredWithPage,
  deleting,
  groupDeleted,
  groupDestroyed,
];
