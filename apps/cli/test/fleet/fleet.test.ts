import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FleetReport } from "@callpark/contract/fleet";
import { type Sandbox, startSandbox } from "@callpark/sandbox";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startBroken } from "../broken-pbx.ts";
import { callpark, start } from "../callpark.ts";
import { readSettings, startProxy } from "../pbx.ts";

let one: Sandbox;
let other: Sandbox;
let folder: string;
let file: string;
let env: Record<string, string>;
let tokens: string[];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "callpark fleet "));
  file = join(folder, "callpark.yaml");
  [one, other] = await Promise.all([startSandbox(), startSandbox()]);
  const sessions = await Promise.all([one.signIn(), other.signIn()]);
  tokens = sessions.map(({ accessToken }) => accessToken);
  env = { OTHER_TOKEN: tokens[1] ?? "" };
  await writeFile(join(folder, "acme-token"), `${tokens[0]}\n`);
  await writeFile(join(folder, "password"), "globex-park-1\n");
  await writeFile(
    file,
    `targets:
  - name: acme
    url: ${one.url}
    labels: [lab]
    token: { file: acme-token }
  - name: globex
    url: ${one.url}
    labels: [lab]
    signIn: { username: admin, domain: globex.example, password: { file: password } }
  - name: other
    url: ${other.url}
    labels: [live]
    token: { env: OTHER_TOKEN }
`,
  );
});
afterAll(async () => {
  await Promise.all([one.close(), other.close()]);
  await rm(folder, { recursive: true });
});

const only = ["--only", "call_park.get.body"];
const fleet = (argv: string[], more: Record<string, string> = env) =>
  callpark(["verify", "--config", file, ...argv], more);
const names = ({ stdout }: { stdout: string }): string[] =>
  (JSON.parse(stdout) as FleetReport).targets.map(({ name, exitCode }) => `${name} ${exitCode}`);

describe("in GitHub Actions", () => {
  it("what the targets have alike is annotated once, and the step's summary has a row for each", async () => {
    await using broken = await startBroken(one.url);
    await using alike = await startBroken(other.url);
    const inActions = join(folder, "actions.yaml");
    const entry = (name: string, url: string, at: number) =>
      `  - { name: ${name}, url: "${url}", token: { env: T${at} } }\n`;
    await writeFile(
      inActions,
      `targets:\n${entry("first", broken.url, 0)}${entry("second", alike.url, 1)}${entry("gone", "http://127.0.0.1:1", 0)}`,
    );
    const summary = join(folder, "summary.md");
    const actions = { T0: tokens[0] ?? "", T1: tokens[1] ?? "", GITHUB_ACTIONS: "true", GITHUB_STEP_SUMMARY: summary };
    const { code, stderr } = await callpark(["verify", "--all", "--config", inActions, "--quiet", ...only], actions);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^::error title=gone::.*127\.0\.0\.1:1\/.*\n::error file=spec\/components\/schemas\/RecallTime\.yaml,line=\d+,title=GET \/call_park%3A call_park\.get\.recall_time\.maximum::first, second%0Adocumented: recall_time must be at most 900%0Areceived: 901%0Acurl .*\n$/,
    );
    const lines = (await readFile(summary, "utf8")).split("\n");
    expect(lines[0]).toBe("## ❌ Call park contract: Does not conform");
    const rows = lines.filter((line) => /^\| (first|second|gone) /.test(line));
    expect(rows.slice(0, 2)).toStrictEqual([
      "| first | ❌ Does not conform | 0 | 1 | 0 | 0 | nothing changed |",
      "| second | ❌ Does not conform | 0 | 1 | 0 | 0 | nothing changed |",
    ]);
    expect(rows[2]).toMatch(/^\| gone \| ❌ Not reached \| {2}\| {2}\| {2}\| {2}\| .+ \|$/);
    expect(lines).toContain("### GET /call&#95;park: call&#95;park.get.recall&#95;time.maximum");
  });
});

