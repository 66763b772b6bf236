/** A WAV file: its header as told, then so many bytes of sound. */
export const wav = (
  size: number,
  {
    encoding = 1,
    channels = 1,
    rate = 16_000,
    bits = 16,
    before = 0,
  }: { encoding?: number; channels?: number; rate?: number; bits?: number; before?: number } = {},
): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(44 + before + size).map((_, index) => index % 251);
  const view = new DataView(bytes.buffer);
  const text = (at: number, value: string) => bytes.set(new TextEncoder().encode(value), at);
  text(0, "RIFF");
  view.setUint32(4, 36 + before + size, true);
  text(8, "WAVE");
  let at = 12;
  if (before > 0) {
    text(at, "LIST");
    view.setUint32(at + 4, before - 8, true);
    at += before;
  }
  text(at, "fmt ");
  view.setUint32(at + 4, 16, true);
  view.setUint16(at + 8, encoding, true);
  view.setUint16(at + 10, channels, true);
  view.setUint32(at + 12, rate, true);
  view.setUint32(at + 16, (rate * channels * bits) / 8, true);
  view.setUint16(at + 20, (channels * bits) / 8, true);
  view.setUint16(at + 22, bits, true);
  text(at + 24, "data");
  view.setUint32(at + 28, size, true);
  return bytes;
};
