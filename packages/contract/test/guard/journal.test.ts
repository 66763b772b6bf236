import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { exitCodeOf, unfinishedRuns } from "@callpark/contract";
import { verifyFleet } from "@callpark/contract/fleet";
import { terminalReport } from "@callpark/contract/reporters";
import { expect, test } from "vitest";
import { type Answer, edit, type Faults, isCallPark } from "../proxy.ts";
import { stateOf } from "../support.ts";
import { type GuardedBench, guardedBench, times } from "./places.ts";

const reading = { only: ["call_park.get.body"] };
const safe = { write: "safe", only: times } as const;
const refused: Answer = {
  status: 422,
  headers: { "content-type": "application/json" },
  body: Buffer.from('{"errors":[{"code":"VALIDATE_FAILED","message":"no"}]}'),
};
const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);

/** A PBX that takes one change and then, until it is told otherwise, nothing. */
const stubborn = async (
  more: Faults["request"] = () => undefined,
): Promise<{ pbx: GuardedBench; relent: () => void }> => {
  let changed = false;
  let relented = false;
  const pbx = await guardedBench({
    request: (request) => {
      if (!isCallPark(request, "POST") || relented) return more(request);
      if (changed) return refused;
      changed = JSON.parse(request.body.toString())["recall_time"] === 60;
      return undefined;
    },
  });
  const relent = () => {
    relented = true;
  };
  return { pbx, relent };
};

test("what was there, what is about to be sent and the prompt are on disk before the first write, for its owner alone", async () => {
  const seen: { journal: string; modes: string[]; prompt: Buffer; sent: unknown }[] = [];
  await using pbx = await guardedBench({
    request: async (request) => {
      if (request.method !== "POST") return undefined;
      const path = await pbx.journal();
      const folder = dirname(path);
      const prompt = (await readdir(folder)).find((name) => name.startsWith("prompt-")) ?? "";
      seen.push({
        journal: await readFile(path, "utf8"),
        modes: await Promise.all([folder, path, join(folder, prompt), join(folder, "lock")].map(modeOf)),
        prompt: await readFile(join(folder, prompt)),
        sent: isCallPark(request, "POST") ? JSON.parse(request.body.toString()) : undefined,
      });
      return undefined;
    },
    answer: (answer, request) => {
      if (isCallPark(request, "GET") && answer.status === 200)
        edit(answer, (body) => Object.assign(body, { unheard_of: { of: 1 } }));
    },
  });
  const before = await pbx.settings();
  const bytes = Buffer.from(await (await fetch(`${pbx.sandbox.url}${before["prompt_file_url"]}`)).arrayBuffer());
  await pbx.run(safe);
  const [first] = seen;
  const { journal } = JSON.parse(first?.journal ?? "{}");
  expect(first?.modes).toEqual(["700", "600", "600", "600"]);
  expect(first?.prompt).toEqual(bytes);
  expect(journal).toMatchObject({
    runId: expect.stringMatching(/^[0-9a-f]{8}$/),
    url: `${pbx.proxy.url}/api`,
    tenant: { name: "Acme", id: expect.any(String) },
    startedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    write: "safe",
    phase: "writing",
    before: { ...before, unheard_of: { of: 1 } },
    prompt: {
      name: before["prompt_file_name"],
      size: bytes.length,
      sha256: createHash("sha256").update(bytes).digest("hex"),
    },
  });
  // Of the run's own requests each finds itself in the journal; what puts things back is what was there before.
  const changes = seen.filter(({ sent }) => (sent as Record<string, unknown>)["recall_time"] !== 300);
  expect(changes.length).toBeGreaterThan(2);
  for (const { journal: text, sent } of changes) expect(JSON.parse(text).journal.intent.bodies).toContainEqual(sent);
  for (const { journal: text } of seen) expect(text).not.toContain(pbx.token);
});

