import { type Context, finding } from "../context.ts";
import type { Finding } from "../finding.ts";
import type { Settings } from "../guard/settings.ts";
import { judgeRefusal } from "../judge-refusal.ts";
import { marked, post } from "../marks.ts";
import { expectRefused, judgeProbes, type RefusalProbe } from "../refusals.ts";
import { unknownId } from "../values.ts";
import { guardOf, operation } from "../writing.ts";
import { isRingGroupStuck } from "./nulls.ts";
import { noRingGroup, ringGroupModes } from "./ring-groups.ts";

export const schemaPointer = "#/components/schemas/CallParkUpdate";

/** A body that is refused for its place among other things, or for its shape. */
export interface Misplaced {
  end: string;
  what: string;
  changes: Record<string, unknown>;
  pointer?: string | undefined;
}

export const probeOf = (
  context: Context,
  field: string,
  { end, what, changes, pointer = schemaPointer }: Misplaced,
  index: number,
): RefusalProbe => ({
  code: `call_park.post.${field}.${end}`,
  what,
  pointer,
  request: post(JSON.stringify(marked(context, changes, index))),
});

const hasRingGroup = (context: Context): boolean => typeof guardOf(context).before["ring_group_id"] === "string";

const withoutRingGroup = (mode: unknown): Misplaced => ({
  end: "missing",
  what: `${mode} without a ring group`,
  changes: { recall_to: mode, ring_group_id: undefined },
});

/** Ring groups that a mode must not have, or must have. */
export const ringGroupsMisplaced = async (context: Context): Promise<Misplaced[]> => {
  const unknown = await noRingGroup(context);
  return [
    ...ringGroupModes(context).flatMap((mode) => [
      ...(hasRingGroup(context) ? [] : [withoutRingGroup(mode)]),
      { end: "null", what: `${mode} with a null ring group`, changes: { recall_to: mode, ring_group_id: null } },
    ]),
    {
      end: "unknown",
      what: "a ring group that does not exist",
      changes: { recall_to: "RING_GROUP_ONLY", ring_group_id: unknown },
    },
  ];
};

/** What can only be tried once the rest was refused: some of it may be taken. */
export const ringGroupsFurther = async (context: Context): Promise<Finding[]> => {
  const findings = [
    ...(await ringGroupMissed(context)),
    ...(await ringGroupTakenAway(context)),
    ...(await meaningless(context)),
  ];
  // Calls are not to miss their ring group any longer than it takes.
  if (hasRingGroup(context)) await guardOf(context).undo();
  return findings;
};

/** What is no ring group, where it means nothing: what is taken is judged together. */
const meaningless = async (context: Context): Promise<Finding[]> => {
  if (await isRingGroupStuck(context)) return [];
  const values = [
    { end: "type.user_only", what: "a number", value: 7 },
    { end: "unknown.user_only", what: "a ring group that does not exist", value: unknownId },
  ];
  const probes = values.map(({ end, what, value }, index) => {
    const changes = { recall_to: "USER_ONLY", ring_group_id: value };
    return probeOf(context, "ring_group_id", { end, what: `${what} for ring_group_id in USER_ONLY`, changes }, index);
  });
  // What is taken is taken as a whole: there is nothing more to see in the settings.
  const { exchanges } = await guardOf(context).sendAll(probes.map(({ request }) => request));
  return lawfullyUnlooked(judgeProbes(context, probes, exchanges));
};

/** Taken away by itself, a ring group must not leave a mode behind that needs one. What else comes of it is not said. */
const ringGroupMissed = async (context: Context): Promise<Finding[]> => {
  const guard = guardOf(context);
  const isRingGroupMode = (settings: Settings) => ringGroupModes(context).includes(settings["recall_to"]);
  if (!hasRingGroup(context) || guard.reasonToLeave(["ring_group_id"]) !== undefined) return [];
  if (!isRingGroupMode(await guard.current())) return [];
  const request = post(JSON.stringify({ ring_group_id: null }));
  const { exchange, after } = await guard.send(request);
  const code = "call_park.post.ring_group_id.null_alone";
  const what = "null for the ring group of a mode that needs one";
  if (exchange.status >= 300) return judgeRefusal(context, { operation, code, what, pointer: schemaPointer }, exchange);
  if (!isRingGroupMode(after) || after["ring_group_id"] !== null) return [];
  return [
    finding(context, {
      code: `${code}.accepted`,
      operation,
      documented: `${what} is refused, or ends the mode`,
      received: `status ${exchange.status}, and ${after["recall_to"]} without a ring group`,
      pointer: schemaPointer,
      exchange,
    }),
  ];
};

/**
 * A mode without its ring group is only sure to be refused where none is chosen: a PBX may keep the one that is there,
 * as it may keep any field that is left out. So that one is taken away before.
 */
const ringGroupTakenAway = async (context: Context): Promise<Finding[]> => {
  if (!hasRingGroup(context)) return [];
  const guard = guardOf(context);
  const { exchange, after } = await guard.write(guard.body({ recall_to: "USER_ONLY", ring_group_id: null }));
  // Whether null may be written is not documented, nor what becomes of it.
  if (exchange.status !== 200 || after["ring_group_id"] !== null) return [];
  const modes = ringGroupModes(context).map(withoutRingGroup);
  return expectRefused(
    context,
    modes.map((one, index) => probeOf(context, "ring_group_id", one, index)),
  );
};

/** How the codes end of what is taken in USER_ONLY for a ring group that is none. */
const type = ".type.user_only.accepted";
const text = ".unknown.user_only.accepted";

/**
 * A ring group means nothing in USER_ONLY: a PBX that does not look at it there is lawful, as long as it shows none that
 * could not be. One that looks at an id must look at its type too.
 */
const lawfullyUnlooked = (findings: Finding[]): Finding[] => {
  const others = findings.filter(({ code }) => !code.endsWith(text));
  if (others.length === findings.length) return findings;
  return others.map((one) => (one.code.endsWith(type) ? { ...one, kind: "observation" } : one));
};
