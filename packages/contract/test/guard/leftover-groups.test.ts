import { createHash } from "node:crypto";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { exitCodeOf } from "@callpark/contract";
import { expect, test } from "vitest";
import type { Answer, Forwarded } from "../proxy.ts";
import { type GuardedBench, guardedBench } from "./places.ts";

const path = "/api/call_park_groups";
const page: Answer = {
  status: 200,
  headers: { "content-type": "text/html" },
  body: Buffer.from("<html>maintenance</html>"),
};
const refused = (status: number): Answer => ({
  status,
  headers: { "content-type": "application/json" },
  body: Buffer.from('{"errors":[{"code":"NO","message":"no"}]}'),
});

type Body = Record<string, unknown>;
const creation = ({ method, path: at, body }: Forwarded): Body | undefined => {
  if (method !== "POST" || at !== path) return undefined;
  try {
    return JSON.parse(body.toString());
  } catch {
    return { broken: true };
  }
};
const named = (wanted: unknown) => (body: Body) => body["name"] === wanted;

interface Killed extends GuardedBench {
  runId: string;
  /** Makes a group behind the run's back and answers with its id. */
  makes: (body: Body) => Promise<string>;
  /** The names of the tenant's groups. */
  names: () => string[];
  /** How the PBX answers a request of the restore itself. */
  answers: (to: (request: Forwarded) => Answer | undefined) => void;
}

/**
 * What a run leaves that is killed as it sends the creation of that body: its journal as it was on disk then, changed so,
 * and none of its groups.
 */
const killedAt = async (isMoment: (body: Body) => boolean, change: (journal: Body) => void = () => undefined) => {
  let kept = "";
  let answer: (request: Forwarded) => Answer | undefined = () => undefined;
  const pbx = await guardedBench({
    request: async (request) => {
      const body = creation(request);
      if (kept === "" && body !== undefined && isMoment(body)) {
        kept = `${pbx.stateDir}-kept`;
        await cp(dirname(await pbx.journal()), kept, { recursive: true });
      }
      return answer(request);
    },
  });
  const only = ["call_park_groups.create.accepts", "call_park_groups.create.refuses"];
  const report = await pbx.run({ write: "full", only });
  expect([report.restore.status, exitCodeOf(report)]).toEqual(["restored", 0]);
  const { journal, ...envelope } = JSON.parse(await readFile(`${kept}/journal.json`, "utf8"));
  change(journal);
  const sha256 = createHash("sha256").update(JSON.stringify(journal)).digest("hex");
  await writeFile(`${kept}/journal.json`, JSON.stringify({ ...envelope, sha256, journal }));
  await rm(`${kept}/lock`, { force: true });
  await mkdir(pbx.stateDir, { recursive: true });
  await cp(kept, `${pbx.stateDir}/killed`, { recursive: true });
  await rm(kept, { recursive: true });
  const killed: Killed = {
    ...pbx,
    runId: journal.runId,
    makes: async (body) => {
      const headers = { Authorization: `Bearer ${pbx.token}`, "Content-Type": "application/json" };
      const url = `${pbx.sandbox.apiUrl}/call_park_groups`;
      const made = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
      if (made.status !== 201) throw new Error(`The sandbox answered ${made.status}`);
      return ((await made.json()) as { id: string }).id;
    },
    names: () => (pbx.sandbox.state()[0]?.groups ?? []).map(({ name }) => String(name)),
    answers: (to) => {
      answer = to;
    },
  };
  return killed;
};

/** As it was before the run. */
const own = ["Sales"];
const group = (name: string) => ({ name, recall_to: "USER_ONLY" });
const told = (...groups: string[]) =>
  `Left as they are, as they may be the run's own or somebody else's: the call park groups ${groups.join(", ")}. Destroy by hand those that nobody knows, then restore again. The tenant's own settings are as they were, by two equal readings.`;

