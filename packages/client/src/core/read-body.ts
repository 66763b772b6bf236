/** The longest answer that is read, in decoded bytes. Settings and lists are far below. */
const longestAnswer = 1024 * 1024;

const decoder = new TextDecoder("utf-8", { fatal: true });

/**
 * The body as text: UTF-8 or nothing, a byte order mark left out.
 *
 * @throws `unexpected` of a reason where it is too long or no UTF-8; the transport's error where it did not come whole.
 */
export const readText = async (response: Response, unexpected: (reason: string) => Error): Promise<string> => {
  const { headers } = response;
  // A length that is known and small needs no watching, unless it is that of something packed.
  const isShort =
    Number(headers.get("Content-Length") ?? Number.NaN) <= longestAnswer && !headers.has("Content-Encoding");
  // The transport for Node can do without a web stream, which costs more there than the rest of a call.
  const { upTo } = response as { upTo?: (limit: number) => Promise<Uint8Array> | undefined };
  const bytes = await (upTo?.call(response, longestAnswer) ??
    (isShort ? response.arrayBuffer() : readBytes(response.body)));
  if (bytes.byteLength > longestAnswer) throw unexpected(`it is longer than ${longestAnswer} bytes`);
  try {
    return decoder.decode(bytes);
  } catch {
    if (response.ok) throw unexpected("it is not UTF-8");
    // A gateway's page is shown, not understood.
    return new TextDecoder("latin1").decode(bytes);
  }
};

/** All of the body, or the beginning of one that is longer than the longest. */
const readBytes = async (body: Response["body"]): Promise<ArrayBuffer> => {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  const reader = body?.getReader();
  for (let part = await reader?.read(); part?.done === false; part = await reader?.read()) {
    chunks.push(part.value);
    size += part.value.length;
    if (size > longestAnswer) {
      reader?.cancel().catch(() => undefined);
      break;
    }
  }
  return new Blob(chunks).arrayBuffer();
};

/** Is there an integer that a number cannot hold exactly? */
export const hasUnsafeInteger = (text: string): boolean =>
  /\d{16}/.test(text) &&
  (text.replace(/"(?:[^"\\]|\\.)*"/g, '""').match(/(?<![\d.])\d{16,}(?![\d.eE])/g) ?? []).some(
    (digits) => !Number.isSafeInteger(Number(digits)),
  );
