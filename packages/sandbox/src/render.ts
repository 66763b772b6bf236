import type { Answer } from "./context.ts";
import { encode } from "./encode.ts";
import { Refusal } from "./errors.ts";

/** An answer as it goes out, in text and bytes alone. */
export interface Rendered {
  status: number;
  headers: Record<string, string>;
  body: Buffer | undefined;
}

export const render = (answer: Answer): Rendered => {
  const { status, headers, body } = encode(answer);
  return {
    status,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
    body: body.length === 0 ? undefined : typeof body === "string" ? Buffer.from(body) : Buffer.from(body),
  };
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
