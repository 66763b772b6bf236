import { asOther } from "../asking.ts";
import { type Check, Skip } from "../check.ts";
import { type Context, finding } from "../context.ts";
import type { Finding } from "../finding.ts";
import { hasPrompt, isDocumented, isSettings, type Settings } from "../guard/settings.ts";
import type { SettingsGuard } from "../guard/settings-guard.ts";
import { judgeRead } from "../judge.ts";
import { times, unusual } from "../marks.ts";
import { idsIn, isPage } from "../paging.ts";
import type { Exchange } from "../wire.ts";
import { changes, expectAccepted, guardOf } from "../writing.ts";
import { apart } from "./call-park-times.ts";
import { watchGroupsOfOther } from "./groups-of-other.ts";

const operation = "GET /call_park";

/** @throws Skip where there is no second token, or it is of the same tenant. */
export const ofAnotherTenant = async (context: Context): Promise<void> => {
  if (context.otherToken === undefined)
    throw new Skip("It takes a second tenant's token: give otherToken (CALLPARK_OTHER_TOKEN).");
  const own = (await context.session.once("/tenant")).json;
  const { status, json } = await asOther(context, "/tenant");
  if (isSettings(own)) isTaken(context, status, "/tenant");
  // A PBX that does not say whose a token is leaves it to the user's word.
  if (
    isSettings(own) &&
    isSettings(json) &&
    own["id"] !== undefined &&
    own["id"] === json["id"] &&
    (await isAlike(context))
  )
    throw new Skip("The second token is not of another tenant.");
};

/** @throws Skip where the second token was good and has ended: nothing is here to sign in again with. */
const isTaken = (context: Context, status: number, path: string): void => {
  if (status !== 401) {
    context.wasOtherTaken = true;
    return;
  }
  if (context.wasOtherTaken === true)
    throw new Skip(
      "The second token (otherToken, CALLPARK_OTHER_TOKEN) has ended meanwhile: give one that lasts for the run.",
    );
  throw new Error(`The PBX does not take the second token (status ${status} for GET ${path}): sign in again`);
};

/** Two tokens of one tenant see the same ring groups. */
const isAlike = async (context: Context): Promise<boolean> => {
  const idsOf = ({ json }: Exchange) => (isPage(json) ? idsIn(json).sort().join() : undefined);
  return idsOf(await context.session.once("/ring_groups")) === idsOf(await asOther(context, "/ring_groups"));
};

/** Is the other tenant's token answered with this tenant, though it sees other ring groups? */
const misnamed = async (context: Context): Promise<Finding[]> => {
  const own = (await context.session.once("/tenant")).json;
  const { json } = await asOther(context, "/tenant");
  if (!isSettings(own) || !isSettings(json) || own["id"] === undefined || own["id"] !== json["id"]) return [];
  return [
    finding(context, {
      code: "tenant.other_tenant",
      operation: "GET /tenant",
      documented: "the tenant that the token belongs to",
      received: "this tenant, for a token that sees another's ring groups (with the other tenant's token)",
      pointer: "#/paths/~1tenant/get",
    }),
  ];
};

const read = async (context: Context, code: string): Promise<{ settings: Settings; findings: Finding[] }> => {
  const exchange = await asOther(context, "/call_park");
  if (exchange.status === 403) throw new Skip("GET /call_park is not for the other tenant's user (403).");
  isTaken(context, exchange.status, "/call_park");
  const findings = judgeRead(context, operation, code, exchange);
  return { settings: isSettings(exchange.json) ? exchange.json : {}, findings };
};

const apartInReading: Check = {
  id: "call_park.get.other_tenant",
  title: "Another tenant's token is answered with that tenant's settings",
  operation,
  level: "read",
  run: async (context) => {
    await ofAnotherTenant(context);
    const code = "call_park.get.other_tenant";
    const own = (await context.session.once("/call_park")).json;
    const { settings, findings } = await read(context, code);
    findings.push(...(await misnamed(context)));
    if (!isSettings(own)) return findings;
    // An id is one thing's; the rest may be alike by chance. A URL may be made of the file, which both may have.
    const [ours, theirs] = [own["ring_group_id"], settings["ring_group_id"]];
    const areApart = typeof ours === "string" && typeof theirs === "string" && ours !== theirs;
    const shared = ["ring_group_id", ...(areApart ? [] : ["prompt_file_url"])].filter(
      (name) => typeof own[name] === "string" && own[name] === settings[name],
    );
    if (shared.length === 0) return findings;
    context.unprovable = `GET /call_park answers two tenants with the same ${shared.join(" and ")}, so whose settings it shows is not known (see ${code})`;
    return [
      ...findings,
      finding(context, {
        code: `${code}.shared`,
        operation,
        documented: "settings of the tenant that the token belongs to",
        received: `this tenant's ${shared.join(" and ")} (with the other tenant's token)`,
        pointer: "#/paths/~1call_park/get",
      }),
    ];
  },
};

