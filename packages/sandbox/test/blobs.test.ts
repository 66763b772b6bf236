import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { makePrompt, readWav } from "../src/wav.ts";
import { fieldsOf, globex, type Reply, send, start, tokenOf } from "./support.ts";

const digestOf = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");

const open = async (options: Parameters<typeof start>[0] = {}) => {
  const pbx = await start(options);
  const token = await tokenOf(pbx);
  const begin = (fileName: string) =>
    send(pbx, "POST", `/blobs/uploads?temporary=true&filename=${encodeURIComponent(fileName)}`, { token });
  /** The next step of an upload, by the answer before it. */
  const step = (method: string, before: Reply, what: string, bytes?: Buffer, by = token) =>
    send(pbx, method, `/blobs/uploads/${before.headers.get("portsip-upload-id")}/${what}`, {
      token: by,
      headers: {
        "PortSIP-Upload-Token": before.headers.get("portsip-upload-token") ?? "",
        "Content-Type": "application/octet-stream",
      },
      ...(bytes ? { bytes: new Uint8Array(bytes) } : {}),
    });
  const upload = async (bytes: Buffer, fileName = "prompt.wav"): Promise<string> => {
    const begun = await begin(fileName);
    return (await step("POST", begun, `complete?digest=${digestOf(bytes)}`, bytes)).body.id;
  };
  const setPrompt = (prompt_file_id: string) => send(pbx, "POST", "/call_park", { token, json: { prompt_file_id } });
  const show = async () => (await send(pbx, "GET", "/call_park", { token })).body;
  return { pbx, token, begin, step, upload, setPrompt, show };
};

test("the first tenant's prompt is a WAV file that anybody can download", async () => {
  const { pbx, show } = await open();
  const { prompt_file_url, prompt_file_size } = await show();
  const response = await fetch(new URL(prompt_file_url, pbx.url));
  const bytes = Buffer.from(await response.arrayBuffer());
  expect(response.headers.get("content-disposition")).toBe('attachment; filename="hold-the-line.wav"');
  expect(bytes.length).toBe(prompt_file_size);
  expect(readWav(bytes)).toEqual({ encoding: 1, channels: 1, sampleRate: 16000, bits: 16 });
});

test("a prompt uploaded in parts comes back as it was", async () => {
  const { pbx, begin, step, setPrompt, show } = await open();
  const prompt = makePrompt(200, 48_000);
  const begun = await begin('déjà "vu".wav');
  expect([begun.status, begun.headers.get("range")]).toEqual([202, "0-0"]);
  const first = await step("POST", begun, "append", prompt.subarray(0, 1000));
  expect([first.status, first.headers.get("range")]).toEqual([203, "0-999"]);
  const second = await step("POST", first, "append", prompt.subarray(1000, 5000));
  const status = await step("GET", second, "status");
  expect([status.status, status.headers.get("range")]).toEqual([204, "0-4999"]);
  const done = await step("POST", status, `complete?digest=${digestOf(prompt).toUpperCase()}`, prompt.subarray(5000));
  expect(done.status).toBe(201);
  expect((await step("GET", second, "status")).status).toBe(404);

  expect((await setPrompt(done.body.id)).status).toBe(200);
  const { prompt_file_name, prompt_file_size, prompt_file_url, ...rest } = await show();
  expect([prompt_file_name, prompt_file_size]).toEqual(['déjà "vu".wav', prompt.length]);
  expect(Object.keys(rest)).not.toContain("prompt_file_id");
  const file = await send(pbx, "GET", prompt_file_url.replace("/api", ""));
  expect(file.bytes.equals(prompt)).toBe(true);
  expect(file.headers.get("content-disposition")).toBe(
    `attachment; filename="d_j_ _vu_.wav"; filename*=UTF-8''d%C3%A9j%C3%A0%20%22vu%22.wav`,
  );
});

test("a digest of other bytes is refused, and the upload can still be completed", async () => {
  const { begin, step } = await open();
  const prompt = makePrompt(10, 16_000);
  const begun = await begin("prompt.wav");
  const wrong = await step("POST", begun, `complete?digest=${"0".repeat(64)}`, prompt);
  expect(fieldsOf(wrong)).toEqual(["digest"]);
  expect(fieldsOf(await step("POST", begun, "complete?digest=abc", prompt))).toEqual(["digest"]);
  expect((await step("POST", begun, `complete?digest=${digestOf(prompt)}`, prompt)).status).toBe(201);
});

test("an upload takes its newest token only, which its status tells", async () => {
  const { begin, step } = await open();
  const begun = await begin("prompt.wav");
  await step("POST", begun, "append", Buffer.from("RIFF"));
  for (const what of ["append", `complete?digest=${digestOf(Buffer.from("RIFF"))}`])
    expect((await step("POST", begun, what, Buffer.from("RIFF"))).status).toBe(403);
  const status = await step("GET", begun, "status");
  expect([status.status, status.headers.get("range")]).toEqual([204, "0-3"]);
  expect((await step("POST", status, "append", Buffer.from("RIFF"))).status).toBe(203);
});

