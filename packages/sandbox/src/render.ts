import type { ServerResponse } from "node:http";
import type { Answer } from "./context.ts";
import { Refusal } from "./errors.ts";

/** An answer as it goes out. */
export interface Rendered {
  status: number;
  headers: Record<string, string>;
  body: Buffer | undefined;
}

export const render = ({ status, json, bytes, headers = {} }: Answer): Rendered => {
  const body = bytes ? Buffer.from(bytes) : json === undefined ? undefined : Buffer.from(JSON.stringify(json));
  return {
    status,
    headers: {
      ...headers,
      ...(body ? { "Content-Type": bytes ? "application/octet-stream" : "application/json" } : {}),
      ...(status === 204 ? {} : { "Content-Length": String(body?.length ?? 0) }),
    },
    body,
  };
};

export const send = (response: ServerResponse, answer: Answer): void => {
  if (answer.deliver) {
    answer.deliver(response);
    return;
  }
  const { status, headers, body } = render(answer);
  response.writeHead(status, headers);
  response.end(body);
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
