import type { Context } from "../context.ts";
import type { Schema } from "../contract-document.ts";
import { unknownId } from "../values.ts";
import { ringGroupIds, ringGroupModes } from "./ring-groups.ts";

/** A body that breaks one rule of a group. */
export interface BadBody {
  end: string;
  what: string;
  body: unknown;
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
  return [`${own}-Äé-中`, own.padEnd(maxLength, "é"), ...(shortest === undefined ? [] : [shortest])];
};

/** Everything that makes a group no group, each under a name of its own. */
export const badBodies = (context: Context, own: string): BadBody[] => {
  const { maxLength = 1 } = context.contract.schema("CallParkGroupName");
  const name = (index: number) => `${own}-${index}`;
  const inMode = (mode: unknown, rest: object, index: number) => ({ name: name(index), recall_to: mode, ...rest });
  return [
    { end: "name.required", what: "a group without a name", body: { recall_to: "USER_ONLY" } },
    { end: "name.minLength", what: "an empty name", body: { name: "", recall_to: "USER_ONLY" } },
    {
      end: "name.maxLength",
      what: `a name of ${maxLength + 1} characters`,
      body: { name: `${own}-0`.padEnd(maxLength + 1, "x"), recall_to: "USER_ONLY" },
    },
    { end: "name.type", what: "a number for a name", body: { name: 7, recall_to: "USER_ONLY" } },
    { end: "name.type", what: "null for a name", body: { name: null, recall_to: "USER_ONLY" } },
    { end: "recall_to.required", what: "a group without recall_to", body: { name: name(1) } },
    { end: "recall_to.enum", what: "a mode not documented", body: inMode("CALLPARK_UNKNOWN", {}, 2) },
    { end: "recall_to.enum", what: "a mode in small letters", body: inMode("user_only", {}, 3) },
    { end: "recall_to.type", what: "a number for a mode", body: inMode(1, {}, 4) },
    { end: "recall_to.type", what: "null for a mode", body: inMode(null, {}, 5) },
    {
      end: "ring_group_id.required",
      what: "a ring-group mode without its ring group",
      body: inMode("RING_GROUP_ONLY", {}, 6),
    },
    {
      end: "ring_group_id.null",
      what: "a ring-group mode with a null ring group",
      body: inMode("RING_GROUP_ONLY", { ring_group_id: null }, 7),
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
      what: "a ring group that does not exist",
      body: inMode("RING_GROUP_ONLY", { ring_group_id: unknownId }, 10),
    },
    {
      end: "ring_group_id.type.user_only",
      what: "a number for a ring group in USER_ONLY",
      body: inMode("USER_ONLY", { ring_group_id: 7 }, 11),
    },
    {
      end: "ring_group_id.minLength.user_only",
      what: "an empty ring group in USER_ONLY",
      body: inMode("USER_ONLY", { ring_group_id: "" }, 12),
    },
    { end: "no_object", what: "a list", body: [] },
  ];
};
