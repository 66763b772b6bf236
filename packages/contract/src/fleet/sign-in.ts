import {
  apiUrl,
  type CallParkClient,
  CallParkError,
  ConfigurationError as ClientConfigurationError,
  createCallParkClient,
  unwrap,
} from "@callpark/client";
import { createNodeTransport } from "@callpark/client/node";
import { checkRestoreOptions, checkRunOptions } from "../check-options.ts";
import { messageOf } from "../message-of.ts";
import { isSignedOut } from "../open-sessions.ts";
import type { Report } from "../report.ts";
import { type Restoration, type RestoreOptions, restore, unfinishedRuns } from "../restore.ts";
import { ConfigurationError, OtherTenantError, TargetError, type VerifyOptions, type VerifyTarget } from "../target.ts";
import { verify } from "../verify.ts";

/** Whom to sign in as. */
export interface Credentials {
  username: string;
  password: string;
  /** The tenant's SIP domain. Left out for the system administrator, who then works on the tenant that is named. */
  domain?: string;
}

/** A PBX to sign in to. */
export type SignInTarget = Omit<VerifyTarget, "token" | "refreshToken"> & { credentials: Credentials };

/**
 * As `verify`, with a session of its own: signs in first, as the system administrator switches to `target.tenant`, and
 * signs out at the end, whatever happened.
 *
 * @throws As `verify`; TargetError where the PBX does not let the user in, or wants a second factor.
 */
export const verifySignedIn = async (target: SignInTarget, options: VerifyOptions = {}): Promise<Report> => {
  checkRunOptions(options);
  return inSession(target, options, (own, onTokens) => verify(own, { ...options, onTokens }));
};

/**
 * As `restore`, with a session of its own, as `verifySignedIn`. Where nothing is unfinished, it does not sign in.
 *
 * @throws As `restore`; TargetError where the PBX does not let the user in, or wants a second factor.
 */
export const restoreSignedIn = async (target: SignInTarget, options: RestoreOptions = {}): Promise<Restoration> => {
  checkRestoreOptions(options);
  const { runs, damaged } = await unfinishedRuns(options.stateDir);
  if (runs.length === 0 && damaged.length === 0) return { status: "not-needed", notes: [] };
  return inSession(target, options, (own, onTokens) => restore(own, { ...options, onTokens }));
};

/** Signs in, does the work and signs out, whatever comes of it. A sign-out that fails is a note. */
const inSession = async <Result extends { notes: string[] }>(
  target: SignInTarget,
  options: Pick<VerifyOptions, "budget" | "signal"> & Pick<RestoreOptions, "onSecret" | "onTokens">,
  work: (own: VerifyTarget, onTokens: NonNullable<VerifyOptions["onTokens"]>) => Promise<Result>,
): Promise<Result> => {
  const { credentials } = target;
  await using transport = createNodeTransport(target.tls);
  let current: string | undefined;
  const client = entering(() =>
    createCallParkClient({
      baseUrl: apiUrl(target.url),
      token: () => current ?? "",
      transport,
      ...(options.budget !== undefined && { budget: options.budget }),
    }),
  );
  const { token, refresh } = await signIn(await client, credentials, options.signal);
  current = token;
  for (const secret of [token, refresh]) if (secret !== undefined) options.onSecret?.(secret);
  let result: Result;
  try {
    if (credentials.domain === undefined && target.tenant !== undefined)
      await switchTo(await client, target.tenant, options.signal);
    const own = { ...target, token, ...(refresh !== undefined && { refreshToken: refresh }) };
    result = await work(own, async (news) => {
      current = news.access;
      return options.onTokens?.(news);
    });
  } catch (error) {
    await signOut(await client);
    throw error;
  }
  const note = await signOut(await client);
  return note === undefined ? result : { ...result, notes: [...result.notes, note] };
};

const signIn = async (client: CallParkClient, credentials: Credentials, signal: AbortSignal | undefined) => {
  const { username } = credentials;
  const answer = await entering(() => client.auth.signIn(credentials, signal && { signal }));
  const { status } = answer.response;
  if (status === 400 || status === 401 || status === 403)
    throw new TargetError(
      `The PBX does not let ${username} in (status ${status}): check the user name, the password and the domain`,
      { refused: true },
    );
  const session = await entering(() => unwrap(answer));
  if (session.two_factor_enabled)
    throw new TargetError(
      `The PBX wants a second factor of ${username}, which a run cannot give: use a user without one, or a token`,
      { refused: true },
    );
  // The types say what is documented. What else the answer lacks is a check's to say: it signs in too.
  const {
    access_token: token,
    refresh_token: refresh,
  }: Pick<typeof session, "access_token"> & Partial<typeof session> = session;
  return { token, refresh };
};

const switchTo = async (client: CallParkClient, named: string, signal: AbortSignal | undefined): Promise<void> => {
  await entering(async () => {
    for await (const { id, name, domain } of client.tenants.list(signal && { signal }))
      if ([id, name, domain].includes(named)) {
        await unwrap(client.tenants.switchTo(id, signal && { signal }));
        return;
      }
    throw new OtherTenantError(`The PBX has no tenant called ${named}: name, domain and id were compared`);
  });
};

/** Nothing hangs on it but that a session ends earlier: a failure is said, and changes no result. */
const signOut = async (client: CallParkClient): Promise<string | undefined> => {
  const failed = (reason: string) => `The session that the run opened could not be signed out (${reason}).`;
  try {
    const { status } = (await client.auth.signOut()).response;
    return isSignedOut(status) ? undefined : failed(`status ${status}`);
  } catch (error) {
    return failed(messageOf(error));
  }
};

const entering = async <Value>(run: () => Value | Promise<Value>): Promise<Value> => {
  try {
    return await run();
  } catch (error) {
    if (error instanceof ClientConfigurationError) throw new ConfigurationError(error.message);
    throw error instanceof CallParkError ? new TargetError(error.message, { cause: error }) : error;
  }
};
