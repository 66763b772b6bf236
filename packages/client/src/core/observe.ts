import type { ClientOptions } from "../options.ts";
import { withoutQuery } from "./attempt.ts";
import type { Parts } from "./send.ts";

/** Tells the caller's hooks of each attempt. They are shown no header, no query and no body. */
export const hooks = ({ onRequest, onResponse }: ClientOptions): Parts["watch"] =>
  (onRequest || onResponse) &&
  (async ({ operation, url }, attempt, run) => {
    const event = { operation, url: withoutQuery(url), attempt };
    const started = performance.now();
    const duration = () => performance.now() - started;
    onRequest?.(event);
    try {
      const received = await run();
      onResponse?.({ ...event, status: received.response.status, duration: duration() });
      return received;
    } catch (error) {
      onResponse?.({ ...event, error: error as Error, duration: duration() });
      throw error;
    }
  });
