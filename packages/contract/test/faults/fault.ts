import { bodyOf } from "../lawful/variation.ts";
import { type Answer, edit, type Faults, type Forwarded, isCallPark } from "../proxy.ts";
import type { Bench } from "../support.ts";

export type Body = Record<string, unknown>;

/** A way of breaking the contract of /call_park. */
export interface Fault {
  /** "A PBX that …" */
  what: string;
  /** How a code that is meant for it begins. */
  code: string;
  /** The checks that are run, where the code does not name them. */
  only?: string;
  faults: (pbx: () => Bench) => Faults;
  /** The settings that the run finds, where they are not the sandbox's own. */
  setup?: (pbx: Bench) => Promise<void>;
}

const byToken = (request: Forwarded) => request.headers.authorization !== undefined;

/** Changes what GET /call_park shows. */
export const shows = (change: (settings: Body) => void): Faults => ({
  answer: (answer, request) => {
    if (isCallPark(request, "GET") && answer.status === 200) edit(answer, change);
  },
});

/** Changes the whole answer of GET /call_park. */
export const answersGet = (change: (answer: Answer) => void): Faults => ({
  answer: (answer, request) => {
    if (isCallPark(request, "GET") && answer.status === 200) change(answer);
  },
});

/** Every so manieth GET /call_park is changed. */
export const nowAndThen = (every: number, change: (answer: Answer) => void): Faults => {
  let count = 0;
  return answersGet((answer) => {
    count += 1;
    if (count % every === 0) change(answer);
  });
};

export const yes = (): Answer => ({ status: 200, headers: {}, body: Buffer.of() });
export const no = (status = 400, errors: unknown = [{ code: "VALIDATE_FAILED", message: "no" }]): Answer => ({
  status,
  headers: { "content-type": "application/json" },
  body: Buffer.from(JSON.stringify({ errors })),
});

/** Answers a POST itself where it should not. */
export const takes = (look: (body: Body, raw: string) => Answer | undefined): Faults => ({
  request: (request) =>
    isCallPark(request, "POST") && byToken(request) ? look(bodyOf(request) ?? {}, request.body.toString()) : undefined,
});

/** Changes the body of a POST on its way. */
export const hears = (change: (body: Body) => void): Faults => ({
  request: (request) => {
    const body = bodyOf(request);
    if (!isCallPark(request, "POST") || body === undefined) return undefined;
    change(body);
    request.body = Buffer.from(JSON.stringify(body));
    return undefined;
  },
});

/** Changes what a refusal of /call_park looks like. */
export const refusesSo = (
  method: string,
  change: (answer: Answer, request: Forwarded) => void,
  wanted: (status: number) => boolean = (status) => status >= 400,
): Faults => ({
  answer: (answer, request) => {
    if (isCallPark(request, method) && wanted(answer.status)) change(answer, request);
  },
});

export { bodyOf, edit, isCallPark };
