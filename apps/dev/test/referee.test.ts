import { createHash } from "node:crypto";
import { verify } from "@callpark/contract";
import { type Sandbox, startSandbox, type VersionLine } from "@callpark/sandbox";
import openapi220 from "@callpark/spec/22.0";
import openapi222 from "@callpark/spec/22.2";
import openapi226 from "@callpark/spec/22.6";
import { expect, onTestFinished, test } from "vitest";
import { type Referee, startReferee } from "./support/referee.ts";

const documents = { "22.0": openapi220, "22.2": openapi222, "22.6": openapi226 };
const minutes = 60_000;

const open = async (version: VersionLine, options: Parameters<typeof startSandbox>[0] = {}) => {
  const pbx = await startSandbox({ version, ...options });
  onTestFinished(() => pbx.close());
  const referee = await startReferee(pbx.url, version);
  onTestFinished(() => referee[Symbol.asyncDispose]());
  return { pbx, referee };
};

/** Whatever the contract run does not ask for: sessions, the system administrator, what is refused. */
const askTheRest = async ({ url }: Referee, pbx: Sandbox) => {
  const call = async (method: string, path: string, token?: string, extra: RequestInit = {}) => {
    const headers = { ...(token && { Authorization: `Bearer ${token}` }), ...(extra.headers as object) };
    const answer = await fetch(`${url}/api${path}`, { method, ...extra, headers });
    const text = await answer.text();
    const isJson = answer.headers.get("content-type") === "application/json";
    return { status: answer.status, headers: answer.headers, body: isJson ? JSON.parse(text) : undefined };
  };
  const json = (body: unknown) => ({ headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
  const system = pbx.accounts.find(({ role }) => role === "system administrator");
  const challenged = pbx.accounts.find(({ twoFactor }) => twoFactor);
  const { accessToken } = await pbx.signIn();

  if (pbx.version === "22.0") {
    const client_id = "9d806019-75b2-4b3d-bb8b-f5a3a412cc0a";
    const form = { scope: "all", client_id };
    const ask = (more: object) =>
      call("POST", "/login/oauth/token", undefined, { body: new URLSearchParams({ ...form, ...more }) });
    const password = { grant_type: "password", username: "admin", password: "acme-park-1", domain: "acme.example" };
    const { body } = await ask(password);
    await ask({ grant_type: "refresh_token", refresh_token: body.refresh_token });
    await ask({ grant_type: "refresh_token", refresh_token: body.refresh_token });
    await ask({ ...password, username: challenged?.username, password: challenged?.password });
    await ask({ ...password, password: "wrong" });
  } else {
    const signIn = (body: object) => call("POST", "/auth/sign_in", undefined, json(body));
    const { body } = await signIn({ username: "admin", password: "acme-park-1", domain: "acme.example" });
    await signIn({ username: challenged?.username, password: challenged?.password, domain: challenged?.domain });
    await signIn({ username: "admin", password: "wrong" });
    await signIn({ username: "admin" });
    const refresh = json({ refresh_token: body.refresh_token });
    const renewed = await call("POST", "/auth/refresh_token", undefined, refresh);
    await call("POST", "/auth/refresh_token", undefined, refresh);
    await call("POST", "/auth/sign_out", renewed.body.access_token);
  }

  const administrator = (await pbx.signIn(system)).accessToken;
  await call("GET", "/call_park", administrator);
  const { body: tenants } = await call("GET", "/tenants?top=1", administrator);
  await call("POST", `/tenants/switch?id=${tenants.items[0].id}`, administrator);
  await call("POST", "/tenants/switch?id=bm9uZQ", administrator);
  await call("GET", "/admin/status", administrator);
  await call("GET", "/admin/status", accessToken);
  await call("GET", "/extension_numbers/1001", accessToken);
  await call("GET", "/extension_numbers/999", accessToken);
  await call("GET", "/ring_groups?top=0", accessToken);
  await call("GET", "/blobs/nothing");
  await call("GET", "/call_park");

  const group = json({ name: "Refereed", recall_to: "USER_ONLY" });
  const { id } = (await call("POST", "/call_park_groups", accessToken, group)).body;
  await call("POST", "/call_park_groups", accessToken, group);
  await call("GET", `/call_park_groups/${id}`, accessToken);
  await call("POST", `/call_park_groups/${id}`, accessToken, group);
  await call("POST", `/call_park_groups/${id}/members/1003`, accessToken);
  await call("GET", `/call_park_groups/${id}/members`, accessToken);
  await call("POST", `/call_park_groups/${id}/members/1003/destroy`, accessToken);
  await call("POST", `/call_park_groups/${id}/destroy`, accessToken);
  await call("GET", "/call_park_groups/bm9uZQ", accessToken);

  const bytes = new Uint8Array([1, 2, 0xff]);
  const octets = (upload: Headers) => ({
    headers: {
      "Content-Type": "application/octet-stream",
      "PortSIP-Upload-Token": upload.get("portsip-upload-token") ?? "",
    },
    body: bytes,
  });
  const begin = async () => (await call("POST", "/blobs/uploads?filename=a.wav", accessToken)).headers;
  const [one, other] = [await begin(), await begin()];
  const path = (upload: Headers) => `/blobs/uploads/${upload.get("portsip-upload-id")}`;
  await call("GET", `${path(one)}/status`, accessToken, { headers: octets(one).headers });
  const { headers: next } = await call("POST", `${path(one)}/append`, accessToken, octets(one));
  const digest = createHash("sha256").update(bytes).update(bytes).digest("hex");
  await call("POST", `${path(one)}/complete?digest=${"0".repeat(64)}`, accessToken, octets(next));
  await call("POST", `${path(one)}/complete?digest=${digest}`, accessToken, octets(next));
  await call("POST", `${path(other)}/destroy`, accessToken, { headers: octets(other).headers });
};

/** The operations that Prism has seen succeed, as the document writes them. */
const succeeded = ({ rulings }: Referee, version: VersionLine): string[] => {
  const templates = Object.keys(documents[version].paths).toSorted(
    (one, other) => one.split("{").length - other.split("{").length,
  );
  const ofPath = (path: string) =>
    templates.find((template) => new RegExp(`^/api${template.replaceAll(/\{\w+\}/g, "[^/]+")}$`).test(path));
  const seen = rulings.filter(({ status, refereed }) => refereed && status < 300);
  return [...new Set(seen.map(({ method, path }) => `${method} ${ofPath(path)}`))].sort();
};

const operationsOf = (version: VersionLine): string[] =>
  Object.entries(documents[version].paths)
    .flatMap(([path, item]) =>
      ["get", "post"].filter((method) => method in item).map((method) => `${method.toUpperCase()} ${path}`),
    )
    .sort();

test.each(["22.0", "22.2", "22.6"] as const)(
  "Prism, before the sandbox of %s through a whole contract run and the rest, finds no answer that breaks the document",
  async (version) => {
    const { pbx, referee } = await open(version);
    const { accessToken: token, refreshToken } = await pbx.signIn();
    const { accessToken: otherToken } = await pbx.signIn({ username: "admin", domain: "globex.example" });
    const report = await verify({ url: referee.url, token, refreshToken, otherToken }, { version, write: "full" });
    expect(report.checks.filter(({ status }) => status === "failed" || status === "error")).toEqual([]);
    await askTheRest(referee, pbx);

    expect(referee.rulings.filter(({ violations }) => violations.length > 0)).toEqual([]);
    expect(succeeded(referee, version)).toEqual(operationsOf(version));
    // Nothing but JSON that is none went round it.
    const around = referee.rulings.filter(({ refereed }) => !refereed);
    for (const { body } of around) expect(() => JSON.parse(body)).toThrow(SyntaxError);
    expect(around.length).toBeLessThan(referee.rulings.length / 20);
  },
  4 * minutes,
);

test("a rate limit's refusal holds as well", async () => {
  const { referee } = await open("22.6", { rateLimit: 1 });
  for (const status of [200, 429]) expect((await fetch(`${referee.url}/api/info`)).status).toBe(status);
  expect(referee.rulings.map(({ refereed, violations }) => [refereed, violations])).toEqual([
    [true, []],
    [true, []],
  ]);
});

test("Prism would have seen an answer that breaks the document", async () => {
  const { pbx, referee } = await open("22.6", { faults: ["call_park.get.answer.recall_time.above_maximum"] });
  const headers = { Authorization: `Bearer ${(await pbx.signIn()).accessToken}` };
  await fetch(`${referee.url}/api/call_park`, { headers });
  expect(referee.rulings[0]?.violations).toMatchObject([
    { location: ["response", "body", "recall_time"], code: "maximum" },
  ]);
});
