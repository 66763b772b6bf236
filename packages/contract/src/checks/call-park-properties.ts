import type * as FastCheck from "fast-check";
import { type Check, Skip } from "../check.ts";
import type { Context } from "../context.ts";
import type { Schema } from "../contract-document.ts";
import type { Finding } from "../finding.ts";
import type { Settings } from "../guard/settings.ts";
import { shown } from "../judge.ts";
import { marked, post } from "../marks.ts";
import { badValues, goodValues } from "../properties/arbitraries.ts";
import { expectRefused } from "../refusals.ts";
import { allowance } from "../request-limit.ts";
import { expectAccepted, guardOf, operation } from "../writing.ts";

type Fc = typeof FastCheck;

const code = "call_park.post.properties";
const pointer = "#/components/schemas/CallParkUpdate";

/** What a failure leaves for finding a smaller one, in requests. */
const forShrinking = 40;

/** Runs a property in the requests that are left, and answers with the smallest counterexample. */
const smallest = async <Value>(
  context: Context,
  values: FastCheck.Arbitrary<Value>,
  share: { runs: number; cost: number },
  holds: (fc: Fc, value: Value) => Promise<boolean>,
): Promise<{ value: Value; again: string } | undefined> => {
  const fc = await import("fast-check");
  let left = share.runs * share.cost;
  let failed = false;
  const property = fc.asyncProperty(values, async (value) => {
    // What is not looked at cannot fail: then shrinking ends.
    if (left < share.cost) return true;
    left -= share.cost;
    const is = await holds(fc, value);
    if (!is && !failed) left = Math.min(forShrinking, Math.max(left, allowance(context)) + forShrinking);
    failed ||= !is;
    return is;
  });
  const result = await fc.check(property, {
    numRuns: share.runs,
    ...(context.seed !== undefined && { seed: context.seed }),
  });
  if (!result.failed || result.counterexample === null) return undefined;
  return { value: result.counterexample[0], again: `seed: ${result.seed}, --seed ${result.seed}` };
};

/** The fields whose values can be made up, with a way to make them. */
const fieldsOf = (
  { contract }: Context,
  make: (schema: Schema) => FastCheck.Arbitrary<unknown> | undefined,
): [field: string, values: FastCheck.Arbitrary<unknown>][] =>
  [...contract.properties(contract.schema("CallParkUpdate"))].flatMap(([field, schemas]) => {
    const values = schemas.length === 1 && schemas[0] ? make(schemas[0]) : undefined;
    return values === undefined ? [] : [[field, values] as [string, typeof values]];
  });

const refuses: Check = {
  id: `${code}.refuses`,
  title: "POST /call_park refuses any value that the schema of a field refuses",
  operation,
  level: "full",
  chained: true,
  run: async (context) => {
    const cost = 2;
    const runs = Math.floor(allowance(context) / (cost + 1));
    if (runs < 1) throw new Skip("No request is left for made-up values (maxRequests, --max-requests).");
    const fc = await import("fast-check");
    const fields = fieldsOf(context, (schema) => badValues(fc, schema));
    const values = fc.oneof(...fields.map(([field, bad]) => bad.map((value) => ({ field, value }))));
    let answers: Finding[] = [];
    const found = await smallest(context, values, { runs, cost }, async (_, { field, value }) => {
      const request = post(JSON.stringify(marked(context, { [field]: value }, 0)));
      const what = `${field} ${shown(value)}`;
      const judged = await expectRefused(context, [{ code: `${code}.${field}`, what, pointer, request }]);
      if (judged.length > 0) answers = judged;
      return judged.length === 0;
    });
    return found === undefined ? [] : answers.map((one) => ({ ...one, received: `${one.received} (${found.again})` }));
  },
};

const accepts: Check = {
  id: `${code}.accepts`,
  title: "POST /call_park takes any values that the schema takes, and they read back",
  operation,
  level: "full",
  chained: true,
  run: async (context) => {
    const cost = 2;
    const runs = Math.floor(allowance(context) / (2 * cost));
    if (runs < 1) throw new Skip("No request is left for made-up values (maxRequests, --max-requests).");
    const fc = await import("fast-check");
    const guard = guardOf(context);
    // A mode wants its ring group, and a server that is off hides its number: they have checks of their own.
    const left = ["recall_to", "enabled"];
    const fields = fieldsOf(context, (schema) => goodValues(fc, bounded(schema))).filter(
      ([field]) => field in guard.body() && !left.includes(field),
    );
    if (fields.length === 0) throw new Skip("There is no field whose value could be made up and put back.");
    let findings: Finding[] = [];
    const values = fc.record(Object.fromEntries(fields)) as FastCheck.Arbitrary<Settings>;
    const found = await smallest(context, values, { runs, cost }, async (_, wanted) => {
      const result = await expectAccepted(context, { code, wanted, what: shown(wanted), pointer });
      if (result.findings.length > 0) findings = result.findings;
      return result.findings.length === 0;
    });
    return found === undefined ? [] : findings.map((one) => ({ ...one, received: `${one.received} (${found.again})` }));
  },
};

/** Where the documents differ on a bound, what both allow. */
const bounded = (schema: Schema): Schema => {
  const { "x-contradicted-maximum": contradicted, ...rest } = schema;
  return typeof contradicted === "number" ? { ...rest, maximum: contradicted } : rest;
};

export const callParkProperties: readonly Check[] = [refuses, accepts];
