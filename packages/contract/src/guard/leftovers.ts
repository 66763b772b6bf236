import { Contract, type Schema, versionLines } from "../contract-document.ts";
import type { Journal } from "../journal/journal.ts";
import type { VersionLine } from "../report.ts";
import type { Session } from "../session.ts";
import { putMembersBack, takenAway } from "./members.ts";
import { destroyUpload } from "./prompt.ts";

const path = "/call_park_groups";

interface Group {
  id: string;
  name?: unknown;
}

/** How the names of a run's own call park groups begin. */
export const ownName = (runId: string): string => `callpark-${runId}`;

/**
 * Destroys what a run that was killed had made for itself: its call park groups, and the uploads that it did not end.
 * Whoever was moved into one of those groups is put back first.
 *
 * @throws Error naming the groups that are still there, or the users who are not where they were.
 */
export const destroyLeftovers = async (session: Session, journal: Journal): Promise<void> => {
  for (const { id, complete } of journal.uploads) if (!complete) await destroyUpload(session, id);
  // Groups are made by runs that write everything, and by no others.
  if (journal.write !== "full") return;
  const there = await groupsOf(session, journal);
  const isOwn = ({ id, name }: Group) =>
    journal.groups.includes(id) ||
    String(name).startsWith(ownName(journal.runId)) ||
    (journal.groupNames.includes(String(name)) && !journal.otherGroups.includes(id));
  const own = there.filter(isOwn);
  const grouping = { session, own: own.map(({ id }) => id), page: mostListed() };
  await putMembersBack(grouping, await takenAway(grouping, journal.members ?? []));
  const remaining: string[] = [];
  for (const { id, name } of own) {
    const one = `${path}/${encodeURIComponent(id)}`;
    await session.send({ method: "POST", path: `${one}/destroy` });
    const { status } = await session.send({ method: "GET", path: one });
    if (status < 400 || status >= 500) remaining.push(String(name));
  }
  if (remaining.length > 0)
    throw new Error(`The run's own call park groups could not be destroyed: ${remaining.join(", ")}.`);
};

const mostListed = (): number => {
  const contract = new Contract(versionLines.at(-1) as VersionLine);
  return (contract.at("#/components/parameters/Top/schema") as Schema).maximum ?? 1;
};

/** Every group that may be the run's own: those that are listed or, where none are, those whose ids are known. */
const groupsOf = async (session: Session, journal: Journal): Promise<Group[]> => {
  const top = mostListed();
  const groups: Group[] = [];
  for (;;) {
    const query = groups.length === 0 ? `top=${top}` : `top=${top}&skip=${groups.length}`;
    const { status, json } = await session.send({ method: "GET", path: `${path}?${query}` });
    if (status >= 500)
      throw new Error(
        `The call park groups could not be listed (status ${status}): one called ${ownName(journal.runId)} may be left over.`,
      );
    const { items, count } = (json ?? {}) as { items?: Group[]; count?: number };
    if (status !== 200 || !Array.isArray(items)) return journal.groups.map((id) => ({ id }));
    const fresh = items.filter(({ id }) => !groups.some((group) => group.id === id));
    groups.push(...fresh);
    // A PBX that pays no heed to `skip` gives the same page for ever.
    if (fresh.length === 0 || groups.length >= (count ?? 0)) return groups;
  }
};
