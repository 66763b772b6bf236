import { createCallParkClient, type RequestEvent, type ResponseEvent } from "@callpark/client";
import { expect, test } from "vitest";
import { json, serve } from "./server.ts";

const reason = new Error("enough");
const abortSoon = () => {
  const controller = new AbortController();
  setImmediate(() => controller.abort(reason));
  return controller.signal;
};

test("a signal that is aborted already sends nothing", async () => {
  await using pbx = await serve((_, response) => json(response, 200, {}));
  const { callPark } = createCallParkClient({ baseUrl: pbx.url });
  await expect(callPark.get({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  expect(pbx.requests).toEqual([]);
});

test("a signal ends a call that waits for its answer", async () => {
  const controller = new AbortController();
  await using pbx = await serve(() => controller.abort(reason));
  await expect(createCallParkClient({ baseUrl: pbx.url }).callPark.get({ signal: controller.signal })).rejects.toBe(
    reason,
  );
});

test("a signal ends a call that waits for the budget, and leaves the others their turn", async () => {
  await using pbx = await serve((_, response) => json(response, 200, {}));
  const { callPark } = createCallParkClient({ baseUrl: pbx.url, budget: 600 });
  const first = Array.from({ length: 12 }, () => callPark.get());
  const aborted = callPark.get({ signal: abortSoon() });
  const next = callPark.get();
  await expect(aborted).rejects.toBe(reason);
  expect((await next).response.status).toBe(200);
  await Promise.all(first);
  expect(pbx.requests).toHaveLength(13);
});

test("a signal ends a call that waits to be tried again", async () => {
  const controller = new AbortController();
  await using pbx = await serve((_, response) => {
    json(response, 503, {});
    response.on("finish", () => setTimeout(() => controller.abort(reason), 20));
  });
  await expect(
    createCallParkClient({ baseUrl: pbx.url, retry: 99 }).callPark.get({ signal: controller.signal }),
  ).rejects.toBe(reason);
});

test("a signal ends a call that the PBX asked for patience", async () => {
  await using pbx = await serve((_, response) => json(response, 429, {}, { "Retry-After": "30" }));
  const controller = new AbortController();
  const { callPark } = createCallParkClient({
    baseUrl: pbx.url,
    onResponse: () => setImmediate(() => controller.abort(reason)),
  });
  await expect(callPark.get({ signal: controller.signal })).rejects.toBe(reason);
  expect(pbx.requests).toHaveLength(1);
});

test("a signal ends a call that waits for its token, from a function or from a session that renews it", async () => {
  await using pbx = await serve((_, response) => json(response, 401, {}));
  const never = new Promise<never>(() => undefined);
  const slow = createCallParkClient({ baseUrl: pbx.url, token: () => never });
  await expect(slow.callPark.get({ signal: abortSoon() })).rejects.toBe(reason);
  const controller = new AbortController();
  const renewing = createCallParkClient({
    baseUrl: pbx.url,
    token: {
      token: () => "t",
      renew: () => {
        controller.abort(reason);
        return never;
      },
    },
  });
  await expect(renewing.callPark.get({ signal: controller.signal })).rejects.toBe(reason);
});

test("the client's own signal ends every call", async () => {
  const controller = new AbortController();
  await using pbx = await serve(() => controller.abort(reason));
  const client = createCallParkClient({ baseUrl: pbx.url, signal: controller.signal });
  await expect(client.callPark.get({ signal: new AbortController().signal })).rejects.toBe(reason);
  await expect(client.tenants.list().next()).rejects.toBe(reason);
});

test("hooks are told of each attempt, without query, header or body", async () => {
  const statuses = [503, 200];
  await using pbx = await serve((_, response) => json(response, statuses.shift() ?? 200, { count: 0, items: [] }));
  const requests: RequestEvent[] = [];
  const responses: ResponseEvent[] = [];
  const client = createCallParkClient({
    baseUrl: pbx.url,
    token: "t0ken",
    onRequest: (event) => requests.push(event),
    onResponse: (event) => responses.push(event),
  });
  await client.callPark.groups.list({ search: "ann" }).next();
  const event = { operation: "GET /call_park_groups", url: `${pbx.url}/api/call_park_groups` };
  expect(requests).toEqual([
    { ...event, attempt: 1 },
    { ...event, attempt: 2 },
  ]);
  expect(responses).toEqual([
    { ...event, attempt: 1, status: 503, duration: expect.any(Number) },
    { ...event, attempt: 2, status: 200, duration: expect.any(Number) },
  ]);
});

test("hooks are told why no answer came", async () => {
  await using pbx = await serve(({ socket }) => socket.destroy());
  const responses: ResponseEvent[] = [];
  const client = createCallParkClient({ baseUrl: pbx.url, retry: 1, onResponse: (event) => responses.push(event) });
  await expect(client.callPark.get()).rejects.toMatchObject({ name: "UnreachableError" });
  expect(responses.map(({ status, error }) => [status, error?.message])).toEqual([[undefined, "fetch failed"]]);
});
