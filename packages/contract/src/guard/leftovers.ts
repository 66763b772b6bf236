import { Contract, versionLines } from "../contract-document.ts";
import type { Logbook } from "../journal/logbook.ts";
import type { VersionLine } from "../report.ts";
import type { Session } from "../session.ts";
import { hasId, listGroups } from "./group-listing.ts";
import { factsOf, type GroupFacts } from "./group-records.ts";
import { type Membership, putMembersBack, takenAway } from "./members.ts";
import { destroyOwnGroups, tellDoubtful } from "./own-groups-gone.ts";
import { destroyUpload } from "./prompt.ts";

/**
 * Destroys what a run that was killed had made for itself: its call park groups, and the uploads that it did not end.
 * Whoever was moved into one of those groups is put back first.
 *
 * @throws Error naming the users who are not where they were, or the groups that are still there, and once those that may
 * be the run's.
 */
export const destroyLeftovers = async (session: Session, logbook: Logbook): Promise<void> => {
  const { journal } = logbook;
  if (journal === undefined) return;
  for (const { id, complete } of journal.uploads) if (!complete) await destroyUpload(session, id);
  // Groups are made by runs that write everything, and by no others.
  if (journal.write !== "full") return;
  const facts = factsOf(journal);
  const contract = new Contract(versionLines.at(-1) as VersionLine);
  await putBackMoved(session, contract, facts, journal.members ?? []);
  const { failures, doubtful } = await destroyOwnGroups(session, contract, facts);
  const untold = doubtful.filter(({ id }) => !facts.told.has(id));
  if (untold.length > 0) {
    failures.push(tellDoubtful(untold));
    await logbook.update({ toldGroups: [...facts.told, ...untold.map(({ id }) => id)] });
  }
  if (failures.length > 0) throw new Error(failures.join(" "));
};

/** Before the run's groups go: they tell who was moved into one. */
const putBackMoved = async (
  session: Session,
  contract: Contract,
  { ids, prefix }: GroupFacts,
  members: readonly Membership[],
): Promise<void> => {
  if (members.length === 0) return;
  const { groups = [] } = await listGroups(session, contract);
  const named = groups.filter(hasId).filter(({ name }) => String(name).startsWith(prefix));
  const grouping = { session, own: [...new Set([...ids, ...named.map(({ id }) => id)])], contract };
  await putMembersBack(grouping, await takenAway(grouping, members));
};
