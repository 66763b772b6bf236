import { connect } from "node:net";
import { createCallParkClient } from "@callpark/client";
import { validateCallPark } from "@callpark/validators";
import { expect, test } from "vitest";
import { type MockError, NodeTooOldError, PortTakenError, startMock } from "../src/index.ts";
import { requireNodeForPrism } from "../src/node-version.ts";

const json = { Authorization: "Bearer any", "Content-Type": "application/json" };

test("it listens on a free port of this machine alone", async () => {
  await using mock = await startMock();
  expect(mock.url).toMatch(/^http:\/\/127\.0\.0\.1:[1-9]\d*$/);
});

test("a client made with its URL reads and writes", async () => {
  await using mock = await startMock();
  const pbx = createCallParkClient({ baseUrl: mock.url, token: "any", write: true });
  const read = await pbx.GET("/call_park");
  expect(validateCallPark(read.data)).toEqual([]);
  const written = await pbx.POST("/call_park", { body: { recall_to: "USER_ONLY" } });
  expect([written.response.status, written.error]).toEqual([200, undefined]);
});

test("each path is there with and without /api", async () => {
  await using mock = await startMock();
  const answers = await Promise.all(
    ["/call_park", "/api/call_park"].map(async (path) => (await fetch(mock.url + path, { headers: json })).json()),
  );
  expect(answers[0]).toEqual(answers[1]);
});

test("an unknown path is Prism's 404, a method that is not documented its 405", async () => {
  await using mock = await startMock();
  const unknown = await fetch(`${mock.url}/api/nowhere`);
  expect([unknown.status, unknown.headers.get("Content-Type")]).toEqual([404, "application/problem+json"]);
  const undocumented = await fetch(`${mock.url}/api/call_park`, { method: "DELETE" });
  expect([undocumented.status, undocumented.headers.get("Content-Type")]).toEqual([405, "application/problem+json"]);
});

test("a body that breaks a rule is refused with the documented 422, and a header names the rule", async () => {
  await using mock = await startMock();
  const response = await fetch(`${mock.url}/api/call_park`, {
    method: "POST",
    headers: json,
    body: '{"recall_time":5}',
  });
  expect(response.status).toBe(422);
  expect(JSON.parse(response.headers.get("sl-violations") ?? "")).toMatchObject([
    { location: ["request", "body", "recall_time"], code: "minimum" },
  ]);
});

test("dynamic answers hold the schema", async () => {
  await using mock = await startMock({ dynamic: true });
  const response = await fetch(`${mock.url}/api/call_park`, { headers: json });
  expect(response.status).toBe(200);
  expect(validateCallPark(await response.json())).toEqual([]);
});

test("it is what the asked version is", async () => {
  await using old = await startMock({ version: "22.0" });
  await using current = await startMock({ version: "22.6" });
  const notifies = async (url: string) =>
    "send_notification_to_parker" in Object(await (await fetch(`${url}/api/call_park`, { headers: json })).json());
  expect([await notifies(old.url), await notifies(current.url)]).toEqual([false, true]);
  const status = async (url: string) =>
    (await fetch(`${url}/api/auth/sign_out`, { method: "POST", headers: json })).status;
  expect([await status(old.url), await status(current.url)]).toEqual([404, 200]);
});

test("a taken port is named", async () => {
  await using mock = await startMock();
  const port = Number(new URL(mock.url).port);
  const error = await startMock({ port }).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(PortTakenError);
  expect((error as PortTakenError).message).toBe(
    `Port ${port} of 127.0.0.1 is taken: stop what listens there, or give another port (0 takes a free one)`,
  );
});

test("a port that cannot be is named", async () => {
  const error = await startMock({ port: 70_000 }).catch((reason: unknown) => reason);
  expect((error as MockError).name).toBe("MockError");
  expect((error as MockError).message).toContain("The mock cannot listen on port 70000 of 127.0.0.1: ");
});

test("close drops kept connections and frees the port, and may be called again", async () => {
  const mock = await startMock();
  const port = Number(new URL(mock.url).port);
  const socket = connect(port, "127.0.0.1");
  const dropped = new Promise((resolve) => socket.once("close", resolve));
  await new Promise((resolve) => socket.once("connect", resolve));
  await fetch(`${mock.url}/call_park`, { headers: json });
  await mock.close();
  await mock.close();
  await dropped;
  await using again = await startMock({ port });
  expect(again.url).toBe(mock.url);
});

test("what Prism says is logged, a line at a time", async () => {
  const lines: string[] = [];
  await using mock = await startMock({ log: (line) => lines.push(line) });
  await fetch(`${mock.url}/api/nowhere`);
  expect(lines).toEqual([
    "info GET /api/nowhere: Request received",
    expect.stringMatching(/^error GET \/api\/nowhere: .*no path matched$/),
  ]);
});

test.each(["22.19.0", "24.17.9", "20.20.1"])("Node %s is refused by name", (running) => {
  expect(() => requireNodeForPrism(running)).toThrow(NodeTooOldError);
  expect(() => requireNodeForPrism(running)).toThrow(
    `The mock needs Node >=24.18.0 because of Prism, and this is Node ${running}: run it with a newer Node`,
  );
});

test.each(["24.18.0", "24.21.0", "26.0.0"])("Node %s is taken", (running) => {
  expect(requireNodeForPrism(running)).toBeUndefined();
});

test.each(["21", "all"])("a version that there is not is refused with those that there are: %j", async (version) => {
  await expect(startMock({ version } as never)).rejects.toMatchObject({
    name: "MockError",
    message: `There is no version ${JSON.stringify(version)}: choose "22.0" or "22.2" or "22.6", or leave it out for all of them in one`,
  });
});
