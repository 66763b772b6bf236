import type { Socket } from "node:net";
import { inspect } from "node:util";
import {
  type CallParkClientOptions,
  createCallParkClient,
  createSession,
  type RequestEvent,
  type ResponseEvent,
  unwrap,
} from "@callpark/client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { wav } from "./prompt.ts";
import { http, serveWire } from "./wire.ts";

const token = `tok9Canary"/+=&<\\Zx`;
const password = `pass9 wörd"/+&<'\\é`;
const refreshToken = "rfr9Canary/+=&Zx";
const uploadToken = "upl9Canary/+=&Zx";
const secrets = [token, password, refreshToken, uploadToken];

const formsOf = (secret: string): string[] => {
  const json = JSON.stringify(secret).slice(1, -1);
  const base64 = Buffer.from(secret).toString("base64");
  const url = encodeURIComponent(secret);
  const form = String(new URLSearchParams({ a: secret })).slice(2);
  const html = secret
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
  const hex = Buffer.from(secret).toString("hex");
  // What inspect makes of a text within a text.
  return [
    secret,
    html,
    json,
    JSON.stringify(json).slice(1, -1),
    base64,
    base64.replace(/=+$/, ""),
    url,
    form,
    hex,
    hex.toUpperCase(),
  ];
};
const forms = secrets.flatMap(formsOf);

const printed: string[] = [];
const warned = (warning: Error) => printed.push(inspect(warning));
beforeEach(() => {
  printed.length = 0;
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, "write").mockImplementation((text) => printed.push(String(text)) > 0);
  for (const name of ["log", "info", "warn", "error", "debug", "trace"] as const)
    vi.spyOn(console, name).mockImplementation((...given) => {
      printed.push(inspect(given));
    });
  process.on("warning", warned);
});
afterEach(() => {
  process.off("warning", warned);
});

/** Everything that can be seen of a value. */
const shown = (value: unknown, depth = 0): string => {
  const own = Object(value);
  const names = value instanceof Error ? Object.getOwnPropertyNames(own) : [];
  return [
    String(value),
    JSON.stringify(value, (_, part) => (part instanceof Error ? { ...part, text: String(part) } : part)) ?? "",
    inspect(value, { depth: 20, showHidden: true }),
    ...names.map((name) => (depth < 9 ? shown(Reflect.get(own, name), depth + 1) : "")),
  ].join("\n");
};

const run = async (
  options: Omit<CallParkClientOptions, "onRequest" | "onResponse">,
  calls: (pbx: ReturnType<typeof createCallParkClient>) => Promise<unknown>[],
): Promise<void> => {
  const events: (RequestEvent | ResponseEvent)[] = [];
  const pbx = createCallParkClient({
    timeout: { attempt: 200, total: 300 },
    retry: 1,
    write: true,
    ...options,
    onRequest: (event) => events.push(event),
    onResponse: (event) => events.push(event),
  });
  const ended = await Promise.allSettled(calls(pbx));
  const seen: unknown[] = [pbx, events];
  for (const one of ended) {
    // The response is the PBX's own word, as it came; `error` is what we make of it.
    const { error, response: _, ...rest } = one.status === "fulfilled" ? Object(one.value) : { error: one.reason };
    seen.push(error, rest);
  }
  const everything = [...seen.map((value) => shown(value)), ...printed].join("\n");
  const found = forms.filter((form) => everything.includes(form));
  expect(found).toEqual([]);
  expect(events.length + ended.length).toBeGreaterThan(1);
};

/** Every call that carries a secret: as a value, and thrown. */
const everyCall = (pbx: ReturnType<typeof createCallParkClient>): Promise<unknown>[] => [
  pbx.callPark.get(),
  unwrap(pbx.callPark.get()),
  unwrap(pbx.POST("/call_park", { body: { recall_time: 120 } })),
  pbx.auth.signIn({ username: "ann", password }),
  unwrap(pbx.auth.signIn({ username: "ann", password })),
  unwrap(pbx.auth.refresh(refreshToken)),
  unwrap(
    pbx.POST("/blobs/uploads/{id}/append", {
      params: { path: { id: "u" }, header: { "PortSIP-Upload-Token": uploadToken } },
      body: "RIFF",
    }),
  ),
];

