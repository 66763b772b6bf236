import { type Check, Skip } from "../check.ts";
import type { Context } from "../context.ts";
import type { Finding } from "../finding.ts";
import { digitLengths } from "../values.ts";
import { expectAccepted, guardOf, operation } from "../writing.ts";
import { isPage } from "./lists.ts";
import { readable } from "./readable.ts";

const schemaPointer = "#/components/schemas/CallParkUpdate";

interface Change {
  wanted: Record<string, unknown>;
  what: string;
}

/** Each change is made, read back and undone before the next. */
const accepts = (field: string, changes: (context: Context) => Promise<Change[]> | Change[]): Check => ({
  id: `call_park.post.${field}.accepts`,
  title: `POST /call_park accepts ${field}, and it reads back`,
  operation,
  level: "full",
  run: async (context) => {
    const known = context.contract.properties(context.contract.schema("CallParkUpdate"));
    if (!known.has(field)) throw new Skip(`Version ${context.contract.line} has no ${field}.`);
    const findings: Finding[] = [];
    for (const { wanted, what } of await changes(context)) {
      const pointer = context.contract.ruleOf(schemaPointer, { pointer: `/${field}`, rule: "type", message: "" });
      const result = await expectAccepted(context, `call_park.post.${field}`, wanted, what, pointer);
      findings.push(...result.findings);
      await guardOf(context).undo();
    }
    return findings;
  },
});

const toggled = (field: string) => (context: Context) => {
  const value = !guardOf(context).before[field];
  return [{ wanted: { [field]: value }, what: `${field} ${value}` }];
};

const ringGroups = async (context: Context): Promise<string[]> => {
  const page = (await readable(context, "/ring_groups")).json;
  const ids = isPage(page) ? page.items.map(({ id }) => id).filter((id) => typeof id === "string") : [];
  if (ids.length === 0) throw new Skip("The tenant has no ring group.");
  return ids;
};

/** A number of that many digits that nothing of the tenant has, if a few tries find one. */
const freeNumber = async (context: Context, length: number): Promise<string | undefined> => {
  for (const digit of "7869543210") {
    const number = digit.repeat(length);
    const { status } = await context.session.send({ method: "GET", path: `/extension_numbers/${number}` });
    if (status === 403) return undefined;
    if (status === 404 && number !== guardOf(context).before["extension_number"]) return number;
  }
  return undefined;
};

export const callParkFields: readonly Check[] = [
  accepts("recall_to", async (context) => {
    const [ringGroup] = await ringGroups(context);
    const modes = (context.contract.properties(context.contract.schema("CallParkUpdate")).get("recall_to") ?? [])
      .flatMap((schema) => schema.enum ?? [])
      .filter((mode) => mode !== guardOf(context).before["recall_to"]);
    return modes.map((mode) =>
      mode === "USER_ONLY"
        ? { wanted: { recall_to: mode }, what: `recall_to ${mode}` }
        : { wanted: { recall_to: mode, ring_group_id: ringGroup }, what: `recall_to ${mode} with a ring group` },
    );
  }),
  accepts("ring_group_id", async (context) =>
    (await ringGroups(context)).slice(0, 2).map((id) => ({
      wanted: { recall_to: "RING_GROUP_ONLY", ring_group_id: id },
      what: "a ring group of the tenant",
    })),
  ),
  accepts("extension_number", async (context) => {
    const schema = context.contract.schema("CallParkExtensionNumber");
    const lengths = digitLengths(schema);
    if (lengths === undefined) throw new Error("The spec's pattern of extension_number is not one of digits");
    const numbers = [await freeNumber(context, lengths.least), await freeNumber(context, lengths.most)];
    const free = numbers.filter((number) => number !== undefined);
    if (free.length === 0) throw new Skip("No free number was found by GET /extension_numbers/{extension_number}.");
    return free.map((number) => ({
      wanted: { extension_number: number },
      what: `an extension number of ${number.length} digits`,
    }));
  }),
  accepts("send_notification_to_parker", toggled("send_notification_to_parker")),
  accepts("enabled", (context) => {
    const { enabled, extension_number: number } = guardOf(context).before;
    if (enabled === false && number === null) throw new Skip("The call park server is off and has no number.");
    return toggled("enabled")(context);
  }),
];
