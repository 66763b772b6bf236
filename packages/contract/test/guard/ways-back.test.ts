import { exitCodeOf } from "@callpark/contract";
import { expect, test } from "vitest";
import { bodyOf } from "../lawful/variation.ts";
import { isCallPark } from "../proxy.ts";
import { bench } from "../support.ts";

type Body = Record<string, unknown>;

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
