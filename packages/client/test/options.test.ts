/** What is written at each option: its default, and an example that runs. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compileFunction } from "node:vm";
import * as client from "@callpark/client";
import * as node from "@callpark/client/node";
import * as validators from "@callpark/validators";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { certificate } from "./certificate.ts";
import { settings } from "./faults/raw-server.ts";
import { wav } from "./prompt.ts";

interface Option {
  of: string;
  name: string;
  optional: boolean;
  doc: string;
}

const src = new URL("../src/", import.meta.url);
const options: Option[] = readdirSync(src, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .flatMap((file) => {
    const text = readFileSync(new URL(file, src), "utf8");
    return [...text.matchAll(/^export interface (\w+Options) [^{]*\{\n(.*?)^\}/gms)].flatMap(([, of = "", body = ""]) =>
      [...body.matchAll(/^ {2}(?:\/\*\*((?:(?!\*\/).)*)\*\/\n {2})?(\w+)(\?)?:/gms)].map(
        ([, doc = "", name = "", mark]) => ({
          of,
          name,
          optional: mark !== undefined,
          doc: doc.replace(/^ *\* ?/gm, ""),
        }),
      ),
    );
  });

const exampleOf = ({ doc }: Option): Promise<unknown> => {
  const names = { ...client, ...node, ...validators, readFile: () => Promise.resolve(certificate) };
  const [, text] = /@example\s+(.*)$/s.exec(doc) ?? [];
  return compileFunction(`return (async () => (${text}))();`, Object.keys(names))(...Object.values(names));
};

const baseUrl = "https://pbx.example.com:8887";
/** A PBX that has what the examples need. */
const fetch = (url: string): Promise<Response> => {
  const path = new URL(url).pathname;
  const uploads = { headers: { "PortSIP-Upload-ID": "u", "PortSIP-Upload-Token": "t" } };
  if (path.endsWith("/complete")) return Promise.resolve(Response.json({ id: "NzAw" }, { status: 201 }));
  if (path.includes("/blobs")) return Promise.resolve(new Response(null, uploads));
  return Promise.resolve(Response.json(path.endsWith("/call_park") ? settings : { count: 1, items: [{ id: "a" }] }));
};
const transport = { fetch };
const read = async (given: object) => {
  const pbx = client.createCallParkClient({ baseUrl, transport, ...given });
  expect((await client.unwrap(pbx.callPark.get())).recall_time).toBe(300);
};

/** Puts an example to its use. */
const uses: Record<string, (given: object) => Promise<void>> = {
  CoreOptions: async (given) => {
    await read(given);
    const pbx = client.createClient({ baseUrl, transport, ...given });
    expect((await client.unwrap(pbx.GET("/call_park"))).recall_time).toBe(300);
  },
  ClientOptions: read,
  CallParkClientOptions: read,
  CallOptions: async (given) => {
    const pbx = client.createCallParkClient({ baseUrl, transport });
    expect((await client.unwrap(pbx.callPark.get(given))).recall_time).toBe(300);
  },
  ListOptions: async (given) => {
    const pbx = client.createCallParkClient({ baseUrl, transport });
    expect((await pbx.callPark.groups.list(given).next()).value).toEqual({ id: "a" });
  },
  UploadOptions: async (given) => {
    const pbx = client.createCallParkClient({ baseUrl, transport, write: true });
    expect(await pbx.callPark.prompt.upload(wav(10), { name: "a.wav", ...given })).toEqual({ id: "NzAw" });
  },
  SessionOptions: async (given) => {
    await read({ token: client.createSession({ baseUrl, transport, ...(given as { tokens: client.Tokens }) }) });
  },
  NodeTransportOptions: (given) => node.createNodeTransport(given).close(),
  LockOptions: async (given) => {
    const folder = mkdtempSync(join(tmpdir(), "callpark options "));
    expect(await node.fileTokenStore(join(folder, "tokens.json"), given).lock(async () => "held")).toBe("held");
    rmSync(folder, { recursive: true });
  },
  AcquireOptions: async (given) => {
    const folder = mkdtempSync(join(tmpdir(), "callpark options "));
    await (await node.acquireLock(join(folder, "lock"), given)).release();
    rmSync(folder, { recursive: true });
  },
};

beforeEach(() => {
  vi.stubEnv("CALLPARK_TOKEN", "made-up");
  for (const name of ["log", "warn"] as const) vi.spyOn(console, name).mockReturnValue();
});
afterEach(() => vi.restoreAllMocks());

test("every interface of options that can be imported is among those tried below", () => {
  const exported = ["index.ts", "node/index.ts", "query/index.ts"].flatMap(
    (file) => readFileSync(new URL(file, src), "utf8").match(/\b[A-Z]\w+Options\b/g) ?? [],
  );
  expect(exported.sort()).toEqual(Object.keys(uses).sort());
  expect(Object.keys(uses).filter((name) => !options.some(({ of }) => of === name))).toEqual([]);
});

test.each(options.filter(({ of }) => of in uses))(
  "$of.$name says its default, and its example runs",
  async (option) => {
    if (option.optional) expect(option.doc).toMatch(/^@default \S/m);
    expect(option.doc).toMatch(/^@example \S/m);
    await uses[option.of]?.({ [option.name]: await exampleOf(option) });
  },
);
