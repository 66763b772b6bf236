import type { Check } from "../check.ts";
import type { Context } from "../context.ts";
import type { Settings } from "../guard/settings.ts";
import { times, unusual } from "../marks.ts";
import { digitLengths } from "../values.ts";
import { expectAccepted, guardOf, operation } from "../writing.ts";
import { movedInOther, settingsOfOther } from "./call-park-other-tenant.ts";
import { apart } from "./call-park-times.ts";
import { ringGroupIdsIfAny, ringGroupModes } from "./ring-groups.ts";

/** Before the second look, in milliseconds: for a PBX that takes back a moment later what it was told. */
const dwell = 350;

const code = "call_park.post.together";

const notification = ["send_notification_to_parker"];

/** Everything else than it is, as far as it can be. */
const otherwise = async (context: Context): Promise<Settings> => {
  const guard = guardOf(context);
  const own = guard.body();
  // A server that is off may hide its number, so it stays on where it is.
  const now = await guard.current();
  const toggled = notification.filter((name) => name in own).map((name) => [name, !now[name]]);
  const changed = times
    .filter((time) => time in own)
    .map((time, index) => [time, unusual(context, time, apart + index)]);
  const isRingGroupStuck = guard.reasonToLeave(["ring_group_id"]) !== undefined;
  const ringGroup = isRingGroupStuck ? undefined : (await ringGroupIdsIfAny(context)).at(-1);
  const lengths = digitLengths(context.contract.schema("CallParkExtensionNumber"));
  // Between the shortest and the longest, which are sent by themselves. Nobody has one of so many digits.
  const number = "extension_number" in own && lengths && "86".repeat(Math.floor((lengths.least + lengths.most) / 4));
  const mode = ringGroupModes(context).find((one) => one !== guard.before["recall_to"]);
  return {
    ...Object.fromEntries([...toggled, ...changed]),
    ...(ringGroup !== undefined && { recall_to: mode, ring_group_id: ringGroup }),
    ...(typeof number === "string" && { extension_number: number }),
  };
};

export const callParkTogether: Check = {
  id: code,
  title: "POST /call_park writes all fields at once, and they stay, in this tenant alone",
  operation,
  level: "full",
  chained: true,
  run: async (context) => {
    const wanted = await otherwise(context);
    const pointer = "#/components/schemas/CallParkUpdate";
    const ofOther = context.otherToken === undefined ? undefined : await settingsOfOther(context);
    const { findings, written } = await expectAccepted(context, {
      code,
      wanted,
      what: "all settings changed at once",
      pointer,
      backwards: true,
      again: dwell,
    });
    return [...findings, ...(await movedInOther(context, ofOther, written.exchange))];
  },
};
