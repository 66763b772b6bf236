import type { IncomingMessage } from "node:http";
import { refused } from "./errors.ts";

/** The limits of the sandbox itself, in bytes; the PBX documents none. */
const ofOne = 16 * 1024 * 1024;
const ofAll = 256 * 1024 * 1024;

/** Reads bodies, of one server, into memory, and no more of it than that has room for. */
export const createBodyReader = (): ((request: IncomingMessage) => Promise<Buffer>) => {
  let held = 0;
  return (request) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const read = new Promise<Buffer>((accept, reject) => {
      const drop = (reason: Error) => {
        // The rest is read and dropped, so that the sender gets to see the refusal.
        request.removeAllListeners("data").resume();
        reject(reason);
      };
      if (Number(request.headers["content-length"] ?? 0) > ofOne) {
        drop(tooLarge());
        return;
      }
      request.on("data", (chunk: Buffer) => {
        size += chunk.length;
        held += chunk.length;
        chunks.push(chunk);
        if (size > ofOne) drop(tooLarge());
        else if (held > ofAll) drop(refused(429, "Too much is being sent at once", { "Retry-After": "1" }));
      });
      request.on("end", () => accept(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)));
      request.on("error", () => reject(refused(400, "The request was cut short")));
    });
    return read.finally(() => {
      held -= size;
    });
  };
};

const tooLarge = () => refused(413, `A body may have at most ${ofOne} bytes`);