/** What a server makes of the secrets of a request: in every form that they can be repeated in. */
const echo = (request: string): string =>
  secrets
    .filter((secret) => formsOf(secret).some((form) => request.includes(Buffer.from(form).toString("latin1"))))
    .flatMap(formsOf)
    .concat(Buffer.from(request, "latin1").toString())
    .join(" ");
const refusal = (request: string) =>
  JSON.stringify({ errors: [{ code: "UNKNOWN", message: echo(request), detail: { echo: echo(request) } }] });
const plain = (request: string) => echo(request).replaceAll(/[^\x20-\x7e]+/g, " ");

const faults: [string, (request: string, socket: Socket) => void][] = [
  ["refuses with errors[]", (request, socket) => socket.write(http("422 No", "application/json", refusal(request)))],
  ["says 401", (request, socket) => socket.write(http("401 No", "application/json", refusal(request)))],
  ["says 403 in HTML", (request, socket) => socket.write(http("403 No", "text/html", `<p>${echo(request)}</p>`))],
  ["says 404 in text", (request, socket) => socket.write(http("404 No", "text/plain", echo(request)))],
  [
    "says 429 with a Retry-After that repeats it",
    (request, socket) =>
      socket.write(http("429 No", "application/json", refusal(request), `Retry-After: ${plain(request)}\r\n`)),
  ],
  ["says 500 in text", (request, socket) => socket.write(http("500 No", "text/plain", echo(request)))],
  ["says 500 with errors[]", (request, socket) => socket.write(http("500 No", "application/json", refusal(request)))],
  ["says 502 in its status line", (request, socket) => socket.write(http(`502 ${plain(request)}`, "text/html", "no"))],
  ["says 200 in HTML", (request, socket) => socket.write(http("200 OK", "text/html", echo(request)))],
  ["says 200 in a type that repeats it", (request, socket) => socket.write(http("200 OK", plain(request), "{}"))],
  ["says 200 in no JSON", (request, socket) => socket.write(http("200 OK", "application/json", echo(request)))],
  [
    "says 200 in packed nonsense",
    (request, socket) => {
      socket.write(http("200 OK", "application/json", echo(request), "Content-Encoding: gzip\r\n"));
    },
  ],
  [
    "redirects",
    (request, socket) => {
      const target = encodeURIComponent(echo(request));
      socket.write(
        http("302 Found", "text/html", "", `Location: http://${target}:${target}@elsewhere/${target}?${target}\r\n`),
      );
    },
  ],
  [
    "redirects to what is no URL",
    (request, socket) => {
      socket.write(http("307 Found", "text/html", "", `Location: ${plain(request)}\r\n`));
    },
  ],
  ["speaks no HTTP", (request, socket) => socket.write(`${echo(request)}\r\n\r\n`)],
  ["breaks a header", (request, socket) => socket.write(`HTTP/1.1 200 OK\r\n${echo(request)}\r\n\r\n`)],
  [
    "cuts the answer",
    (request, socket) => {
      socket.end(http("200 OK", "application/json", refusal(request)).slice(0, -9));
    },
  ],
  ["cuts the connection", (_, socket) => socket.destroy()],
  ["never answers", () => undefined],
  ["trickles", (request, socket) => socket.write(http("200 OK", "application/json", refusal(request)).slice(0, 90))],
];
test.each(faults)("nothing is told where the PBX %s", async (_, fault) => {
  await using pbx = await serveWire(fault);
  await run({ baseUrl: pbx.url, token }, everyCall);
});

test("nothing is told where nobody listens, or the URL is none", async () => {
  const pbx = await serveWire(() => undefined);
  await pbx[Symbol.asyncDispose]();
  await run({ baseUrl: pbx.url, token }, everyCall);
  for (const baseUrl of [
    `http://a:${encodeURIComponent(password)}@pbx`,
    `nonsense ${token}`,
    `ftp://pbx/${refreshToken}`,
  ])
    expect(() => createCallParkClient({ baseUrl })).toThrow(
      expect.objectContaining({ message: expect.not.stringMatching(/9/) }),
    );
});