test("no secret is kept: fields marked as secrets are masked wherever they stand, and so is the run's token", async () => {
  const journals: string[] = [];
  await using pbx = await guardedBench({
    request: async (request) => {
      if (isCallPark(request, "POST")) journals.push(await readFile(await pbx.journal(), "utf8"));
      return undefined;
    },
    answer: (answer, request) => {
      if (!isCallPark(request, "GET") || answer.status !== 200) return;
      edit(answer, (body) => Object.assign(body, { password: "s3cret-pass", note: `for ${pbx.token}` }));
    },
  });
  await pbx.run(safe);
  const { before } = JSON.parse(journals[0] ?? "{}").journal;
  expect([before.password, before.note]).toEqual(["•••", "for •••"]);
  expect(journals.filter((text) => text.includes("s3cret-pass") || text.includes(pbx.token))).toEqual([]);
});

test("what is put back and where stands in the journal as it is, though a password reads the same", async () => {
  let refuses = false;
  await using pbx = await guardedBench({
    request: (request) => {
      if (!isCallPark(request, "POST")) return undefined;
      const isRefused = refuses;
      refuses ||= JSON.parse(request.body.toString()).recall_time === 60;
      return isRefused ? refused : undefined;
    },
  });
  await pbx.change({ extension_number: "8765", recall_time: 61 });
  for (const password of ["8765", "127.0.0.1", "Acme"]) {
    const report = await pbx.run(safe, { systemAdministrator: { username: "admin", password } });
    expect([password, report.restore.status]).toEqual([password, "failed"]);
    const { journal } = JSON.parse(await readFile(await pbx.journal(), "utf8"));
    const { prompt_file_url: _, ...before } = await pbx.settings();
    expect(journal.before).toMatchObject({ ...before, recall_time: 61, recall_ring_group_time: 300 });
    expect([journal.url, journal.tenant.name]).toEqual([`${pbx.proxy.url}/api`, "Acme"]);
    await expect(pbx.run(safe, { systemAdministrator: { username: "admin", password } })).rejects.toThrow(
      "has not put back",
    );
    refuses = false;
    expect((await pbx.restore()).status).toBe("restored");
    expect(await pbx.settings()).toMatchObject({ extension_number: "8765", recall_time: 61 });
  }
});

test("a PBX whose settings show the token is read, and not written to: a journal holds no secrets", async () => {
  await using pbx = await guardedBench({
    answer: (answer, request) => {
      if (!isCallPark(request, "GET") || answer.status !== 200) return;
      edit(answer, (body) => Object.assign(body, { ring_group_id: pbx.token }));
    },
  });
  const report = await pbx.run(safe);
  const own = report.checks.find(({ id }) => id === "call_park.post.own_settings");
  expect(own?.reason).toBe(
    "The PBX shows a secret of this run in its call park settings (ring_group_id). A journal holds no secrets, so they could not be put back, and nothing is written",
  );
  expect(pbx.proxy.requests.filter(({ method }) => method === "POST")).toEqual([]);
});

test("a journal of an earlier version that hid a setting puts nothing back, and says what to do", async () => {
  const { pbx, relent } = await stubborn();
  await using _ = pbx;
  await pbx.run(safe);
  const { journal, ...envelope } = JSON.parse(await readFile(await pbx.journal(), "utf8"));
  journal.before.extension_number = "•••";
  const sha256 = createHash("sha256").update(JSON.stringify(journal)).digest("hex");
  await writeFile(await pbx.journal(), JSON.stringify({ ...envelope, sha256, journal }));
  relent();
  await expect(pbx.restore()).rejects.toThrow(/does not say what was there \(extension_number\).+by hand/);
});

test("a journal is put away once everything is proved to be as it was, and the oldest ones go", async () => {
  await using pbx = await guardedBench();
  for (let run = 0; run < 12; run += 1) await pbx.run({ write: "safe", only: ["call_park.post.own_settings"] });
  expect(await pbx.files()).toEqual([]);
  const [folder = ""] = await readdir(pbx.stateDir);
  const kept = (await readdir(join(pbx.stateDir, folder, "archive"))).sort();
  expect(kept).toHaveLength(10);
  const last = JSON.parse(await readFile(join(pbx.stateDir, folder, "archive", kept.at(-1) ?? ""), "utf8"));
  expect(last.journal.phase).toBe("restored");
  expect(await unfinishedRuns(pbx.stateDir)).toEqual({ runs: [], damaged: [] });
});

