/** The longest answer in text that is read, in decoded bytes. Settings and lists are far below. */
const longestText = 1024 * 1024;
/** The longest file: more than ten minutes of the best sound that a prompt can have. */
const longestFile = 64 * longestText;

/** What the transport for Node can do without a web stream, which costs more there than the rest of a call. */
interface Sparing {
  /** The body, or its beginning, longer than the limit. */
  upTo?: (limit: number) => Promise<Uint8Array<ArrayBuffer>> | undefined;
}

/**
 * The body's bytes.
 *
 * @throws `unexpected` of a reason where it is too long; the transport's error where it did not come whole.
 */
export const readBytes = async (
  response: Response & Sparing,
  isText: boolean,
  unexpected: (reason: string) => Error,
): Promise<ArrayBuffer | Uint8Array<ArrayBuffer>> => {
  const { headers } = response;
  const longest = isText ? longestText : longestFile;
  // A length that is known and small needs no watching, unless it is that of something packed.
  const isShort = Number(headers.get("Content-Length") ?? Number.NaN) <= longest && !headers.has("Content-Encoding");
  const bytes = await (response.upTo?.(longest) ??
    (isShort || response.body === null ? response.arrayBuffer() : beginning(response.body, longest)));
  if (bytes.byteLength > longest) throw unexpected(`it is longer than ${longest} bytes`);
  return bytes;
};

/** All of the body, or the beginning of one that is longer than the longest. */
const beginning = async (body: NonNullable<Response["body"]>, longest: number): Promise<ArrayBuffer> => {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  const reader = body.getReader();
  for (let size = 0; size <= longest; ) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    size += value.length;
  }
  // Of no effect where that was all.
  reader.cancel().catch(() => undefined);
  return new Blob(chunks).arrayBuffer();
};
