// Made from spec/openapi.yaml. Do not edit: change the spec, then `npm run generate`.

/** The operations that take no token, and so are never sent one. */
export const withoutToken: readonly string[] = [
  "GET /blobs/{digest}",
  "POST /auth/sign_in",
  "POST /auth/refresh_token",
  "POST /login/oauth/token",
  "GET /info",
];

/** With those, the operations that change nothing but the caller's own session. Every other POST is a write. */
export const sessionOnly: readonly string[] = [
  ...withoutToken,
  "POST /auth/sign_out",
  "POST /tenants/switch",
];

/** With those, and every other GET than one, the operations that are answered with content: an empty answer was cut. */
export const answeredWithContent: readonly string[] = [
  ...withoutToken,
  "POST /call_park_groups",
  "POST /blobs/uploads/{id}/complete",
];

/** The one GET that is answered without content. */
export const silentRead: string = "GET /blobs/uploads/{id}/status";

/** The one operation whose body is a form. Bytes are a file, and all else is JSON. */
export const form: string = "POST /login/oauth/token";

/** The fields of requests that are secret. */
export const secretFields: readonly string[] = ["password","refresh_token"];