test("a run that only reads keeps no journal and takes no lock", async () => {
  await using pbx = await guardedBench();
  await pbx.run();
  expect(await readdir(pbx.stateDir)).toEqual([]);
});

test("F63: a restore that is refused is not restored, and is finished when the PBX takes it", async () => {
  const { pbx, relent } = await stubborn();
  await using _ = pbx;
  const before = await stateOf(pbx);
  const report = await pbx.run(safe);
  expect([report.restore.status, exitCodeOf(report)]).toEqual(["failed", 4]);
  expect(report.restore.command).toBe(`npx callpark restore --url ${pbx.proxy.url}/api`);
  const { runs } = await unfinishedRuns(pbx.stateDir);
  expect(runs).toMatchObject([
    {
      url: `${pbx.proxy.url}/api`,
      tenant: { name: "Acme" },
      reason: expect.stringContaining("The PBX answered 422 and these fields are not as they were: recall_time"),
      journal: await pbx.journal(),
    },
  ]);
  // As long as it refuses, so is this.
  expect((await pbx.restore()).result).toMatchObject({ status: "failed", before: { recall_time: 300 } });
  relent();
  expect(await pbx.restore()).toMatchObject({ status: "restored", run: { runId: runs[0]?.runId } });
  expect(await stateOf(pbx)).toEqual(before);
  expect([await pbx.restore(), await pbx.files()]).toEqual([{ status: "not-needed", notes: [] }, []]);
});

test("F57: what an unfinished run has changed keeps every other from writing, and none from reading", async () => {
  const { pbx } = await stubborn();
  await using _ = pbx;
  const { checks } = await pbx.run(safe);
  expect(checks.length).toBeGreaterThan(1);
  const posts = () => pbx.proxy.requests.filter(({ method }) => method === "POST").length;
  const sent = posts();
  await expect(pbx.run(safe)).rejects.toThrow(
    /^An earlier run has not put back what it changed \(run [0-9a-f]{8} of \S+ on http:\S+\/api, tenant Acme\), so nothing is written. First finish it:\n {2}npx callpark restore --url http:\S+\/api$/,
  );
  expect(posts()).toBe(sent);
  const report = await pbx.run();
  const note =
    /A run that wrote has not put back what it changed, or not yet \(run [0-9a-f]{8} of \S+ on http:\S+\/api, tenant Acme\), so what was read may not be what is usually there. To finish it:\n {2}npx callpark restore --url http:\S+\/api$/;
  expect(report.notes).toEqual([expect.stringMatching(note)]);
  // A quiet report says so too, before its one line.
  const quiet = terminalReport(report, { color: false, quiet: true });
  expect(quiet.split("\n\n")).toEqual([
    `Notes\n  ${report.notes[0]?.replace("\n", "\n  ")}`,
    expect.stringMatching(/^(Conforms|Does not conform)\b.*\n$/),
  ]);
});

test("what an unfinished run has changed keeps others from writing under another name of the same PBX, until it is put back", async () => {
  const { pbx, relent } = await stubborn();
  await using _ = pbx;
  const before = await stateOf(pbx);
  await pbx.run(safe);
  const byAnotherName = { url: pbx.sandbox.url };
  const message =
    /^An earlier run has not put back what it changed of a tenant with this one's id \(run [0-9a-f]{8} of \S+ on (\S+), tenant Acme\): it may be the same PBX by another name. First finish that one:\n {2}npx callpark restore --url \1$/;
  await expect(pbx.run(safe, byAnotherName)).rejects.toThrow(message);
  expect((await pbx.run(reading, byAnotherName)).notes).toEqual([
    expect.stringMatching(
      /^A run that wrote has not put back what it changed, or not yet, of a tenant with this one's id \(run [0-9a-f]{8} of \S+ on (\S+), tenant Acme\), which may be the same PBX by another name: then what was read may not be what is usually there. To finish it:\n {2}npx callpark restore --url \1$/,
    ),
  ]);
  const { restore } = await import("@callpark/contract");
  await expect(restore({ ...pbx.target, ...byAnotherName }, { stateDir: pbx.stateDir })).rejects.toThrow(message);
  relent();
  expect(await pbx.restore()).toMatchObject({ status: "restored" });
  expect(await stateOf(pbx)).toEqual(before);
  expect((await pbx.run(safe, byAnotherName)).restore.status).toBe("restored");
});

