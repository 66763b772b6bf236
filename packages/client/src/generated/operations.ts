// Made from spec/openapi.yaml. Do not edit: change the spec, then `npm run generate`.

/** The operations that take no token, and so are never sent one. */
export const withoutToken: ReadonlySet<string> = new Set([
  "GET /blobs/{digest}",
  "POST /auth/sign_in",
  "POST /auth/refresh_token",
  "POST /login/oauth/token",
  "GET /info",
]);

/** The operations that change the PBX, and so need a client that may write. */
export const writing: ReadonlySet<string> = new Set([
  "POST /call_park",
  "POST /call_park_groups",
  "POST /call_park_groups/{id}",
  "POST /call_park_groups/{id}/destroy",
  "POST /call_park_groups/{id}/members/{extension_number}",
  "POST /call_park_groups/{id}/members/{extension_number}/destroy",
  "POST /blobs/uploads",
  "POST /blobs/uploads/{id}/append",
  "POST /blobs/uploads/{id}/complete",
  "POST /blobs/uploads/{id}/destroy",
]);

/** The operations whose body is something else than JSON, and what. */
export const bodyTypes: ReadonlyMap<string, string> = new Map([
  ["POST /blobs/uploads/{id}/append", "application/octet-stream"],
  ["POST /blobs/uploads/{id}/complete", "application/octet-stream"],
  ["POST /login/oauth/token", "application/x-www-form-urlencoded"],
]);
