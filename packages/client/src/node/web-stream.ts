import type { Readable } from "node:stream";
import { tidy } from "./tidy.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/**
 * A body as fetch gives it. Nothing is read before somebody asks. Node's own conversion costs several times as much.
 *
 * @param source - is destroyed as well where the reader loses interest.
 */
export const webStream = (body: Readable, source: Readable): ReadableStream<Bytes> => {
  let arrived: (() => void) | undefined;
  const start = (controller: ReadableStreamDefaultController<Bytes>) => {
    body.on("data", (chunk: Bytes) => {
      controller.enqueue(chunk);
      body.pause();
      arrived?.();
    });
    body.on("end", () => {
      controller.close();
      arrived?.();
    });
    body.on("error", (error) => {
      controller.error(tidy(error));
      arrived?.();
    });
  };
  return new ReadableStream<Bytes>(
    {
      pull(controller) {
        if (arrived === undefined) start(controller);
        else body.resume();
        return new Promise((resolve) => {
          arrived = resolve;
        });
      },
      cancel: () => drop(body, source),
    },
    { highWaterMark: 0 },
  );
};

/** The bytes of a body, which is dropped as soon as there are more than the limit. */
export const collect = (body: Readable, limit: number, source: Readable): Promise<Bytes> =>
  new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    let size = 0;
    const whole = () => resolve(chunks.length === 1 ? (chunks[0] as Bytes) : Buffer.concat(chunks));
    body.on("data", (chunk: Uint8Array) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size <= limit) return;
      drop(body, source);
      whole();
    });
    body.on("end", whole);
    body.on("error", (error) => reject(tidy(error)));
  });

const drop = (...streams: Readable[]): void => {
  for (const stream of streams)
    stream
      .removeAllListeners("data")
      .removeAllListeners("end")
      .on("error", () => undefined)
      .destroy();
};
