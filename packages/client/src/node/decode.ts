import { pipeline, type Transform } from "node:stream";
import { constants, createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from "node:zlib";
import type { Incoming } from "./incoming.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** The encodings that `decode` undoes, as a request header. */
export const acceptEncoding = "gzip, deflate, br";

const decoders: Record<string, (first: Bytes) => Transform> = {
  gzip: () => createGunzip(),
  "x-gzip": () => createGunzip(),
  // Some servers leave out the two bytes that deflate begins with.
  deflate: (first) => (((first[0] ?? 0) & 0x0f) === 8 ? createInflate() : createInflateRaw()),
  br: () => createBrotliDecompress({ params: { [constants.BROTLI_DECODER_PARAM_LARGE_WINDOW]: 0 } }),
};

/** The names of a body's encodings, the last one first. None where there is one that nobody asked for: it is left. */
export const encodingsOf = (header: string | string[] | undefined): string[] => {
  if (header === undefined) return [];
  const names = [header]
    .flat()
    .join()
    .toLowerCase()
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "" && name !== "identity");
  return names.every((name) => Object.hasOwn(decoders, name)) ? names.reverse() : [];
};

/**
 * The bytes of a body whose encodings are undone. Bytes that are not what they claim end it with zlib's error, a cut
 * body with Z_BUF_ERROR or the connection's.
 */
export const decode = (body: Incoming, encodings: readonly string[]): AsyncGenerator<Bytes> => {
  let bytes = plain(body);
  for (const name of encodings) bytes = undo(bytes, decoders[name] as (first: Bytes) => Transform);
  return bytes;
};

async function* plain(body: Incoming): AsyncGenerator<Bytes> {
  try {
    for (let chunk = await body.next(); chunk !== undefined; chunk = await body.next()) yield chunk;
  } finally {
    body.drop();
  }
}

async function* undo(packed: AsyncGenerator<Bytes>, make: (first: Bytes) => Transform): AsyncGenerator<Bytes> {
  const first = await packed.next();
  // Nothing at all is what some servers send as packed nothing.
  if (first.done) return;
  const decoder = make(first.value);
  const whole = async function* () {
    yield first.value;
    yield* packed;
  };
  // Its error destroys the decoder, out of which it is thrown below.
  pipeline(whole, decoder, () => undefined);
  yield* decoder;
}
