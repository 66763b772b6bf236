import type { Answering } from "./behaviours/behaviour.ts";
import type { Answer } from "./context.ts";
import type { NotedRequest } from "./control/request-log.ts";
import { Refusal, refused } from "./errors.ts";
import type { PbxRequest } from "./pbx.ts";
import { answerOfRefusal } from "./render.ts";

/** What answers every request, refusals and all; it never rejects. */
export type Front = (request: PbxRequest) => Promise<Answer>;

/** Where requests are told of, without secrets: none of the query, the body and the token. */
export interface Notes {
  /** In milliseconds since 1970. */
  now: () => number;
  add: (request: NotedRequest) => void;
  line: ((line: string) => void) | undefined;
}

/** So much of a path is told, in characters. */
const longestPath = 200;

const masked = (header: string | string[] | undefined): string | null =>
  header === undefined ? null : `${/^\w*/.exec(String(header))?.[0]} ***`;

/** Makes answers of refusals, and takes notes. */
export const createFront = (answering: Answering, notes: Notes): Front => {
  return async (request) => {
    const start = performance.now();
    const answer = await answered(answering, request, notes);
    const { method, target, headers } = request;
    const milliseconds = performance.now() - start;
    const query = target.indexOf("?");
    const path = target.slice(0, query === -1 ? longestPath : Math.min(query, longestPath));
    const { status } = answer;
    notes.add({ at: notes.now(), method, path, status, milliseconds, authorization: masked(headers["authorization"]) });
    notes.line?.(`${method} ${path} ${status} ${milliseconds.toFixed(1)} ms`);
    return answer;
  };
};

const answered = async (answering: Answering, request: PbxRequest, { line }: Notes): Promise<Answer> => {
  try {
    return await answering(request);
  } catch (error) {
    if (error instanceof Refusal) return answerOfRefusal(error);
    line?.(`A bug of the sandbox: ${error instanceof Error ? error.stack : String(error)}`);
    return { status: 500, json: { errors: refused(500, "A bug of the sandbox: see its log").errors } };
  }
};
