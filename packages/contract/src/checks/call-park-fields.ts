import { type Check, Skip } from "../check.ts";
import { type Context, finding } from "../context.ts";
import type { Finding } from "../finding.ts";
import type { Settings } from "../guard/settings.ts";
import { times, unusual } from "../marks.ts";
import { idsIn } from "../paging.ts";
import { digitLengths } from "../values.ts";
import { expectAllAccepted, guardOf, operation } from "../writing.ts";
import { apart } from "./call-park-times.ts";
import { groupsBefore, groupsBeside } from "./groups-beside.ts";
import { isRingGroupStuck } from "./nulls.ts";
import { numberOfOther } from "./number-of-other.ts";
import { readable } from "./readable.ts";
import { ringGroupIdsIfAny } from "./ring-groups.ts";

const schemaPointer = "#/components/schemas/CallParkUpdate";

interface Change {
  wanted: Settings;
  what: string;
  /** Sent without the other settings. */
  alone?: boolean;
  /** Looked at once more, for a PBX that forgets what it has shown. */
  again?: number;
}

/** Each change is made and read back; the next one takes it back. `further` looks at what has become of them. */
const accepts = (
  field: string,
  changes: (context: Context) => Promise<Change[]> | Change[],
  further: (context: Context) => Promise<Finding[]> = async () => [],
): Check => ({
  id: `call_park.post.${field}.accepts`,
  title: `POST /call_park accepts ${field}, and it reads back`,
  operation,
  level: "full",
  chained: true,
  run: async (context): Promise<Finding[]> => {
    const known = context.contract.properties(context.contract.schema("CallParkUpdate"));
    if (!known.has(field)) throw new Skip(`Version ${context.contract.line} has no ${field}.`);
    const pointer = context.contract.ruleOf(schemaPointer, { pointer: `/${field}`, rule: "type", message: "" });
    const all = await changes(context);
    const findings = await expectAllAccepted(
      context,
      all.map((change) => ({
        code: `call_park.post.${field}`,
        pointer,
        ...change,
      })),
    );
    return findings.length > 0 ? findings : further(context);
  },
});

const toggled = (field: string) => async (context: Context) => {
  const value = !(await guardOf(context).current())[field];
  return [{ wanted: { [field]: value }, what: `${field} ${value}`, alone: true }];
};

const hasRingGroups = async (context: Context): Promise<boolean> =>
  (await ringGroupIdsIfAny(context)).length > 0 && !(await isRingGroupStuck(context));

const ringGroups = async (context: Context): Promise<string[]> => {
  const ids = idsIn((await readable(context, "/ring_groups")).json);
  if (ids.length === 0) throw new Skip("The tenant has no ring group.");
  await isRingGroupStuck(context);
  return ids;
};

/** A number of that many digits that nothing of the tenant has, if a few tries find one. */
const freeNumber = async (context: Context, length: number, first = ""): Promise<string | undefined> => {
  for (const digit of "7869543210") {
    const number = first + digit.repeat(length - first.length);
    const { status } = await context.session.once(`/extension_numbers/${number}`);
    if (status === 403) return undefined;
    if (status === 404 && number !== guardOf(context).before["extension_number"]) return number;
  }
  return undefined;
};

/** With a nought before it where there is such a one: a PBX that keeps it as a number loses that. */
const shortNumber = async (context: Context, length: number): Promise<string | undefined> =>
  (await freeNumber(context, length, "0")) ?? (await freeNumber(context, length));

/** No ring group need come with it. */
const onlyUser: Change = { wanted: { recall_to: "USER_ONLY" }, what: "recall_to USER_ONLY alone", alone: true };

/** Both times at once, for a PBX that takes one for the other or writes them only by themselves. */
const unusualTimes = (context: Context, index: number): Settings =>
  Object.fromEntries(
    times
      .filter((time) => time in guardOf(context).body())
      .map((time, place) => [time, unusual(context, time, index + place)]),
  );

/**
 * A PBX may hide its number while it is off, and may reset what is left out. One that keeps what is left out, and has no
 * number when it is turned on again, has lost the one that was written while it was off.
 */
const losesNumber = async (context: Context): Promise<Finding[]> => {
  const guard = guardOf(context);
  const { enabled, extension_number: number } = guard.before;
  const off = await guard.current();
  if (!enabled || number === null || off["enabled"] !== false || off["extension_number"] !== null) return [];
  const time = times.find((name) => name in guard.body());
  if (time === undefined) return [];
  const kept = unusual(context, time, apart + 9);
  await guard.write(guard.body({ enabled: false, [time]: kept }));
  const { exchange, after } = await guard.write({ enabled: true });
  if (after["enabled"] !== true || after[time] !== kept || after["extension_number"] !== null) return [];
  return [
    finding(context, {
      code: "call_park.post.enabled.number_lost",
      operation,
      documented: "an extension_number that is written while the server is off is there when it is on again",
      received: "null, though other fields that are left out are kept",
      pointer: "#/components/schemas/CallPark/properties/extension_number",
      exchange,
    }),
  ];
};

