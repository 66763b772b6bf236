import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { exitCodeOf } from "@callpark/contract";
import { expect, test } from "vitest";
import { edit, isCallPark } from "../proxy.ts";
import { guardedBench, times } from "./places.ts";

const safe = { write: "safe", only: times } as const;

/** Another server, and what came to it. */
const elsewhere = async () => {
  const came: string[] = [];
  const server = createServer((request, response) => {
    came.push(`${request.method} ${request.url} ${request.headers.authorization}`);
    response.end("{}");
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    came,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

test("F41, F43: where a write is redirected to another host or to itself, it is not followed, and all is as it was", async () => {
  await using other = await elsewhere();
  for (const to of [`${other.url}/api/call_park`, "/api/call_park"]) {
    await using pbx = await guardedBench({
      request: (request) =>
        isCallPark(request, "POST") ? { status: 307, headers: { location: to }, body: Buffer.of() } : undefined,
    });
    const before = await pbx.settings();
    const report = await pbx.run(safe);
    expect([exitCodeOf(report), report.restore.status]).toEqual([1, "restored"]);
    expect(pbx.proxy.requests.filter((request) => isCallPark(request, "POST"))).toHaveLength(1);
    expect(await pbx.settings()).toEqual(before);
  }
  expect(other.came).toEqual([]);
});

test("F53: a prompt that is said to be elsewhere is not fetched, with the token or without, and nothing is written", async () => {
  await using other = await elsewhere();
  await using pbx = await guardedBench({
    answer: (answer, request) => {
      if (isCallPark(request, "GET") && answer.status === 200)
        edit(answer, (body) => Object.assign(body, { prompt_file_url: `${other.url}/api/blobs/1` }));
    },
  });
  const report = await pbx.run(safe);
  expect(report.checks.map(({ status }) => status)).not.toContain("passed");
  expect(report.restore.status).toBe("not-needed");
  expect([other.came, pbx.proxy.requests.filter(({ method }) => method === "POST")]).toEqual([[], []]);
});

test("F54: an upload that stops half way is destroyed, and all is as it was", async () => {
  await using pbx = await guardedBench({
    request: ({ path }) => {
      if (path.endsWith("/append")) throw new Error("cut");
      return undefined;
    },
  });
  const before = await pbx.settings();
  const report = await pbx.run({ write: "full", only: ["call_park.post.prompt_file_id"] });
  expect([exitCodeOf(report), report.restore.status]).toEqual([1, "restored"]);
  const uploads = pbx.proxy.requests.map(({ path }) => path).filter((path) => path.includes("/blobs/uploads"));
  const attempt = [/\/blobs\/uploads\?filename=/, /\/append$/, /\/destroy$/].map((path) => expect.stringMatching(path));
  // The check is made once more where no answer came.
  expect(uploads).toEqual([...attempt, ...attempt]);
  expect(await pbx.settings()).toEqual(before);
});