test("a journal that cannot be read keeps others from writing by every name of the PBX, and is told of to who reads", async () => {
  const { pbx } = await stubborn();
  await using _ = pbx;
  await pbx.run(safe);
  const path = await pbx.journal();
  await writeFile(path, (await readFile(path, "utf8")).slice(0, 100));
  const posts = () => pbx.proxy.requests.filter(({ method }) => method === "POST").length;
  const sent = posts();
  const { restore } = await import("@callpark/contract");
  for (const name of [{ url: pbx.proxy.url }, { url: pbx.proxy.url.replace("127.0.0.1", "localhost") }]) {
    const damaged = `The journal ${path} is damaged, so what it says cannot be relied on.`;
    await expect(pbx.run(safe, name)).rejects.toThrow(damaged);
    await expect(restore({ ...pbx.target, ...name }, { stateDir: pbx.stateDir })).rejects.toThrow(damaged);
    const report = await pbx.run(reading, name);
    expect(report.notes).toEqual([
      expect.stringContaining(
        `A run that wrote may not have put back what it changed, so what was read may not be what is usually there. ${damaged}`,
      ),
    ]);
    expect(terminalReport(report, { color: false, quiet: true })).toContain(damaged);
  }
  expect(posts()).toBe(sent);
});

test("one PBX by two names is written to by one run at a time, which another is told of; a fleet's targets take turns", async () => {
  const hosts: string[] = [];
  let meanwhile: Promise<unknown> | undefined;
  await using pbx = await guardedBench({
    request: async (request) => {
      if (!isCallPark(request, "POST")) return undefined;
      hosts.push(String(request.headers.host).replace(/:.*/, ""));
      meanwhile ??= pbx.run(safe, byName).catch((error) => error);
      await meanwhile;
      return undefined;
    },
  });
  const before = await stateOf(pbx);
  const byName = { url: pbx.proxy.url.replace("127.0.0.1", "localhost") };
  expect((await pbx.run(safe)).restore.status).toBe("restored");
  expect(String(await meanwhile)).toMatch(
    /^ConfigurationError: Another run writes to a tenant with this one's id, which may be the same one by another name of its PBX. Run again when it has ended: \S+ is held by process \d+ on .+ \(run [0-9a-f]{8} of callpark, begun \S+, on http:\/\/127\.0\.0\.1:\d+\/api\)/,
  );
  expect(new Set(hosts.splice(0))).toEqual(new Set(["127.0.0.1"]));
  const targets = [pbx.target, { ...pbx.target, ...byName }].map((target, at) => ({ name: `target-${at}`, target }));
  const { targets: results } = await verifyFleet(targets, { ...safe, stateDir: pbx.stateDir });
  expect(results.map(({ exitCode, restore: { status } }) => [exitCode, status])).toEqual([
    [0, "restored"],
    [0, "restored"],
  ]);
  expect(hosts.filter((name, at) => name !== hosts[at - 1])).toHaveLength(2);
  expect([await stateOf(pbx), await pbx.files()]).toEqual([before, []]);
});

test("settings that are to stay as they are now end the run, too", async () => {
  const { pbx, relent } = await stubborn();
  await using _ = pbx;
  await pbx.run(safe);
  relent();
  expect(await pbx.restore({ keepCurrent: true })).toMatchObject({ status: "restored" });
  expect([(await pbx.settings())["recall_time"], await pbx.files()]).toEqual([60, []]);
});

