import type { Check } from "../check.ts";
import type { Context } from "../context.ts";
import type { Finding } from "../finding.ts";
import type { Settings } from "../guard/settings.ts";
import { marked, post, times } from "../marks.ts";
import type { RefusalProbe } from "../refusals.ts";
import { type Refusing, readOnce } from "../refusing-checks.ts";
import { breaking, farOutside, type Probe, unknownId, wrongTypes } from "../values.ts";
import { guardOf } from "../writing.ts";
import { callParkMethods } from "./call-park-methods.ts";
import { callParkTaken } from "./call-park-taken.ts";
import { isNullLeftOut } from "./nulls.ts";
import {
  type Misplaced,
  probeOf,
  ringGroupsFurther,
  ringGroupsMisplaced,
  schemaPointer,
} from "./ring-group-refusals.ts";
import { ringGroupIdsIfAny } from "./ring-groups.ts";

const fields = [
  "enabled",
  "extension_number",
  "recall_to",
  "ring_group_id",
  "prompt_file_id",
  "send_notification_to_parker",
  ...times,
];

/** The values that a field must refuse, whatever branch of the body it stands in. */
const refusedBy = (context: Context, field: string): Probe[] => {
  const schemas = context.contract.properties(context.contract.schema("CallParkUpdate")).get(field) ?? [];
  const [first] = schemas;
  if (first === undefined) return [];
  const isTime = times.some((time) => time === field);
  // A value that another branch takes is no bad value.
  return (
    isTime
      ? [
          ...farOutside(first).slice(field === times[0] ? 0 : 1, field === times[0] ? undefined : 2),
          ...wrongTypes(first),
        ]
      : breaking(first)
  ).filter(
    (probe) =>
      // No id may well mean no prompt.
      !(field === "prompt_file_id" && probe.value === "") &&
      context.contract.validate("CallParkUpdate", guardOf(context).body(changesOf(field, probe))).length > 0,
  );
};

/** A mode that nobody knows must not be refused for want of a ring group. */
const besides = async (context: Context, field: string): Promise<Settings> => {
  const isStuck = guardOf(context).reasonToLeave(["ring_group_id"]) !== undefined;
  const [ringGroup] = field === "recall_to" && !isStuck ? await ringGroupIdsIfAny(context) : [];
  return ringGroup === undefined ? {} : { ring_group_id: ringGroup };
};

/**
 * A ring group means nothing in the other mode, and a PBX may not look at it there. A time's bounds hold in every mode,
 * whether the server is on or off: one step outside is tried in the tenant's own, farther out where neither counts.
 */
const changesOf = (field: string, { value, rule }: Pick<Probe, "value" | "rule">) => ({
  ...(field === "ring_group_id" && { recall_to: "RING_GROUP_ONLY" }),
  ...(typeof value === "number" && rule !== "type" && times.some((time) => time === field) && idle),
  [field]: value,
});

const idle = { enabled: false, recall_to: "USER_ONLY" };

/** What is refused for its place among other things, not for its shape. */
const others: Record<string, (context: Context) => Misplaced[] | Promise<Misplaced[]>> = {
  ring_group_id: ringGroupsMisplaced,
  prompt_file_id: () => [
    { end: "unknown", what: "a prompt file that does not exist", changes: { prompt_file_id: unknownId } },
  ],
};

/** What is taken of null, where a PBX takes it for a field that is left out. */
const lawfullyNull = async (findings: Finding[], context: Context): Promise<Finding[]> => {
  const isNull = ({ code }: Finding) => code.endsWith(".null.accepted");
  if (!findings.some(isNull) || !(await isNullLeftOut(context))) return findings;
  return findings.map((one) => (isNull(one) ? { ...one, kind: "observation" } : one));
};

const ofField = (field: string): Refusing => ({
  id: `call_park.post.${field}.refuses`,
  title: `POST /call_park refuses values that ${field} cannot have`,
  probes: async (context) => {
    const companions = await besides(context, field);
    const ofShape = refusedBy(context, field).map((probe) => ({
      end: probe.value === null ? "null" : probe.rule,
      what: `${probe.what} for ${field}`,
      changes: { ...(typeof probe.value === "string" && companions), ...changesOf(field, probe) },
      pointer: context.contract.ruleOf(schemaPointer, { pointer: `/${field}`, rule: probe.rule, message: "" }),
    }));
    return [...ofShape, ...((await others[field]?.(context)) ?? [])].map((one, index) =>
      probeOf(context, field, one, index),
    );
  },
  judge: lawfullyNull,
  ...(field === "ring_group_id" && {
    further: ringGroupsFurther,
  }),
});

