import { ConfigurationError } from "../errors/configuration-error.ts";
import { wav } from "../generated/values.ts";

const pcm = 1;

/**
 * Looks at the header of a WAV file: is it a prompt that a PBX takes? `callPark.prompt.upload` looks first.
 *
 * @throws ConfigurationError naming what is wrong and what a prompt must be (the spec: `prompt_file_id`, `x-wav`).
 */
export const checkWav = (bytes: Uint8Array): void => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = (at: number) => (at + 4 <= bytes.length ? String.fromCharCode(...bytes.subarray(at, at + 4)) : "");
  if (text(0) !== "RIFF" || text(8) !== "WAVE") refuse("it is no WAV file");
  for (
    let at = 12;
    at + 8 <= bytes.length;
    at += 8 + view.getUint32(at + 4, true) + (view.getUint32(at + 4, true) % 2)
  ) {
    if (text(at) !== "fmt ") continue;
    if (at + 24 > bytes.length) break;
    const [encoding, channels] = [view.getUint16(at + 8, true), view.getUint16(at + 10, true)];
    const [rate, bits] = [view.getUint32(at + 12, true), view.getUint16(at + 22, true)];
    if (encoding !== pcm) refuse("it is not PCM");
    if (bits !== wav.bits) refuse(`it has ${bits} bit samples`);
    if (channels !== wav.channels) refuse(`it has ${channels} channels`);
    if (!wav.sample_rates.includes(rate)) refuse(`its sample rate is ${rate} Hz`);
    return;
  }
  refuse("it has no format chunk");
};

const refuse = (reason: string): never => {
  throw new ConfigurationError(
    `The prompt cannot be used (${reason}): give a WAV file in ${wav.encoding}, ${wav.bits} bit, ${wav.channels} channel, at ${wav.sample_rates.join(", ")} Hz`,
  );
};
