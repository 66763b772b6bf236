import { asOther } from "../asking.ts";
import type { Context } from "../context.ts";
import type { Schema } from "../contract-document.ts";
import { idsIn, isPage } from "../paging.ts";
import { unknownId } from "../values.ts";
import { ringGroupIds, ringGroupIdsIfAny, ringGroupModes } from "./ring-groups.ts";

type Field = "name" | "recall_to" | "ring_group_id";

type Group = Record<string, unknown>;

/** A body that breaks one rule of a group. */
export interface BadBody {
  end: string;
  what: string;
  body: Group | Group[];
  /** What it leaves out, or names with null: an update may keep it, and a new group may get the one mode that needs nothing. */
  leftOut?: Field;
}

/** An id that is no ring group's. */
export interface NoRingGroup {
  what: string;
  id: string;
}

/** The modes with a ring group of the tenant, where it has one; and the one without. */
export const modesOf = async (context: Context): Promise<Record<string, unknown>[]> => {
  const [first, second = first] = await ringGroupIds(context);
  if (first === undefined) return [{ recall_to: "USER_ONLY" }];
  return [
    ...ringGroupModes(context).map((mode, index) => ({ recall_to: mode, ring_group_id: index === 0 ? first : second })),
    { recall_to: "USER_ONLY" },
  ];
};

/** Names at their bounds, and one with letters that a careless PBX changes. */
export const namesOf = (schema: Schema, own: string, isTaken: (name: string) => boolean): string[] => {
  const { minLength = 1, maxLength = 1 } = schema;
  const shortest = [..."qxzjkvwyQXZJKVWY"].map((letter) => letter.repeat(minLength)).find((name) => !isTaken(name));
  return [`${own}-Äé-中𠮷-O'B & Co`, own.padEnd(maxLength, "é"), ...(shortest === undefined ? [] : [shortest])];
};

const named = (own: string, index: number) => `${own}-${index}`;

/** Everything that makes a group no group, each under a name of its own; what leaves a field out before what is null. */
export const badBodies = async (
  context: Context,
  own: string,
  turned: "one mode" | "the other mode" = "one mode",
  noRingGroup: NoRingGroup = { what: "a ring group that does not exist", id: unknownId },
): Promise<BadBody[]> => {
  // A PBX may look for the ring group in one mode only: no ring group comes with the one, and null with the other.
  const modes = turned === "one mode" ? ringGroupModes(context) : ringGroupModes(context).toReversed();
  const [withNone, withNull = withNone] = modes;
  const { maxLength = 1 } = context.contract.schema("CallParkGroupName");
  const inMode = (mode: unknown, rest: object, index: number) => ({
    name: named(own, index),
    recall_to: mode,
    ...rest,
  });
  // A mode that nobody knows must not be refused for want of a ring group.
  const [ringGroup] = await ringGroupIdsIfAny(context);
  const withRingGroup = ringGroup === undefined ? {} : { ring_group_id: ringGroup };
  return [
    { end: "name.required", what: "a group without a name", body: { recall_to: "USER_ONLY" }, leftOut: "name" },
    {
      end: "recall_to.required",
      what: "a group without recall_to",
      body: { name: named(own, 1) },
      leftOut: "recall_to",
    },
    {
      end: "ring_group_id.required",
      what: "a ring-group mode without its ring group",
      body: inMode(withNone, {}, 6),
      leftOut: "ring_group_id",
    },
    { end: "name.minLength", what: "an empty name", body: { name: "", recall_to: "USER_ONLY" } },
    {
      end: "name.maxLength",
      what: `a name of ${maxLength + 1} characters`,
      body: { name: `${own}-0`.padEnd(maxLength + 1, "x"), recall_to: "USER_ONLY" },
    },
    { end: "name.type", what: "a number for a name", body: { name: 7, recall_to: "USER_ONLY" } },
    { end: "name.null", what: "null for a name", body: { name: null, recall_to: "USER_ONLY" }, leftOut: "name" },
    { end: "recall_to.enum", what: "a mode not documented", body: inMode("CALLPARK_UNKNOWN", withRingGroup, 2) },
    { end: "recall_to.enum", what: "a mode in small letters", body: inMode("user_only", withRingGroup, 3) },
    { end: "recall_to.type", what: "a number for a mode", body: inMode(1, {}, 4) },
    { end: "recall_to.null", what: "null for a mode", body: inMode(null, {}, 5), leftOut: "recall_to" },
    {
      end: "ring_group_id.null",
      what: "a ring-group mode with a null ring group",
      body: inMode(withNull, { ring_group_id: null }, 7),
      leftOut: "ring_group_id",
    },
    {
      end: "ring_group_id.minLength",
      what: "an empty ring group",
      body: inMode("RING_GROUP_ONLY", { ring_group_id: "" }, 8),
    },
    {
      end: "ring_group_id.type",
      what: "a number for a ring group",
      body: inMode("RING_GROUP_ONLY", { ring_group_id: 7 }, 9),
    },
    {
      end: "ring_group_id.unknown",
      what: noRingGroup.what,
      body: inMode("RING_GROUP_ONLY", { ring_group_id: noRingGroup.id }, 10),
    },
    { end: "no_object", what: "a list with a group in it", body: [inMode("USER_ONLY", {}, 11)] },
  ];
};

/** A ring group of another tenant, which this one has not as far as its list shows. */
export const withRingGroupOfOther = async (context: Context, own: string): Promise<BadBody[]> => {
  if (context.otherToken === undefined) return [];
  const { json } = await context.session.once("/ring_groups");
  const ours = idsIn(json);
  // Ids may be counted for each tenant by itself: one that is on no page that was seen may be there all the same.
  if (!isPage(json) || json.count !== ours.length) return [];
  const theirs = idsIn((await asOther(context, "/ring_groups")).json).find((id) => !ours.includes(id));
  if (theirs === undefined) return [];
  const body = { name: named(own, 12), recall_to: "RING_GROUP_ONLY", ring_group_id: theirs };
  return [{ end: "ring_group_id.other_tenant", what: "another tenant's ring group", body }];
};

/** The group that it asks for. */
export const groupAsked = ({ body }: Pick<BadBody, "body">): Group => [body].flat()[0] ?? {};

/** Is a group after an update what it may be where a field was left out: kept, or gone back to the mode that needs nothing? */
export const isLeftAlone = (leftOut: Field | undefined, before: Group, body: unknown, after: Group): boolean => {
  if (leftOut === undefined) return false;
  const { [leftOut]: _, ...sent } = body as Group;
  const wanted = { ...before, ...sent };
  const modes = [wanted["recall_to"], ...(leftOut === "recall_to" ? ["USER_ONLY"] : [])];
  return (
    after["name"] === wanted["name"] &&
    modes.includes(after["recall_to"]) &&
    // A ring group means nothing in that mode.
    (after["recall_to"] === "USER_ONLY" || after["ring_group_id"] === wanted["ring_group_id"])
  );
};