test("an administrator's groups by names that the PBX had refused the run are left alone, and nothing is said of them", async () => {
  await using pbx = await killedAt(({ broken }) => broken === true);
  const names = ["7", "null", "undefined"];
  for (const name of names) await pbx.makes(group(name));
  await pbx.makes(group(`callpark-${pbx.runId}-0badcafe-one`));
  expect(await pbx.restore()).toMatchObject({
    status: "restored",
    result: {
      detail:
        "The call park settings and the prompt are as they were, by two equal readings, and nothing that the run had made is left.",
    },
  });
  expect(pbx.names()).toEqual([...own, ...names]);
});

test("a group by a name that should have been refused, and was not answered, is left and told once", async () => {
  await using pbx = await killedAt(named(7));
  const id = await pbx.makes(group("7"));
  expect((await pbx.restore()).result).toMatchObject({ status: "failed", detail: told(`"7" (${id})`) });
  expect((await pbx.restore()).status).toBe("restored");
  expect(pbx.names()).toEqual([...own, "7"]);
});

test("a group whose making was not answered is destroyed by its name where it is as it was sent, and left where not", async () => {
  for (const [recallTo, left] of [
    ["as sent", []],
    ["otherwise", ["q"]],
  ] as const) {
    await using pbx = await killedAt(named("q"), ({ pendingGroups }) => {
      expect(pendingGroups).toMatchObject([{ name: "q", isLawful: true }]);
      const [pending] = pendingGroups as Body[];
      Object.assign(pending ?? {}, { recall_to: recallTo === "as sent" ? "USER_ONLY" : "RING_GROUP_ONLY" });
      delete pending?.["ring_group_id"];
    });
    const id = await pbx.makes(group("q"));
    const { status, result } = await pbx.restore();
    expect([status, pbx.names()]).toEqual([left.length === 0 ? "restored" : "failed", [...own, ...left]]);
    if (left.length > 0) expect(result?.detail).toBe(told(`"q" (${id})`));
  }
});

test("where it is not known which groups had been there, none is destroyed by a name that others might choose", async () => {
  await using pbx = await killedAt(named("q"), (journal) => {
    Object.assign(journal, { otherGroups: null });
  });
  const id = await pbx.makes(group("q"));
  await pbx.makes(group(`callpark-${pbx.runId}-0badcafe-one`));
  expect((await pbx.restore()).result?.detail).toBe(told(`"q" (${id})`));
  expect([(await pbx.restore()).status, pbx.names()]).toEqual(["restored", [...own, "q"]]);
});

test("an id of the run's that the PBX has given to somebody else's group does not destroy that", async () => {
  let ids: string[] = [];
  await using pbx = await killedAt(named(7), (journal) => {
    ids = journal["groups"] as string[];
  });
  expect(ids.length).toBeGreaterThan(2);
  const given = await pbx.makes(group("Night desk"));
  const [again = ""] = ids;
  // The PBX calls it by the first id that the run's groups had.
  const asGiven = (text: string) => text.replaceAll(given, again);
  pbx.answers(({ method, path: at }) => {
    if (!at.startsWith(path) || (method === "GET" && at.includes(given))) return undefined;
    const one = { id: given, name: "Night desk", recall_to: "USER_ONLY" };
    if (at.includes(again) && method === "POST") throw new Error("must not be destroyed");
    if (at.includes(again)) return { ...refused(200), body: Buffer.from(asGiven(JSON.stringify(one))) };
    if (method === "GET" && at.startsWith(`${path}?`)) {
      const sales = pbx.sandbox.state()[0]?.groups[0];
      const items = [
        { id: sales?.id, name: "Sales", recall_to: "USER_ONLY" },
        { ...one, id: again },
      ];
      return { ...refused(200), body: Buffer.from(JSON.stringify({ count: 2, items })) };
    }
    return undefined;
  });
  expect((await pbx.restore()).result).toMatchObject({ status: "failed", detail: told(`"Night desk" (${again})`) });
  expect((await pbx.restore()).status).toBe("restored");
  expect(pbx.names()).toEqual([...own, "Night desk"]);
  const destroyed = pbx.proxy.requests.filter(({ path: at }) => at === `${path}/${again}/destroy`);
  // By the run itself, which was not killed after all.
  expect(destroyed.length).toBe(1);
});

