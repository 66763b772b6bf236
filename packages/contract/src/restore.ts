import { dirname } from "node:path";
import { apiUrl } from "@callpark/client";
import { checkRestoreOptions, checkToken, configured } from "./check-options.ts";
import { refuseUnsafe } from "./guard/preflight.ts";
import { isSettings } from "./guard/settings.ts";
import { SettingsGuard } from "./guard/settings-guard.ts";
import { withoutSecrets } from "./guard/without-secrets.ts";
import type { Tenant } from "./journal/journal.ts";
import { Logbook } from "./journal/logbook.ts";
import { defaultStateDir, foldersOf, isSameTenant, placeOf } from "./journal/state-folder.ts";
import {
  describeRun,
  elsewhereMessage,
  findDamaged,
  findElsewhere,
  listUnfinished,
  type Unfinished,
} from "./journal/unfinished.ts";
import { type ChangedSetting, changedSettings, ownPart } from "./left-by-run.ts";
import { createMask, type Mask } from "./mask.ts";
import { masked } from "./masked.ts";
import type { RestoreResult } from "./report.ts";
import { Session } from "./session.ts";
import { signedIn } from "./signed-in.ts";
import { ConfigurationError, type VerifyOptions, type VerifyTarget } from "./target.ts";
import { findTenant } from "./tenant.ts";
import { entering } from "./verify.ts";
import { Wire } from "./wire.ts";

/** A run that has not put back what it changed. */
export interface UnfinishedRun {
  runId: string;
  /** The API's base URL. */
  url: string;
  tenant: Tenant;
  /** RFC 3339, UTC. */
  startedAt: string;
  /** Why it gave up, where it came to say so. */
  reason?: string;
  /** What finishes it, by the run's own way in; not there where its journal does not say that. */
  command?: string;
  /** Its journal's file. */
  journal: string;
}

export interface RestoreOptions {
  /**
   * Where the runs keep their journals.
   * @default `$XDG_STATE_HOME/callpark`, else the platform's place
   */
  stateDir?: string;
  /**
   * Leaves the settings as they are now, for somebody else's changes that are to stay; what the run made for itself is
   * destroyed all the same.
   * @default false
   */
  keepCurrent?: boolean;
  /**
   * Is it no mistake that what is to be put back on this PBX is another tenant's, as where many targets are gone through?
   * @default false: it is refused
   */
  othersToo?: boolean;
  /** Asked before anything is written; an error that it throws ends the restore. */
  confirm?: (run: UnfinishedRun) => void | Promise<void>;
  /** As of `verify`: where a refresh token is kept that the PBX gave in place of the one that was given. */
  onTokens?: VerifyOptions["onTokens"];
  /** As of `verify`. */
  onSecret?: VerifyOptions["onSecret"];
  /** As of `verify`. */
  onWait?: VerifyOptions["onWait"];
}

export interface Restoration {
  /** `not-needed`: there was nothing to finish. */
  status: RestoreResult["status"];
  /** The run that was finished. */
  run?: UnfinishedRun;
  /** What was there, is there now, and how to go on, where it was not restored. */
  result?: RestoreResult;
  /** With `keepCurrent`: what is not as it was before the run, and stays so. Empty where nothing is, or it could not be read. */
  kept?: { byRun: ChangedSetting[]; byOthers: ChangedSetting[] };
  /** Things the user should know besides: of a refresh token that could not be kept, say. */
  notes: string[];
}

/** What came of one run. */
type Finished = Omit<Restoration, "notes">;

/** The runs that have not put back what they changed, and what is wrong with journals that cannot be read. */
export const unfinishedRuns = async (
  stateDir: string = defaultStateDir(),
): Promise<{ runs: UnfinishedRun[]; damaged: string[] }> => {
  const { runs, damaged } = await listUnfinished(stateDir);
  return { runs: runs.map(summaryOf), damaged: damaged.map(({ message }) => message) };
};

/**
 * Finishes what a run began that was killed, cut off or refused: puts the settings and the prompt back as they were, and
 * destroys the call park groups that it had made. Can be called again and again.
 *
 * @throws ConfigurationError or TargetError where it cannot begin. Nothing was changed then, and the journal is kept.
 */
