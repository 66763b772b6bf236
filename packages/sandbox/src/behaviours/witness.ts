import { createHash } from "node:crypto";

/**
 * A request that shows a behaviour. What stands in braces comes from earlier answers, the newest that had it: `{id}`,
 * `{first}` (the first item of a list), `{first_other_case}`, `{second}`, `{upload}` and `{upload_token}` (from the headers),
 * `{access_token}` and `{refresh_token}`, `{prompt}` (the end of `prompt_file_url`).
 */
export interface WitnessRequest {
  method: string;
  /** From the API's base URL, with the query. */
  path: string;
  /** @default "tenant administrator" */
  as?: Who;
  json?: unknown;
  text?: string;
  bytes?: Uint8Array<ArrayBuffer>;
  form?: Readonly<Record<string, string>>;
  headers?: Readonly<Record<string, string>>;
  /** Sent so many milliseconds later. */
  after?: number;
  /** Sent twice at the same time. What is seen of it are both answers, in the order of their statuses. */
  twice?: boolean;
}

/** `new`: by `{access_token}`. */
export type Who = "tenant administrator" | "other tenant" | "system administrator" | "new" | "nobody";

export const get = (path: string, more: Partial<WitnessRequest> = {}): WitnessRequest => ({
  method: "GET",
  path,
  ...more,
});

export const post = (path: string, json?: unknown, more: Partial<WitnessRequest> = {}): WitnessRequest => ({
  method: "POST",
  path,
  ...(json !== undefined && { json }),
  ...more,
});

const bytes = "RIFF, or something like it";
const digestOf = (text: string): string => createHash("sha256").update(text).digest("hex");

const group = [post("/call_park_groups", { name: "Night shift", recall_to: "USER_ONLY" })];
const member = [...group, post("/call_park_groups/{id}/members/1001")];
const upload = [post("/blobs/uploads?filename=night.wav&temporary=true")];
const octets = (text: string): Partial<WitnessRequest> => ({
  text,
  headers: { "Content-Type": "application/octet-stream", "PortSIP-Upload-Token": "{upload_token}" },
});
export const appendBytes: WitnessRequest = post("/blobs/uploads/{upload}/append", undefined, octets(bytes));
export const completeBytes: WitnessRequest = post(
  `/blobs/uploads/{upload}/complete?digest=${digestOf(bytes)}`,
  undefined,
  { headers: { "PortSIP-Upload-Token": "{upload_token}" } },
);
const system = { as: "system administrator" } as const;
const signIn = { username: "admin", password: "acme-park-1", domain: "acme.example" };
const client = { scope: "all", client_id: "9d806019-75b2-4b3d-bb8b-f5a3a412cc0a" };

/** For each operation, requests of which the last reaches it and is answered with what it is for. */
const reaching: Readonly<Record<string, readonly WitnessRequest[]>> = {
  "GET /call_park": [get("/call_park")],
  "POST /call_park": [post("/call_park", { recall_time: 120 })],
  "GET /call_park_groups": [get("/call_park_groups")],
  "POST /call_park_groups": group,
  "GET /call_park_groups/{id}": [...group, get("/call_park_groups/{id}")],
  "POST /call_park_groups/{id}": [
    ...group,
    post("/call_park_groups/{id}", { name: "Day shift", recall_to: "USER_ONLY" }),
  ],
  "POST /call_park_groups/{id}/destroy": [...group, post("/call_park_groups/{id}/destroy")],
  "GET /call_park_groups/{id}/members": [...member, get("/call_park_groups/{id}/members")],
  "POST /call_park_groups/{id}/members/{extension_number}": member,
  "POST /call_park_groups/{id}/members/{extension_number}/destroy": [
    ...member,
    post("/call_park_groups/{id}/members/1001/destroy"),
  ],
  "GET /ring_groups": [get("/ring_groups")],
  "GET /ring_groups/{id}": [get("/ring_groups"), get("/ring_groups/{first}")],
  "GET /extension_numbers/{extension_number}": [get("/extension_numbers/6000")],
  "POST /blobs/uploads": upload,
  "POST /blobs/uploads/{id}/append": [...upload, appendBytes],
  "POST /blobs/uploads/{id}/complete": [...upload, appendBytes, completeBytes],
  "GET /blobs/uploads/{id}/status": [...upload, get("/blobs/uploads/{upload}/status")],
  "POST /blobs/uploads/{id}/destroy": [...upload, post("/blobs/uploads/{upload}/destroy")],
  "GET /blobs/{digest}": [get("/call_park"), get("/blobs/{prompt}", { as: "nobody" })],
  "POST /auth/sign_in": [post("/auth/sign_in", signIn, { as: "nobody" })],
  "POST /auth/refresh_token": [
    post("/auth/sign_in", signIn, { as: "nobody" }),
    post("/auth/refresh_token", { refresh_token: "{refresh_token}" }, { as: "nobody" }),
  ],
  "POST /auth/sign_out": [
    post("/auth/sign_in", signIn, { as: "nobody" }),
    post("/auth/sign_out", undefined, { as: "new" }),
  ],
  "POST /login/oauth/token": [
    post("/login/oauth/token", undefined, {
      as: "nobody",
      form: { grant_type: "password", ...signIn, ...client },
    }),
  ],
  "GET /tenant": [get("/tenant")],
  "GET /tenants": [get("/tenants", system)],
  "POST /tenants/switch": [get("/tenants", system), post("/tenants/switch?id={first}", undefined, system)],
  "GET /info": [get("/info", { as: "nobody" })],
  "GET /admin/status": [get("/admin/status", system)],
};

export const reach = (operation: string): readonly WitnessRequest[] => {
  const requests = reaching[operation];
  if (!requests) throw new Error(`No request is known that reaches ${operation}: name one in witness.ts`);
  return requests;
};

/** The last of the requests that reach an operation, changed. */
export const reachWith = (operation: string, change: Partial<WitnessRequest>): readonly WitnessRequest[] => {
  const requests = reach(operation);
  const last = requests.at(-1) as WitnessRequest;
  return [...requests.slice(0, -1), { ...last, ...change }];
};