describe("verify of a file of targets", () => {
  it.each<[string[], string[]]>([
    [["--all"], ["acme 0", "globex 0", "other 0"]],
    [
      ["--label", "lab"],
      ["acme 0", "globex 0"],
    ],
    [
      ["--target", "other,acme"],
      ["acme 0", "other 0"],
    ],
    [
      ["--label", "live", "--target", "acme"],
      ["acme 0", "other 0"],
    ],
  ])("%j", async (argv, expected) => {
    const outcome = await fleet([...argv, "--json", ...only]);
    expect([outcome.code, outcome.stderr, names(outcome)]).toStrictEqual([0, "", expected]);
  });

  it("says each target in a line, and the whole in the last", async () => {
    const { code, stdout, stderr } = await fleet(["--all", ...only]);
    expect([code, stderr]).toStrictEqual([0, ""]);
    const counted = "1 passed, 0 failed, 0 errors, 0 skipped, N requests, N ms, nothing changed";
    expect(stdout.replace(/\d+ (requests|ms)/g, "N $1")).toBe(
      `Targets\n  acme    Conforms  ${counted}\n  globex  Conforms  ${counted}\n  other   Conforms  ${counted}\n\n` +
        "Conforms: 3 targets on 2 hosts: 3 conforming; N requests, N ms\n",
    );
  });

  it("sends no more requests to each target than it may", async () => {
    const { code, stdout } = await fleet(["--target", "acme,other", "--max-requests", "21", "--json"]);
    const { targets } = JSON.parse(stdout) as FleetReport;
    const refused =
      "The run may send 21 requests (maxRequests, --max-requests), and keeps the last 2 for a check that has begun.";
    expect([code, targets.map(({ checks }) => checks.some(({ reason }) => reason === refused))]).toStrictEqual([
      0,
      [true, true],
    ]);
  });

  it("has a target make up the values of the seed", async () => {
    const strange = await startSandbox({ faults: ["call_park.post.refusal.plain_text"] });
    try {
      const seeded = join(folder, "seeded.yaml");
      await writeFile(seeded, `targets:\n  - { name: strange, url: "${strange.url}", token: { env: STRANGE } }\n`);
      const argv = ["verify", "--all", "--config", seeded, "--write=full", "--yes", "--json", "--seed", "7"];
      const { code, stdout } = await callpark([...argv, "--only", "call_park.post.properties.refuses"], {
        STRANGE: (await strange.signIn()).accessToken,
      });
      const { targets } = JSON.parse(stdout) as FleetReport;
      const received = targets[0]?.checks.flatMap(({ findings }) => findings.map((one) => one.received)) ?? [];
      expect([code, received.filter((text) => text.endsWith("--seed 7)")).length]).toStrictEqual([1, received.length]);
      expect(received.length).toBeGreaterThan(0);
    } finally {
      await strange.close();
    }
  });

  it("takes --pbx-version where the file does not say the target's version", async () => {
    const versions = join(folder, "versions.yaml");
    const entry = (name: string, rest: string) =>
      `  - { name: ${name}, url: "${one.url}", token: { file: acme-token }${rest} }\n`;
    await writeFile(versions, `targets:\n${entry("untold", "")}${entry("told", ", version: 22.6")}`);
    const argv = ["verify", "--all", "--config", versions, "--pbx-version", "22.2", "--json", ...only];
    const { targets } = JSON.parse((await callpark(argv)).stdout) as FleetReport;
    expect(targets.map(({ pbxVersion }) => [pbxVersion?.line, pbxVersion?.source])).toStrictEqual([
      ["22.2", "option"],
      ["22.6", "option"],
    ]);
  });

  it("asks for the secrets of the targets that it checks, and for no others", async () => {
    expect((await fleet(["--label", "lab", "--quiet", ...only], {})).code).toBe(0);
    expect(await fleet(["--all"], {})).toStrictEqual({
      code: 2,
      stdout: "",
      stderr: `error: ${file}:13:12: token: the environment variable OTHER_TOKEN is not set, or empty\n`,
    });
  });

  it("names the file of a token that is not there, unless its name may be the token itself", async () => {
    const secretive = join(folder, "secretive.yaml");
    const secret = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOjF9.c2ln";
    const lines = ["token: { file: nope }", "token: { file: . }", `token: { file: ${secret} }`];
    const entries = lines.map((line, at) => `  - { name: t${at}, url: "${one.url}", ${line} }\n`);
    await writeFile(secretive, `targets:\n${entries.join("")}`);
    const { code, stderr } = await callpark(["verify", "--all", "--config", secretive]);
    const there = "give a file that is there and that you may read";
    expect([code, stderr.replaceAll(/secretive.yaml:(\d):\d+/g, "secretive.yaml:$1").split("\n")]).toStrictEqual([
      2,
      [
        `error: ${secretive}:2: token: cannot read ${join(folder, "nope")} (ENOENT): ${there}`,
        `${secretive}:3: token: ${folder} is a folder: give a file`,
        `${secretive}:4: token: cannot read the file (ENOENT): ${there}`,
        "",
      ],
    ]);
  });

  it("writes to all of them and puts all back", async () => {
    const before = [await readSettings(one.apiUrl, tokens[0] ?? ""), await readSettings(other.apiUrl, tokens[1] ?? "")];
    const { code, stdout } = await fleet(["--all", "--write=safe", "--yes", "--json"]);
    const { targets } = JSON.parse(stdout) as FleetReport;
    expect([code, targets.map(({ restore }) => restore.status)]).toStrictEqual([
      0,
      ["restored", "restored", "restored"],
    ]);
    expect([
      await readSettings(one.apiUrl, tokens[0] ?? ""),
      await readSettings(other.apiUrl, tokens[1] ?? ""),
    ]).toStrictEqual(before);
  });

  it("says of one that is not restored how that is done, with its own way in: 4, then 0", async () => {
    const [, token = ""] = tokens;
    const before = await readSettings(other.apiUrl, token);
    let refuses: boolean | undefined;
    await using proxy = await startProxy(other.url, async ({ method }, answer) => {
      if (method === "POST" && refuses) return { status: 403, type: "", body: Buffer.of() };
      const answered = await answer();
      if (method === "POST")
        refuses ??= (await readSettings(other.apiUrl, token))["recall_time"] !== before["recall_time"] || undefined;
      return answered;
    });
    const { refreshToken } = await other.signIn();
    await writeFile(join(folder, "other-token"), token);
    await writeFile(join(folder, "other-refresh"), refreshToken);
    const stubborn = join(folder, "stubborn.yaml");
    const access = "token: { file: other-token }, refreshToken: { file: other-refresh }, tenant: acme.example";
    await writeFile(stubborn, `targets:\n  - { name: stubborn, url: "${proxy.url}", ${access} }\n`);
    const { code, stdout } = await callpark(["verify", "--all", "--config", stubborn, "--write=safe", "--yes"]);
    expect(code).toBe(4);
    const command = `npx callpark restore --config '${stubborn}' --target stubborn`;
    expect(stdout).toContain(`  To put it back:\n    ${command}\n`);
    refuses = false;
    expect((await callpark(["restore", "--config", stubborn, "--target", "stubborn", "--yes"])).code).toBe(0);
    expect(await readSettings(other.apiUrl, token)).toStrictEqual(before);
  });

  it("does not write unasked", async () => {
    expect(await fleet(["--all", "--write"])).toStrictEqual({
      code: 2,
      stdout: "",
      stderr:
        "error: --write changes 3 targets: acme, globex, other, and there is no terminal to ask on: add --yes to say that it may\n",
    });
  });

  it("goes on where a target is not reached: 3, or 1 where another has findings", async () => {
    await using broken = await startProxy(one.url, async ({ path }, answer) => {
      const answered = await answer();
      if (path !== "/api/call_park" || answered.status !== 200) return answered;
      return {
        ...answered,
        body: Buffer.from(JSON.stringify({ ...JSON.parse(Buffer.from(answered.body).toString()), recall_time: 1 })),
      };
    });
    const lines = `targets:
  - { name: gone, url: "http://127.0.0.1:9", token: { file: acme-token } }
  - { name: acme, url: "${one.url}", token: { file: acme-token } }
`;
    const mixed = join(folder, "mixed.yaml");
    await writeFile(mixed, lines);
    const argv = ["verify", "--all", "--config", mixed, "--json", ...only];
    const gone = await callpark(argv);
    expect([gone.code, names(gone)]).toStrictEqual([3, ["gone 3", "acme 0"]]);
    await writeFile(mixed, `${lines}  - { name: broken, url: "${broken.url}", token: { file: acme-token } }\n`);
    const found = await callpark(argv);
    expect([found.code, names(found)]).toStrictEqual([1, ["gone 3", "acme 0", "broken 1"]]);
  });

  it("puts all back at Ctrl-C: 130", async () => {
    const before = await readSettings(one.apiUrl, tokens[0] ?? "");
    let sent = false;
    await using proxy = await startProxy(one.url, async ({ method }, answer) => {
      const answered = await answer();
      if (method !== "POST" || sent) return answered;
      const now = await readSettings(one.apiUrl, tokens[0] ?? "");
      if (now.recall_time === before.recall_time) return answered;
      sent = true;
      run.child.kill("SIGINT");
      await new Promise((resolve) => setTimeout(resolve, 50));
      return answered;
    });
    const slow = join(folder, "slow.yaml");
    await writeFile(slow, `targets:\n  - { name: slow, url: "${proxy.url}", token: { file: acme-token } }\n`);
    const run = start(["verify", "--all", "--config", slow, "--write=safe", "--yes", "--json"]);
    const { code, stdout } = await run.ended;
    const { targets } = JSON.parse(stdout) as FleetReport;
    expect([code, targets[0]?.restore.status, targets[0]?.interrupted]).toStrictEqual([130, "restored", true]);
    expect(await readSettings(one.apiUrl, tokens[0] ?? "")).toStrictEqual(before);
  });

  it.each<[string[], string]>([
    [["--label", "nope"], "FILE has no label nope: it has lab, live"],
    [["--target", "nope,acme"], "FILE has no target called nope: it has acme, globex, other"],
    [["--shard", "0/2"], "--config is about a file of targets: add --all, --label or --target"],
    [["--label", ","], "--label names none"],
  ])("refuses %j", async (argv, message) => {
    const { code, stdout, stderr } = await fleet(argv);
    expect([code, stdout, stderr.replaceAll(file, "FILE")]).toStrictEqual([2, "", `error: ${message}\n`]);
  });

  it.each<[string[], string]>([
    [["--all", "--url", "http://127.0.0.1:9"], "option '--all' cannot be used with option '--url <URL>'"],
    [["--all", "--label", "lab"], "option '--all' cannot be used with option '--label <NAME,…>'"],
    [
      ["--all", "--shard", "2/2"],
      "option '--shard <I/N>' argument '2/2' is invalid. Give I/N, counting from 0: 0/3, 1/3 and 2/3 are the whole.",
    ],
    [
      ["--all", "--concurrency", "0"],
      "option '--concurrency <N>' argument '0' is invalid. give a number from 1 to 9999.",
    ],
  ])("refuses %j with the help", async (argv, message) => {
    const { code, stderr } = await fleet(argv);
    expect([code, stderr.split("\n")[0]]).toStrictEqual([2, `error: ${message}`]);
  });
});

