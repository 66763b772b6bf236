import type { ServerResponse } from "node:http";
import type { Answer } from "../../context.ts";
import { type Rendered, render } from "../../render.ts";

/** Changes an answer as it goes out: its status, headers and bytes. */
export const onTheWire =
  (change: (rendered: Rendered & { body: Buffer }) => Partial<Rendered>) =>
  (answer: Answer): Answer => {
    const rendered = render(answer);
    const before = { ...rendered, body: rendered.body ?? Buffer.alloc(0) };
    const after = { ...before, ...change(before) };
    const length = Object.keys(after.headers).find((name) => name.toLowerCase() === "content-length");
    const headers = {
      ...after.headers,
      ...(length !== undefined && { [length]: String(after.body?.length ?? 0) }),
    };
    return {
      status: after.status,
      deliver: (response) => response.writeHead(after.status, headers).end(after.body),
    };
  };

/** Sends an answer in a way of its own. */
export const delivered =
  (deliver: (response: ServerResponse, rendered: Rendered & { body: Buffer }) => void) =>
  (answer: Answer): Answer => {
    const rendered = render(answer);
    return {
      status: answer.status,
      deliver: (response) => deliver(response, { ...rendered, body: rendered.body ?? Buffer.alloc(0) }),
    };
  };
