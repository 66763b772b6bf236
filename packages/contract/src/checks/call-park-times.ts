import type { Check } from "../check.ts";
import { type Context, finding } from "../context.ts";
import type { Finding } from "../finding.ts";
import type { Settings } from "../guard/settings.ts";
import { pointerOf, schemaOf, surelyAllowed, type Time, times, unusual } from "../marks.ts";
import { atBounds, inside } from "../values.ts";
import { type Acceptance, type Accepted, expectAccepted, expectAllAccepted, guardOf, operation } from "../writing.ts";

/** Where the values begin that no request which must be refused carries. */
export const apart = 20;

const accepts = (field: Time): Check => ({
  id: `call_park.post.${field}.accepts_bounds`,
  title: `POST /call_park accepts ${field} at its bounds and between them, together with the other time`,
  operation,
  level: "safe",
  chained: true,
  run: async (context) => {
    const other = times.find((name) => name !== field) as Time;
    const surely = surelyAllowed(context, field);
    const schema = schemaOf(context, field);
    const isContradicted = schema["x-contradicted-maximum"] !== undefined;
    // Where the documents differ, the other time's check has the values between the bounds that both allow.
    const probes = [...atBounds(schema), ...(isContradicted ? [] : inside(schema))];
    // The other time moves too: a PBX that takes one for the other gives itself away. It takes its default for once.
    const { default: usual } = schemaOf(context, other);
    const isSafe = Number(usual) <= surelyAllowed(context, other) || context.proven.has(other);
    const isUsual = (index: number) => index === 1 && isSafe && guardOf(context).before[other] !== usual;
    const changed = (value: unknown, index: number): Settings => ({
      [field]: value,
      ...(other in guardOf(context).body() && {
        [other]: isUsual(index) ? usual : unusual(context, other, apart + index),
      }),
    });
    const acceptances: Acceptance[] = probes.map(({ value, what, rule }, index) => ({
      code: `call_park.post.${field}.${rule}`,
      wanted: changed(value, index),
      what: `${what} of ${field}`,
      pointer: pointerOf(field, rule),
    }));
    const isSure = ({ wanted }: Acceptance) => Number(wanted[field]) <= surely;
    const findings = await contradictory(
      context,
      field,
      acceptances.filter((one) => !isSure(one)),
    );
    const sure = acceptances.filter(isSure);
    // What a body leaves out may go back to its default, so that only a run that may change all of it sends one alone.
    const last = sure.at(-1);
    if (last !== undefined && context.write === "full")
      Object.assign(last, { wanted: { [field]: last.wanted[field] }, alone: true });
    return [...findings, ...(await expectAllAccepted(context, sure))];
  },
});

/** The documents contradict each other on one maximum: a PBX that holds to the other one is told so by name. */
const contradictory = async (
  context: Context,
  field: Time,
  acceptances: readonly Parameters<typeof expectAccepted>[1][],
): Promise<Finding[]> => {
  const results: Accepted[] = [];
  for (const acceptance of acceptances) results.push(await expectAccepted(context, acceptance));
  const findings = results.flatMap((result) => result.findings);
  if (acceptances.length > 0 && findings.length === 0) context.proven.add(field);
  const refused = results.find((result) => result.refused);
  if (refused === undefined || refused.written.exchange.status >= 500) return findings;
  // A PBX that follows the other document refuses the next value after that one's bound too.
  const next = surelyAllowed(context, field) + 1;
  const nearest = await expectAccepted(context, {
    code: `call_park.post.${field}.maximum`,
    wanted: { [field]: next },
    what: `${next}`,
  });
  if (!nearest.refused) return findings;
  return [contradiction(context, field, refused.written.exchange)];
};

export const contradiction = (
  context: Context,
  field: Time,
  exchange: Parameters<typeof finding>[1]["exchange"],
): Finding => {
  const { maximum, "x-contradicted-maximum": contradicted } = schemaOf(context, field);
  return finding(context, {
    code: `call_park.post.${field}.contradiction`,
    kind: "observation",
    operation,
    documented: `at most ${maximum}, says the machine-readable schema; at most ${contradicted}, says the text`,
    received: `values above ${contradicted} are refused: this PBX follows the text`,
    pointer: pointerOf(field, "x-contradicted-maximum"),
    ...(exchange && { exchange }),
  });
};

/** Once the contradicted one is seen to be taken up to its maximum, the other's check may send its default. */
export const callParkTimes: readonly Check[] = times.map(accepts).reverse();
