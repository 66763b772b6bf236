import { ConfigurationError, createCallParkClient, OutcomeUnknownError, RefusedError } from "@callpark/client";
import { expect, test } from "vitest";
import { serveBlobs } from "./blobs.ts";
import { wav } from "./prompt.ts";

const part = 256 * 1024;
const upload = (baseUrl: string) => createCallParkClient({ baseUrl, token: "t", write: true }).callPark.prompt.upload;
/** Cuts the connection at the first steps of a name. */
const cutAt = (name: string, times: number) => {
  let left = times;
  return (request: { socket: { destroy: () => void } }, _: unknown, step: string) => {
    if (!step.startsWith(name) || left === 0) return false;
    left -= 1;
    request.socket.destroy();
    return true;
  };
};

test("a file is sent in parts, with the newest token each, and completed with its digest", async () => {
  await using pbx = await serveBlobs();
  const bytes = wav(part + 1000);
  const seen: unknown[] = [];
  expect(await upload(pbx.url)(bytes, { name: "a b.wav", onProgress: (event) => seen.push(event) })).toEqual({
    id: "file",
  });
  expect(pbx.arrived()).toEqual(Buffer.from(bytes));
  expect(pbx.steps).toEqual(["start", `append 0+${part} t0`, `append ${part}+1044 t1`, "complete t2"]);
  expect(seen).toEqual([
    { sent: part, total: part + 1044 },
    { sent: part + 1044, total: part + 1044 },
  ]);
});

test("blanks around the values of a PBX's headers are no part of them", async () => {
  await using pbx = await serveBlobs((_, response, step) => {
    if (step !== "start") return false;
    response
      .writeHead(202, { "PortSIP-Upload-ID": "upload \t ", "PortSIP-Upload-Token": "t0 \t", Range: "0-0 " })
      .end();
    return true;
  });
  expect(await upload(pbx.url)(wav(3000), { name: "a.wav" })).toEqual({ id: "file" });
  expect(pbx.steps).toEqual(["start", "append 0+3044 t0", "complete t1"]);
});

test("a PBX that takes shorter parts gets shorter ones", async () => {
  await using pbx = await serveBlobs(undefined, { longestPart: 1500 });
  const bytes = wav(3000);
  const sent: number[] = [];
  await upload(pbx.url)(bytes, { name: "a.wav", onProgress: (event) => sent.push(event.sent) });
  expect(pbx.arrived()).toEqual(Buffer.from(bytes));
  expect(pbx.steps).toEqual([
    "start",
    "append 0+3044 t0",
    "append 0+1522 t0",
    "append 0+761 t0",
    "append 761+761 t1",
    "append 1522+761 t2",
    "append 2283+761 t3",
    "complete t4",
  ]);
  expect(sent).toEqual([0, 0, 761, 1522, 2283, 3044]);
});

test("a PBX that takes no part is asked no more once a part is 1 KiB", async () => {
  await using pbx = await serveBlobs(undefined, { longestPart: 0 });
  const attempt = upload(pbx.url)(wav(3000), { name: "a.wav" });
  await expect(attempt).rejects.toThrow("Refused by the PBX with 413 (VALIDATE_FAILED: part): ");
  expect(pbx.steps).toEqual(["start", "append 0+3044 t0", "append 0+1522 t0", "append 0+761 t0", "destroy"]);
});

test("a stream is sent as its bytes are", async () => {
  await using pbx = await serveBlobs();
  const bytes = wav(1000);
  const stream = new Blob([bytes.subarray(0, 100), bytes.subarray(100)]).stream();
  expect(await upload(pbx.url)(stream, { name: "a.wav" })).toEqual({ id: "file" });
  expect(pbx.arrived()).toEqual(Buffer.from(bytes));
});