export const restore = async (target: VerifyTarget, options: RestoreOptions = {}): Promise<Restoration> => {
  checkRestoreOptions(options);
  checkToken(target);
  const { stateDir = defaultStateDir() } = options;
  const url = configured(() => apiUrl(target.url));
  const { runs, damaged } = await listUnfinished(stateDir);
  const onHost = runs.filter(({ journal }) => placeOf(journal.url) === placeOf(url));
  if (runs.length === 0 && damaged.length === 0) return { status: "not-needed", notes: [] };
  refuseUnsafe(target);

  const secrets = createMask(options.onSecret);
  for (const secret of [target.token, target.refreshToken]) secrets.add(secret);
  await using wire = configured(() => new Wire(url, target.tls, true));
  const session = new Session(wire, target, secrets);
  session.onTokens = options.onTokens;
  session.pace.onWait = options.onWait;
  const tenant = await entering(wire, async () => {
    await signedIn(session, { forSettings: true });
    return findTenant(session, target.tenant, "full");
  });
  session.tenantId = tenant?.id;
  session.finish();
  if (tenant === undefined && onHost.length > 0) throw unknownTenant(onHost);
  const own = onHost
    .filter(({ journal }) => tenant !== undefined && isSameTenant(journal.tenant, tenant))
    // The newest first: each then finds what it had left, and the oldest has the last word, which knows what was there
    // before any of them. The other way round each would take the doings of those after it for somebody else's.
    .sort((one, other) => Date.parse(other.journal.startedAt) - Date.parse(one.journal.startedAt));
  // Of this tenant by this name of its PBX; by another one only where there is nothing else to finish.
  const unreadable =
    tenant &&
    (damaged.find(({ folder }) => foldersOf(stateDir, url, tenant).includes(folder)) ??
      (own.length === 0 ? await findDamaged(stateDir, url, tenant) : undefined));
  if (unreadable) throw new ConfigurationError(unreadable.message);
  if (own.length === 0 && onHost.length > 0 && !options.othersToo) throw otherTenant(onHost, tenant);
  const elsewhere = tenant && (await findElsewhere(stateDir, url, tenant));
  if (own.length === 0 && elsewhere) throw new ConfigurationError(elsewhereMessage(elsewhere, target.restoreOptions));
  let last: Finished = { status: "not-needed" };
  for (const one of own) {
    last = await finish(one, session, options, secrets.mask);
    if (last.status === "failed") break;
  }
  return { ...last, notes: masked(session.notes, secrets.mask) };
};

const finish = async (
  { path, journal }: Unfinished,
  session: Session,
  { keepCurrent = false, confirm }: RestoreOptions,
  mask: Mask,
): Promise<Finished> => {
  const run = summaryOf({ path, journal });
  await confirm?.(run);
  await using logbook = await Logbook.reopen(dirname(path), (one) => withoutSecrets(one, mask));
  // Somebody else may have finished it meanwhile.
  if (logbook?.journal === undefined) return { status: "not-needed" };
  const guard = await SettingsGuard.resume(session, logbook, logbook.journal);
  const result = await guard.restore(keepCurrent ? "keep" : "put back");
  const finished = { status: result.status, run, result: masked(result, mask) };
  if (!keepCurrent || result.status === "failed") return finished;
  const now = await session.send({ method: "GET", path: "/call_park" }).catch(() => undefined);
  const { before, seen, intent, uploads } = journal;
  const ours = [seen, ...(isSettings(now?.json) ? [ownPart(now.json, intent?.bodies, uploads)] : [])];
  return { ...finished, kept: masked(changedSettings(before, ours, now?.json), mask) };
};

const otherTenant = (runs: readonly Unfinished[], tenant: Tenant | undefined): ConfigurationError =>
  new ConfigurationError(
    `The token belongs to the tenant ${tenant?.name}${idOf(tenant)}, and what is to be put back is another's: ${listed(runs)}. Give a token, or sign in as a user, of that tenant; where there is no such tenant any more, delete the journal`,
  );

const unknownTenant = (runs: readonly Unfinished[]): ConfigurationError =>
  new ConfigurationError(
    `The PBX does not say which tenant the token belongs to, and there is something to put back: ${listed(runs)}. If the token is that tenant's, name it (tenant, --tenant)`,
  );

const listed = (runs: readonly Unfinished[]): string =>
  runs.map(({ path, journal }) => `${describeRun(journal)}${idOf(journal.tenant)}, journal ${path}`).join("; ");

/** Two tenants, one after the other, may have one name. */
const idOf = (tenant: Tenant | undefined): string => (tenant?.id === undefined ? "" : ` (${tenant.id})`);

const summaryOf = ({ path, journal }: Unfinished): UnfinishedRun => {
  const { runId, url, tenant, startedAt, reason, command } = journal;
  return {
    ...{ runId, url, tenant, startedAt },
    ...(reason !== undefined && { reason }),
    ...(command !== undefined && { command }),
    journal: path,
  };
};