/** The other tenant's settings, where they can be read and are what settings must be. */
export const settingsOfOther = async (context: Context): Promise<Settings | undefined> => {
  try {
    await ofAnotherTenant(context);
    const { settings, findings } = await read(context, "call_park.get.other_tenant");
    if (findings.some(({ kind }) => kind === "finding")) return undefined;
    if (context.otherBefore === undefined) {
      context.otherBefore = settings;
      context.guard?.onEnd(() => leftInOther(context));
      if (context.write === "full") await watchGroupsOfOther(context);
    }
    return settings;
  } catch {
    // The check of reading says why.
    return undefined;
  }
};

/** What every write of the run has left in the other tenant. */
const leftInOther = async (context: Context): Promise<string | undefined> => {
  const { guard, otherBefore: before } = context;
  if (guard === undefined || before === undefined) return undefined;
  const own = await guard.current();
  const leftIn = (now: Settings = before) => movedIn(guard, before, now, own);
  const now = await settingsOfOther(context);
  if (now === undefined || leftIn(now).length === 0) return undefined;
  // One reading that differs may be a slip of the reading.
  const again = leftIn(await settingsOfOther(context));
  const left = leftIn(now).filter((name) => again.includes(name));
  if (left.length === 0) return undefined;
  const received = changes(before, now, left);
  context.aftermath.push(moved(context, `in the other tenant, since the run began, ${received}`));
  return `The other tenant's settings are not as before (${received}), and a run does not write to them.`;
};

/** Fields of the PBX's own may tell of anybody's doings, and a URL may be another for the same prompt, but not our own. */
const movedIn = (guard: SettingsGuard, before: Settings, after: Settings, own: Settings): string[] => {
  const url = "prompt_file_url";
  const isOurs = hasPrompt(after) && after[url] !== before[url] && after[url] === own[url];
  return [...guard.differences(before, after).filter(isDocumented), ...(isOurs ? [url] : [])];
};

const moved = (context: Context, received: string, exchange?: Exchange): Finding =>
  finding(context, {
    code: "call_park.post.other_tenant.moved",
    operation: "POST /call_park",
    documented: "the settings of the tenant that the token belongs to are written, and no others",
    received,
    pointer: "#/paths/~1call_park/post",
    ...(exchange && { exchange }),
  });

/** What of the other tenant's settings has moved since: a PBX that does that must not be written to. */
export const movedInOther = async (
  context: Context,
  before: Settings | undefined,
  exchange?: Exchange,
): Promise<Finding[]> => {
  const guard = guardOf(context);
  const after = before && (await settingsOfOther(context));
  if (before === undefined || after === undefined) return [];
  const own = await guard.current();
  const first = movedIn(guard, before, after, own);
  if (first.length === 0) return [];
  // One reading that differs may be a slip of the reading.
  const again = movedIn(guard, before, (await settingsOfOther(context)) ?? before, own);
  const names = first.filter((name) => again.includes(name));
  if (names.length === 0) return [];
  const received = `in the other tenant, ${changes(before, after, names)}`;
  guard.stop(`The PBX writes to another tenant: ${received}.`);
  return [moved(context, received, exchange)];
};

const apartInWriting: Check = {
  id: "call_park.post.other_tenant",
  title: "What POST /call_park writes is not seen in another tenant",
  operation: "POST /call_park",
  level: "safe",
  chained: true,
  run: async (context) => {
    await ofAnotherTenant(context);
    const code = "call_park.post.other_tenant";
    const guard = guardOf(context);
    const before = await settingsOfOther(context);
    const ours = times.filter((time) => time in guard.body());
    const wanted = Object.fromEntries(ours.map((time, index) => [time, unusual(context, time, apart + 5 + index)]));
    const accepted = await expectAccepted(context, { code, wanted, what: "two unusual times" });
    return [...accepted.findings, ...(await movedInOther(context, before, accepted.written.exchange))];
  },
};

export const callParkOtherTenant: Record<"reading" | "writing", Check> = {
  reading: apartInReading,
  writing: apartInWriting,
};