test("a restore that is not confirmed sends nothing that writes", async () => {
  const { pbx, relent } = await stubborn();
  await using _ = pbx;
  await pbx.run(safe);
  relent();
  const sent = pbx.proxy.requests.length;
  const attempt = pbx.restore({
    confirm: ({ tenant }) => {
      throw new Error(`not of ${tenant.name}`);
    },
  });
  await expect(attempt).rejects.toThrow("not of Acme");
  expect(pbx.proxy.requests.slice(sent).filter(({ method }) => method === "POST")).toEqual([]);
});

test.each([
  ["by its name, then by its id", 0],
  ["by its id, then by its name", 1],
])(
  "what several runs left of one tenant, called %s, is put back to what was there before the first",
  async (_, first) => {
    let stuckAfter: number | undefined;
    let stuck = false;
    let says = false;
    await using pbx = await guardedBench({
      request: (request) => {
        if (!says && request.path === "/api/tenant") return { ...refused, status: 403 };
        if (!isCallPark(request, "POST")) return undefined;
        if (stuck) return refused;
        stuck = JSON.parse(request.body.toString())["recall_time"] === stuckAfter;
        return undefined;
      },
    });
    const before = await stateOf(pbx);
    const headers = { Authorization: `Bearer ${pbx.token}` };
    const own = await (await fetch(`${pbx.sandbox.apiUrl}/tenant`, { headers })).json();
    const { id, name } = own as { id: string; name: string };
    const names = first === 0 ? [name, id] : [id, name];
    for (const [at, tenant] of names.entries()) {
      [stuckAfter, stuck] = [at === 0 ? 60 : 900, false];
      expect((await pbx.run(safe, { tenant })).restore.status).toBe("failed");
    }
    [stuckAfter, stuck, says] = [undefined, false, true];
    expect(await pbx.restore()).toMatchObject({ status: "restored", run: { tenant: { name: names[0] } } });
    expect([await stateOf(pbx), (await unfinishedRuns(pbx.stateDir)).runs]).toEqual([before, []]);
  },
);

test("what a run left is not put back where the PBX answers nothing that says whose the token is", async () => {
  let broken = false;
  let changed = false;
  await using pbx = await guardedBench({
    request: (request) => {
      if (broken && request.path === "/api/tenant") return { ...refused, status: 200, body: Buffer.from("{}") };
      if (!isCallPark(request, "POST")) return undefined;
      if (changed) return refused;
      changed = JSON.parse(request.body.toString())["recall_time"] === 60;
      return undefined;
    },
  });
  await pbx.run(safe);
  broken = true;
  await expect(pbx.restore()).rejects.toThrow(
    /^The PBX does not say which tenant the token belongs to, and there is something to put back: run \S+ of \S+ on \S+, tenant Acme \(\w+\), journal \S+\/journal\.json\. If the token is that tenant's, name it \(tenant, --tenant\)$/,
  );
});

test("what one tenant's run left is not put back with another's token", async () => {
  const { pbx } = await stubborn();
  await using _ = pbx;
  await pbx.run(safe);
  const other = pbx.sandbox.accounts.find(({ tenant }) => tenant !== null && tenant !== "Acme");
  const { accessToken } = await pbx.sandbox.signIn(other);
  const { restore } = await import("@callpark/contract");
  await expect(restore({ ...pbx.target, token: accessToken }, { stateDir: pbx.stateDir })).rejects.toThrow(
    /^The token belongs to the tenant Globex \(\w+\), and what is to be put back is another's: run \S+ of \S+ on \S+, tenant Acme \(\w+\), journal \S+\/journal\.json\. Give a token, or sign in as a user, of that tenant; where there is no such tenant any more, delete the journal$/,
  );
});

