import { createCallParkClient, toUpdate, unwrap } from "@callpark/client";
import { expect, test } from "vitest";
import { globex, start, tokenOf } from "./support.ts";

test("the client reads the settings and writes them back, which changes nothing even where a POST replaces", async () => {
  const pbx = await start({ semantics: "replace" });
  const client = createCallParkClient({ baseUrl: pbx.url, token: await tokenOf(pbx, globex), write: true });
  const before = await unwrap(client.GET("/call_park"));
  await unwrap(client.POST("/call_park", { body: toUpdate(before) }));
  expect(await unwrap(client.GET("/call_park"))).toEqual(before);
});

test("the client gets the PBX's reasons", async () => {
  const pbx = await start();
  const client = createCallParkClient({ baseUrl: pbx.url, token: await tokenOf(pbx), write: true });
  const { error, response } = await client.POST("/call_park", { body: { recall_time: 59 } });
  expect([response.status, error]).toEqual([
    400,
    {
      errors: [
        { code: "VALIDATE_FAILED", message: "recall_time must be at least 60", detail: { field: "recall_time" } },
      ],
    },
  ]);
});
