import { createCallParkClient, unwrap } from "@callpark/client";
import { expect, test } from "vitest";
import { start, tokenOf } from "./support.ts";

test("a PBX that listens nowhere is asked by its own fetch, the client's too", async () => {
  const pbx = await start({ listen: false });
  expect([pbx.url, pbx.port]).toEqual(["http://sandbox.invalid", 0]);
  const transport = { fetch: pbx.fetch };
  const client = createCallParkClient({ baseUrl: pbx.url, token: await tokenOf(pbx), write: true, transport });
  await unwrap(client.POST("/call_park", { body: { recall_time: 77 } }));
  expect((await unwrap(client.GET("/call_park"))).recall_time).toBe(77);
  const { response, error } = await client.POST("/call_park", { body: { recall_time: 1 } });
  expect([response.status, error?.errors[0]?.code]).toEqual([400, "VALIDATE_FAILED"]);
});

test("both ways lead to the same PBX", async () => {
  const pbx = await start();
  const headers = { Authorization: `Bearer ${await tokenOf(pbx)}`, "Content-Type": "application/json" };
  const body = JSON.stringify({ recall_time: 77 });
  expect((await pbx.fetch("/api/call_park", { method: "POST", headers, body })).status).toBe(200);
  const answers = await Promise.all([
    pbx.fetch("/api/call_park", { headers }),
    fetch(`${pbx.apiUrl}/call_park`, { headers }),
  ]);
  const [inside, outside] = await Promise.all(
    answers.map(async (answer) => [answer.status, answer.url, answer.headers.get("content-type"), await answer.json()]),
  );
  expect(inside).toEqual(outside);
});

test("an answer with no content, and the bytes of a file", async () => {
  const pbx = await start();
  const headers = { Authorization: `Bearer ${await tokenOf(pbx)}` };
  const begun = await pbx.fetch(new URL("/api/blobs/uploads", pbx.url), { method: "POST", headers });
  const destroy = `/api/blobs/uploads/${begun.headers.get("portsip-upload-id")}/destroy`;
  expect((await pbx.fetch(destroy, { method: "POST", headers })).status).toBe(204);
  const settings = (await (await pbx.fetch("/api/call_park", { headers })).json()) as { prompt_file_url: string };
  expect((await (await pbx.fetch(settings.prompt_file_url)).arrayBuffer()).byteLength).toBe(16_044);
});

test("another origin is not reached", async () => {
  const pbx = await start();
  await expect(pbx.fetch("http://127.0.0.1:1/api/info")).rejects.toThrow(
    new TypeError(`This fetch reaches ${pbx.url} alone, and not http://127.0.0.1:1: use the global one`),
  );
});

test("a request that is given up rejects with its reason, at once or on the way", async () => {
  const pbx = await start({ latency: 10_000 });
  const given = pbx.fetch("/api/info", { signal: AbortSignal.abort(new Error("enough")) });
  await expect(given).rejects.toThrow(new Error("enough"));
  const controller = new AbortController();
  const waiting = pbx.fetch("/api/info", { signal: controller.signal });
  controller.abort(new Error("later"));
  await expect(waiting).rejects.toThrow(new Error("later"));
});
