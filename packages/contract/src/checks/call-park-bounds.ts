import type { Check } from "../check.ts";
import { finding } from "../context.ts";
import type { Schema } from "../contract-document.ts";
import type { Finding } from "../finding.ts";
import { atBounds, outsideBounds, type Probe } from "../values.ts";
import { expectAccepted, expectRefused, guardOf, operation } from "../writing.ts";

const times = { recall_time: "RecallTime", recall_ring_group_time: "RecallRingGroupTime" } as const;

const checksOf = (field: keyof typeof times): Check[] => {
  const component = `#/components/schemas/${times[field]}`;
  const code = `call_park.post.${field}`;
  return [
    {
      id: `${code}.accepts_bounds`,
      title: `POST /call_park accepts ${field} at each bound`,
      operation,
      level: "safe",
      run: async (context) => {
        const schema = context.contract.schema(times[field]);
        const findings: Finding[] = [];
        for (const { value, what, rule } of atBounds(schema)) {
          const result = await expectAccepted(
            context,
            `${code}.${rule}`,
            { [field]: value },
            `${what} of ${field}`,
            `${component}/${rule}`,
          );
          const contradicted = rule === "maximum" && (await followsTheText(context, field, schema, result.findings));
          findings.push(...(contradicted ? [contradicted] : result.findings));
        }
        return findings;
      },
    },
    {
      id: `${code}.refuses_outside`,
      title: `POST /call_park refuses ${field} one step outside each bound`,
      operation,
      level: "safe",
      run: async (context) => {
        const findings: Finding[] = [];
        for (const { value, what, rule } of outsideBounds(context.contract.schema(times[field]))) {
          const request = {
            method: "POST",
            path: "/call_park",
            headers: { "Content-Type": "application/json" },
            body: JSON.stringify(guardOf(context).body({ [field]: value })),
          };
          findings.push(
            ...(await expectRefused(
              context,
              `${code}.${rule}`,
              request,
              `${field} of ${what}`,
              `${component}/${rule}`,
            )),
          );
        }
        return findings;
      },
    },
  ];
};

/** The documents contradict each other on one maximum: a PBX that holds to the other one is told so by name. */
const followsTheText = async (
  context: Parameters<Check["run"]>[0],
  field: string,
  schema: Schema,
  findings: Finding[],
): Promise<Finding | undefined> => {
  const text = schema["x-contradicted-maximum"];
  if (typeof text !== "number" || !findings.some(({ code }) => code.endsWith(".refused"))) return undefined;
  const probe: Probe = { value: text, what: `${text}`, rule: "maximum" };
  const guard = guardOf(context);
  const { exchange } = await guard.write(guard.body({ [field]: probe.value }));
  if (exchange.status !== 200) return undefined;
  return finding(context, {
    code: `call_park.post.${field}.contradiction`,
    operation,
    documented: `at most ${schema.maximum}, says the machine-readable schema; at most ${text}, says the text`,
    received: `${text} is accepted and ${schema.maximum} refused: this PBX follows the text`,
    pointer: "#/components/schemas/RecallRingGroupTime/x-contradicted-maximum",
    exchange,
  });
};

export const callParkBounds: readonly Check[] = [...checksOf("recall_time"), ...checksOf("recall_ring_group_time")];
