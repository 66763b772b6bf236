import type { Context } from "./context.ts";
import type { Schema } from "./contract-document.ts";

/** What the spec says of a prompt's WAV: `x-wav` of `prompt_file_id`. */
interface WavRules {
  bits: number;
  channels: number;
  sample_rates: number[];
}

const isWavRules = (value: unknown): value is WavRules =>
  typeof value === "object" && value !== null && "bits" in value && "channels" in value && "sample_rates" in value;

const headerSize = 44;
const pcm = 1;
/** So many steps of all that a sample can be. */
const loudness = 3;

/** How a WAV file is to be made that is not as the spec wants it. */
export interface Otherwise {
  rate?: number;
  bits?: number;
  channels?: number;
  /** The format tag: 1 is PCM, 6 A-law. */
  format?: number;
}

export const rulesOf = ({ contract }: Context): WavRules => {
  const rules = (contract.at("#/components/schemas/CallParkUpdate/properties/prompt_file_id") as Schema)["x-wav"];
  if (!isWavRules(rules)) throw new Error("The spec does not say what a prompt's WAV must be (x-wav)");
  return rules;
};

/**
 * A tenth of a second that nobody hears, as a WAV file that the spec allows but for what is to be otherwise. It is not all
 * zeros, which would be alike to a PBX that encodes files anew.
 */
export const silence = (rules: WavRules, otherwise: Otherwise = {}): Uint8Array => {
  const {
    rate = Math.min(...rules.sample_rates),
    bits = rules.bits,
    channels = rules.channels,
    format = pcm,
  } = otherwise;
  const frame = (bits / 8) * channels;
  const size = (rate / 10) * frame;
  const file = Buffer.alloc(headerSize + size);
  file.write("RIFF", 0);
  file.writeUInt32LE(file.length - 8, 4);
  file.write("WAVEfmt ", 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(format, 20);
  file.writeUInt16LE(channels, 22);
  file.writeUInt32LE(rate, 24);
  file.writeUInt32LE(rate * frame, 28);
  file.writeUInt16LE(frame, 32);
  file.writeUInt16LE(bits, 34);
  file.write("data", 36);
  file.writeUInt32LE(size, 40);
  const sample = bits / 8;
  for (let index = 0; index < size / sample; index += 1) file[headerSize + index * sample] = index % loudness;
  return file;
};