test.each(["\n", "\0", "\r\nX: ", "é", " "])("nothing is told of a secret with %j in it", async (broken) => {
  await using pbx = await serveWire((_, socket) => socket.write(http("200 OK", "application/json", "{}")));
  await run({ baseUrl: pbx.url, token: token + broken }, everyCall);
  await run({ baseUrl: pbx.url, token: () => token + broken }, everyCall);
  await run({ baseUrl: pbx.url }, (client) => [
    client.GET("/info", { params: { query: { domain: "a" } }, headers: { Cookie: token + broken } }),
    client.POST("/blobs/uploads/{id}/append", {
      params: { path: { id: "u" }, header: { "PortSIP-Upload-Token": uploadToken + broken } },
      body: "RIFF",
    }),
  ]);
});

test.each<[string, (init: RequestInit) => unknown]>([
  ["an error with the request in it", (init) => Object.assign(new Error("no"), { config: init, request: init })],
  ["an error with it in its cause", (init) => new Error("no", { cause: new Error(JSON.stringify(init)) })],
  ["several errors", (init) => new AggregateError([new Error(JSON.stringify(init)), init], "no")],
  ["an object", (init) => ({ ...init, toString: () => JSON.stringify(init) })],
  ["text", (init) => JSON.stringify(init)],
])("nothing is told where a transport throws %s", async (_, thrown) => {
  const fetch = (_url: string, init: RequestInit) => Promise.reject(thrown({ ...init, signal: null }));
  await run({ baseUrl: "https://pbx.example.com", token, transport: { fetch } }, everyCall);
});

test("nothing is told of tokens that come where none should", async () => {
  const answer = { token_type: "Bearer", access_token: token, refresh_token: refreshToken, expires_in: "soon" };
  for (const type of ["text/plain", "application/json"]) {
    await using pbx = await serveWire((_, socket) => socket.write(http("200 OK", type, JSON.stringify(answer))));
    const calls = (client: ReturnType<typeof createCallParkClient>) => [
      unwrap(client.auth.signIn({ username: "ann", password })).then(() => undefined),
      unwrap(client.auth.refresh(refreshToken)).then(() => undefined),
    ];
    await run({ baseUrl: pbx.url, validate: "reject" }, calls);
    await run({ baseUrl: pbx.url }, calls);
  }
});

test.each(faults)("a session tells nothing where the PBX %s", async (_, fault) => {
  await using pbx = await serveWire((request, socket) =>
    request.startsWith("GET ")
      ? socket.write(http("401 No", "application/json", '{"errors":[{"code":"UNAUTHORIZED","message":"no"}]}'))
      : fault(request, socket),
  );
  const tokens = { access_token: token, refresh_token: refreshToken, expires_in: 1800 };
  const session = createSession({ baseUrl: pbx.url, tokens, timeout: { attempt: 100, total: 150 } });
  expect(forms.filter((form) => shown(session).includes(form))).toEqual([]);
  await run({ baseUrl: pbx.url, token: session }, (client) => [client.callPark.get(), unwrap(client.callPark.get())]);
});

test("an upload tells nothing of its token", async () => {
  await using pbx = await serveWire((request, socket) =>
    request.startsWith("POST /api/blobs/uploads?")
      ? socket.write(
          http("202 OK", "text/plain", "", `PortSIP-Upload-ID: u\r\nPortSIP-Upload-Token: ${uploadToken}\r\n`),
        )
      : socket.write(http("403 No", "application/json", refusal(request))),
  );
  await run({ baseUrl: pbx.url, token }, ({ callPark }) => [callPark.prompt.upload(wav(10), { name: "a.wav" })]);
});

test("a secret that begins with another one is masked whole", async () => {
  const transport = {
    fetch: async () => Response.json({ errors: [{ code: "UNKNOWN", message: "not k3y-and-more" }] }, { status: 400 }),
  };
  const pbx = createCallParkClient({ baseUrl: "https://pbx.example.com", token: "k3y-and-more", transport });
  const { error } = await pbx.GET("/call_park", { headers: { "X-Key": "k3y-" } });
  expect(error?.errors[0]?.message).toBe("not ***");
});