const unlisted = /^the call park groups of the tenant are not listed\.$/;

test.each([
  ["a web page", () => page, unlisted],
  ["403", () => refused(403), unlisted],
  [
    "a list that counts one more than it has",
    () => listed({ count: 1, items: [] }),
    /^the members of the call park group [A-Za-z0-9]+={0,2} could not be read\.$/,
  ],
  ["404, where there was a list before,", () => refused(404), unlisted],
] as const)(
  "%s in place of the list does not tell that a group whose making was not answered is gone",
  async (_what, answer, why) => {
    let name = "";
    await using pbx = await killedAt(({ name: one }) => {
      name = String(one);
      return true;
    });
    await pbx.makes(group(name));
    pbx.answers(({ method, path: at }) => (method === "GET" && at.startsWith(path) ? answer() : undefined));
    const { status, detail = "" } = (await pbx.restore()).result ?? {};
    const [left, unseen = ""] = detail.split(" What else was there before the run could not be read again: ");
    expect([status, left]).toEqual(["failed", `The groups could not be listed: one called ${name} may be left over.`]);
    const end = " The tenant's own settings are as they were, by two equal readings.";
    expect([unseen.replace(end, ""), unseen.endsWith(end)]).toEqual([expect.stringMatching(why), true]);
    pbx.answers(() => undefined);
    expect([(await pbx.restore()).status, pbx.names()]).toEqual(["restored", own]);
  },
);

test("a PBX that never listed call park groups, and says that it knows none, has none left over", async () => {
  await using pbx = await killedAt(
    () => true,
    (journal) => {
      journal["otherGroups"] = null;
      delete journal["tenantGroups"];
    },
  );
  pbx.answers(({ path: at }) => (at.startsWith(path) ? refused(404) : undefined));
  expect((await pbx.restore()).status).toBe("restored");
});

test("a group that is neither shown nor listed, and not said to be absent, is not called gone", async () => {
  await using pbx = await killedAt(named(7), ({ groups }) => {
    (groups as string[]).splice(1);
  });
  pbx.answers(({ method, path: at }) => (method === "GET" && at.startsWith(path) ? refused(401) : undefined));
  const { status, result } = await pbx.restore();
  expect(status).toBe("failed");
  expect(result?.detail).toContain("may be left over");
  pbx.answers(() => undefined);
  expect((await pbx.restore()).status).toBe("restored");
});

test("a journal of the version before is restored, and its names are no reason to destroy", async () => {
  let ids: string[] = [];
  await using pbx = await killedAt(named(null), (journal) => {
    delete journal["pendingGroups"];
    ids = journal["groups"] as string[];
    journal["groupNames"] = [...(journal["groupNames"] as string[]), "7", ""];
  });
  const id = await pbx.makes(group("7"));
  await pbx.makes(group(`callpark-${pbx.runId}-0badcafe-one`));
  expect(ids.length).toBeGreaterThan(2);
  expect((await pbx.restore()).result).toMatchObject({ status: "failed", detail: told(`"7" (${id})`) });
  expect([(await pbx.restore()).status, pbx.names()]).toEqual(["restored", [...own, "7"]]);
});

test("while the run is at work, a group that is made though it was refused is destroyed", async () => {
  await using pbx = await guardedBench({}, { faults: ["call_park_groups.post.refuses_and_keeps.name"] });
  const before = pbx.sandbox.state();
  const report = await pbx.run({ write: "full", only: ["call_park_groups"] });
  expect([report.restore.status, exitCodeOf(report)]).toEqual(["restored", 1]);
  expect(pbx.sandbox.state()).toEqual(before);
});

function listed(json: unknown): Answer {
  return { ...refused(200), body: Buffer.from(JSON.stringify(json)) };
}
