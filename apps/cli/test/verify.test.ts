import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Report } from "@callpark/contract";
import { type Sandbox, startSandbox } from "@callpark/sandbox";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callpark } from "./callpark.ts";
import { readSettings, startProxy } from "./pbx.ts";

let pbx: Sandbox;
let token: string;
let folder: string;
beforeAll(async () => {
  pbx = await startSandbox();
  token = (await pbx.signIn()).accessToken;
  folder = await mkdtemp(join(tmpdir(), "callpark verify "));
});
afterAll(async () => {
  await pbx.close();
  await rm(folder, { recursive: true });
});

const only = ["--only", "call_park.get"];
const report = (stdout: string): Report => JSON.parse(stdout) as Report;

describe("against the embedded sandbox", () => {
  it("reads, conforms and says how to check a real PBX", async () => {
    const { code, stdout, stderr } = await callpark(["verify"]);
    expect(code).toBe(0);
    expect(stdout).toContain("/api (the embedded sandbox)\n");
    expect(stdout).toContain("\nWrites   none: this run only read\n");
    expect(stdout.trimEnd().split("\n").at(-1)).toMatch(
      /^Conforms: \d+ passed, 0 failed, 0 errors, .*, nothing changed$/,
    );
    expect(stderr).toBe(
      "This was the sandbox PBX that comes with callpark. To check a real one:\n" +
        "  npx callpark verify --url https://pbx.example.com:8887 --token-file token.txt\n",
    );
  });

  it.each([
    ["--write", "safe"],
    ["--write=safe", "safe"],
    ["--write=full", "full"],
  ])("%s writes and restores without being asked", async (option, level) => {
    const { code, stdout } = await callpark(["verify", option, "--json"]);
    const { write, restore } = report(stdout);
    expect({ code, write, restore: restore.status }).toStrictEqual({ code: 0, write: level, restore: "restored" });
  });

  it("is of the version that is asked for", async () => {
    const { code, stdout } = await callpark(["verify", "--pbx-version=22.0", "--json"]);
    const { pbxVersion } = report(stdout);
    expect({ code, line: pbxVersion.line, source: pbxVersion.source }).toStrictEqual({
      code: 0,
      line: "22.0",
      source: "option",
    });
  });

  it("says one line with --quiet", async () => {
    const { code, stdout, stderr } = await callpark(["verify", "--quiet"]);
    expect({ code, stderr, lines: stdout.split("\n").length }).toStrictEqual({ code: 0, stderr: "", lines: 2 });
    expect(stdout.slice(0, 10)).toBe("Conforms: ");
  });
});

describe("--list", () => {
  it("has a line for each check: id, level, operation, title", async () => {
    const { code, stdout, stderr } = await callpark(["verify", "--list"]);
    const checks = JSON.parse((await callpark(["verify", "--list", "--json"])).stdout);
    expect({ code, stderr }).toStrictEqual({ code: 0, stderr: "" });
    const cells = stdout
      .trimEnd()
      .split("\n")
      .map((line) => line.split(/ {2,}/));
    expect(cells).toStrictEqual(
      checks.map(({ id, level, operation, title }: Record<string, string>) => [id, level, operation, title]),
    );
    expect(cells[0]?.[0]).toBe("call_park.get.body");
  });

  it("has those of --only, and refuses a name that no check has", async () => {
    const { code, stdout } = await callpark(["verify", "--list", "--only", "call_park_groups.list,call_park.get.body"]);
    const [first, ...others] = stdout.trimEnd().split("\n");
    expect([code, first?.split(" ")[0]]).toStrictEqual([0, "call_park.get.body"]);
    expect(others.map((line) => line.startsWith("call_park_groups.list."))).toStrictEqual(others.map(() => true));
    expect(others.length).toBeGreaterThan(0);
    expect(await callpark(["verify", "--list", "--only", "call_park.get,nonsense"])).toStrictEqual({
      code: 2,
      stdout: "",
      stderr: "error: --only: no check is called nonsense: callpark verify --list names them all\n",
    });
  });
});

