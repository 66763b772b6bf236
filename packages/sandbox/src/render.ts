import type { ServerResponse } from "node:http";
import type { Answer } from "./context.ts";
import { Refusal } from "./errors.ts";

/** An answer as it goes out. */
export interface Rendered {
  status: number;
  headers: Record<string, string>;
  body: Buffer | undefined;
}

/** Text where it is JSON: node:http sends that faster than its bytes. */
const encode = ({ status, json, bytes, headers = {} }: Answer) => {
  const body = bytes ?? (json === undefined ? undefined : JSON.stringify(json));
  const all: Record<string, string> = { ...headers };
  if (bytes) all["Content-Type"] = "application/octet-stream";
  else if (json !== undefined) all["Content-Type"] = "application/json";
  if (status !== 204)
    all["Content-Length"] = String(typeof body === "string" ? Buffer.byteLength(body) : (body?.length ?? 0));
  return { status, headers: all, body };
};

export const render = (answer: Answer): Rendered => {
  const { body, ...rest } = encode(answer);
  return { ...rest, body: body === undefined ? undefined : Buffer.from(body) };
};

export const send = (response: ServerResponse, answer: Answer): void => {
  if (answer.deliver) {
    answer.deliver(response);
    return;
  }
  const { status, headers, body } = encode(answer);
  response.writeHead(status, headers).end(body);
};

/** How a refusal is answered. */
export const answerOfRefusal = ({ status, errors, headers }: Refusal): Answer => ({
  status,
  json: { errors },
  headers,
});

/** Refusals are answers too; other errors stay errors. */
export const settled = async (answering: Promise<Answer>): Promise<Answer> => {
  try {
    return await answering;
  } catch (error) {
    if (error instanceof Refusal) return answerOfRefusal(error);
    throw error;
  }
};
