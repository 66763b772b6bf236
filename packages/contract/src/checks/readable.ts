import { Skip } from "../check.ts";
import type { Context } from "../context.ts";
import { systemStatus } from "../version.ts";
import type { Exchange } from "../wire.ts";

/**
 * What the PBX answers to a read that serves several checks.
 *
 * @throws Skip where this user or this PBX has nothing to read there: whatever else it answered would be judged wrongly.
 */
export const readable = async (context: Context, path: string): Promise<Exchange> => {
  const exchange = await context.session.once(path, { refresh: path !== systemStatus });
  skipAbsent(exchange, path);
  // Some PBXs call it 401 that the user is no system administrator.
  if (exchange.status === 401 && path === systemStatus) throw new Skip(`GET ${path} is not for this user (401).`);
  return exchange;
};

/** @throws Skip where the answer says that there is no such thing here, or not for this user. */
export const skipAbsent = ({ status, request: { method } }: Exchange, path: string): void => {
  if (status === 403) throw new Skip(`${method} ${path} is not for this user (403).`);
  if (status === 404) throw new Skip(`This PBX has no ${method} ${path} (404).`);
};
