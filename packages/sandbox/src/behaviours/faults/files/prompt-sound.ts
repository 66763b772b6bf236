import { readWav } from "../../../wav.ts";
import type { Behaviour } from "../../behaviour.ts";
import { at, isSuccess } from "../../tools/at.ts";
import { behaviour } from "../../tools/fault.ts";
import { get, post } from "../../witness.ts";
import { uploading, wav } from "../../witness-files.ts";
import { complete, read, write } from "./prompt.ts";

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
    },
  ),
);

export const promptSoundFaults: readonly Behaviour[] = [...sounds, ...rates];
