import { denied, deniedToOthers, deniedToSpoilt, deniedToStrangers, request } from "../asking.ts";
import { wrongToken } from "../bad-credentials.ts";
import { type Check, Skip } from "../check.ts";
import { type Context, finding } from "../context.ts";
import type { Finding } from "../finding.ts";
import { isSettings } from "../guard/settings.ts";
import { judgeRead, pathPointer, shown } from "../judge.ts";
import { digitLengths } from "../values.ts";
import { numberedOfOther } from "./number-of-other.ts";
import { readable, skipAbsent } from "./readable.ts";
import { numberedIn } from "./ring-groups.ts";

const operation = "GET /extension_numbers/{extension_number}";
const code = "extension_numbers.show";
const pathOf = (number: string) => `/extension_numbers/${encodeURIComponent(number)}`;

/** A ring group of the tenant that has a number. */
const numbered = async (context: Context) => {
  const [found] = numberedIn((await readable(context, "/ring_groups")).json);
  if (found === undefined) throw new Skip("The tenant has no ring group with a number.");
  return found;
};

/** Numbers that the first users of a PBX often have. */
export const usualNumbers: readonly string[] = ["101", "102", "1001", "1002", "100", "1000"];

/** A PBX without this operation answers 404 for whatever is asked: one that has it knows some number. */
const knowsOthers = async ({ session }: Context): Promise<boolean> => {
  for (const number of usualNumbers) if ((await session.once(pathOf(number))).status === 200) return true;
  return false;
};

/** A PBX that has the operation refuses what is no number in another way than a path that it does not know. */
const isThere = async (context: Context): Promise<boolean> => {
  const { status } = await context.session.send(request("GET", pathOf("callpark")));
  return status === 400 || status === 422;
};

const body: Check = {
  id: `${code}.body`,
  title: "GET /extension_numbers/{extension_number} says what has a number",
  operation,
  level: "read",
  run: async (context) => {
    const group = await numbered(context);
    const looked = await context.session.once(pathOf(group.extension_number));
    if (looked.status === 404 && (await knowsOthers(context)))
      return [
        finding(context, {
          code: `${code}.taken`,
          operation,
          documented: "200 for the number of a ring group that is there",
          received: "404, as for a number that is free",
          pointer: pathPointer(operation),
          exchange: looked,
        }),
      ];
    const exchange = await context.session.once(pathOf(group.extension_number));
    if (exchange.status !== 404 || !(await isThere(context))) skipAbsent(exchange, pathOf(group.extension_number));
    const findings = judgeRead(context, operation, code, exchange);
    if (findings.length > 0) return findings;
    const given = exchange.json as Record<string, unknown>;
    const wanted = {
      id: group.id,
      extension_number: group.extension_number,
      name: group["name"],
      type: "RING_GROUP",
    };
    return Object.entries(wanted)
      .filter(([name, value]) => given[name] !== value)
      .map(([name, value]) =>
        finding(context, {
          code: `${code}.${name}`,
          operation,
          documented: `what the ring group itself says, ${name} ${shown(value)}`,
          received: shown(given[name]),
          pointer: `#/components/schemas/ExtensionNumber/properties/${name}`,
          exchange,
        }),
      );
  },
};

const refuses: Check = {
  id: `${code}.refuses`,
  title: "GET /extension_numbers/{extension_number} refuses strangers, and what is no number or nobody's",
  operation,
  level: "full",
  run: async (context) => {
    const { extension_number: number } = await numbered(context);
    await readable(context, pathOf(number));
    const lengths = digitLengths(context.contract.schema("DialableNumber"));
    const least = lengths?.least ?? 1;
    const refusal = (end: string, what: string) => ({ operation, code: `${code}.${end}`, what });
    const findings = [
      ...(await deniedToStrangers(context, operation, code, request("GET", pathOf(number)))),
      ...(await denied(context, refusal("no_digits", "what is no number"), request("GET", pathOf("callpark")))),
      ...(await denied(
        context,
        refusal("too_short", "a number too short"),
        request("GET", pathOf("7".repeat(least - 1))),
      )),
      ...(await denied(
        context,
        refusal("free", "a number that is free"),
        request("GET", pathOf(unlikely(lengths?.most ?? 1))),
      )),
    ];
    // A run that has more to ask with may ask more.
    if (context.otherToken !== undefined) {
      findings.push(
        ...(await deniedToSpoilt(context, wrongToken, { operation, code }, request("GET", pathOf(number)))),
      );
      const asked = { ...request("GET", pathOf(number)), headers: { Authorization: `Bearer ${context.otherToken}` } };
      const theirs = (await context.session.sendAs(asked)).json as { id?: unknown } | undefined;
      const ours = (await readable(context, pathOf(number))).json as { id?: unknown } | undefined;
      // The same number may well be something of their own.
      if (theirs?.id !== undefined && theirs.id === ours?.id)
        findings.push(...(await deniedToOthers(context, operation, code, request("GET", pathOf(number)))));
      findings.push(...(await foreign(context)));
    }
    return findings;
  },
};

/** Is one of this tenant told what of the other has a number? */
const foreign = async (context: Context): Promise<Finding[]> => {
  for (const of of ["ring group", "user"] as const)
    for (const theirs of await numberedOfOther(context, of)) {
      const { extension_number: number, id } = theirs;
      if (typeof number !== "string" || typeof id !== "string") continue;
      const exchange = await context.session.once(pathOf(number));
      if (!context.idsOfOther?.has(id) || !isSettings(exchange.json) || exchange.json["id"] !== id) continue;
      return [
        finding(context, {
          code: `${code}.foreign`,
          operation,
          documented: "what has the number in the tenant that the token belongs to",
          received: `a ${of} of the other tenant`,
          pointer: pathPointer(operation),
          exchange,
        }),
      ];
    }
  return [];
};

/** A number as long as can be, that nobody would give to anything. */
export const unlikely = (length: number): string => "8675309".repeat(Math.ceil(length / 7)).slice(0, length);

export const extensionNumbers: readonly Check[] = [body, refuses];
