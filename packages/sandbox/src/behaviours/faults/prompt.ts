import type { Answer, Pbx } from "../../context.ts";
import { readWav } from "../../wav.ts";
import type { Alter, Behaviour } from "../behaviour.ts";
import { answerOf, at, isSuccess, itemsOf, remembering } from "../tools/at.ts";
import { behaviour } from "../tools/fault.ts";
import { isObject } from "../tools/seen.ts";
import { get, post, type WitnessRequest } from "../witness.ts";
import { uploading, wav } from "../witness-files.ts";

const read = "GET /call_park";
const write = "POST /call_park";
const download = "GET /blobs/{digest}";
const complete = "POST /blobs/uploads/{id}/complete";

type Item = Record<string, unknown>;
const hasPrompt = (item: Item) => typeof item["prompt_file_url"] === "string";

/** What GET /call_park says of a prompt that is there. */
const says = (
  name: string,
  what: string,
  field: string,
  change: (item: Item) => Item,
  unrestorable?: string,
): Behaviour =>
  behaviour(read, `prompt.${name}`, `GET /call_park ${what}.`, {
    class: "prompt and files",
    field,
    alsoAt: [download],
    alter: itemsOf(read, (item) => (hasPrompt(item) ? change(item) : item)),
    ...(unrestorable !== undefined && { unrestorable }),
  });

const url = (make: (path: string) => string) => (item: Item) => ({
  ...item,
  prompt_file_url: make(String(item["prompt_file_url"])),
});

const shown: readonly Behaviour[] = [
  says(
    "url.not_there",
    "shows a prompt's URL at which there is nothing",
    "prompt_file_url",
    url((path) => `${path}x`),
  ),
  says(
    "url.absolute",
    "shows a prompt's URL with its origin",
    "prompt_file_url",
    url((path) => `https://pbx.example.net${path}`),
  ),
  says(
    "url.other_origin",
    "shows a prompt's URL that leads to another host",
    "prompt_file_url",
    url((path) => `//files.example.net${path}`),
  ),
  says(
    "url.without_api",
    "shows a prompt's URL without /api",
    "prompt_file_url",
    url((path) => path.replace("/api", "")),
  ),
  says(
    "url.with_query",
    "shows a prompt's URL with a query",
    "prompt_file_url",
    url((path) => `${path}?size=1`),
  ),
  says(
    "url.empty",
    "shows a prompt's URL as an empty text",
    "prompt_file_url",
    url(() => ""),
  ),
  says("url.null", "shows the name and size of a prompt without its URL", "prompt_file", (item) => ({
    ...item,
    prompt_file_url: null,
  })),
  says("name.null", "shows the URL and size of a prompt without its name", "prompt_file_name", (item) => ({
    ...item,
    prompt_file_name: null,
  })),
  says("size.null", "shows a prompt without its size", "prompt_file_size", (item) => ({
    ...item,
    prompt_file_size: null,
  })),
  says("size.zero", "shows a prompt of no bytes that has some", "prompt_file_size", (item) => ({
    ...item,
    prompt_file_size: 0,
  })),
  says("size.one_more", "shows the size of a prompt one byte too large", "prompt_file_size", (item) => ({
    ...item,
    prompt_file_size: Number(item["prompt_file_size"]) + 1,
  })),
  says("size.kilobytes", "shows the size of a prompt in kilobytes", "prompt_file_size", (item) => ({
    ...item,
    prompt_file_size: Math.ceil(Number(item["prompt_file_size"]) / 1024),
  })),
  says(
    "name.other",
    "shows another name of a prompt than its file has",
    "prompt_file_name",
    (item) => ({
      ...item,
      prompt_file_name: `copy of ${String(item["prompt_file_name"])}`,
    }),
    "The name that is shown is not the name that there is, and sending it back adds to it.",
  ),
];

const downloads = (name: string, what: string, change: (answer: Answer, pbx: Pbx) => Answer): Behaviour =>
  behaviour(download, `prompt.${name}`, `GET /blobs/{digest} ${what}.`, {
    class: "prompt and files",
    alsoAt: [read],
    alter: answerOf(download, (answer, _, pbx) => change(answer, pbx)),
  });

