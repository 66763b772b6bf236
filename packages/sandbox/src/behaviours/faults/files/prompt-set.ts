import { makePrompt, readWav } from "../../../wav.ts";
import type { Alter, Behaviour } from "../../behaviour.ts";
import { answerOf, at, isSuccess, itemsOf, remembering } from "../../tools/at.ts";
import { behaviour } from "../../tools/fault.ts";
import { isObject } from "../../tools/seen.ts";
import { onTheWire } from "../../tools/wire.ts";
import { get, post, type WitnessRequest } from "../../witness.ts";
import { uploading, wav } from "../../witness-files.ts";
import { complete, download, hasPrompt, read, write } from "./prompt.ts";

const night = uploading("night.wav", wav());
const setNight: readonly WitnessRequest[] = [
  ...night,
  post("/call_park", { prompt_file_id: "{id}" }),
  get("/call_park"),
  get("/blobs/{prompt}", { as: "nobody" }),
];
const setFast = [...uploading("night.wav", wav({ sampleRate: 48_000 })), ...setNight.slice(night.length)];
const lost = "The prompt that was there cannot be put back: the PBX does not keep what is uploaded.";

const outcome = (
  name: string,
  what: string,
  operation: string,
  alter: Alter,
  more: Partial<Behaviour> = {},
): Behaviour =>
  behaviour(operation, `prompt.${name}`, what, {
    class: "prompt and files",
    alsoAt: [read, write, complete, download],
    alter,
    witness: setNight,
    ...more,
  });

const headerSize = 44;

/** What is left of a file that was encoded anew with fewer bits. */
const coarser = (file: Buffer): Buffer =>
  Buffer.concat([file.subarray(0, headerSize), file.subarray(headerSize).map((byte) => byte & 0xfe)]);

