import type { IncomingMessage, ServerResponse } from "node:http";
import type { Tokens } from "@callpark/client";
import { json, serve, type TestServer } from "../server.ts";

export const firstTokens: Tokens = { access_token: "access-0", refresh_token: "refresh-0", expires_in: 3600 };

export interface SignedInPbx extends TestServer {
  /** The access token that is good now; any other is answered with 401. */
  good: string;
  /** Requests to refresh so far. */
  refreshes: () => number;
  /** The tokens that the others were called with, in order. */
  used: () => string[];
}

export const refusal: { errors: { code: string; message: string }[] } = {
  errors: [{ code: "UNAUTHORIZED", message: "The access token is not valid" }],
};

/** A PBX that takes one token, and answers to a request to refresh as the test says: else with the next token. */
export const serveSignedIn = async (
  refresh?: (request: IncomingMessage, response: ServerResponse, turn: number) => void | Promise<void>,
): Promise<SignedInPbx> => {
  let turn = 0;
  const server = await serve((request, response) => {
    if (request.url !== "/api/auth/refresh_token") {
      if (request.headers.authorization !== `Bearer ${pbx.good}`) return json(response, 401, refusal);
      return json(response, 200, { count: 0, items: [] });
    }
    turn += 1;
    if (refresh !== undefined) return void refresh(request, response, turn);
    pbx.good = `access-${turn}`;
    return json(response, 200, newTokens(turn));
  });
  const pbx: SignedInPbx = Object.assign(server, {
    good: firstTokens.access_token,
    refreshes: () => turn,
    used: () =>
      server.requests
        .filter(({ path }) => path !== "/api/auth/refresh_token")
        .map(({ headers }) => String(headers.authorization).replace("Bearer ", "")),
  });
  return pbx;
};

export const newTokens = (turn: number): Tokens & { token_type: string } => ({
  access_token: `access-${turn}`,
  refresh_token: `refresh-${turn}`,
  expires_in: 3600,
  token_type: "Bearer",
});
