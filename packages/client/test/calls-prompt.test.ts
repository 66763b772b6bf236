import { createCallParkClient } from "@callpark/client";
import { expect, test } from "vitest";
import { json, serve } from "./server.ts";

const download = (baseUrl: string) => createCallParkClient({ baseUrl, token: "t0ken" }).callPark.prompt.download;

test("the prompt is read from below the base URL, without the token", async () => {
  const bytes = Buffer.from([0, 255, 128, 10]);
  await using pbx = await serve(({ url }, response) =>
    url === "/pbx/api/call_park"
      ? json(response, 200, { prompt_file_url: "/api/blobs/WexWdAbc" })
      : response.writeHead(200, { "Content-Type": "application/octet-stream" }).end(bytes),
  );
  expect(await download(`${pbx.url}/pbx`)()).toEqual(new Uint8Array(bytes));
  expect(pbx.requests.map(({ path, headers }) => [path, headers.authorization])).toEqual([
    ["/pbx/api/call_park", "Bearer t0ken"],
    ["/pbx/api/blobs/WexWdAbc", undefined],
  ]);
});

test("no prompt is undefined", async () => {
  await using pbx = await serve((_, response) => json(response, 200, { prompt_file_url: null }));
  expect(await download(pbx.url)()).toBeUndefined();
});

test.each([
  "https://elsewhere.example.com/api/blobs/a",
  "//elsewhere.example.com/api/blobs/a",
  "/api/blobs/..",
  "/api/blobs/a/../../tenants",
  "/api/blobs/a%2Fb",
  "/api/blobs/a?b",
  "/api/call_park",
  "/api/blobs/",
])("a prompt at %s is not fetched", async (prompt_file_url) => {
  await using pbx = await serve((_, response) => json(response, 200, { prompt_file_url }));
  await expect(download(pbx.url)()).rejects.toThrow(
    "Not a documented answer (prompt_file_url is no path below /api/blobs, so it is not fetched): GET /call_park",
  );
  expect(pbx.requests).toHaveLength(1);
});

test("a prompt that is gone is the PBX's refusal", async () => {
  await using pbx = await serve(({ url }, response) =>
    url === "/api/call_park"
      ? json(response, 200, { prompt_file_url: "/api/blobs/a" })
      : json(response, 404, { errors: [{ code: "UNKNOWN", message: "No such file" }] }),
  );
  await expect(download(pbx.url)()).rejects.toMatchObject({ name: "RefusedError", status: 404 });
});

test("a download is aborted while its bytes come", async () => {
  const controller = new AbortController();
  await using pbx = await serve(({ url }, response) => {
    if (url === "/api/call_park") return json(response, 200, { prompt_file_url: "/api/blobs/a" });
    response.writeHead(200, { "Content-Type": "application/octet-stream", "Content-Length": "1000" });
    response.write("RIFF", () => controller.abort(new Error("enough")));
  });
  await expect(download(pbx.url)({ signal: controller.signal })).rejects.toThrow("enough");
});