export const promptSetFaults: readonly Behaviour[] = [
  outcome(
    "encoded_anew",
    "GET /blobs/{digest} answers with a prompt that was uploaded without the last bit of its samples.",
    download,
    remembering(() => {
      let first: string | undefined;
      return answerOf(download, (answer, { parameters: { digest } }) => {
        first ??= digest;
        return digest === first ? answer : onTheWire(({ body }) => ({ body: coarser(body) }))(answer);
      });
    }),
    { unrestorable: lost, witness: [get("/call_park"), get("/blobs/{prompt}", { as: "nobody" }), ...setNight] },
  ),
  outcome(
    "not_cleared",
    "POST /call_park answers prompt_file_id null with 200, and keeps the prompt.",
    write,
    at(write, async ({ fields, json }, next) => {
      const { prompt_file_id: id, ...rest } = fields;
      return next(isObject(json) && id === null ? { json: rest } : {});
    }),
    { field: "prompt_file_id", witness: [post("/call_park", { prompt_file_id: null }), get("/call_park")] },
  ),
  outcome(
    "null_refused_with_200",
    "POST /call_park answers prompt_file_id null with 200 and an error.",
    write,
    at(write, async ({ fields }, next) => {
      const answer = await next();
      return isSuccess(answer) && fields["prompt_file_id"] === null
        ? { ...answer, json: { errors: [{ code: "UNKNOWN", message: "No" }] } }
        : answer;
    }),
    { field: "prompt_file_id", witness: [post("/call_park", { prompt_file_id: null })] },
  ),
  outcome(
    "old_one_kept",
    "POST /call_park takes the id of a new prompt, and keeps the old one.",
    write,
    at(write, async ({ fields, json, session }, next, { store }) => {
      const { prompt_file_id: id, ...rest } = fields;
      const known = typeof id === "string" && store.blobs.show(session?.tenant_id ?? "", id);
      return next(isObject(json) && known ? { json: rest } : {});
    }),
    { field: "prompt_file_id" },
  ),
  outcome(
    "unfinished",
    "POST /call_park takes the id of an upload that is not complete, and drops the prompt.",
    write,
    at(write, ({ fields, json, session }, next, { store }) => {
      const { prompt_file_id: id } = fields;
      const isOpen = typeof id === "string" && session?.tenant_id && store.uploads.show(session.tenant_id, id);
      return next(isObject(json) && isOpen ? { json: { ...json, prompt_file_id: null } } : {});
    }),
    {
      field: "prompt_file_id",
      witness: [post("/blobs/uploads?filename=night.wav"), post("/call_park", { prompt_file_id: "{upload}" })],
    },
  ),
  outcome(
    "clears_number",
    "POST /call_park takes the extension number away when it sets a prompt.",
    write,
    at(write, async ({ fields, session }, next, { store }) => {
      const answer = await next();
      const tenant = session?.tenant_id;
      if (
        tenant &&
        isSuccess(answer) &&
        typeof fields["prompt_file_id"] === "string" &&
        !("extension_number" in fields)
      )
        store.callPark.save(tenant, { ...store.callPark.show(tenant), extension_number: "667" });
      return answer;
    }),
    { field: "extension_number" },
  ),
  outcome(
    "stale_size",
    "GET /call_park shows the size of the first prompt, whichever there is now.",
    read,
    remembering(() => {
      let first: unknown;
      return itemsOf(read, (item) => {
        first ??= item["prompt_file_size"];
        return hasPrompt(item) ? { ...item, prompt_file_size: first } : item;
      });
    }),
    { field: "prompt_file", witness: [get("/call_park"), ...setNight] },
  ),
  outcome(
    "name_lost",
    "POST /blobs/uploads/{id}/complete gives every file the name upload.bin.",
    complete,
    uploadedAs((name, content) => ({ name: name === "" ? name : "upload.bin", content })),
    { field: "prompt_file", unrestorable: "The name of the prompt that was there cannot be given to a file." },
  ),
  outcome(
    "bytes_lost",
    "POST /blobs/uploads/{id}/complete keeps all of a file but its last two bytes.",
    complete,
    uploadedAs((name, content) => ({ name, content: content.subarray(0, -2) })),
    { unrestorable: lost },
  ),
  outcome(
    "bytes_changed",
    "POST /blobs/uploads/{id}/complete keeps a file with one byte changed.",
    complete,
    uploadedAs((name, content) => ({ name, content: changedByte(content) })),
    { unrestorable: lost },
  ),
  outcome(
    "rate_changed",
    "POST /blobs/uploads/{id}/complete calls a sound of 48000 hertz one of 32000.",
    complete,
    uploadedAs((name, content) => ({ name, content: slowed(content) })),
    { witness: setFast },
  ),
  outcome(
    "fast_one_without_sound",
    "POST /call_park keeps of a prompt of 48000 hertz its first sample alone.",
    write,
    at(write, ({ fields, json, session }, next, { store }) => {
      const tenant = session?.tenant_id ?? "";
      const file = store.blobs.show(tenant, String(fields["prompt_file_id"]));
      const content = Buffer.from(file?.content ?? []);
      if (!isObject(json) || !file || readWav(content)?.sampleRate !== 48_000) return next();
      const id = store.blobs.create(tenant, file.file_name, makePrompt(1000 / 48_000, 48_000));
      return next({ json: { ...json, prompt_file_id: id } });
    }),
    { field: "prompt_file", witness: setFast },
  ),
];

/** Where the header of a WAV file has its sample rate. */
const rateAt = 24;

function slowed(content: Buffer): Buffer {
  if (readWav(content)?.sampleRate !== 48_000) return content;
  const changed = Buffer.from(content);
  changed.writeUInt32LE(32_000, rateAt);
  return changed;
}

/** Keeps another file than the one that was uploaded. */
function uploadedAs(change: (name: string, content: Buffer) => { name: string; content: Buffer }): Alter {
  return at(complete, async ({ session }, next, { store }) => {
    const answer = await next();
    const tenant = session?.tenant_id;
    if (!tenant || !isSuccess(answer) || !isObject(answer.json)) return answer;
    const file = store.blobs.show(tenant, String(answer.json["id"]));
    if (!file) return answer;
    const { name, content } = change(file.file_name, Buffer.from(file.content));
    return { ...answer, json: { id: store.blobs.create(tenant, name, content) } };
  });
}

function changedByte(content: Buffer): Buffer {
  const changed = Buffer.from(content);
  changed.writeUInt8(changed.readUInt8(changed.length - 1) ^ 1, changed.length - 1);
  return changed;
}
