import { ConfigurationError, listChecks, type Report } from "@callpark/contract";
import {
  exitCodeOfFleet,
  type FleetTarget,
  fleetGithubAnnotations,
  fleetHtmlReport,
  fleetJunitReport,
  fleetMarkdownReport,
  fleetTerminalReport,
  mergeFleetReports,
  verifyFleet,
} from "@callpark/contract/fleet";
import { startSandbox } from "@callpark/sandbox";
import { describe, expect, test } from "vitest";
import { leftChanged } from "../../src/left-changed.ts";
import { type Faults, startProxy } from "../proxy.ts";
import { stateOf } from "../support.ts";

/** A PBX with two tenants behind a proxy, and a target for each. */
const host = async (name: string, faults: Faults = {}) => {
  const sandbox = await startSandbox();
  const proxy = await startProxy(sandbox.url, faults);
  const administrators = sandbox.accounts.filter(
    ({ role, username }) => role === "tenant administrator" && username === "admin",
  );
  const tokens = await Promise.all(administrators.map(async (one) => (await sandbox.signIn(one)).accessToken));
  const targets = tokens.map(
    (token, at): FleetTarget => ({
      name: `${name}-${administrators[at]?.tenant?.toLowerCase()}`,
      target: { url: proxy.url, token },
    }),
  );
  return {
    sandbox,
    proxy,
    targets,
    tokens,
    [Symbol.asyncDispose]: async () => {
      await proxy[Symbol.asyncDispose]();
      await sandbox.close();
    },
  };
};

const quick = { only: ["call_park.get"] };