const what = "give a WAV file in PCM, 16 bit, 1 channel, at 16000, 32000, 48000 Hz";
test.each<[string, Uint8Array]>([
  ["it is no WAV file", new Uint8Array(0)],
  ["it is no WAV file", new TextEncoder().encode("ID3 and the rest of an MP3")],
  ["it has no format chunk", wav(0).subarray(0, 12)],
  ["it has no format chunk", wav(0).subarray(0, 30)],
  ["it is not PCM", wav(100, { encoding: 7 })],
  ["it has 8 bit samples", wav(100, { bits: 8 })],
  ["it has 2 channels", wav(100, { channels: 2 })],
  ["its sample rate is 8000 Hz", wav(100, { rate: 8000 })],
  ["its sample rate is 44100 Hz", wav(100, { rate: 44_100 })],
])("nothing is sent of a file where %s", async (reason, bytes) => {
  await using pbx = await serveBlobs();
  const attempt = upload(pbx.url)(bytes, { name: "a.wav" });
  await expect(attempt).rejects.toThrow(new ConfigurationError(`The prompt cannot be used (${reason}): ${what}`));
  expect(pbx.steps).toEqual([]);
});

test.each([16_000, 32_000, 48_000])("%i Hz is sent, also with another chunk before the format", async (rate) => {
  await using pbx = await serveBlobs();
  expect(await upload(pbx.url)(wav(100, { rate, before: 20 }), { name: "a.wav" })).toEqual({ id: "file" });
});

test("a part whose answer is lost is not sent again where it has arrived", async () => {
  await using pbx = await serveBlobs(cutAt("append", 1));
  const seen: number[] = [];
  await upload(pbx.url)(wav(part), { name: "a.wav", onProgress: ({ sent }) => seen.push(sent) });
  expect(pbx.steps).toEqual(["start", `append 0+${part} t0`, "status", `append ${part}+44 t1`, "complete t2"]);
  expect(seen).toEqual([part, part + 44]);
});

test("an upload of which nothing has arrived begins at its first byte", async () => {
  let cut = true;
  await using pbx = await serveBlobs((_, response, step) => {
    if (step === "start") {
      // The token that is told is not the one that the PBX takes: the part is cut and does not count.
      response.writeHead(202, { "PortSIP-Upload-ID": "u", "PortSIP-Upload-Token": "old", Range: "0-0" }).end();
      return true;
    }
    if (!cut || !step.startsWith("append")) return false;
    cut = false;
    response.socket?.destroy();
    return true;
  });
  expect(await upload(pbx.url)(wav(100), { name: "a.wav" })).toEqual({ id: "file" });
  expect(pbx.steps).toEqual(["start", "append 0+144 old", "status", "append 0+144 t0", "complete t1"]);
});

test("an upload whose completion is lost, and that is still open, is completed again", async () => {
  await using pbx = await serveBlobs(cutAt("complete", 1));
  expect(await upload(pbx.url)(wav(100), { name: "a.wav" })).toEqual({ id: "file" });
  expect(pbx.steps).toEqual(["start", "append 0+144 t0", "complete t1", "status", "complete t1"]);
});

test("an upload whose completion is lost, and that is open no more, has an unknown outcome", async () => {
  await using pbx = await serveBlobs((request, response, step) => {
    if (step === "status") response.writeHead(404, { "Content-Type": "application/json" });
    if (step === "status") response.end('{"errors":[{"code":"UNKNOWN","message":"no such upload"}]}');
    return step === "status" || cutAt("complete", 1)(request, response, step);
  });
  await expect(upload(pbx.url)(wav(100), { name: "a.wav" })).rejects.toThrow(OutcomeUnknownError);
  expect(pbx.steps).toEqual(["start", "append 0+144 t0", "complete t1", "status", "destroy"]);
});

test("an upload that is cut again and again is given up and destroyed", async () => {
  await using pbx = await serveBlobs((request, response, step) => {
    if (step === "status") response.writeHead(204, { Range: "0-0", "PortSIP-Upload-Token": "t" }).end();
    return step === "status" || cutAt("append", 9)(request, response, step);
  });
  await expect(upload(pbx.url)(wav(100), { name: "a.wav" })).rejects.toThrow(OutcomeUnknownError);
  expect(pbx.steps.map((step) => step.split(" ")[0])).toEqual([
    "start",
    ...["append", "status", "append", "status", "append", "status", "append"],
    "destroy",
  ]);
});

