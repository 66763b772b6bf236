import { createRequire } from "node:module";
import { apiUrl } from "@callpark/client";
import { applyBaseline } from "./baseline/apply.ts";
import type { Check } from "./check.ts";
import { checkRunOptions, checkToken, configured } from "./check-options.ts";
import { callParkAlways } from "./checks/call-park-always.ts";
import { callParkOwnSettings } from "./checks/call-park-own-settings.ts";
import type { Context } from "./context.ts";
import { Contract } from "./contract-document.ts";
import { byHand } from "./guard/by-hand.ts";
import { endingOf } from "./guard/ending.ts";
import { earlierRun, openLogbook, refuseUnsafe } from "./guard/preflight.ts";
import { SettingsGuard } from "./guard/settings-guard.ts";
import { outlastingToken } from "./guard/token-life.ts";
import { JournalError, type Logbook } from "./journal/logbook.ts";
import { createMask } from "./mask.ts";
import { masked } from "./masked.ts";
import { NotRestoredError } from "./not-restored.ts";
import { reasonNotToWrite } from "./provable.ts";
import { Recorder } from "./record/recorder.ts";
import { checks, checksNamed } from "./registry.ts";
import { type CheckResult, type Report, type RestoreResult, type WriteLevel, writesMore } from "./report.ts";
import { begun, reserve } from "./request-limit.ts";
import { runCheck, skipped } from "./run-check.ts";
import { Session } from "./session.ts";
import { signedIn } from "./signed-in.ts";
import { ConfigurationError, TargetError, type VerifyOptions, type VerifyTarget } from "./target.ts";
import { findTenant } from "./tenant.ts";
import { findVersion } from "./version.ts";
import { Watch } from "./watch.ts";
import { Wire, WireError } from "./wire.ts";

const { version } = createRequire(import.meta.url)("../package.json") as { version: string };
const reach: Record<Check["level"], readonly WriteLevel[]> = {
  read: ["none", "safe", "full"],
  safe: ["safe", "full"],
  full: ["full"],
};

/**
 * Checks a PBX against the contract, one check after the other, and puts back whatever was changed: also when a check
 * crashes or the signal ends the run.
 *
 * @throws ConfigurationError or TargetError where the run cannot begin. Nothing was changed then. NotRestoredError where
 *   something else than the PBX ended it, such as a callback that throws, and not everything could be put back.
 */
export const verify = async (target: VerifyTarget, options: VerifyOptions = {}): Promise<Report> => {
  checkRunOptions(options);
  checkToken(target);
  const { write = "none", only } = options;
  const started = new Date();
  const began = performance.now();
  const chosen = choose(only, write);
  if (write !== "none") refuseUnsafe(target);
  const { signal, notes: endings } = endingOf(options);
  const secrets = createMask(options.onSecret);
  const { credentials, systemAdministrator } = target;
  for (const secret of [target.token, target.refreshToken, target.otherToken]) secrets.add(secret);
  for (const secret of [credentials?.password, systemAdministrator?.password]) secrets.add(secret);

  await using wire = configured(() => new Wire(apiUrl(target.url), target.tls, write !== "none"));
  if (options.record) wire.recorder = new Recorder();
  const session = new Session(wire, target, secrets, signal);
  session.budget = options.budget;
  session.onTokens = options.onTokens;
  session.pace.onWait = options.onWait;
  const { tenant, pbxVersion } = await entering(wire, async () => {
    await signedIn(session, { forSettings: chosen.some(isAboutSettings(write)) });
    return {
      tenant: await findTenant(session, target.tenant, write),
      pbxVersion: await findVersion(session, options.version),
    };
  });
  session.tenantId = tenant?.id;
  const context: Context = {
    contract: await Contract.of(pbxVersion.line),
    session,
    mask: secrets.mask,
    otherToken: target.otherToken,
    credentials,
    systemAdministrator,
    tenantId: tenant?.id,
    write,
    chosen: new Set(chosen.map(({ id }) => id)),
    seed: options.seed,
    maxRequests: options.maxRequests,
    versionSource: pbxVersion.source,
    guard: undefined,
    aftermath: [],
    proven: new Set(),
  };
  const watch = new Watch(context);
  const begin = async (): Promise<void> => {
    const first = await session.once("/call_park").catch(() => undefined);
    if (first) watch.begin(first);
  };
  await begin();
  context.watch = watch;
  session.watch = watch;
  const wanted = chosen.some(isWriting(write));
  const unprovable = wanted ? await reasonNotToWrite(context, tenant) : undefined;
  if (unprovable !== undefined) context.unprovable = unprovable;
  const writes = wanted && unprovable === undefined;
  await using logbook = writes
    ? await entering(wire, () => openLogbook(session, target, options, tenant, secrets.mask))
    : undefined;
  if (logbook?.isLate) {
    session.forget();
    await begin();
    await entering(wire, () => outlastingToken(session));
  }
  if (logbook) await entering(wire, () => armed(context, logbook));
  else if (!target.embedded) session.notes.push(...(await earlierRun(session, tenant, options.stateDir)));
  if (context.guard) options.onWrite?.(byHand(context.guard, session, secrets.mask));

  const results: CheckResult[] = [];
  let restore: RestoreResult = { status: "not-needed" };
  try {
    try {
      for (const [done, check] of chosen.entries()) {
        if (check.last) continue;
        const reason = reasonToSkip(check, context, write, signal, results);
        wire.recorder?.begin(check.id);
        options.onProgress?.({ done, total: chosen.length, check: check.id });
        results.push(
          reason === undefined
            ? await runCheck(check, context, chosen.slice(done + 1).find(isWriting(write)))
            : skipped(check, reason),
        );
      }
    } finally {
      restore = await putBack(context, options);
    }
    // What it saw is said even where other checks only were asked for.
    if (chosen.includes(callParkAlways) || watch.findings.length > 0 || context.aftermath.length > 0)
      results.push(await runCheck(callParkAlways, context));
  } catch (error) {
    // Nothing that is thrown may hide that the PBX is not as it was.
    if (restore.status !== "failed") throw error;
    throw new NotRestoredError(error, masked(restore, secrets.mask), {
      journal: logbook?.path,
      requests: wire.requests,
    });
  }
  const report: Report = {
    schemaVersion: 1,
    tool: { name: "callpark", version },
    startedAt: started.toISOString(),
    duration: Math.round(performance.now() - began),
    target: { url: wire.baseUrl, embedded: target.embedded === true, ...(tenant && { tenant }) },
    pbxVersion,
    write,
    checks: results,
    requests: wire.requests,
    restore,
    interrupted: signal?.aborted === true,
    notes: [...session.notes, ...endings()],
    ...(wire.recorder && { exchanges: wire.recorder.exchanges }),
  };
  const clean = masked(report, secrets.mask);
  if (options.baseline === undefined) return clean;
  const known = applyBaseline(clean, options.baseline);
  return only && known.baseline
    ? { ...known, baseline: { ...known.baseline, unchosen: checks.length - chosen.length } }
    : known;
};

