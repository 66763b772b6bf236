import type { SandboxOptions } from "@callpark/sandbox";
import { type Answer, edit, type Faults, type Forwarded, isCallPark } from "../proxy.ts";
import type { Bench } from "../support.ts";

/** A way of keeping the contract that is not the sandbox's own. */
export interface Variation {
  /** "A PBX that …" */
  what: string;
  faults?: () => Faults;
  options?: SandboxOptions;
  setup?: undefined | ((pbx: Bench) => Promise<void>);
  target?: (pbx: Bench) => { url?: string; tenant?: string; refreshToken?: string };
}

export const json = (value: unknown, status = 200, headers: Record<string, string> = {}): Answer => ({
  status,
  headers: { "content-type": "application/json", ...headers },
  body: Buffer.from(JSON.stringify(value)),
});

export const refusal = (status: number, headers?: Record<string, string>): Answer =>
  json({ errors: [{ code: "UNKNOWN", message: "no" }] }, status, headers);

type Body = Record<string, unknown>;

/** The object in a request's body, if that is what it holds. */
export const bodyOf = ({ body }: Forwarded): Body | undefined => {
  try {
    const value: unknown = JSON.parse(body.toString());
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Body) : undefined;
  } catch {
    return undefined;
  }
};

/** Changes what GET /call_park shows. */
export const shows =
  (change: (settings: Body) => void): NonNullable<Faults["answer"]> =>
  (answer, request) => {
    if (isCallPark(request, "GET") && answer.status === 200) edit(answer, change);
  };

/** Looks at each body that a user POSTs to /call_park: changes it, or answers itself. */
export const takes =
  (look: (body: Body, request: Forwarded) => Answer | undefined): NonNullable<Faults["request"]> =>
  (request) => {
    const body = bodyOf(request);
    if (!isCallPark(request, "POST") || !request.headers.authorization || body === undefined) return undefined;
    const answer = look(body, request);
    request.body = Buffer.from(JSON.stringify(body));
    return answer;
  };

/** Refuses everything whose path begins so. */
export const refuses =
  (beginning: string, status: number, method?: string): NonNullable<Faults["request"]> =>
  ({ headers, path, method: asked }) =>
    headers.authorization && path.startsWith(`/api/${beginning}`) && (method ?? asked) === asked
      ? refusal(status)
      : undefined;

/** A ring group of the tenant. */
export const ringGroup = async (pbx: Bench): Promise<string> => {
  const response = await fetch(`${pbx.sandbox.apiUrl}/ring_groups`, {
    headers: { Authorization: `Bearer ${pbx.token}` },
  });
  const { items } = (await response.json()) as { items: { id: string }[] };
  return items[0]?.id ?? "";
};

export const begins =
  (settings: object): Variation["setup"] =>
  (pbx) =>
    pbx.change(settings);