test("an upload of which the PBX forgets what has arrived, again and again, is given up", async () => {
  await using pbx = await serveBlobs((request, response, step) => {
    if (step === "status") response.writeHead(204, { Range: "0-0", "PortSIP-Upload-Token": "t" }).end();
    if (step.startsWith("append")) response.writeHead(204).end();
    return /^(status|append)/.test(step) || cutAt("complete", 9)(request, response, step);
  });
  await expect(upload(pbx.url)(wav(100), { name: "a.wav" })).rejects.toThrow(OutcomeUnknownError);
  expect(pbx.steps.map((step) => step.split(" ")[0])).toEqual([
    "start",
    ...["append", "complete", "status", "append", "complete", "status", "append", "complete", "status"],
    ...["append", "complete", "destroy"],
  ]);
});

test.each(["bytes 0/9", "0-99999999", ""])("a status whose Range is %j ends the upload", async (Range) => {
  await using pbx = await serveBlobs((request, response, step) => {
    if (step === "status") response.writeHead(204, { Range }).end();
    return step === "status" || cutAt("append", 1)(request, response, step);
  });
  await expect(upload(pbx.url)(wav(100), { name: "a.wav" })).rejects.toThrow(
    "Not a documented answer (its Range does not say how much has arrived): GET /blobs/uploads/{id}/status",
  );
  expect(pbx.steps.at(-1)).toBe("destroy");
});

test("what the PBX refuses is destroyed", async () => {
  await using pbx = await serveBlobs((_, response, step) => {
    if (!step.startsWith("complete")) return false;
    response.writeHead(422, { "Content-Type": "application/json" });
    response.end('{"errors":[{"code":"VALIDATE_FAILED","message":"digest"}]}');
    return true;
  });
  await expect(upload(pbx.url)(wav(100), { name: "a.wav" })).rejects.toThrow(RefusedError);
  expect(pbx.steps).toEqual(["start", "append 0+144 t0", "complete t1", "destroy"]);
});

test("an upload that is aborted under way is destroyed", async () => {
  const controller = new AbortController();
  await using pbx = await serveBlobs((_, __, step) => {
    if (step.startsWith("append")) controller.abort(new Error("enough"));
    return step.startsWith("append");
  });
  const { signal } = controller;
  await expect(upload(pbx.url)(wav(100), { name: "a.wav", signal })).rejects.toThrow("enough");
  expect(pbx.steps).toEqual(["start", "append 0+144 t0", "destroy"]);
});

test("an upload under way when the client itself is aborted is destroyed", async () => {
  const controller = new AbortController();
  await using pbx = await serveBlobs((_, __, step) => {
    if (step.startsWith("append")) controller.abort(new Error("enough"));
    return step.startsWith("append");
  });
  const { signal } = controller;
  const { callPark } = createCallParkClient({ baseUrl: pbx.url, token: "t", write: true, signal });
  await expect(callPark.prompt.upload(wav(100), { name: "a.wav" })).rejects.toThrow("enough");
  expect(pbx.steps).toEqual(["start", "append 0+144 t0", "destroy"]);
});

test("an upload is aborted while its stream is read, and nothing is sent", async () => {
  await using pbx = await serveBlobs();
  const controller = new AbortController();
  let cancelled: unknown;
  const stream = new ReadableStream<Uint8Array>({
    pull: () => controller.abort(new Error("enough")),
    cancel: (reason) => {
      cancelled = reason;
    },
  });
  const attempt = upload(pbx.url)(stream, { name: "a.wav", signal: controller.signal });
  await expect(attempt).rejects.toThrow("enough");
  expect([pbx.steps, cancelled]).toEqual([[], new Error("enough")]);
});

test("an upload that the PBX starts without an id is none", async () => {
  await using pbx = await serveBlobs((_, response, step) => {
    response.writeHead(202).end();
    return step === "start";
  });
  await expect(upload(pbx.url)(wav(100), { name: "a.wav" })).rejects.toThrow(
    "Not a documented answer (without PortSIP-Upload-ID): POST /blobs/uploads",
  );
});
