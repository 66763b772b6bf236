import type { Dispatcher } from "undici";
import { Incoming } from "./incoming.ts";
import { tidy } from "./tidy.ts";

/** An answer whose head is here. */
export interface Answered {
  status: number;
  statusText: string;
  headers: Record<string, string | string[] | undefined>;
  body: Incoming;
}

/** Sends a request. The signal ends it at any time, also in the middle of the body. */
export const exchange = (
  dispatcher: Dispatcher,
  request: Dispatcher.DispatchOptions,
  signal: AbortSignal | null | undefined,
): Promise<Answered> =>
  new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    let controller: Dispatcher.DispatchController | undefined;
    let body: Incoming | undefined;
    const stop = () => {
      // undici says so only once it is connected.
      reject(signal?.reason);
      controller?.abort(signal?.reason);
    };
    const over = () => signal?.removeEventListener("abort", stop);
    signal?.addEventListener("abort", stop);
    dispatcher.dispatch(request, {
      onRequestStart(started) {
        controller = started;
        if (signal?.aborted) controller.abort(signal.reason);
      },
      onResponseStart(started, status, headers, statusText = "") {
        // What goes before the answer, such as 103, is none.
        if (status < 200) return;
        body = new Incoming(started);
        resolve({ status, statusText, headers, body });
      },
      onResponseData(_, chunk) {
        body?.push(chunk as Buffer<ArrayBuffer>);
      },
      onResponseEnd() {
        over();
        body?.end();
      },
      onResponseError(_, cause) {
        over();
        const error = tidy(cause);
        body?.end({ error });
        reject(error);
      },
    });
  });
