import type { Check } from "../check.ts";
import type { Context } from "../context.ts";
import type { Finding } from "../finding.ts";
import { breaking, farOutside, type Probe, wrongTypes } from "../values.ts";
import type { WireRequest } from "../wire.ts";
import { expectRefused, guardOf, operation } from "../writing.ts";

const schemaPointer = "#/components/schemas/CallParkUpdate";

const post = (body: string, type = "application/json"): WireRequest => ({
  method: "POST",
  path: "/call_park",
  headers: { "Content-Type": type },
  body,
});

const times = ["recall_time", "recall_ring_group_time"];
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
  // A value that another branch takes is no bad value.
  return (times.includes(field) ? [...wrongTypes(first), ...farOutside(first)] : breaking(first)).filter(
    ({ value }) =>
      // No id may well mean no prompt.
      !(field === "prompt_file_id" && value === "") &&
      context.contract.validate("CallParkUpdate", guardOf(context).body(changesOf(field, value))).length > 0,
  );
};

/** A ring group means nothing in the other mode, and a PBX may not look at it there. */
const changesOf = (field: string, value: unknown) => ({
  ...(field === "ring_group_id" && { recall_to: "RING_GROUP_ONLY" }),
  [field]: value,
});

const fieldChecks = fields.map(
  (field): Check => ({
    id: `call_park.post.${field}.refuses`,
    title: `POST /call_park refuses values that ${field} cannot have`,
    operation,
    level: "full",
    run: async (context) => {
      const findings: Finding[] = [];
      for (const { value, what, rule } of refusedBy(context, field)) {
        const code = `call_park.post.${field}.${rule}`;
        const body = JSON.stringify(guardOf(context).body(changesOf(field, value)));
        const pointer = context.contract.ruleOf(schemaPointer, { pointer: `/${field}`, rule, message: "" });
        findings.push(...(await expectRefused(context, code, post(body), `${what} for ${field}`, pointer)));
        await guardOf(context).undo();
      }
      return findings;
    },
  }),
);

const refuses = (name: string, what: string, requests: (context: Context) => WireRequest[]): Check => ({
  id: `call_park.post.${name}`,
  title: `POST /call_park refuses ${what} and changes nothing`,
  operation,
  level: "full",
  run: async (context) => {
    const findings: Finding[] = [];
    for (const request of requests(context)) {
      findings.push(...(await expectRefused(context, `call_park.post.${name}`, request, what, schemaPointer)));
      await guardOf(context).undo();
    }
    return findings;
  },
});

/** The modes that take a ring group. */
const ringGroupModes = ({ contract }: Context): unknown[] =>
  contract.properties(contract.schema("RecallToRingGroup")).get("recall_to")?.[0]?.enum ?? [];

const unknownId = "Y2FsbHBhcmstbm8tc3VjaC1pZA";
const body = (context: Context, changes: Record<string, unknown>) =>
  post(JSON.stringify(guardOf(context).body(changes)));

export const callParkRefusals: readonly Check[] = [
  ...fieldChecks,
  refuses("ring_group_id.missing", "a ring-group mode without its ring group", (context) =>
    ringGroupModes(context).map((mode) => {
      const { ring_group_id: _, ...rest } = guardOf(context).body({ recall_to: mode });
      return post(JSON.stringify(rest));
    }),
  ),
  refuses("ring_group_id.null", "a ring-group mode with a null ring group", (context) =>
    ringGroupModes(context).map((mode) => body(context, { recall_to: mode, ring_group_id: null })),
  ),
  refuses("ring_group_id.unknown", "a ring group that does not exist", (context) => [
    body(context, { recall_to: "RING_GROUP_ONLY", ring_group_id: unknownId }),
  ]),
  refuses("prompt_file_id.unknown", "a prompt file that does not exist", (context) => [
    body(context, { prompt_file_id: unknownId }),
  ]),
  refuses("malformed", "a body that is not JSON", () => [post('{"recall_time": ')]),
  refuses("no_object", "JSON that is no object", () => ["[]", "null", '"settings"', "3"].map((text) => post(text))),
  {
    id: "call_park.post.content_type",
    title: "POST /call_park and a body that is not called JSON: refused as documented, or taken",
    operation,
    level: "full",
    run: async (context) => {
      const code = "call_park.post.content_type";
      const request = post(JSON.stringify(guardOf(context).body()), "text/plain");
      const findings = await expectRefused(context, code, request, "a body called text/plain", schemaPointer);
      // JSON is documented, not what becomes of JSON by another name.
      return findings.map((one) =>
        one.code === `${code}.accepted` && one.received.startsWith("status 200")
          ? { ...one, kind: "observation" as const, documented: "JSON; by another name it need not be taken" }
          : one,
      );
    },
  },
];