const putBack = async (
  { contract, session, guard }: Context,
  { onRestored }: VerifyOptions,
): Promise<RestoreResult> => {
  session.finish();
  session.wire.recorder?.begin(undefined);
  const restore = (await guard?.restore()) ?? { status: "not-needed" };
  try {
    if (guard && restore.status !== "failed") onRestored?.();
  } finally {
    if (contract.has("POST /auth/sign_out")) await session.signOutLeft();
  }
  return restore;
};

const choose = (only: string[] | undefined, write: WriteLevel): readonly Check[] => {
  if (only === undefined) return checks;
  const wanted = new Set(checksNamed(only));
  if (![...wanted].some(({ level }) => reach[level].includes(write)))
    throw new ConfigurationError(
      `These checks write, and this run only reads or writes less (${only.join(", ")}): choose write "full" (--write=full)`,
    );
  // Whatever is written, the PBX's own settings are sent back first: that tells how this PBX writes.
  if (write !== "none" && [...wanted].some(({ level }) => level !== "read")) wanted.add(callParkOwnSettings);
  return checks.filter((check) => wanted.has(check));
};

/** Gives the context a guard if the run is to write. Where there can be none, the reads go on. */
const armed = async (context: Context, logbook: Logbook): Promise<void> => {
  try {
    context.guard = await SettingsGuard.begin(context.session, logbook);
  } catch (error) {
    if (error instanceof JournalError || !(error instanceof ConfigurationError || error instanceof WireError))
      throw error;
    context.guardRefusal = error.message;
  }
};

const reasonToSkip = (
  check: Check,
  { contract, guard, unprovable, maxRequests, session }: Context,
  write: WriteLevel,
  signal: AbortSignal | undefined,
  results: readonly CheckResult[],
): string | undefined => {
  if (signal?.aborted) return "The run was interrupted.";
  if (!contract.has(check.operation)) return `Version ${contract.line} has no ${check.operation}.`;
  if (check.level !== "read" && !reach[check.level].includes(write)) return writesMore(check.level);
  const [kept, purpose] = write === "none" ? [begun, "a check that has begun"] : [reserve, "putting everything back"];
  if (maxRequests !== undefined && session.wire.requests >= maxRequests - kept)
    return `The run may send ${maxRequests} requests (maxRequests, --max-requests), and keeps the last ${kept} for ${purpose}.`;
  if (check.level === "read") return undefined;
  if (unprovable !== undefined) return `Nothing was written: ${unprovable}.`;
  if (guard?.stopped !== undefined) return `Nothing more is written: ${guard.stopped}`;
  const own = results.find(({ id }) => id === callParkOwnSettings.id);
  if (own === undefined || own.status === "passed" || check.id === own.id) return undefined;
  return notWritten(own);
};

/** Where the first write tells nothing of how this PBX writes, there is no second one. */
const notWritten = ({ id, status, reason, findings }: CheckResult): string => {
  if (status === "skipped") return `Nothing was written: ${reason}`;
  if (status === "error") return `Nothing else was written, as ${id} could not be finished.`;
  const { code = id } = findings.find(({ kind }) => kind === "finding") ?? {};
  return `Nothing else was written, as writing the PBX's own settings back went wrong: see ${code}.`;
};

const isWriting =
  (write: WriteLevel) =>
  ({ level }: Check): boolean =>
    level !== "read" && reach[level].includes(write);

/** Whoever may not read the settings has nothing to gain from these, and a run of the others alone needs none. */
const isAboutSettings =
  (write: WriteLevel) =>
  ({ id, operation, level }: Check): boolean =>
    reach[level].includes(write) && (id.startsWith("call_park.") || operation.endsWith(" /call_park"));

/** What comes before the first check. Where the PBX answered and it fails, the error says how many requests that took. */
export const entering = async <Value>(wire: Wire, run: () => Promise<Value>): Promise<Value> => {
  try {
    return await run();
  } catch (error) {
    if (error instanceof WireError) throw new TargetError(error.message, { cause: error });
    if (error instanceof TargetError || error instanceof ConfigurationError) error.requests = wire.requests;
    throw error;
  }
};