test.each<[string, (path: string) => Promise<void>, string]>([
  ["cut short", async (path) => truncate(path, Math.floor((await stat(path)).size / 2)), "is damaged"],
  ["empty", (path) => truncate(path, 0), "is damaged"],
  [
    "changed by a digit",
    async (path) => writeFile(path, (await readFile(path, "utf8")).replace('"recall_time": 300', '"recall_time": 301')),
    "is damaged",
  ],
  [
    "of a later version",
    async (path) => writeFile(path, (await readFile(path, "utf8")).replace('"version": 1', '"version": 2')),
    "was written by a later version of callpark",
  ],
])("F61: a journal that is %s is refused, kept, and said where it is", async (_what, spoil, reason) => {
  const { pbx, relent } = await stubborn();
  await using _ = pbx;
  await pbx.run(safe);
  relent();
  const path = await pbx.journal();
  await spoil(path);
  const spoilt = await readFile(path);
  const sent = pbx.proxy.requests.length;
  for (const attempt of [pbx.restore(), pbx.run(safe)])
    await expect(attempt).rejects.toThrow(`The journal ${path} ${reason}`);
  expect(pbx.proxy.requests.slice(sent).filter(({ method }) => method === "POST")).toEqual([]);
  expect(await readFile(path)).toEqual(spoilt);
  expect(await unfinishedRuns(pbx.stateDir)).toMatchObject({ runs: [], damaged: [expect.stringContaining(path)] });
});

test("F61: a damaged journal of a run that knew the tenant by its name alone is this tenant's all the same", async () => {
  let tells = false;
  const { pbx, relent } = await stubborn((request) =>
    request.path === "/api/tenant" && !tells ? { ...refused, status: 403 } : undefined,
  );
  await using _ = pbx;
  await pbx.run(safe, { tenant: "Acme" });
  relent();
  tells = true;
  const path = await pbx.journal();
  await truncate(path, 100);
  for (const attempt of [pbx.restore(), pbx.run(safe)])
    await expect(attempt).rejects.toThrow(`The journal ${path} is damaged`);
});

test("F61: a journal whose copy of the prompt is damaged is refused and kept", async () => {
  const { pbx, relent } = await stubborn();
  await using _ = pbx;
  await pbx.run(safe);
  relent();
  const prompt = (await pbx.files()).find((name) => basename(name).startsWith("prompt-")) ?? "";
  await truncate(prompt, 100);
  await expect(pbx.restore()).rejects.toThrow(`The copy of the prompt ${prompt} is missing or damaged`);
  await rm(prompt);
  await expect(pbx.restore()).rejects.toThrow(`The copy of the prompt ${prompt} is missing or damaged`);
  expect((await pbx.settings())["recall_time"]).toBe(60);
});

test("F60: where nothing can be written down, nothing is written to the PBX", async () => {
  await using pbx = await guardedBench();
  const file = join(pbx.stateDir, "file");
  await writeFile(file, "");
  await expect(pbx.run({ ...safe, stateDir: join(file, "callpark") })).rejects.toThrow(
    /^What would have to be put back could not be written down, so nothing is written to the PBX: .* \(ENOTDIR\)/,
  );
  expect(pbx.proxy.requests.filter(({ method }) => method === "POST")).toEqual([]);
});

test("F60: where the journal can no longer be written, the next write is not sent, and all is put back", async () => {
  let blocked = "";
  await using pbx = await guardedBench({
    request: async (request) => {
      if (blocked !== "" || !isCallPark(request, "POST")) return undefined;
      if (JSON.parse(request.body.toString())["recall_time"] !== 60) return undefined;
      // A folder where the journal's file must go: no rename gets past it.
      blocked = await pbx.journal();
      await rm(blocked);
      await mkdir(join(blocked, "full"), { recursive: true });
      return undefined;
    },
  });
  const before = await stateOf(pbx);
  const report = await pbx.run(safe);
  expect(blocked).not.toBe("");
  expect(exitCodeOf(report)).toBe(1);
  expect(
    report.checks.flatMap(({ reason = "" }) => reason.match(/could not be written down.*\((E\w+)\)/)?.[1] ?? []),
  ).toContain("EISDIR");
  expect(report.restore.status).toBe("restored");
  expect(await stateOf(pbx)).toEqual(before);
});
