import type { Answer } from "./context.ts";

/** An answer as it goes out. */
interface Encoded {
  status: number;
  headers: Record<string, string | number>;
  body: string | Uint8Array<ArrayBufferLike>;
}

export const encode = ({ status, json, bytes, headers = {} }: Answer): Encoded => {
  const body = bytes ?? (json === undefined ? "" : JSON.stringify(json));
  const all: Encoded["headers"] = { ...headers };
  if (bytes) all["Content-Type"] = "application/octet-stream";
  else if (json !== undefined) all["Content-Type"] = "application/json";
  if (status !== 204) all["Content-Length"] = typeof body === "string" ? Buffer.byteLength(body) : body.length;
  return { status, headers: all, body };
};
