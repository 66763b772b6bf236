import type { Pbx } from "../context.ts";
import { fieldError, type PbxErrorBody } from "../errors.ts";
import { schemaOf } from "../lines.ts";
import { pcm, readWav } from "../wav.ts";

interface WavRules {
  bits: number;
  channels: number;
  sample_rates: number[];
}

/** A prompt must be a file of the tenant, of the sound that the document asks for. */
export const promptError = (
  { line, store }: Pbx,
  tenant: string,
  id: string | null | undefined,
): PbxErrorBody | undefined => {
  if (id === null || id === undefined) return undefined;
  const file = store.blobs.show(tenant, id);
  if (!file) return fieldError("prompt_file_id", "must be the id of an uploaded file of the tenant");
  const wav = readWav(Buffer.from(file.content));
  const rules = schemaOf(line, "CallParkUpdate").properties?.["prompt_file_id"]?.["x-wav"] as WavRules;
  const { bits, channels, sample_rates } = rules;
  const holds =
    wav?.encoding === pcm && wav.bits === bits && wav.channels === channels && sample_rates.includes(wav.sampleRate);
  if (holds) return undefined;
  const rates = sample_rates.join(", ");
  return fieldError(
    "prompt_file_id",
    `must be a WAV file: PCM of ${bits} bits, ${channels} channel, at one of ${rates} hertz`,
  );
};