/** Bodies that are no JSON, or no object, or not called so. */
const bodies: Refusing = {
  id: "call_park.post.malformed",
  title: "POST /call_park refuses a body that is no JSON object, and changes nothing",
  probes: (context) => {
    const good = JSON.stringify(marked(context, {}, 0));
    const probe = (end: string, what: string, body: string | Uint8Array, rest: Partial<RefusalProbe> = {}) => ({
      code: `call_park.post.${end}`,
      what,
      pointer: schemaPointer,
      request: post(body),
      ...rest,
    });
    const number = Buffer.concat([Buffer.from([0x37, 0x37, 0x37, 0xff]), Buffer.from("7")]);
    const [start = "", end = ""] = JSON.stringify(marked(context, { extension_number: "@" }, 1)).split("@");
    const nested = "[".repeat(600) + "]".repeat(600);
    // What a form has are texts: only of these is one as good as a number.
    const marks = marked(context, {}, 2);
    const form = Object.fromEntries(times.filter((time) => time in marks).map((time) => [time, marks[time]]));
    return [
      probe("malformed", "a body that breaks off", good.slice(0, -1)),
      probe("malformed", "a comma too many", good.replace(/\}$/, ",}")),
      probe("malformed", "bytes that are no UTF-8", Buffer.concat([Buffer.from(start), number, Buffer.from(end)])),
      probe("malformed", "text behind the JSON", `${good} callpark`),
      probe("empty", "an empty body", "", { mayBeTaken: "whether no body may stand for no field" }),
      probe(
        "nested",
        "a list in 600 lists for extension_number",
        start.replace(/"$/, "") + nested + end.replace(/^"/, ""),
      ),
      probe("no_object", "a list with the settings in it", `[${good}]`),
      ...['"settings"', "3"].map((text) => probe("no_object", `the JSON ${text}`, text)),
      probe("null", "the JSON null", "null"),
      probe("form", "a form", "", {
        request: post(new URLSearchParams(fieldsOf(form)).toString(), "application/x-www-form-urlencoded"),
        asks: form,
        mayBeTaken: "whether another Content-Type is refused or ignored",
      }),
    ];
  },
  judge: lawfullyNull,
};

/** One bad field refuses the whole body: no good one beside it is written. */
const allOrNothing: Refusing = {
  id: "call_park.post.all_or_nothing",
  title: "POST /call_park refuses a body with one bad field, and writes none of the good ones",
  probes: (context) => {
    const guard = guardOf(context);
    const number = { extension_number: "" };
    const time = { recall_time: 0 };
    const partly = (changes: Record<string, unknown>, index: number) =>
      Object.fromEntries(
        Object.entries(marked(context, changes, index)).filter(
          ([name, value]) => name in changes || guard.before[name] !== value,
        ),
      );
    const toggled = Object.fromEntries(
      ["send_notification_to_parker"].filter((name) => name in guard.body()).map((name) => [name, !guard.before[name]]),
    );
    const bodies = [
      { what: "a bad number before good fields", body: { ...number, ...toggled, ...partly(number, 1) } },
      { what: "several bad fields", body: { ...marked(context, {}, 3), ...number, ...time, recall_to: "" } },
    ];
    return bodies.map(({ what, body }) => ({
      code: "call_park.post.all_or_nothing",
      what,
      pointer: schemaPointer,
      request: post(JSON.stringify(body)),
    }));
  },
};

/** The fields that a form carries as text. */
const fieldsOf = (settings: Settings): Record<string, string> =>
  Object.fromEntries(
    Object.entries(settings).flatMap(([name, value]) => (value === null ? [] : [[name, String(value)]])),
  );

export const callParkRefusals: readonly Check[] = readOnce([
  ...fields.map(ofField),
  bodies,
  allOrNothing,
  callParkTaken,
  callParkMethods,
]);