describe("a fleet", () => {
  test("has its hosts checked side by side, and the tenants of a host in order", async () => {
    const log: string[] = [];
    const noting = (name: string): Faults => ({
      request: ({ headers }) => {
        log.push(`${name} ${headers.authorization ?? ""}`);
        return undefined;
      },
    });
    await using one = await host("one", noting("one"));
    await using other = await host("other", noting("other"));
    const report = await verifyFleet([...one.targets, ...other.targets], quick);
    expect(report.targets.map(({ name, exitCode, tenant }) => [name, exitCode, tenant?.name])).toEqual([
      ["one-acme", 0, "Acme"],
      ["one-globex", 0, "Globex"],
      ["other-acme", 0, "Acme"],
      ["other-globex", 0, "Globex"],
    ]);
    const places = (name: string, token = "") =>
      log.flatMap((line, at) => (line === `${name} Bearer ${token}` ? [at] : []));
    for (const { name, tokens } of [
      { name: "one", ...one },
      { name: "other", ...other },
    ])
      expect(Math.max(...places(name, tokens[0]))).toBeLessThan(Math.min(...places(name, tokens[1])));
    expect(places("other", other.tokens[0])[0]).toBeLessThan(places("one", one.tokens[0]).at(-1) ?? 0);
  });

  test("says of a target whose user may not read the settings that it is out of reach, and checks the others", async () => {
    await using one = await host("one");
    const ada = one.sandbox.accounts.find(({ username }) => username === "ada");
    const { accessToken: token } = await one.sandbox.signIn(ada);
    const target: FleetTarget = { name: "one-ada", target: { url: one.proxy.url, token } };
    const report = await verifyFleet([target, ...one.targets], quick);
    expect(report.targets.map(({ name, exitCode, error }) => [name, exitCode, error])).toEqual([
      [
        "one-ada",
        3,
        `The PBX does not let this token's user read the call park settings (403 for GET ${one.proxy.url}/api/call_park): use a tenant administrator's token that has not ended, or name the tenant for a system administrator who signs in`,
      ],
      ["one-acme", 0, undefined],
      ["one-globex", 0, undefined],
    ]);
    expect(exitCodeOfFleet(report)).toBe(3);
  });

  test("takes no more hosts at once than it may", async () => {
    const log: string[] = [];
    const noting = (name: string): Faults => ({ request: () => void log.push(name) });
    await using one = await host("one", noting("one"));
    await using other = await host("other", noting("other"));
    await verifyFleet([...one.targets, ...other.targets], { ...quick, concurrency: 1 });
    expect(log.lastIndexOf("one")).toBeLessThan(log.indexOf("other"));
  });

  test("goes on where a target cannot be reached, does not let the token in, or is another tenant", async () => {
    await using pbx = await host("pbx");
    const [acme, globex] = pbx.targets as [FleetTarget, FleetTarget];
    const { url } = pbx.proxy;
    const report = await verifyFleet(
      [
        { name: "gone", target: { url: "http://127.0.0.1:9", token: "a-token" } },
        { name: "wrong-token", target: { url, token: "wrong-0123456789" } },
        { ...globex, target: { ...globex.target, tenant: "Acme" } },
        acme,
      ],
      quick,
    );
    expect(report.targets.map(({ exitCode, error }) => [exitCode, error?.replace(/127[\d.:]*/, "HOST")])).toEqual([
      [3, expect.stringContaining("GET http://HOST/api/call_park: connect ECONNREFUSED")],
      [3, expect.stringContaining("The PBX does not accept the token")],
      [2, "The token belongs to the tenant Globex (globex.example), not to Acme"],
      [0, undefined],
    ]);
    expect(exitCodeOfFleet(report)).toBe(3);
    const lines = fleetTerminalReport(report, { color: false }).trimEnd().split("\n");
    expect(lines.filter((line) => /^ {2}(gone|wrong)/.test(line)).map((line) => line.slice(0, 27).trimEnd())).toEqual([
      "  gone         Not reached",
      "  wrong-token  Not let in",
    ]);
    expect(lines.at(-1)).toMatch(
      /^Not reached: 4 targets on 2 hosts: 1 not reached, 1 not let in, 1 not configured, 1 conforming; /,
    );
  });

  test("counts what was sent to a target that did not let the run in", async () => {
    await using pbx = await host("pbx");
    const { url } = pbx.proxy;
    const run = (target: FleetTarget["target"]) => verifyFleet([{ name: "refused", target }], quick);
    for (const target of [
      { url, token: "wrong-0123456789" },
      { url, token: pbx.tokens[1] ?? "", tenant: "Acme" },
    ]) {
      pbx.proxy.requests.length = 0;
      const report = await run(target);
      expect([report.targets[0]?.requests, report.targets[0]?.requests]).toEqual([
        pbx.proxy.requests.length,
        expect.toSatisfy((count: number) => count > 0),
      ]);
    }
    const credentials = { username: "admin", password: "wrong-0123456789", domain: "acme.example" };
    const report = await run({ url, credentials });
    expect(report.targets.map(({ exitCode, refused }) => [exitCode, refused])).toEqual([[3, true]]);
    expect(fleetTerminalReport(report, { color: false, quiet: true })).toMatch(
      /^Not let in: 1 target on 1 host: 1 not let in; /,
    );
  });

  test("waits as one where a host asks for patience", async () => {
    let limited = false;
    await using pbx = await host("pbx", {
      request: () => {
        if (limited) return undefined;
        limited = true;
        const body = Buffer.from('{"errors":[{"code":"UNKNOWN","message":"Too many"}]}');
        return { status: 429, headers: { "retry-after": "0", "content-type": "application/json" }, body };
      },
    });
    const report = await verifyFleet(
      pbx.targets.map((target) => ({ ...target, budget: 60_000 })),
      quick,
    );
    expect(report.targets.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
  });

  test("goes on with a refresh token that an earlier target of the tenant was given in place of its own", async () => {
    let shift = 0;
    const sandbox = await startSandbox({ now: () => Date.now() + shift, tokenLifetime: 60 });
    const { accessToken: token, refreshToken } = await sandbox.signIn();
    shift = 120_000;
    const kept: (string | undefined)[] = [];
    const onTokens = ({ refresh }: { refresh?: string }) => void kept.push(refresh);
    const targets = ["a", "b", "c"].map((name) => ({
      name,
      target: { url: sandbox.url, token, refreshToken },
      ...(name !== "c" && { onTokens }),
    }));
    const report = await verifyFleet(targets, quick);
    await sandbox.close();
    // Whoever keeps no tokens is told that the one given no longer works.
    const rotated = expect.stringMatching(/^The token ended and was refreshed, and the PBX changed the refresh token/);
    expect(report.targets.map(({ name, exitCode, notes }) => [name, exitCode, notes])).toEqual([
      ["a", 0, []],
      ["b", 0, []],
      ["c", 0, [rotated]],
    ]);
    expect([kept.length, new Set([refreshToken, ...kept]).size]).toEqual([2, 3]);
  });

  test("hands each report over whole, keeps what it needs, and says where one could not be kept", async () => {
    await using pbx = await host("pbx");
    const reports = new Map<string, Report>();
    const report = await verifyFleet(pbx.targets, {
      ...quick,
      onReport: ({ name }, own) => {
        if (name === "pbx-globex") throw new Error("The disk is full");
        reports.set(name, own);
      },
    });
    expect(reports.get("pbx-acme")?.checks.map(({ id, status }) => [id, status])).toEqual(
      report.targets[0]?.checks.map(({ id, status }) => [id, status]),
    );
    expect(report.targets.map(({ notes }) => notes)).toEqual([
      [],
      ["The target's own report could not be kept: The disk is full"],
    ]);
  });

  test("puts every target back when it is interrupted, and begins no other one", async () => {
    const stop = new AbortController();
    let writing = 0;
    const interrupting: Faults = {
      answer: (_, { method, body }) => {
        if (method !== "POST" || !body.includes('"recall_time":60,')) return;
        writing += 1;
        if (writing === 2) stop.abort();
      },
    };
    await using one = await host("one", interrupting);
    await using other = await host("other", interrupting);
    const state = ({ sandbox, tokens: [token = ""] }: typeof one) =>
      stateOf({
        sandbox,
        token,
        settings: async () =>
          (
            await fetch(`${sandbox.apiUrl}/call_park`, { headers: { Authorization: `Bearer ${token}` } })
          ).json() as Promise<Record<string, unknown>>,
      });
    const before = [await state(one), await state(other)];
    const report = await verifyFleet([...one.targets, ...other.targets], { write: "safe", signal: stop.signal });
    expect(report.targets.map(({ exitCode, restore, error }) => [exitCode, restore.status, error])).toEqual([
      [130, "restored", undefined],
      [130, "not-needed", "The run was interrupted."],
      [130, "restored", undefined],
      [130, "not-needed", "The run was interrupted."],
    ]);
    expect([await state(one), await state(other)]).toEqual(before);
    expect(exitCodeOfFleet(report)).toBe(130);
  });

  test.each([
    ["two of one name, case apart", [{ name: "a" }, { name: "A" }], "Two targets are called A"],
    ["a name that leads out of a folder", [{ name: "../a" }], /^A target's name is .*: "\.\.\/a" is none$/],
    [
      "two budgets for one host",
      [{ name: "a", budget: 1 }, { name: "b" }],
      /^The targets of 127.0.0.1:9 have different budgets/,
    ],
  ])("refuses %s", async (_, targets, message) => {
    const target = { url: "http://127.0.0.1:9", token: "a-token" };
    const run = verifyFleet(targets.map((one) => ({ ...one, target })));
    await expect(run).rejects.toThrow(ConfigurationError);
    await expect(run).rejects.toThrow(message);
  });
});

describe("what differs between targets", () => {
  const body = { only: ["call_park.get.body"] };

  const broken: Faults = {
    answer: (answer, { method, path, headers }) => {
      if (method !== "GET" || path !== "/api/call_park" || !headers.authorization || answer.status !== 200) return;
      answer.body = Buffer.from(JSON.stringify({ ...JSON.parse(answer.body.toString()), recall_time: 901 }));
    },
  };

  test("is a table, with each finding once", async () => {
    await using good = await host("good");
    await using bad = await host("bad", broken);
    const report = await verifyFleet([...good.targets, ...bad.targets], body);
    const text = fleetTerminalReport(report, { color: false });
    expect(text.split("\n").slice(0, 2)).toEqual([
      "Check               bad-acme  bad-globex",
      "call_park.get.body  FAIL      FAIL",
    ]);
    expect(text).toContain("\n2 other targets passed all of these.\n");
    expect(text.split("recall_time must be at most 900")).toHaveLength(2);
    expect(text).toContain("\n    targets     bad-acme, bad-globex\n");
    expect(text.trimEnd().split("\n").at(-1)).toMatch(
      /^Does not conform: 4 targets on 2 hosts: 2 not conforming, 2 conforming; \d+ requests, /,
    );
    for (const token of [...good.tokens, ...bad.tokens]) expect(text + JSON.stringify(report)).not.toContain(token);
  });

  test("is told in one line, also where a command stands on a line of its own", async () => {
    await using good = await host("good");
    const report = await verifyFleet(good.targets, body);
    const [first, second] = report.targets;
    if (first === undefined || second === undefined) throw new Error("There are two targets");
    const error = "An earlier run has not put back what it changed. First finish it:\n  callpark restore";
    const notes = [leftChanged("run 1", "npx callpark restore"), "The PBX gave out a new refresh token."];
    const fleet = { ...report, targets: [{ ...first, exitCode: 2, error } as const, { ...second, notes }] };
    const text = fleetTerminalReport(fleet, { color: false });
    expect(text).toContain("put back what it changed. First finish it: callpark restore\n");
    // What an earlier run has left changed is said by a quiet report too.
    expect(fleetTerminalReport(fleet, { color: false, quiet: true }).split("\n\n")).toEqual([
      "Notes\n  good-globex: A run that wrote has not put back what it changed, or not yet (run 1), so what was read may not be what is usually there. To finish it:\n    npx callpark restore",
      expect.stringMatching(/^Not configured: .*\n$/),
    ]);
  });

  test("is shown as known, and fails nothing, where the baseline has it", async () => {
    await using bad = await host("bad", broken);
    const entry = { code: "call_park.get.recall_time.maximum", owner: "anna", reason: "4711", until: "2999-12-31" };
    const baseline = { file: "baseline.yaml", entries: [{ ...entry, line: 1 }] };
    const report = await verifyFleet(bad.targets, { ...body, baseline });
    expect(exitCodeOfFleet(report)).toBe(0);
    const text = fleetTerminalReport(report, { color: false });
    expect(text.split("\n").slice(0, 2)).toEqual([
      "Check               bad-acme  bad-globex",
      "call_park.get.body  known     known",
    ]);
    expect(text).toMatch(
      /\n {2}bad-acme {4}Conforms, but for what is known {2}0 passed, 0 failed, 1 known, 0 errors, 0 skipped, /,
    );
    expect(fleetJunitReport(report)).toContain(
      '<skipped message="call_park.get.recall_time.maximum: known until 2999-12-31 (anna): 4711"/>',
    );
  });

  test("names the entries of a baseline that no target has, and those past their date that one has", async () => {
    await using good = await host("good");
    await using bad = await host("bad", broken);
    const entry = { owner: "anna", reason: "4711", until: "2999-12-31" };
    const maximum = { ...entry, code: "call_park.get.recall_time.maximum", line: 1 };
    const stale = { ...entry, code: "call_park.get.enabled.type", line: 6 };
    const expired = { ...maximum, until: "2001-12-31", line: 11 };
    const targets = [...good.targets.slice(0, 1), ...bad.targets.slice(0, 1)];
    const run = (entries: (typeof maximum)[], own = targets) =>
      verifyFleet(own, { ...body, baseline: { file: "baseline.yaml", entries } });
    const others = listChecks().length - 1;
    const report = await run([maximum, stale]);
    expect(report.baselines).toEqual([
      { file: "baseline.yaml", known: 1, expired: [], stale: [stale], unchosen: others },
    ]);
    const text = fleetTerminalReport(report, { color: false });
    const line = `baseline.yaml:6: call_park.get.enabled.type was not found: take it out (but ${others} checks did not run)`;
    expect(text).toContain(`\n\nBaseline\n  ${line}\n\n`);
    expect(text.trimEnd().split("\n").at(-1)).toMatch(
      /^Conforms, but for what is known: 2 targets on 2 hosts: 1 conforming but for what is known, 1 conforming; /,
    );
    expect(fleetHtmlReport(report)).toContain(`<h2 id="baseline">Baseline</h2><ul class="notes"><li>${line}</li></ul>`);
    expect(fleetMarkdownReport(report)).toContain("\n\n### Baseline\n\n- baseline.yaml&#58;6&#58; ");
    expect(fleetGithubAnnotations(report)).toContain(`::warning title=Baseline::${line}\n`);
    const past = await run([expired]);
    expect([exitCodeOfFleet(past), past.baselines]).toEqual([
      1,
      [{ file: "baseline.yaml", known: 0, expired: [expired], stale: [], unchosen: others }],
    ]);
    // What one part of a fleet has not found, another may have.
    const parts = [await run([maximum, stale], targets.slice(0, 1)), await run([maximum, stale], targets.slice(1))];
    expect(parts[0]?.baselines?.[0]?.stale).toEqual([maximum, stale]);
    expect(mergeFleetReports(parts).baselines).toEqual(report.baselines);
  });

  test("says with a stale entry which targets and checks could not tell", async () => {
    await using good = await host("good");
    const stale = { code: "call_park.get.enabled.type", owner: "a", reason: "b", until: "2999-12-31", line: 2 };
    const gone: FleetTarget = { name: "gone", target: { url: "http://127.0.0.1:9", token: "a-token" } };
    const report = await verifyFleet([...good.targets, gone], {
      only: ["call_park.get.body", "tenants.switch"],
      baseline: { file: "baseline.yaml", entries: [stale] },
    });
    expect(fleetTerminalReport(report, { color: false, quiet: true }).split("\n").slice(0, 2)).toEqual([
      "Baseline",
      `  baseline.yaml:2: call_park.get.enabled.type was not found: take it out (but ${listChecks().length - 1} checks did not run, and 1 target had no run)`,
    ]);
  });

  test("fits the width in as many tables as it takes", async () => {
    await using bad = await host("bad", broken);
    const report = await verifyFleet(bad.targets, body);
    const text = fleetTerminalReport(report, { color: false, width: 32 });
    expect(text.split("\n\n").slice(0, 2)).toEqual([
      "Check               bad-acme\ncall_park.get.body  FAIL",
      "Check               bad-globex\ncall_park.get.body  FAIL",
    ]);
  });

  test("is a suite for each target in JUnit", async () => {
    await using bad = await host("bad", broken);
    const gone: FleetTarget = { name: "gone", target: { url: "http://127.0.0.1:9", token: "a-token" } };
    const xml = fleetJunitReport(await verifyFleet([...bad.targets.slice(0, 1), gone], body));
    const suites = [...xml.matchAll(/<testsuite name="([^"]*)" tests="(\d+)" failures="(\d+)" errors="(\d+)"/g)];
    expect(suites.map(([, name, , failures, errors]) => [name, failures, errors])).toEqual([
      ["bad-acme", "1", "0"],
      ["gone", "0", "1"],
    ]);
  });
});
