import { isCallPark } from "../proxy.ts";
import { refusal, refuses, type Variation } from "./variation.ts";

export const access: readonly Variation[] = [
  ...[
    ["ring_groups", "extension_numbers"],
    ["call_park_groups", "blobs/uploads"],
  ].map(
    (paths): Variation => ({
      what: `does not let this user at ${paths.join(" and ")}`,
      faults: () => ({
        request: (request) => paths.map((path) => refuses(path, 403)(request)).find((answer) => answer !== undefined),
      }),
    }),
  ),
  {
    what: "lets this user read call park groups only",
    faults: () => ({ request: refuses("call_park_groups", 403, "POST") }),
  },
  {
    what: "does not say whose the token is",
    faults: () => ({ request: refuses("tenant", 403) }),
    target: () => ({ tenant: "Acme" }),
  },
  {
    what: "calls it 401 that this user is no system administrator",
    faults: () => ({ request: refuses("admin/", 401) }),
    target: () => ({ refreshToken: "never-to-be-used" }),
  },
  {
    what: "lets this user read call park only",
    faults: () => ({
      request: (request) => (isCallPark(request, "POST") && request.headers.authorization ? refusal(403) : undefined),
    }),
  },
  {
    what: "has nothing but call park",
    faults: () => ({
      request: ({ path, method }) =>
        path === "/api/call_park" || (method === "GET" && path.startsWith("/api/blobs/"))
          ? undefined
          : { status: 404, headers: { "content-type": "text/plain" }, body: Buffer.from("Not Found") },
    }),
    target: () => ({ tenant: "Acme" }),
  },
  {
    what: "takes JSON by another name",
    faults: () => ({
      request: (request) => {
        if (isCallPark(request, "POST")) request.headers["content-type"] = "application/json";
        return undefined;
      },
    }),
  },
  {
    what: "wants an upload's token for each request about it",
    faults: () => ({
      request: ({ path, headers }) =>
        /^\/api\/blobs\/uploads\/[^/]+\/(?:status|destroy)$/.test(path) && !headers["portsip-upload-token"]
          ? refusal(headers.authorization ? 403 : 401)
          : undefined,
    }),
  },
];