describe("against a PBX by URL", () => {
  it.each(["", "/", "/api", "/api/"])("takes the URL with %j at its end", async (end) => {
    const { code, stdout, stderr } = await callpark(["verify", "--url", pbx.url + end, "--json", ...only], {
      CALLPARK_TOKEN: token,
    });
    const { target } = report(stdout);
    expect({ code, stderr, url: target.url, embedded: target.embedded }).toStrictEqual({
      code: 0,
      stderr: "",
      url: pbx.apiUrl,
      embedded: false,
    });
  });

  it("takes the token from a file or a pipe, with a line break at its end", async () => {
    await writeFile(join(folder, "token"), `${token}\r\n`);
    const argv = ["verify", "--url", pbx.url, "--quiet", ...only];
    expect((await callpark([...argv, "--token-file", join(folder, "token")])).code).toBe(0);
    expect((await callpark([...argv, "--token-stdin"], {}, `${token}\n`)).code).toBe(0);
  });

  it("runs the checks that --only names", async () => {
    const all = JSON.parse((await callpark(["verify", "--list", "--json"])).stdout) as { id: string }[];
    const ids = async (value: string): Promise<string[]> =>
      report((await callpark(["verify", "--json", "--only", value])).stdout).checks.map(({ id }) => id);
    const [first = "", second = ""] = all.map(({ id }) => id);
    expect(await ids(`${second}, ${first}`)).toStrictEqual([first, second]);
    expect(await ids("call_park.get")).toStrictEqual(
      all.map(({ id }) => id).filter((id) => id.startsWith("call_park.get.")),
    );
  });

  it("checks what only the system administrator may do, given that user's password", async () => {
    const password = pbx.accounts.find(({ tenant }) => tenant === null)?.password ?? "";
    const argv = ["verify", "--url", pbx.url, "--json", "--only", "admin_status.system_administrator,tenants.switch"];
    const statuses = async (more: Record<string, string>) => {
      const { code, stdout } = await callpark(argv, { CALLPARK_TOKEN: token, ...more });
      return [code, ...report(stdout).checks.map(({ id, status }) => `${id} ${status}`)];
    };
    const given = { CALLPARK_SYSTEM_PASSWORD: password };
    const passed = [0, "admin_status.system_administrator passed", "tenants.switch passed"];
    expect(await statuses(given)).toStrictEqual(passed);
    expect(await statuses({ ...given, CALLPARK_SYSTEM_USERNAME: "admin" })).toStrictEqual(passed);
    const skipped = [0, "admin_status.system_administrator skipped", "tenants.switch skipped"];
    expect(await statuses({})).toStrictEqual(skipped);
    expect(await statuses({ ...given, CALLPARK_SYSTEM_USERNAME: "nobody" })).toStrictEqual(skipped);
  });

  it("writes with --yes, and leaves the settings as they were", async () => {
    const before = await readSettings(pbx.apiUrl, token);
    const argv = ["verify", "--url", pbx.url, "--write=full", "--yes", "--json"];
    const { code, stdout } = await callpark(argv, { CALLPARK_TOKEN: token });
    expect({ code, restore: report(stdout).restore.status }).toStrictEqual({ code: 0, restore: "restored" });
    expect({ ...(await readSettings(pbx.apiUrl, token)), prompt_file_url: before.prompt_file_url }).toStrictEqual(
      before,
    );
  });

  it("writes the report in each form, into a folder that it makes", async () => {
    const reports = join(folder, "a", "report");
    const argv = ["verify", "--url", pbx.url, "--json", "--report", reports, ...only];
    const { code, stdout, stderr } = await callpark(argv, { CALLPARK_TOKEN: token });
    expect({ code, stderr }).toStrictEqual({ code: 0, stderr: `Report: ${join(reports, "report.html")}\n` });
    expect((await readdir(reports)).sort()).toStrictEqual([
      "junit.xml",
      "report.html",
      "report.json",
      "report.sarif",
      "requests.har",
    ]);
    const [xml, page, json, sarif = "", har = ""] = await Promise.all(
      (await readdir(reports)).sort().map((name) => readFile(join(reports, name), "utf8")),
    );
    expect(json).toBe(stdout);
    expect(xml?.slice(0, 38)).toBe('<?xml version="1.0" encoding="UTF-8"?>');
    expect(page?.slice(0, 15)).toBe("<!doctype html>");
    expect(JSON.parse(sarif).version).toBe("2.1.0");
    expect(JSON.parse(har).log.entries).toHaveLength(report(stdout).requests);
  });

  it("says in JUnit alone why the run was not made, in place of an earlier report", async () => {
    const reports = join(folder, "stale");
    const argv = ["verify", "--report", reports, "--quiet"];
    await callpark([...argv, ...only]);
    expect(await readdir(reports)).toHaveLength(5);
    const { code } = await callpark([...argv, "--url", "http://127.0.0.1:9"], { CALLPARK_TOKEN: token });
    expect([code, await readdir(reports)]).toStrictEqual([3, ["junit.xml"]]);
    const xml = await readFile(join(reports, "junit.xml"), "utf8");
    const refused = "GET http://127.0.0.1:9/api/call_park: connect ECONNREFUSED 127.0.0.1:9";
    expect(xml.replaceAll(/ (?:time|timestamp)="[^"]+"/g, "").split("\n")).toStrictEqual([
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<testsuites name="callpark verify" tests="1" failures="0" errors="1">',
      '<testsuite name="callpark verify" tests="1" failures="0" errors="1" skipped="0">',
      '<properties><property name="PBX" value="http://127.0.0.1:9/api"/></properties>',
      `<testcase name="The run is made" classname="run.made"><error message="${refused}" type="error">${refused}`,
      "Nothing listens there: check the URL and its port.</error></testcase>",
      "</testsuite>",
      "</testsuites>",
      "",
    ]);
  });

  it("says where that is, and not the token", async () => {
    const reports = join(folder, "refused");
    const argv = ["verify", "--report", reports, "--url", pbx.url];
    const { code, stderr } = await callpark(argv, { CALLPARK_TOKEN: "wrong-0123456789" });
    const file = join(reports, "junit.xml");
    expect([code, stderr.split("\n")[0]]).toStrictEqual([
      3,
      `Report: ${file} (there is nothing else to report: the run was not made)`,
    ]);
    const xml = await readFile(file, "utf8");
    expect([xml.includes("The PBX does not accept the token (401"), xml.includes("wrong-0123456789")]).toStrictEqual([
      true,
      false,
    ]);
  });

  it("refuses another tenant than the one named: 2", async () => {
    const argv = ["verify", "--url", pbx.url, "--tenant", "Somebody else"];
    const { code, stdout, stderr } = await callpark(argv, { CALLPARK_TOKEN: token });
    expect({ code, stdout }).toStrictEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/^error: The token belongs to the tenant .* not to Somebody else\n$/);
  });
});

