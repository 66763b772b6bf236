import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createCallParkClient, OutcomeUnknownError } from "@callpark/client";
import { createNodeTransport } from "@callpark/client/node";
import { expect, test } from "vitest";
import { wav } from "../prompt.ts";

/** A PBX at which so many parts stall: their connection stays open, their bytes are not read, no answer comes. */
const serveStalling = async (stalls: number) => {
  const steps: string[] = [];
  let left = stalls;
  let size = 0;
  const server = createServer(async (request, response) => {
    const step = new URL(request.url ?? "", "http://pbx").pathname.split("/").pop() ?? "";
    steps.push(step);
    if (step === "append" && left > 0) {
      left -= 1;
      request.on("error", () => undefined).pause();
      return;
    }
    for await (const part of request) size += step === "append" ? part.length : 0;
    const head = { "PortSIP-Upload-ID": "u1", "PortSIP-Upload-Token": "t1", Range: `0-${Math.max(size - 1, 0)}` };
    if (step === "complete") response.writeHead(201, { "Content-Type": "application/json" }).end('{"id":"file"}');
    else response.writeHead(204, head).end();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    steps,
    size: () => size,
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

const file = wav(300_000);
const upload = async (baseUrl: string, progress: number[]) => {
  await using transport = createNodeTransport({ proxy: false });
  const options = { baseUrl, token: "t0ken", transport, write: true, timeout: { attempt: 150 } };
  const client = createCallParkClient(options);
  const onProgress = ({ sent }: { sent: number }) => void progress.push(sent);
  return await client.callPark.prompt.upload(file, { name: "hold.wav", onProgress });
};

test("F54: an upload that stalls is aborted, and resumed where the PBX says it is", async () => {
  await using pbx = await serveStalling(1);
  const progress: number[] = [];
  expect(await upload(pbx.url, progress)).toEqual({ id: "file" });
  expect(pbx.steps).toEqual(["uploads", "append", "status", "append", "append", "complete"]);
  expect(progress).toEqual([0, 262_144, file.length]);
  expect(pbx.size()).toBe(file.length);
});

test("F54: an upload that goes on stalling is given up and destroyed", async () => {
  await using pbx = await serveStalling(99);
  const error: unknown = await upload(pbx.url, []).catch((one: unknown) => one);
  expect(error).toBeInstanceOf(OutcomeUnknownError);
  expect(error).toMatchObject({ cause: { name: "TimedOutError" } });
  expect(pbx.steps.filter((step) => step === "append").length).toBeGreaterThan(1);
  expect(pbx.steps.at(-1)).toBe("destroy");
});
