import { Contract, type Schema, versionLines } from "./contract-document.ts";
import type { Exchange, WireRequest } from "./wire.ts";

/** What a refresh gives. */
export interface Tokens {
  access: string;
  /** Undefined where the PBX kept the old one. */
  refresh: string | undefined;
}

/**
 * Asks for a new token, as the newer lines want it and then as the older ones do: which one the PBX speaks need not be
 * known yet.
 *
 * @returns The tokens, or the status of the refusal.
 */
export const refreshTokens = async (
  send: (request: WireRequest) => Promise<Exchange>,
  refreshToken: string,
): Promise<Tokens | number> => {
  const [newer, older] = refreshRequests(refreshToken);
  let exchange = await send(newer);
  if (exchange.status === 404 || exchange.status === 405) exchange = await send(older);
  const tokens = exchange.json as { access_token?: unknown; refresh_token?: unknown } | undefined;
  if (exchange.status !== 200 || typeof tokens?.access_token !== "string") return exchange.status;
  const { access_token: access, refresh_token: given } = tokens;
  return { access, refresh: typeof given === "string" && given !== refreshToken ? given : undefined };
};

const older = "/login/oauth/token";

/** Asking for a new token, as the newer lines want it and as the older ones do. Undefined: with none. */
export const refreshRequests = (refreshToken: string | undefined): [newer: WireRequest, older: WireRequest] => [
  {
    method: "POST",
    path: "/auth/refresh_token",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ refresh_token: refreshToken }),
    anonymous: true,
  },
  {
    method: "POST",
    path: older,
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({
      grant_type: "refresh_token",
      ...(refreshToken !== undefined && { refresh_token: refreshToken }),
      ...fixedOfTokenRequest(),
    }).toString(),
    anonymous: true,
  },
];

/** What the older lines want in every such request. */
export const fixedOfTokenRequest = (): { scope: string; client_id: string } => {
  const contract = versionLines.map((line) => new Contract(line)).find((one) => one.has(`POST ${older}`));
  const fixed = contract?.properties(contract.schema("TokenRequest")) ?? new Map<string, Schema[]>();
  const only = (name: string) => String(fixed.get(name)?.[0]?.enum?.[0] ?? "");
  return { scope: only("scope"), client_id: only("client_id") };
};