test("an upload without its token is refused", async () => {
  const { pbx, token, begin } = await open();
  const id = (await begin("prompt.wav")).headers.get("portsip-upload-id");
  const headers = { "Content-Type": "application/octet-stream" };
  const reply = await send(pbx, "POST", `/blobs/uploads/${id}/append`, { token, headers, bytes: "RIFF" });
  expect(fieldsOf(reply)).toEqual(["PortSIP-Upload-Token"]);
});

test("an upload given up is gone, and so is one left alone for an hour", async () => {
  let now = Date.now();
  const { begin, step } = await open({ now: () => now, tokenLifetime: 86_400 });
  const [one, other] = [await begin("one.wav"), await begin("other.wav")];
  expect((await step("POST", one, "destroy")).status).toBe(204);
  expect((await step("GET", one, "status")).status).toBe(404);
  expect((await step("GET", other, "status")).status).toBe(204);
  now += 3_600_000;
  expect((await step("GET", other, "status")).status).toBe(404);
});

test("uploads and files are the tenant's own", async () => {
  const { pbx, begin, step, upload } = await open();
  const token = await tokenOf(pbx, globex);
  const begun = await begin("prompt.wav");
  expect((await step("GET", begun, "status", undefined, token)).status).toBe(404);
  const json = { prompt_file_id: await upload(makePrompt(10, 16_000)) };
  expect(fieldsOf(await send(pbx, "POST", "/call_park", { token, json }))).toEqual(["prompt_file_id"]);
});

test("64 files of a tenant are kept besides its prompt, and the oldest makes room", async () => {
  const { upload, setPrompt, show } = await open();
  const prompt = makePrompt(10, 16_000);
  const chosen = await upload(prompt, "chosen.wav");
  expect((await setPrompt(chosen)).status).toBe(200);
  const first = await upload(prompt, "first.wav");
  const second = await upload(prompt, "second.wav");
  // The prompt that it began with is one of them now.
  for (let count = 2; count < 65; count += 1) await upload(prompt, `${count}.wav`);
  expect((await show()).prompt_file_name).toBe("chosen.wav");
  expect(fieldsOf(await setPrompt(first))).toEqual(["prompt_file_id"]);
  expect((await setPrompt(second)).status).toBe(200);
  expect((await setPrompt(chosen)).status).toBe(200);
});

test("64 uploads of a tenant go on at once, and the oldest makes room", async () => {
  const { begin, step } = await open();
  const uploads: Reply[] = [];
  for (let count = 0; count < 64; count += 1) uploads.push(await begin(`${count}.wav`));
  const status = async (at: number) => (await step("GET", uploads[at] as Reply, "status")).status;
  expect(await status(0)).toBe(204);
  uploads.push(await begin("64.wav"));
  expect([await status(0), await status(1), await status(64)]).toEqual([404, 204, 204]);
});

test("a file may have 64 MiB, which the next byte is over", async () => {
  const { begin, step } = await open();
  const part = Buffer.alloc(16 * 1024 * 1024);
  let last = await begin("long.wav");
  for (let count = 0; count < 4; count += 1) last = await step("POST", last, "append", part);
  const refused = await step("POST", last, "append", Buffer.alloc(1));
  expect([last.status, last.headers.get("range"), refused.status]).toEqual([203, `0-${64 * 1024 * 1024 - 1}`, 413]);
});

const stereo = () => {
  const wav = makePrompt(10, 16_000);
  wav.writeUInt16LE(2, 22);
  return wav;
};
const eightBits = () => {
  const wav = makePrompt(10, 16_000);
  wav.writeUInt16LE(8, 34);
  return wav;
};
const notPcm = () => {
  const wav = makePrompt(10, 16_000);
  wav.writeUInt16LE(7, 20);
  return wav;
};

test.each([
  ["no WAV file", Buffer.from("not a sound at all, but long enough to have a header of 44 bytes")],
  ["empty", Buffer.alloc(0)],
  ["cut short", makePrompt(10, 16_000).subarray(0, 100)],
  ["without sound", makePrompt(0, 16_000)],
  ["at 8 kHz", makePrompt(10, 8_000)],
  ["at 44.1 kHz", makePrompt(10, 44_100)],
  ["in stereo", stereo()],
  ["of 8 bits", eightBits()],
  ["not PCM", notPcm()],
])("a file that is %s is no prompt", async (_name, bytes) => {
  const { upload, setPrompt, show } = await open();
  const before = await show();
  const reply = await setPrompt(await upload(bytes));
  expect(fieldsOf(reply)).toEqual(["prompt_file_id"]);
  expect(reply.body.errors[0].message).toBe(
    "prompt_file_id must be a WAV file: PCM of 16 bits, 1 channel, at one of 16000, 32000, 48000 hertz",
  );
  expect(await show()).toEqual(before);
});

test.each([16_000, 32_000, 48_000])("a prompt may have %i Hz", async (sampleRate) => {
  const { upload, setPrompt } = await open();
  expect((await setPrompt(await upload(makePrompt(10, sampleRate)))).status).toBe(200);
});

test.each([
  ["nothing", 404],
  ["%2e%2e%5Cetc", 404],
  ["..%2F..%2Fetc%2Fpasswd", 400],
])("there is no file called %s", async (name, status) => {
  const { pbx } = await open();
  expect((await send(pbx, "GET", `/blobs/${name}`)).status).toBe(status);
});