describe("reports", () => {
  it("has a folder for each target, a page that leads there, and no secret", async () => {
    const out = join(folder, "report");
    const { code, stdout, stderr } = await fleet(["--all", "--report", out, "--json", ...only]);
    expect([code, stderr]).toStrictEqual([0, `Report: ${join(out, "index.html")}\n`]);
    expect((await readdir(out)).sort()).toStrictEqual(["fleet.json", "index.html", "junit.xml", "targets"]);
    expect((await readdir(join(out, "targets"))).sort()).toStrictEqual(["acme", "globex", "other"]);
    expect(await readFile(join(out, "fleet.json"), "utf8")).toBe(stdout);
    expect(await callpark(["replay", out])).toStrictEqual({
      code: 2,
      stdout: "",
      stderr: `error: ${out} is the report of many PBXs: give that of one, ${join(out, "targets", "NAME")}\n`,
    });
    const page = await readFile(join(out, "index.html"), "utf8");
    expect(page).toContain('<a href="targets/acme/report.html">acme</a>');
    const files = await readdir(out, { recursive: true, withFileTypes: true });
    for (const entry of files.filter((one) => one.isFile())) {
      const text = await readFile(join(entry.parentPath, entry.name), "utf8");
      for (const secret of [...tokens, "globex-park-1"]) expect(text).not.toContain(secret);
    }
  });

  it("of shards are merged into one", async () => {
    const shards = [0, 1, 2].map((index) => join(folder, `shard-${index}`));
    for (const [index, shard] of shards.entries()) {
      const { code } = await fleet(["--all", "--shard", `${index}/3`, "--report", shard, "--quiet", ...only]);
      expect(code).toBe(0);
    }
    const out = join(folder, "merged");
    const merged = await callpark(["report", "merge", ...shards, "--report", out, "--json"]);
    expect([merged.code, names(merged).sort()]).toStrictEqual([0, ["acme 0", "globex 0", "other 0"]]);
    expect((await readdir(join(out, "targets"))).sort()).toStrictEqual(["acme", "globex", "other"]);

    const partly = await callpark(["report", "merge", ...shards.slice(1), "--quiet"]);
    expect([partly.code, partly.stdout.replace(/; \d+ requests.*/, "")]).toStrictEqual([
      1,
      "Incomplete: 1 target on 1 host: 1 conforming; 1 shard missing (0/3)\n",
    ]);
  });

  it("of an earlier run are not merged for a shard that could not begin", async () => {
    const shards = [0, 1].map((index) => join(folder, `again-${index}`));
    const run = (index: number, more?: Record<string, string>) =>
      fleet(["--all", "--shard", `${index}/2`, "--report", shards[index] ?? "", "--quiet", ...only], more);
    expect([(await run(0)).code, (await run(1)).code]).toStrictEqual([0, 0]);
    // The next night one of them lacks its secrets.
    const codes = [(await run(0)).code, (await run(1, {})).code];
    const merged = await callpark(["report", "merge", ...shards, "--quiet"]);
    expect([codes, merged.code === 0]).toStrictEqual([[0, 2], false]);
    expect(merged.stdout + merged.stderr).toMatch(/missing|no report/);
  });

  it("of runs on one PBX each are merged under the names of their folders", async () => {
    const folders = [one, other].map((_, index) => join(folder, `run-${index}`));
    for (const [index, { url }] of [one, other].entries())
      await callpark(["verify", "--url", url, "--report", folders[index] ?? "", "--quiet", ...only], {
        CALLPARK_TOKEN: tokens[index] ?? "",
      });
    const merged = await callpark(["report", "merge", ...folders, "--json"]);
    expect([merged.code, names(merged)]).toStrictEqual([0, ["run-0 0", "run-1 0"]]);
  });

  it.each<[string, (out: string) => Promise<string[]>, RegExp]>([
    [
      "a folder without one",
      async (out) => [join(out, "nothing")],
      /^error: There is no report in .*nothing: give folders/,
    ],
    [
      "one that was cut off",
      async (out) => {
        await writeFile(join(out, "fleet.json"), '{"kind":"fl');
        return [out];
      },
      /fleet\.json is not whole: the run that wrote it may have been cut off\n$/,
    ],
    [
      "one of another kind",
      async (out) => {
        await writeFile(join(out, "fleet.json"), '{"kind":"fleet","schemaVersion":2}');
        return [out];
      },
      /fleet\.json is no report that this version of callpark knows\n$/,
    ],
    [
      "its own folder",
      async (out) => [out, "--report", out],
      /^error: --report: .* is one of the folders to merge: give another one\n$/,
    ],
  ])("to merge must be reports: not %s", async (_, prepare, message) => {
    const { code, stdout, stderr } = await callpark([
      "report",
      "merge",
      ...(await prepare(await mkdtemp(join(folder, "bad-")))),
    ]);
    expect([code, stdout]).toStrictEqual([2, ""]);
    expect(stderr).toMatch(message);
  });
});
