import { pipeline, type Readable, type Transform } from "node:stream";
import { constants, createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from "node:zlib";

/** The encodings that `decode` undoes, as a request header. */
export const acceptEncoding = "gzip, deflate, br";

const decoders: Record<string, (first: Buffer) => Transform> = {
  gzip: () => createGunzip(),
  "x-gzip": () => createGunzip(),
  // Some servers leave out the two bytes that deflate begins with.
  deflate: (first) => (((first[0] ?? 0) & 0x0f) === 8 ? createInflate() : createInflateRaw()),
  br: () => createBrotliDecompress({ params: { [constants.BROTLI_DECODER_PARAM_LARGE_WINDOW]: 0 } }),
};

/**
 * The bytes of a body whose encodings are undone, the last one first. Bytes that are not what they claim end it with
 * zlib's error, a cut body with Z_BUF_ERROR or the connection's. An encoding that nobody asked for is left in place.
 */
export async function* decode(body: Readable, encoding: string): AsyncGenerator<Uint8Array> {
  const names = encoding
    .toLowerCase()
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "" && name !== "identity");
  let bytes: AsyncIterable<Uint8Array> = body;
  if (names.every((name) => Object.hasOwn(decoders, name)))
    for (const name of names.reverse()) bytes = undo(bytes, decoders[name] as (first: Buffer) => Transform);
  yield* bytes;
}

async function* undo(
  packed: AsyncIterable<Uint8Array>,
  make: (first: Buffer) => Transform,
): AsyncGenerator<Uint8Array> {
  const source = packed[Symbol.asyncIterator]();
  const first = await source.next();
  // Nothing at all is what some servers send as packed nothing.
  if (first.done) return;
  const decoder = make(Buffer.from(first.value));
  const whole = async function* () {
    yield first.value;
    yield* { [Symbol.asyncIterator]: () => source };
  };
  // Its error destroys the decoder, out of which it is thrown below.
  pipeline(whole, decoder, () => undefined);
  yield* decoder;
}
