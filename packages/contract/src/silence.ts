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

/** A tenth of a second of silence, as a WAV file that the spec allows. */
export const silence = (rules: unknown): Uint8Array => {
  if (!isWavRules(rules)) throw new Error("The spec does not say what a prompt's WAV must be (x-wav)");
  const rate = Math.min(...rules.sample_rates);
  const frame = (rules.bits / 8) * rules.channels;
  const size = (rate / 10) * frame;
  const file = Buffer.alloc(headerSize + size);
  file.write("RIFF", 0);
  file.writeUInt32LE(file.length - 8, 4);
  file.write("WAVEfmt ", 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(pcm, 20);
  file.writeUInt16LE(rules.channels, 22);
  file.writeUInt32LE(rate, 24);
  file.writeUInt32LE(rate * frame, 28);
  file.writeUInt16LE(frame, 32);
  file.writeUInt16LE(rules.bits, 34);
  file.write("data", 36);
  file.writeUInt32LE(size, 40);
  return file;
};
