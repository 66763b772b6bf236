/** The longest answer in text that is read, in decoded bytes. Settings and lists are far below. */
export const longestText: number = 1024 * 1024;
/** The longest file: more than ten minutes of the best sound that a prompt can have. */
export const longestFile: number = 64 * longestText;

/** What the transport for Node can do without a web stream, which costs more there than the rest of a call. */
interface Sparing {
  /** The body, or its beginning, longer than the limit. */
  upTo?: (limit: number) => Promise<Uint8Array<ArrayBuffer>> | undefined;
}

/** The body's bytes, or the beginning of a body that is longer than the longest. */
export const readBytes = (
  response: Response & Sparing,
  longest: number,
): Promise<ArrayBuffer | Uint8Array<ArrayBuffer>> => {
  const { headers } = response;
  // A length that is known and small needs no watching, unless it is that of something packed.
  const isShort = Number(headers.get("Content-Length") ?? Number.NaN) <= longest && !headers.has("Content-Encoding");
  return (
    response.upTo?.(longest) ??
    (isShort || response.body === null ? response.arrayBuffer() : beginning(response.body, longest))
  );
};

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