/** A server that is on is off meanwhile: that changes nothing of what else is written. Undefined where it is off. */
const whileOff = (context: Context): Settings | undefined => {
  const { send_notification_to_parker: sends, enabled } = guardOf(context).before;
  if (enabled !== true) return undefined;
  const told = typeof sends === "boolean" ? { send_notification_to_parker: true } : {};
  return { ...told, enabled: false, ...unusualTimes(context, apart) };
};

const lengthsOf = ({ contract }: Context): { least: number; most: number } => {
  const lengths = digitLengths(contract.schema("CallParkExtensionNumber"));
  if (lengths === undefined) throw new Error("The spec's pattern of extension_number is not one of digits");
  return lengths;
};

/** Nobody has one of so many digits. With a nought before them: kept as a number, it loses that and its last digits. */
const longestNumber = (context: Context): string => `0${"7".repeat(lengthsOf(context).most - 1)}`;

/** Where what is left out goes back to its default, a number alone may turn the server off: what it reads then is free. */
const numberWhileOn = async (context: Context): Promise<Finding[]> => {
  const guard = guardOf(context);
  if (guard.before["enabled"] !== true || (await guard.current())["enabled"] !== false) return [];
  const number = longestNumber(context);
  const wanted = { extension_number: number, enabled: true };
  const what = `an extension number of ${number.length} digits, and enabled true`;
  return expectAllAccepted(context, [{ code: "call_park.post.extension_number", wanted, what, alone: true }]);
};

const numbers = async (context: Context): Promise<Change[]> => {
  const { least } = lengthsOf(context);
  const shortest = await shortNumber(context, least);
  if (shortest === undefined) throw new Skip("No free number was found by GET /extension_numbers/{extension_number}.");
  const longest = longestNumber(context);
  const { send_notification_to_parker: sends } = guardOf(context).before;
  // The one that comes with all other fields brings another of them along: by itself that is sent without the others.
  // False is what the check before this one did not leave: whether the server's turning off turns it on shows then.
  const along = typeof sends === "boolean" ? { send_notification_to_parker: false } : {};
  const theirs = await numberOfOther(context, "ring group");
  return [shortest, longest, ...(theirs === undefined ? [] : [theirs])].map((number, index) => ({
    wanted: { extension_number: number, ...(index === 0 && along) },
    what:
      number === theirs
        ? "a number that a ring group of another tenant has"
        : `an extension number of ${number.length} digits`,
    alone: index > 0,
  }));
};

const modes = async (context: Context): Promise<Change[]> => {
  await groupsBefore(context);
  const [ringGroup, second = ringGroup] = await ringGroups(context);
  const { before } = guardOf(context);
  const off = whileOff(context);
  const others = (context.contract.properties(context.contract.schema("CallParkUpdate")).get("recall_to") ?? [])
    .flatMap((schema) => schema.enum ?? [])
    .filter((mode) => mode !== before["recall_to"]);
  const alone = before["recall_to"] === "USER_ONLY" ? [] : [onlyUser];
  const changes = others.map((mode, index) => {
    const isLast = index === others.length - 1;
    const told = mode === "USER_ONLY" ? "" : " with a ring group";
    return {
      wanted: {
        ...(mode !== "USER_ONLY" && { ring_group_id: isLast ? second : ringGroup }),
        recall_to: mode,
        ...(isLast && (off ?? unusualTimes(context, apart))),
        // By itself it was sent before: with other times it shows whether they are kept where no ring group is asked for.
        ...(!isLast && mode === "USER_ONLY" && unusualTimes(context, apart + 15)),
      },
      what: `recall_to ${mode}${told}`,
      // The times as they are: a mode is a change by itself. USER_ONLY comes with the ring group that is chosen.
      alone: !isLast && mode !== "USER_ONLY",
    };
  });
  return [...alone, ...changes];
};

export const callParkFields: readonly Check[] = [
  accepts("recall_to", modes, groupsBeside),
  accepts("ring_group_id", async (context) => {
    const ids = await ringGroups(context);
    const { ring_group_id: now } = await guardOf(context).current();
    return [
      {
        // Another than the one that is there, where there is one: by itself it changes nothing else.
        wanted: { ring_group_id: ids.find((id) => id !== now) ?? ids[0] },
        what: "a ring group of the tenant",
        alone: true,
      },
    ];
  }),
  accepts("extension_number", numbers, numberWhileOn),
  accepts(
    "enabled",
    async (context) => {
      const { enabled, extension_number: number } = guardOf(context).before;
      if (enabled === false && number === null) throw new Skip("The call park server is off and has no number.");
      const changes = (await toggled("enabled")(context)).map((change) => ({ ...change, again: 0 }));
      const off = whileOff(context);
      // Where no mode can be changed, that check does not see it.
      const isSeen = off === undefined || (await hasRingGroups(context));
      return isSeen ? changes : [...changes, { wanted: off, what: "the server off, together with two unusual times" }];
    },
    losesNumber,
  ),
  // Whether it is forgotten again shows where all fields are written together.
  accepts("send_notification_to_parker", toggled("send_notification_to_parker")),
];
