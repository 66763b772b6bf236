import type { Answering } from "./behaviours/behaviour.ts";
import type { Answer } from "./context.ts";
import { Refusal, refused } from "./errors.ts";
import type { PbxRequest } from "./pbx.ts";

/** What answers every request, refusals and all; it never rejects. */
export type Front = (request: PbxRequest) => Promise<Answer>;

type Log = (line: string) => void;

/** Makes answers of refusals, and tells the log of each request. */
export const createFront = (answering: Answering, log: Log | undefined): Front => {
  if (!log) return (request) => answered(answering, request, undefined);
  return async (request) => {
    const start = performance.now();
    const answer = await answered(answering, request, log);
    // The query may hold secrets, and so may headers and bodies.
    const path = request.target.split("?")[0];
    log(`${request.method} ${path} ${answer.status} ${(performance.now() - start).toFixed(1)} ms`);
    return answer;
  };
};

const answered = async (answering: Answering, request: PbxRequest, log: Log | undefined): Promise<Answer> => {
  try {
    return await answering(request);
  } catch (error) {
    if (error instanceof Refusal)
      return { status: error.status, json: { errors: error.errors }, headers: error.headers };
    log?.(`A bug of the sandbox: ${error instanceof Error ? error.stack : String(error)}`);
    return { status: 500, json: { errors: refused(500, "A bug of the sandbox: see its log").errors } };
  }
};
