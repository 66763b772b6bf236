import { appendFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { listChecks } from "@callpark/contract";
import { type Sandbox, startSandbox } from "@callpark/sandbox";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startBroken } from "./broken-pbx.ts";
import { callpark } from "./callpark.ts";

let pbx: Sandbox;
let folder: string;
let env: Record<string, string>;
beforeAll(async () => {
  pbx = await startSandbox();
  folder = await mkdtemp(join(tmpdir(), "callpark baseline "));
  env = { CALLPARK_TOKEN: (await pbx.signIn()).accessToken };
});
afterAll(async () => {
  await pbx.close();
  await rm(folder, { recursive: true });
});

const baseline = async (name: string, until: string): Promise<string> => {
  const file = join(folder, name);
  const code = "call_park.get.recall_time.maximum";
  await writeFile(file, `findings:\n  - { code: ${code}, owner: anna, reason: ticket 4711, until: ${until} }\n`);
  return file;
};

const only = ["--only", "call_park.get.body"];
const unlooked = ` (but ${listChecks().length - 1} checks did not run)`;
const last = (text: string) => text.trimEnd().split("\n").at(-1);

describe("--baseline", () => {
  it("lets a known finding pass until its date, and no longer", async () => {
    await using broken = await startBroken(pbx.url);
    const argv = ["verify", "--url", broken.url, ...only, "--baseline"];
    const known = await callpark([...argv, await baseline("known.yaml", "2999-12-31")], env);
    expect(known.code).toBe(0);
    expect(known.stdout).toContain(
      "\n        call_park.get.recall_time.maximum: known until 2999-12-31 (anna): ticket 4711\n",
    );
    expect(last(known.stdout)).toMatch(/^Conforms, but for what is known: 0 passed, 0 failed, 1 known, 0 errors, /);
    const file = await baseline("expired.yaml", "2001-12-31");
    const expired = await callpark([...argv, file], env);
    expect(expired.code).toBe(1);
    expect(expired.stdout).toContain(
      `${file}:2: call_park.get.recall_time.maximum was known until 2001-12-31 (anna), and fails again\n`,
    );
  });

  it("names an entry that matches nothing", async () => {
    const file = await baseline("stale.yaml", "2999-12-31");
    const { code, stdout } = await callpark(["verify", "--url", pbx.url, ...only, "--baseline", file], env);
    expect(code).toBe(0);
    expect(stdout).toContain(
      `\nBaseline\n  ${file}:2: call_park.get.recall_time.maximum was not found: take it out${unlooked}\n`,
    );
  });

  it("names an entry that matches nothing at any of many PBXs, there and in their report", async () => {
    await using broken = await startBroken(pbx.url);
    const file = join(folder, "callpark.yaml");
    const entry = (name: string, url: string) =>
      `  - { name: ${name}, url: "${url}", token: { env: CALLPARK_TOKEN } }\n`;
    await writeFile(file, `targets:\n${entry("good", pbx.url)}${entry("broken", broken.url)}`);
    const known = await baseline("fleet.yaml", "2999-12-31");
    await appendFile(known, "  - { code: gone.long_ago, owner: bob, reason: ticket 1, until: 2999-12-31 }\n");
    const out = join(folder, "fleet report");
    const argv = ["verify", "--all", "--config", file, "--baseline", known, "--report", out, ...only];
    const { code, stdout } = await callpark(argv, env);
    const line = `${known}:3: gone.long_ago was not found: take it out${unlooked}`;
    expect(code).toBe(0);
    expect(stdout).toContain(`\nBaseline\n  ${line}\n`);
    expect(last(stdout)).toMatch(/^Conforms, but for what is known: 2 targets on 2 hosts: /);
    expect(await readFile(join(out, "index.html"), "utf8")).toContain(`<li>${line}</li>`);
    const { baselines } = JSON.parse(await readFile(join(out, "fleet.json"), "utf8"));
    expect(baselines).toMatchObject([{ file: known, known: 1, expired: [], stale: [{ code: "gone.long_ago" }] }]);
  });

  it("with a mistake is refused before anything is sent, and before an earlier report is taken away", async () => {
    const report = join(folder, "report");
    await callpark(["verify", "--report", report, ...only]);
    const before = await readFile(join(report, "report.json"), "utf8");
    const file = await baseline("broken.yaml", "soon");
    const argv = ["verify", "--url", "http://127.0.0.1:9", "--report", report, "--baseline", file];
    expect(await callpark(argv, env)).toStrictEqual({
      code: 2,
      stdout: "",
      stderr: `error: ${file}:2: until: soon is no date: write it as 2026-12-31\n`,
    });
    expect(await readFile(join(report, "report.json"), "utf8")).toBe(before);
  });
});

describe("in GitHub Actions", () => {
  it("findings are annotated on stderr and the step has a summary", async () => {
    await using broken = await startBroken(pbx.url);
    const summary = join(folder, "summary.md");
    await writeFile(summary, "before\n");
    const actions = { ...env, GITHUB_ACTIONS: "true", GITHUB_STEP_SUMMARY: summary };
    const { code, stdout, stderr } = await callpark(["verify", "--url", broken.url, "--json", ...only], actions);
    expect(code).toBe(1);
    expect(JSON.parse(stdout).schemaVersion).toBe(1);
    expect(stderr).toMatch(
      /^::error file=spec\/components\/schemas\/RecallTime\.yaml,line=\d+,title=GET \/call_park%3A call_park\.get\.recall_time\.maximum::documented: recall_time must be at most 900%0Areceived: 901%0Acurl .*\n$/,
    );
    expect((await readFile(summary, "utf8")).split("\n").slice(0, 2)).toStrictEqual([
      "before",
      "## ❌ Call park contract: Does not conform",
    ]);
  });

  it("a summary that cannot be written changes nothing but a line on stderr", async () => {
    const actions = { ...env, GITHUB_ACTIONS: "true", GITHUB_STEP_SUMMARY: folder };
    const { code, stderr } = await callpark(["verify", "--url", pbx.url, "--quiet", ...only], actions);
    expect({ code, stderr }).toStrictEqual({ code: 0, stderr: "The step summary could not be written (EISDIR).\n" });
  });
});
