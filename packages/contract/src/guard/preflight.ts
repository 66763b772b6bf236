import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Journal } from "../journal/journal.ts";
import { Logbook } from "../journal/logbook.ts";
import { defaultStateDir } from "../journal/state-folder.ts";
import {
  restoreCommand as commandFor,
  describeRun,
  findDamaged,
  findElsewhere,
  findUnfinished,
} from "../journal/unfinished.ts";
import { leftChanged, leftChangedElsewhere, leftUnreadable } from "../left-changed.ts";
import type { Mask } from "../mask.ts";
import type { Report } from "../report.ts";
import type { Session } from "../session.ts";
import { ConfigurationError, type VerifyOptions, type VerifyTarget } from "../target.ts";
import { outlastingToken } from "./token-life.ts";
import { withoutSecrets } from "./without-secrets.ts";

/** @throws ConfigurationError where nobody can be sure whom a write would go to. */
export const refuseUnsafe = ({ tls, embedded }: VerifyTarget): void => {
  if (tls?.insecure)
    throw new ConfigurationError(
      "Writing to a PBX whose certificate is not checked is refused: pin it, or name its CA",
    );
  if (process.env["NODE_TLS_REJECT_UNAUTHORIZED"] === "0" && !embedded)
    throw new ConfigurationError(
      "Writing is refused while NODE_TLS_REJECT_UNAUTHORIZED is 0, because nothing in this process is sure whom it talks to: unset it, and pin the PBX's certificate instead",
    );
};

/** What a run that only reads should say of one that wrote: what it reads may be that one's doing. */
export const earlierRun = async (
  { wire: { baseUrl: url }, restoreCommand, restoreOptions }: Session,
  tenant: Report["target"]["tenant"],
  stateDir: string = defaultStateDir(),
): Promise<string[]> => {
  if (tenant === undefined) return [];
  const or = <Found>(looking: Promise<Found>): Promise<Found | undefined> => looking.catch(() => undefined);
  const earlier = await or(findUnfinished(stateDir, url, tenant));
  if (earlier !== undefined) return [leftChanged(describeRun(earlier.journal), restoreCommand)];
  const elsewhere = (await or(findElsewhere(stateDir, url, tenant)))?.journal;
  if (elsewhere !== undefined)
    return [leftChangedElsewhere(describeRun(elsewhere), commandFor(elsewhere.url, restoreOptions))];
  const damaged = await or(findDamaged(stateDir, url, tenant));
  return damaged === undefined ? [] : [leftUnreadable(damaged.message)];
};

/**
 * Makes sure that a run which writes can put everything back: a token that lasts, nobody else at work, nothing left of
 * an earlier run, and a place for the journal.
 *
 * @throws ConfigurationError where it could not.
 */
export const openLogbook = async (
  session: Session,
  { embedded, tenant: named }: VerifyTarget,
  { write = "none", stateDir, waits = false }: VerifyOptions,
  tenant: Report["target"]["tenant"],
  mask: Mask,
): Promise<Logbook> => {
  await outlastingToken(session);
  const { wire, restoreCommand, restoreOptions } = session;
  const hide = (journal: Journal) => withoutSecrets(journal, mask);
  const place = { url: wire.baseUrl, tenant: tenant ?? { name: named ?? "" } };
  const writer = { ...place, write, hide, restoreCommand, restoreOptions, until: waits ? session.signal : undefined };
  if (stateDir !== undefined || !embedded) return Logbook.open({ ...writer, stateDir: stateDir ?? defaultStateDir() });
  // A PBX that ends with the run leaves nothing to come back to.
  const folder = await mkdtemp(join(tmpdir(), "callpark-sandbox-"));
  const remove = () => rm(folder, { recursive: true, force: true });
  return Logbook.open({ ...writer, stateDir: folder, onClose: remove });
};
