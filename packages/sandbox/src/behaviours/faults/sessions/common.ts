import type { Pbx } from "../../../context.ts";
import type { Alter } from "../../behaviour.ts";
import { at, isSuccess } from "../../tools/at.ts";
import { faultsOf, type MakeFault } from "../../tools/fault.ts";
import type { Seen } from "../../tools/seen.ts";
import { administratorTokens } from "../../tools/sessions.ts";
import { post, type WitnessRequest } from "../../witness.ts";

export const signIn = "POST /auth/sign_in";
export const refresh = "POST /auth/refresh_token";
export const signOut = "POST /auth/sign_out";
export const old = "POST /login/oauth/token";

export const fault: MakeFault = faultsOf(() => ({ class: "sessions" }));

export const right = { username: "admin", password: "acme-park-1", domain: "acme.example" };
export const nobody = { as: "nobody" } as const;
export const signing = (change: object): WitnessRequest[] => [post("/auth/sign_in", { ...right, ...change }, nobody)];

export const token = (pbx: Pbx): Record<string, string | number> => {
  const { accessToken, refreshToken, expiresIn } = administratorTokens(pbx);
  return { token_type: "Bearer", access_token: accessToken, refresh_token: refreshToken, expires_in: expiresIn };
};

/** Lets in where it would refuse. */
export const letsIn = (operation: string, when: (fields: Seen["fields"], seen: Seen) => boolean): Alter =>
  at(operation, async (seen, next, pbx) => {
    const answer = await next();
    const fields = operation === old ? Object.fromEntries(new URLSearchParams(seen.bytes.toString())) : seen.fields;
    return !isSuccess(answer) && when(fields, seen) ? { status: 200, json: token(pbx) } : answer;
  });

export const isText = (value: unknown): value is string => typeof value === "string";
