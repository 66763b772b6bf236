import type { Front } from "./front.ts";
import { render } from "./render.ts";

/** With these a Response may have no body, not even an empty one. */
const withoutBody: readonly number[] = [204, 205, 304];

/** A `fetch` that asks the PBX itself, with no network in between. */
export const createFetch = (front: Front, origin: string): typeof fetch => {
  return async (input, init) => {
    const request = new Request(input instanceof Request ? input : new URL(input, origin), init);
    const url = new URL(request.url);
    if (url.origin !== origin)
      throw new TypeError(`This fetch reaches ${origin} alone, and not ${url.origin}: use the global one`);
    const { method, headers, signal } = request;
    const answer = await unlessAborted(
      front({
        method,
        target: url.pathname + url.search,
        headers: { host: url.host, ...Object.fromEntries(headers) },
        body: async () => Buffer.from(await request.arrayBuffer()),
      }),
      signal,
    );
    if (answer.deliver)
      throw new TypeError("This answer goes wrong on the wire, and here is none: ask the PBX by its url instead");
    const { status, headers: answered, body = "" } = render(answer);
    const response = new Response(withoutBody.includes(status) ? null : new Uint8Array(Buffer.from(body)), {
      status,
      headers: answered,
    });
    Object.defineProperty(response, "url", { value: request.url });
    return response;
  };
};

const unlessAborted = <Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> => {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    signal.addEventListener("abort", onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
  });
};
