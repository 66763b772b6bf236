import { Contract, versionLines } from "../contract-document.ts";
import type { TenantGroup } from "../journal/journal.ts";
import { isMasked } from "../masked.ts";
import { mostOnPage } from "../paging.ts";
import type { VersionLine } from "../report.ts";
import type { Session } from "../session.ts";
import { type Group, groupsPath, type Listing, listGroups, movedParts } from "./group-listing.ts";
import { isGone, numbersIn, readMembers } from "./members.ts";
import { isSettings } from "./settings.ts";

/** What is not as before, for people. Whose doing it is, nobody knows. */
export const notAsBefore = (tales: readonly string[]): string =>
  `Call park groups of the tenant are not as before the run, which writes to none of them: ${tales.join("; ")}. That is the PBX's doing, or somebody else's: put right by hand what nobody meant.`;

/** What has become of a group, with all that it takes to put it right by hand. Undefined where it is as it was. */
export const taleOf = (before: TenantGroup, now: Omit<TenantGroup, "id"> | undefined): string | undefined => {
  const { id, name, members } = before;
  const group = `${JSON.stringify(name) ?? "one without a name"} (${id})`;
  if (now === undefined) {
    const had = [
      ...(["recall_to", "ring_group_id"] as const)
        .filter((part) => part in before)
        .map((part) => `${part} ${JSON.stringify(before[part])}`),
      ...(members === undefined ? [] : [`the members ${listed(members)}`]),
    ];
    return `${group} is gone${had.length > 0 ? `, which had ${had.join(", ")}` : ""}`;
  }
  // What a journal hides can be compared with nothing.
  const parts = movedParts(before, now).filter((part) => !isMasked(before[part as keyof TenantGroup]));
  const moved = parts.map((part) => {
    const [was, is] = [before, now].map((one) => JSON.stringify((one as Record<string, unknown>)[part]));
    return `${part} was ${was} and is ${is}`;
  });
  if (members !== undefined && now.members !== undefined && members.join() !== now.members.join())
    moved.push(`the members were ${listed(members)} and are ${listed(now.members)}`);
  return moved.length === 0 ? undefined : `${group}: ${moved.join(", ")}`;
};

const listed = (members: readonly string[]): string => members.join(", ") || "none";

/** The numbers of those in it, in order; undefined where they cannot all be read. */
export const numbersOf = async (
  ask: Parameters<typeof readMembers>[0],
  contract: Contract,
  id: string,
): Promise<string[] | undefined> => {
  const { members } = await readMembers(ask, id, mostOnPage(contract));
  return members && numbersIn(members).sort();
};

/**
 * For a restore: which of the groups that a journal has are not as they were. Undefined where all are.
 *
 * @throws Error where that cannot be seen.
 */
export const groupsNotAsBefore = async (
  session: Session,
  before: readonly TenantGroup[],
): Promise<string | undefined> => {
  const contract = new Contract(versionLines.at(-1) as VersionLine);
  let moved = before;
  let tales: string[] = [];
  // One reading that differs may be a slip of the reading.
  for (let look = 0; look < 2 && moved.length > 0; look += 1) {
    const listing = await listGroups(session, contract);
    const told = new Map<TenantGroup, string>();
    for (const one of moved) {
      const tale = taleOf(one, await isNow(session, contract, one, { listing, before }));
      if (tale !== undefined) told.set(one, tale);
    }
    moved = [...told.keys()];
    tales = [...told.values()];
  }
  return tales.length === 0 ? undefined : notAsBefore(tales);
};

const isNow = async (
  session: Session,
  contract: Contract,
  { id, name, members }: TenantGroup,
  { listing, before }: { listing: Listing; before: readonly TenantGroup[] },
): Promise<TenantGroup | undefined> => {
  const { groups, isWhole } = listing;
  if (groups === undefined) throw new Error("the call park groups of the tenant are not listed.");
  // Whoever makes it again by hand makes it by another id.
  const isSuccessor = (one: Group) => one.name === name && !before.some((other) => other.id === one.id);
  const listed = groups.find((one) => one.id === id) ?? groups.find(isSuccessor);
  const group = listed ?? (isWhole ? undefined : await shown(session, id));
  if (group === undefined || members === undefined) return group;
  const ask = (path: string) => session.send({ method: "GET", path });
  const numbers = await numbersOf(ask, contract, group.id);
  if (numbers === undefined) throw new Error(`the members of the call park group ${group.id} could not be read.`);
  return { ...group, members: numbers };
};

/** What a list that is not whole leaves out may be there all the same. */
const shown = async (session: Session, id: string): Promise<Group | undefined> => {
  const { status, json } = await session.send({ method: "GET", path: `${groupsPath}/${encodeURIComponent(id)}` });
  if (status === 200 && isSettings(json)) return { ...json, id };
  if (isGone(status)) return undefined;
  throw new Error(`the call park group ${id} is not shown (status ${status}).`);
};
