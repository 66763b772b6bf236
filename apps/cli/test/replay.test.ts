import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ReplayJson } from "@callpark/contract/replay";
import { type Sandbox, startSandbox } from "@callpark/sandbox";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startBroken } from "./broken-pbx.ts";
import { callpark } from "./callpark.ts";

let pbx: Sandbox;
let folder: string;
let env: Record<string, string>;
beforeAll(async () => {
  pbx = await startSandbox();
  folder = await mkdtemp(join(tmpdir(), "callpark replay "));
  env = { CALLPARK_TOKEN: (await pbx.signIn()).accessToken, XDG_STATE_HOME: folder };
});
afterAll(async () => {
  await pbx.close();
  await rm(folder, { recursive: true });
});

const code = "call_park.get.recall_time.maximum";

/** A PBX with a finding, and the report of it. */
const reported = async (...argv: string[]) => {
  const broken = await startBroken(pbx.url, argv.includes("--yes") ? "POST" : "GET");
  const report = await mkdtemp(join(folder, "report "));
  await callpark(["verify", "--url", broken.url, "--report", report, ...argv], env);
  return { ...broken, report };
};

const steady = (text: string): string =>
  text
    .replace(/127\.0\.0\.1:\d+/g, "127.0.0.1:PORT")
    .replaceAll(folder, "DIR")
    .replace(/report \w{6}/g, "report")
    .replace(/of 2\S+Z/, "of TIME")
    .replace(/blobs\/[\w-]+/, "blobs/DIGEST")
    .replace(/[\d.]+ m?s,/, "TIME,");