describe("what goes wrong has an exit code of its own", () => {
  it("findings: 1, shown with what was received and documented", async () => {
    await using proxy = await startProxy(pbx.url, async ({ method, path }, answer) => {
      const answered = await answer();
      if (method !== "GET" || path !== "/api/call_park" || answered.status !== 200) return answered;
      const settings = { ...JSON.parse(Buffer.from(answered.body).toString()), recall_time: 901 };
      return { ...answered, body: Buffer.from(JSON.stringify(settings)) };
    });
    const { code, stdout } = await callpark(["verify", "--url", proxy.url, ...only], { CALLPARK_TOKEN: token });
    expect(code).toBe(1);
    expect(stdout).toMatch(/\n {10}received {4}.*901/);
    expect(stdout).toMatch(/\n {10}spec {8}spec\/components\/schemas\/.*\.yaml:\d+\n/);
    expect(stdout).toMatch(/\n {10}curl {8}curl .*call_park/);
    expect(stdout.trimEnd().split("\n").at(-1)).toMatch(/^Does not conform: \d+ passed, [1-9]\d* failed, /);
    expect(stdout).not.toContain(token);
  });

  it("unreachable: 3", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const argv = ["verify", "--url", `http://127.0.0.1:${port}`];
    const { code, stdout, stderr } = await callpark(argv, { CALLPARK_TOKEN: token });
    expect({ code, stdout }).toStrictEqual({ code: 3, stdout: "" });
    expect(stderr).toBe(
      `error: GET http://127.0.0.1:${port}/api/call_park: connect ECONNREFUSED 127.0.0.1:${port}\nNothing listens there: check the URL and its port.\n`,
    );
  });

  it("a wrong token: 3, without repeating it", async () => {
    const { code, stdout, stderr } = await callpark(["verify", "--url", pbx.url], {
      CALLPARK_TOKEN: "wrong-0123456789",
    });
    expect({ code, stdout, stderr }).toStrictEqual({
      code: 3,
      stdout: "",
      stderr: `error: The PBX does not accept the token (401 for GET ${pbx.apiUrl}/call_park): it is wrong or has ended. Sign in for a new one\n`,
    });
  });

  it("a user who may not read the settings: 3, and what to do", async () => {
    const { accessToken } = await pbx.signIn({ username: "ada", domain: "acme.example" });
    const { code, stdout, stderr } = await callpark(["verify", "--url", pbx.url], { CALLPARK_TOKEN: accessToken });
    expect({ code, stdout, stderr }).toStrictEqual({
      code: 3,
      stdout: "",
      stderr: `error: The PBX does not let this token's user read the call park settings (403 for GET ${pbx.apiUrl}/call_park): use a tenant administrator's token that has not ended, or name the tenant for a system administrator who signs in\n`,
    });
  });

  it("not restored: 4, loudly", async () => {
    let broken = false;
    await using proxy = await startProxy(pbx.url, async ({ method, path }, answer) => {
      const before = await readSettings(pbx.apiUrl, token);
      if (broken && method === "POST" && path === "/api/call_park") return { status: 500, type: "", body: Buffer.of() };
      const answered = await answer();
      const after = await readSettings(pbx.apiUrl, token);
      broken ||= JSON.stringify(after) !== JSON.stringify(before);
      return answered;
    });
    const { recall_time, recall_ring_group_time } = await readSettings(pbx.apiUrl, token);
    const argv = ["verify", "--url", proxy.url, "--write=safe", "--yes", "--quiet"];
    const { code, stdout } = await callpark(argv, { CALLPARK_TOKEN: token });
    await fetch(`${pbx.apiUrl}/call_park`, {
      method: "POST",
      headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
      body: JSON.stringify({ recall_time, recall_ring_group_time }),
    });
    expect(code).toBe(4);
    expect(stdout.split("\n")[0]).toBe("NOT RESTORED: The PBX does not have its own settings back.");
    expect(stdout).toContain("\n  To put it back by hand:\n    curl ");
    expect(stdout).not.toContain(token);
  });
});

it("never says the token", async () => {
  const argv = ["verify", "--url", pbx.url, "--write=full", "--yes", "--report", join(folder, "secret")];
  // What the run before left unfinished is not this one's business.
  const env = { CALLPARK_TOKEN: token, XDG_STATE_HOME: join(folder, "state") };
  const { stdout, stderr } = await callpark(argv, env);
  const written = await Promise.all(
    (await readdir(join(folder, "secret"))).map((name) => readFile(join(folder, "secret", name), "utf8")),
  );
  expect(written).toHaveLength(5);
  expect([stdout, stderr, ...written].filter((text) => text.includes(token))).toStrictEqual([]);
});