const files: readonly Behaviour[] = [
  downloads("cut", "answers with all of a file but its last bytes", (answer) => ({
    ...answer,
    bytes: (answer.bytes ?? Buffer.alloc(0)).slice(0, -10),
  })),
  downloads("longer", "answers with a file and a line feed after it", (answer) => ({
    ...answer,
    bytes: Buffer.concat([answer.bytes ?? Buffer.alloc(0), Buffer.from("\n")]),
  })),
  downloads("empty", "answers with no bytes", (answer) => ({ ...answer, bytes: Buffer.alloc(0) })),
  downloads("name", "names another file in Content-Disposition", (answer) => ({
    ...answer,
    headers: { ...answer.headers, "Content-Disposition": 'attachment; filename="other.wav"' },
  })),
  behaviour(download, "prompt.redirect", "GET /blobs/{digest} leads on to another host.", {
    class: "prompt and files",
    alsoAt: [read],
    alter: answerOf(download, () => ({ status: 302, headers: { Location: "https://files.example.net/prompt.wav" } })),
  }),
];

const night = uploading("night.wav", wav());
const setNight: readonly WitnessRequest[] = [
  ...night,
  post("/call_park", { prompt_file_id: "{id}" }),
  get("/call_park"),
  get("/blobs/{prompt}", { as: "nobody" }),
];
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

const setting: readonly Behaviour[] = [
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
    { field: "prompt_file_id", unrestorable: "A prompt that was taken away cannot be set again." },
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
];

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

type Sound = NonNullable<ReturnType<typeof readWav>>;

/** The rules of a prompt's sound, one not held to. */
const sounds: readonly Behaviour[] = (
  [
    [
      "no_wav",
      "that is no WAV file",
      (sound: Sound | undefined) => sound === undefined,
      Buffer.from("no sound at all"),
    ],
    ["sample_rate", "of 8 kHz", (sound) => sound?.sampleRate === 8000, wav({ sampleRate: 8000 })],
    ["stereo", "of two channels", (sound) => sound?.channels === 2, wav({ channels: 2 })],
    ["eight_bit", "of 8 bits", (sound) => sound?.bits === 8, wav({ bits: 8 })],
    [
      "not_pcm",
      "of A-law in place of PCM",
      (sound) => sound !== undefined && sound.encoding !== 1,
      wav({ encoding: 6 }),
    ],
  ] as [string, string, (sound: Sound | undefined) => boolean, Buffer][]
).map(([name, what, breaks, file]) =>
  behaviour(write, `takes.prompt_file_id.${name}`, `POST /call_park takes a prompt ${what}.`, {
    class: "prompt and files",
    alsoAt: [read, complete],
    alter: at(write, async ({ fields, session }, next, { store }) => {
      const tenant = session?.tenant_id;
      const { prompt_file_id: id, ...rest } = fields;
      const uploaded = tenant && typeof id === "string" ? store.blobs.show(tenant, id) : undefined;
      if (!tenant || !uploaded || !breaks(readWav(Buffer.from(uploaded.content)))) return next();
      const answer = await next({ json: rest });
      if (isSuccess(answer))
        store.callPark.save(tenant, { ...store.callPark.show(tenant), prompt_file_id: uploaded.id });
      return answer;
    }),
    witness: [...uploading("night.wav", file), post("/call_park", { prompt_file_id: "{id}" }), get("/call_park")],
  }),
);

/** Lawful sounds, refused. */
const rates: readonly Behaviour[] = [16_000, 32_000, 48_000].map((sampleRate) =>
  behaviour(
    write,
    `refuses.prompt_file_id.${sampleRate}`,
    `POST /call_park refuses a prompt of ${sampleRate} hertz, which is lawful.`,
    {
      class: "prompt and files",
      field: "prompt_file_id",
      alsoAt: [complete],
      alter: at(write, async ({ fields, session }, next, { store }) => {
        const id = fields["prompt_file_id"];
        const file = typeof id === "string" ? store.blobs.show(session?.tenant_id ?? "", id) : undefined;
        const refused = file && readWav(Buffer.from(file.content))?.sampleRate === sampleRate;
        return next(refused ? { json: { ...fields, prompt_file_id: "bm9ib2R5" } } : {});
      }),
      witness: [...uploading("night.wav", wav({ sampleRate })), post("/call_park", { prompt_file_id: "{id}" })],
      ...(sampleRate === 16_000 && {
        unrestorable: "The prompt that was there is of this rate, and cannot be set again.",
      }),
    },
  ),
);

export const promptFaults: readonly Behaviour[] = [...shown, ...files, ...setting, ...sounds, ...rates];
