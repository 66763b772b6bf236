import { exitCodeOf } from "@callpark/contract";
import { expect, test } from "vitest";
import { bodyOf } from "../lawful/variation.ts";
import { isCallPark } from "../proxy.ts";
import { bench } from "../support.ts";
import { guardedBench } from "./places.ts";

type Body = Record<string, unknown>;

const forbidden = JSON.stringify({ errors: [{ code: "FORBIDDEN", message: "No more prompts" }] });

/** A PBX that does something of its own with the bodies that it takes. */
const spoiled = (spoil: (body: Body, nth: number) => Body) => {
  let posts = 0;
  return bench({
    request: (request) => {
      const body = bodyOf(request);
      if (!isCallPark(request, "POST") || body === undefined) return undefined;
      posts += 1;
      request.body = Buffer.from(JSON.stringify(spoil(body, posts)));
      return undefined;
    },
  });
};

const first = { recall_time: 240, recall_ring_group_time: 180 };

const ways: Record<string, (body: Body, nth: number) => Body> = {
  "stores both times crosswise": (body) => {
    const { recall_time: one, recall_ring_group_time: two, ...rest } = body;
    return {
      ...rest,
      ...(two !== undefined && { recall_time: two }),
      ...(one !== undefined && { recall_ring_group_time: one }),
    };
  },
  "stores one time in the other too": (body) =>
    "recall_time" in body ? { ...body, recall_ring_group_time: body["recall_time"] } : body,
  "does nothing at every second POST": (body, nth) => (nth % 2 === 0 ? {} : body),
  "stores a time one second longer": (body) =>
    typeof body["recall_time"] === "number" ? { ...body, recall_time: body["recall_time"] + 1 } : body,
};

test.each(Object.entries(ways))("a PBX that %s is brought back all the same, and fails", async (_, spoil) => {
  await using pbx = await spoiled(spoil);
  await pbx.change(first);
  const before = await pbx.settings();
  const report = await pbx.run({ write: "safe" });
  expect([report.restore.status, exitCodeOf(report)]).toEqual(["restored", 1]);
  expect(await pbx.settings()).toEqual(before);
});

test("where the prompt is not taken again, a field that only a second write brings back is back all the same", async () => {
  let own: unknown;
  let isClosed = false;
  const refusal = { status: 403, headers: { "content-type": "application/json" }, body: Buffer.from(forbidden) };
  await using pbx = await guardedBench(
    {
      request: (request) => {
        if (!isClosed || request.method !== "POST") return undefined;
        const named = isCallPark(request, "POST") ? bodyOf(request)?.["prompt_file_id"] : undefined;
        return request.path.includes("/blobs/uploads") || typeof named === "string" ? refusal : undefined;
      },
      // Its users may set no more prompts once the run has set one of its own.
      answer: ({ status }, request) => {
        const named = isCallPark(request, "POST") ? bodyOf(request)?.["prompt_file_id"] : undefined;
        if (typeof named !== "string" || status >= 300) return;
        own ??= named;
        isClosed ||= named !== own;
      },
    },
    { variants: ["settings.unknown_field.lost"] },
  );
  const before = await pbx.settings();
  const report = await pbx.run({ write: "full", only: ["call_park.post.prompt_file_id.accepts"] });
  expect([isClosed, report.restore.status, exitCodeOf(report)]).toEqual([true, "failed", 4]);
  expect(report.restore.detail).toContain(
    "The PBX did not start the upload of the prompt: it answered 403. Not as before: prompt_file_name, prompt_file_size, prompt_file_url.",
  );
  const prompt = { prompt_file_name: null, prompt_file_size: null, prompt_file_url: null };
  expect(await pbx.settings()).toEqual({ ...before, ...prompt });
});
