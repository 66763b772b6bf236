/** What the header of a WAV file says of its sound. */
export interface WavFormat {
  /** 1 is PCM. */
  encoding: number;
  channels: number;
  /** In hertz. */
  sampleRate: number;
  /** Of a sample. */
  bits: number;
}

/** PCM, as RIFF numbers it. */
export const pcm = 1;

/** Reads the header of a WAV file; undefined where it is none or holds no sound. */
export const readWav = (bytes: Buffer): WavFormat | undefined => {
  if (bytes.toString("latin1", 0, 4) !== "RIFF" || bytes.toString("latin1", 8, 12) !== "WAVE") return undefined;
  let format: WavFormat | undefined;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const name = bytes.toString("latin1", at, at + 4);
    const size = bytes.readUInt32LE(at + 4);
    const start = at + 8;
    if (start + size > bytes.length) return undefined;
    if (name === "fmt " && size >= 16)
      format = {
        encoding: bytes.readUInt16LE(start),
        channels: bytes.readUInt16LE(start + 2),
        sampleRate: bytes.readUInt32LE(start + 4),
        bits: bytes.readUInt16LE(start + 14),
      };
    if (name === "data") return size > 0 ? format : undefined;
    // Chunks begin at even places.
    at = start + size + (size % 2);
  }
  return undefined;
};

/** A made-up prompt: a soft tone, as PCM of 16 bits, mono. */
export const makePrompt = (milliseconds: number, sampleRate: number): Buffer => {
  const samples = Math.round((milliseconds * sampleRate) / 1000);
  const sound = Buffer.alloc(samples * 2);
  for (let index = 0; index < samples; index += 1)
    sound.writeInt16LE(Math.round(6000 * Math.sin((2 * Math.PI * 440 * index) / sampleRate)), index * 2);
  const header = Buffer.alloc(44);
  header.write("RIFF", 0, "latin1");
  header.writeUInt32LE(36 + sound.length, 4);
  header.write("WAVEfmt ", 8, "latin1");
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(pcm, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(sampleRate, 24);
  header.writeUInt32LE(sampleRate * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write("data", 36, "latin1");
  header.writeUInt32LE(sound.length, 40);
  return Buffer.concat([header, sound]);
};