describe("callpark replay", () => {
  it("says that a finding still fails, with what the PBX answers now, and then that it is fixed", async () => {
    await using broken = await reported("--only", "call_park.get.body");
    const failing = await callpark(["replay", broken.report], env);
    expect({ code: failing.code, stderr: failing.stderr }).toStrictEqual({ code: 1, stderr: "" });
    expect(steady(failing.stdout)).toMatchInlineSnapshot(`
      "PBX      http://127.0.0.1:PORT/api
      Report   DIR/report/report.json, of TIME, of the tenant Acme
      Tenant   Acme

      call_park.get.recall_time.maximum: still fails
        documented    recall_time must be at most 900
        received      901
        answered      200 {"enabled":true,"extension_number":"666","recall_time":901,"recall_ring_group_time":300,"prompt_file_name":"hold-the-line.wav","prompt_file_size":16044,"prompt_file_url":"/api/blobs/DIGEST","send_notification_to_parker":false,"recall_to":"USER_ONLY","ring_group_id":null}

      1 finding: 0 fixed, 1 still failing, 0 not known, 3 requests, TIME, nothing changed
      "
    `);
    const asJson = await callpark(["replay", broken.report, "--json"], env);
    const { schemaVersion, kind, of, findings, fresh, run } = JSON.parse(asJson.stdout) as ReplayJson;
    expect([asJson.code, asJson.stderr, schemaVersion, kind, of.target.tenant?.name, fresh]).toStrictEqual([
      1,
      "",
      1,
      "replay",
      "Acme",
      [],
    ]);
    expect(findings).toStrictEqual([
      {
        code,
        check: "call_park.get.body",
        state: "fails",
        documented: "recall_time must be at most 900",
        wasReceived: "901",
        received: "901",
        answer: { status: 200, text: expect.stringContaining('"recall_time":901') },
      },
    ]);
    expect([run?.requests, run?.restore, run?.target.tenant]).toStrictEqual([
      3,
      { status: "not-needed" },
      of.target.tenant,
    ]);
    broken.mend();
    const fixed = await callpark(["replay", join(broken.report, "report.json"), "call_park.get.recall_time"], env);
    expect({ code: fixed.code, stderr: fixed.stderr }).toStrictEqual({ code: 0, stderr: "" });
    expect(steady(fixed.stdout)).toMatchInlineSnapshot(`
      "PBX      http://127.0.0.1:PORT/api
      Report   DIR/report/report.json, of TIME, of the tenant Acme
      Tenant   Acme

      call_park.get.recall_time.maximum: fixed
        documented    recall_time must be at most 900
        was received  901
        answered      200 {"enabled":true,"extension_number":"666","recall_time":300,"recall_ring_group_time":300,"prompt_file_name":"hold-the-line.wav","prompt_file_size":16044,"prompt_file_url":"/api/blobs/DIGEST","send_notification_to_parker":false,"recall_to":"USER_ONLY","ring_group_id":null}

      1 finding: 1 fixed, 0 still failing, 0 not known, 3 requests, TIME, nothing changed
      "
    `);
  });

  it("asks for the same flags before it writes, and puts everything back", async () => {
    await using broken = await reported("--write=safe", "--yes", "--only", "call_park.post.own_settings");
    const argv = ["replay", broken.report, "call_park.post.own_settings"];
    expect(await callpark(argv, env)).toStrictEqual({
      code: 2,
      stdout: "",
      stderr: "error: The check call_park.post.own_settings writes: add --write=safe\n",
    });
    const unasked = await callpark([...argv, "--write=safe"], env);
    expect([unasked.code, unasked.stderr]).toStrictEqual([
      2,
      `error: --write changes ${broken.url}/api, and there is no terminal to ask on: add --yes to say that it may\n`,
    ]);
    const still = await callpark([...argv, "--write=safe", "--yes"], env);
    expect(still.code).toBe(1);
    expect(still.stdout).toMatch(/\n1 finding: 0 fixed, 1 still failing, 0 not known, .*, restored\n$/);
    broken.mend();
    const fixed = await callpark([...argv, "--write=safe", "--yes"], env);
    expect(fixed.code).toBe(0);
    expect(fixed.stdout).toMatch(/\n1 finding: 1 fixed, 0 still failing, 0 not known, .*, restored\n$/);
  });

  it("goes to the tenant of the report only, and to another PBX when told so", async () => {
    await using broken = await reported("--only", "call_park.get.body");
    const [own] = pbx.accounts.filter(({ tenant }) => tenant !== null);
    const elsewhere = pbx.accounts.find(({ tenant }) => tenant !== null && tenant !== own?.tenant);
    const other = { ...env, CALLPARK_TOKEN: (await pbx.signIn(elsewhere)).accessToken };
    const refused = await callpark(["replay", broken.report], other);
    expect([refused.code, refused.stderr.replace(/\(\w+\)/g, "(ID)")]).toStrictEqual([
      2,
      "error: The report is of the tenant Acme (ID), and the token belongs to the tenant Globex (ID). A PBX or sandbox that was set up anew has other ids: if this is the one you mean, add --tenant Globex. Else get in as a user of the report's tenant\n",
    ]);
    const fixed = await callpark(["replay", broken.report, "--url", pbx.url], other);
    expect([
      fixed.code,
      fixed.stdout
        .replace(/\(\w+\)/g, "(ID)")
        .split("\n")
        .slice(0, 4),
    ]).toStrictEqual([
      0,
      [
        `PBX      ${pbx.apiUrl}`,
        expect.stringMatching(/^Report {3}.+, of the tenant Acme$/),
        "Tenant   Globex (ID): another than the report's, which is of Acme (ID)",
        "",
      ],
    ]);
  });

  it("goes on with a PBX that was set up anew, once its tenant is named as the answer says", async () => {
    await using broken = await reported("--only", "call_park.get.body");
    await using anew = await startSandbox();
    const { accessToken } = await anew.signIn();
    const file = join(broken.report, "report.json");
    const report = JSON.parse(await readFile(file, "utf8"));
    // As when it was started again, on the same port.
    await writeFile(file, JSON.stringify({ ...report, target: { ...report.target, url: anew.apiUrl } }));
    const own = { ...env, CALLPARK_TOKEN: accessToken };
    const refused = await callpark(["replay", file], own);
    expect([refused.code, refused.stderr.replace(/\(\w+\)/g, "(ID)")]).toStrictEqual([
      2,
      "error: The report is of the tenant Acme (ID), and the token belongs to the tenant Acme (ID). A PBX or sandbox that was set up anew has other ids: if this is the one you mean, add --tenant Acme. Else get in as a user of the report's tenant\n",
    ]);
    const named = await callpark(["replay", file, "--tenant", "Acme"], own);
    expect([named.code, named.stdout.trimEnd().split("\n").at(-1)?.split(",")[0]]).toStrictEqual([
      0,
      "1 finding: 1 fixed",
    ]);
    const mistaken = await callpark(["replay", file, "--tenant", "Globex"], own);
    expect([mistaken.code, mistaken.stderr]).toStrictEqual([
      2,
      "error: The token belongs to the tenant Acme (acme.example), not to Globex\n",
    ]);
  });

  it("does not call the tenants of two sandboxes, each there for one run, others", async () => {
    const report = join(folder, "embedded");
    await callpark(["verify", "--report", report, "--only", "call_park.get.body"]);
    const file = join(report, "report.json");
    const whole = JSON.parse(await readFile(file, "utf8"));
    const finding = { code, kind: "finding", documented: "at most 900", received: "901" };
    const checks = [{ id: "call_park.get.body", findings: [finding] }];
    await writeFile(file, JSON.stringify({ ...whole, checks }));
    const { stdout } = await callpark(["replay", report]);
    expect(stdout.split("\n").slice(0, 3)).toStrictEqual([
      "PBX      the embedded sandbox",
      expect.stringMatching(/^Report /),
      "Tenant   Acme",
    ]);
  });

  it("is content with a report that has no finding", async () => {
    const report = join(folder, "empty");
    await callpark(["verify", "--report", report, "--only", "call_park.get.body"], env);
    const none = JSON.parse((await callpark(["replay", report, "--json"])).stdout);
    expect([none.findings, none.fresh, "run" in none]).toStrictEqual([[], [], false]);
    expect(await callpark(["replay", report])).toStrictEqual({
      code: 0,
      stdout: `There is no finding in ${join(report, "report.json")}.\n`,
      stderr: "",
    });
  });

  it("names what it cannot read, and what a report has", async () => {
    await using broken = await reported("--only", "call_park.get.body");
    const refuses = async (text: string, message: string): Promise<void> => {
      const file = join(folder, "report.json");
      await writeFile(file, text);
      expect(await callpark(["replay", file], env)).toStrictEqual({
        code: 2,
        stdout: "",
        stderr: `error: ${file} ${message}\n`,
      });
    };
    const wanted = "give the report.json that callpark verify wrote";
    await refuses('{"checks":', `is no JSON, or not whole: ${wanted}`);
    await refuses("[]", `is no report of one PBX: ${wanted}`);
    const whole = JSON.parse(await readFile(join(broken.report, "report.json"), "utf8"));
    await refuses(JSON.stringify({ ...whole, schemaVersion: 2 }), "has version 2, and this callpark reads version 1");
    const none = await callpark(["replay", broken.report, "nonsense"], env);
    expect([none.code, none.stderr]).toStrictEqual([2, `error: The report has no finding nonsense: it has ${code}\n`]);
    const moved = join(folder, "moved");
    await cp(broken.report, moved, { recursive: true });
    await rm(join(moved, "report.json"));
    expect((await callpark(["replay", moved], env)).stderr).toBe(
      `error: replay: cannot read ${join(moved, "report.json")} (ENOENT): give a file that is there and that you may read\n`,
    );
  });
});
