import { chmod, mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Sandbox, startSandbox } from "@callpark/sandbox";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { callpark, type Outcome, type Running, start } from "./callpark.ts";
import { type Answer, type MeddlingProxy, type Passing, readSettings, startProxy } from "./pbx.ts";
import { stateOf } from "./state.ts";

let pbx: Sandbox;
let token: string;
let before: Awaited<ReturnType<typeof stateOf>>;
let folder: string;
let env: Record<string, string>;
beforeEach(async () => {
  pbx = await startSandbox();
  token = (await pbx.signIn()).accessToken;
  before = await stateOf(pbx, token);
  folder = await mkdtemp(join(tmpdir(), "callpark restore "));
  env = { CALLPARK_TOKEN: token, XDG_STATE_HOME: folder };
});
afterEach(async () => {
  await pbx.close();
  await rm(folder, { recursive: true });
});

/** A user whom next to nothing is open to, by number. */
const nobody = 65534;
const never = new Promise<Answer>(() => undefined);
const wrote = async (): Promise<boolean> => (await readSettings(pbx.apiUrl, token))["recall_time"] !== 300;
const verify = (url: string, more: string[] = []): Running =>
  start(["verify", "--url", url, "--write=safe", "--yes", "--quiet", ...more], env);
const restore = (url: string, more: string[] = ["--yes"]): Promise<Outcome> =>
  callpark(["restore", "--url", url, ...more], env);
const files = async (): Promise<string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && !entry.parentPath.endsWith("archive"))
    .map(({ parentPath, name }) => join(parentPath, name));
const journal = async (): Promise<string> => (await files()).find((name) => name.endsWith("journal.json")) ?? "none";

/** A PBX that gives no answer any more as soon as its settings are other than before, until it is told otherwise. */
const falling = async (
  how: "silent" | "refuses" = "silent",
): Promise<{ proxy: MeddlingProxy; fell: Promise<void>; rise: () => void }> => {
  let up = false;
  let down = false;
  let tell: () => void = () => undefined;
  const fell = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const refused = { status: 403, type: "", body: Buffer.of() };
  const proxy = await startProxy(pbx.url, async ({ method }: Passing, answer) => {
    if (up) return answer();
    if (down && how === "silent") return never;
    if (down && method === "POST") return refused;
    const answered = await answer();
    down ||= await wrote();
    if (!down) return answered;
    tell();
    return how === "silent" ? never : answered;
  });
  const rise = () => {
    up = true;
  };
  return { proxy, fell, rise };
};

/** A run that is killed with a setting changed. */
const killed = async (begin: (url: string) => Promise<Running> | Running = verify): Promise<MeddlingProxy> => {
  const { proxy, fell, rise } = await falling();
  const run = await begin(proxy.url);
  await fell;
  run.child.kill("SIGKILL");
  await run.ended;
  rise();
  return proxy;
};

/** The command that a listing gives, as arguments. */
const told = (listing: string): string[] =>
  (/^ {2}Restore {2}npx callpark (.+)$/m.exec(listing)?.[1] ?? "")
    .split(/ (?=(?:[^']*'[^']*')*[^']*$)/)
    .map((word) => word.replaceAll("'", ""));

describe("a run that was killed", () => {
  it("is listed with its PBX, tenant and journal, and with the command: 4", async () => {
    await using proxy = await killed();
    const { code, stdout, stderr } = await callpark(["restore"], { XDG_STATE_HOME: folder });
    expect({ code, stderr }).toStrictEqual({ code: 4, stderr: "" });
    expect(stdout.split("\n")).toStrictEqual([
      expect.stringMatching(/^Run [0-9a-f]{8} of \d{4}-\d\d-\d\dT\S+Z$/),
      `  PBX      ${proxy.url}/api`,
      expect.stringMatching(/^ {2}Tenant {3}Acme \(\S+\)$/),
      `  Journal  ${await journal()}`,
      `  Restore  npx callpark restore --url ${proxy.url}/api --token-file token.txt`,
      "",
    ]);
  });

  it("keeps others from writing, says how to finish it, and is finished: 2, then 0, then 0 again", async () => {
    await using proxy = await killed();
    const next = await verify(proxy.url).ended;
    expect({ code: next.code, stdout: next.stdout }).toStrictEqual({ code: 2, stdout: "" });
    expect(next.stderr.split("\n").slice(-3)).toStrictEqual([
      expect.stringMatching(/^error: An earlier run has not put back what it changed \(run /),
      `  npx callpark restore --url ${proxy.url}/api`,
      "",
    ]);
    const first = await restore(proxy.url);
    expect({ code: first.code, stderr: first.stderr }).toStrictEqual({ code: 0, stderr: "" });
    expect(first.stdout).toMatch(
      /^Restored: run \S+ of \S+ on \S+, tenant Acme\. The call park settings and the prompt are as they were, by two equal readings, and nothing that the run had made is left\.\n$/,
    );
    expect(await stateOf(pbx, token)).toStrictEqual(before);
    expect(await restore(proxy.url)).toStrictEqual({ code: 0, stdout: "Nothing to restore.\n", stderr: "" });
    expect((await verify(proxy.url).ended).code).toBe(0);
    expect(await files()).toStrictEqual([]);
  });

  it("is told with the command that finishes it by the token's file, as it was given", async () => {
    await using proxy = await killed();
    const file = join(folder, "token.txt");
    await writeFile(file, token);
    const argv = ["verify", "--url", proxy.url, "--write=safe", "--yes", "--quiet", "--token-file", file];
    const { code, stderr } = await callpark(argv, { XDG_STATE_HOME: folder });
    const command = `npx callpark restore --url ${proxy.url}/api --token-file '${file}'`;
    expect([code, stderr.split("\n").at(-2)]).toStrictEqual([2, `  ${command}`]);
    const listed = await callpark(["restore"], { XDG_STATE_HOME: folder, CALLPARK_TOKEN: "" });
    expect(listed.stdout).toContain(` --url ${proxy.url}/api --token-file token.txt\n`);
    const pasted = await callpark(["restore", "--url", `${proxy.url}/api`, "--token-file", file, "--yes"], {
      XDG_STATE_HOME: folder,
    });
    expect(pasted.code).toBe(0);
    expect(await stateOf(pbx, token)).toStrictEqual(before);
  });

  it("is told with the command that finishes it where the PBX does not say whose the token is, and that does", async () => {
    const { proxy, fell, rise } = await falling();
    await using _ = proxy;
    const refused = { status: 403, type: "", body: Buffer.of() };
    await using front = await startProxy(proxy.url, async ({ path }, answer) =>
      // What fell is closed before this one.
      path === "/api/tenant" ? refused : answer().catch(() => never),
    );
    const file = join(folder, "refresh.txt");
    await writeFile(file, (await pbx.signIn()).refreshToken);
    const access = ["--refresh-token-file", file, "--tenant", "Acme Inc."];
    const run = verify(front.url, access);
    await fell;
    run.child.kill("SIGKILL");
    await run.ended;
    rise();
    const { code, stderr } = await verify(front.url, access).ended;
    const place = `npx callpark restore --url ${front.url}/api`;
    expect([code, stderr.split("\n").at(-2)]).toStrictEqual([
      2,
      `  ${place} --refresh-token-file '${file}' --tenant 'Acme Inc.'`,
    ]);
    const listed = await callpark(["restore"], { XDG_STATE_HOME: folder });
    expect(listed.stdout).toContain(
      `  Restore  ${place} --refresh-token-file '${file}' --tenant 'Acme Inc.' --token-file token.txt\n`,
    );
    expect((await restore(front.url)).code).toBe(2);
    expect((await restore(`${front.url}/api`, [...access, "--yes"])).code).toBe(0);
    expect(await stateOf(pbx, token)).toStrictEqual(before);
  });

  it("is told with the way in that was given, where the PBX was called otherwise then", async () => {
    await using proxy = await killed();
    await using front = await startProxy(pbx.url, (_, answer) => answer());
    const file = join(folder, "token.txt");
    await writeFile(file, token);
    const told = `\n  npx callpark restore --url ${proxy.url}/api --token-file '${file}' --tenant Acme\n`;
    const more = ["--token-file", file, "--tenant", "Acme", "--yes"];
    for (const argv of [["verify", "--write=safe"], ["restore"]]) {
      const { code, stderr } = await callpark([...argv, "--url", front.url, ...more], { XDG_STATE_HOME: folder });
      expect([code, stderr.slice(-told.length)]).toStrictEqual([2, told]);
    }
    expect((await callpark(["restore", "--url", `${proxy.url}/api`, ...more], { XDG_STATE_HOME: folder })).code).toBe(
      0,
    );
    expect(await stateOf(pbx, token)).toStrictEqual(before);
  });

  it.each([
    ["in a file, is kept there", true, ""],
    [
      "in the environment, is said",
      false,
      "The token ended and was refreshed, and the PBX changed the refresh token: the one that you gave no longer works. Sign in again for a new one.\n",
    ],
  ])("is finished though the token ends, and a refresh token that the PBX changes, %s", async (_, inFile, note) => {
    const proxy = await killed();
    await proxy[Symbol.asyncDispose]();
    let left = 2;
    await using again = await startProxy(
      pbx.url,
      async ({ path }, answer) => {
        if (left === 0 || path !== "/api/tenant") return answer();
        left -= 1;
        return { status: 401, type: "application/json", body: Buffer.from('{"errors":[]}') };
      },
      undefined,
      Number(new URL(proxy.url).port),
    );
    const { accessToken, refreshToken } = await pbx.signIn();
    const file = join(folder, "refresh.txt");
    await writeFile(file, refreshToken);
    env = { ...env, CALLPARK_TOKEN: accessToken, ...(!inFile && { CALLPARK_REFRESH_TOKEN: refreshToken }) };
    const { code, stdout } = await restore(again.url, ["--yes", ...(inFile ? ["--refresh-token-file", file] : [])]);
    expect([code, stdout.split("\n").slice(1).join("\n")]).toStrictEqual([0, note]);
    expect((await readFile(file, "utf8")) !== refreshToken).toBe(inFile);
  });

  it.each([
    ["in a file, is told with it", true],
    ["in the environment, is told without it, and with a file where it is not there any more", false],
  ])("as a user whose password is %s, and finished so", async (_, inFile) => {
    const file = join(folder, "password");
    await writeFile(file, "acme-park-1\n");
    const secret: Record<string, string> = inFile ? {} : { CALLPARK_PASSWORD: "acme-park-1" };
    const access = ["--username", "admin", "--domain", "acme.example", ...(inFile ? ["--password-file", file] : [])];
    const state = { XDG_STATE_HOME: folder };
    const options = ["--write=safe", "--yes", "--quiet", ...access];
    await using proxy = await killed((url) => start(["verify", "--url", url, ...options], { ...state, ...secret }));
    const command = `npx callpark restore --url ${proxy.url}/api --username admin --domain acme.example`;
    const withFile = inFile ? `${command} --password-file '${file}'` : command;
    const again = await callpark(["verify", "--url", proxy.url, ...options], { ...state, ...secret });
    expect([again.code, again.stderr.split("\n").at(-2)]).toStrictEqual([2, `  ${withFile}`]);
    const listed = await callpark(["restore"], state);
    expect(listed.stdout).toContain(`  Restore  ${inFile ? withFile : `${command} --password-file password.txt`}\n`);
    const pasted = told((await callpark(["restore"], { ...state, ...secret })).stdout);
    const { code, stdout, stderr } = await callpark([...pasted, "--yes"], { ...state, ...secret });
    expect([code, stderr]).toStrictEqual([0, ""]);
    expect(stdout).toMatch(/^Restored: run \S+ of \S+ on \S+, tenant Acme\. /);
    expect(await stateOf(pbx, token)).toStrictEqual(before);
  });

  it("is not finished by a user of another tenant: 2, and nothing is written", async () => {
    await using proxy = await killed();
    const argv = ["restore", "--url", proxy.url, "--yes", "--username", "admin", "--domain", "globex.example"];
    const { code, stderr } = await callpark(argv, { XDG_STATE_HOME: folder, CALLPARK_PASSWORD: "globex-park-1" });
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^error: The token belongs to the tenant Globex .+, and what is to be put back is another's: /,
    );
    expect(await wrote()).toBe(true);
  });

  describe("as a target of a file", () => {
    const config = async (url: string): Promise<string> => {
      const file = join(folder, "callpark.yaml");
      await writeFile(join(folder, "globex-password"), "globex-park-1");
      await writeFile(
        file,
        `targets:
  - { name: acme, url: "${url}", token: { env: ACME_TOKEN } }
  - name: globex
    url: "${url}"
    signIn: { username: admin, domain: globex.example, password: { file: globex-password } }
  - { name: elsewhere, url: "http://127.0.0.1:9", token: { env: NOT_THERE } }
`,
      );
      return file;
    };
    const cut = () =>
      killed(async (url) => {
        const argv = ["verify", "--config", await config(url), "--target", "acme", "--write=safe", "--yes", "--quiet"];
        return start(argv, { XDG_STATE_HOME: folder, ACME_TOKEN: token });
      });

    it("is told with the target's name, and finished so", async () => {
      await using _ = await cut();
      const listed = await callpark(["restore"], { XDG_STATE_HOME: folder });
      expect(listed.stdout).toContain(
        `  Restore  npx callpark restore --config '${join(folder, "callpark.yaml")}' --target acme\n`,
      );
      const pasted = [...told(listed.stdout), "--yes"];
      const { code, stdout, stderr } = await callpark(pasted, { XDG_STATE_HOME: folder, ACME_TOKEN: token });
      expect([code, stderr]).toStrictEqual([0, ""]);
      expect(stdout).toMatch(/^acme: Restored: run \S+ of \S+ on \S+, tenant Acme\. .+ is left\.\n$/);
      expect(await stateOf(pbx, token)).toStrictEqual(before);
    });

    it("is finished with --all, which leaves the other tenant and asks for no secret of other hosts", async () => {
      await using proxy = await cut();
      const globex = (await pbx.signIn({ username: "admin", domain: "globex.example" })).accessToken;
      const others = await stateOf(pbx, globex);
      const argv = ["restore", "--config", join(folder, "callpark.yaml"), "--all"];
      const state = { XDG_STATE_HOME: folder, ACME_TOKEN: token };
      const unasked = await callpark(argv, state);
      expect(unasked).toStrictEqual({
        code: 4,
        stdout: expect.stringMatching(/^globex: Nothing to restore\.\nRun [0-9a-f]{8} of /),
        stderr: `acme: error: restore changes ${proxy.url}/api, and there is no terminal to ask on: add --yes to say that it may\n`,
      });
      const { code, stdout, stderr } = await callpark([...argv, "--yes"], state);
      expect([code, stderr]).toStrictEqual([0, ""]);
      expect(stdout).toMatch(/^acme: Restored: run .+\.\nglobex: Nothing to restore\.\n$/);
      expect(await stateOf(pbx, token)).toStrictEqual(before);
      expect(await stateOf(pbx, globex)).toStrictEqual(others);
      expect(await callpark([...argv, "--yes"])).toStrictEqual({
        code: 0,
        stdout: "Nothing to restore.\n",
        stderr: "",
      });
    });
  });

  it("is finished with --all beside targets whose secret is not there, which are named with their place: 2", async () => {
    await using proxy = await killed();
    const file = join(folder, "callpark.yaml");
    const entry = (name: string, source: string) =>
      `  - name: ${name}\n    url: ${proxy.url}\n    token: { ${source} }\n`;
    await writeFile(
      file,
      `targets:\n${entry("unset", "env: NOT_THERE")}${entry("acme", "env: ACME_TOKEN")}${entry("gone", "file: none.txt")}`,
    );
    const state = { XDG_STATE_HOME: folder, ACME_TOKEN: token };
    const { code, stdout, stderr } = await callpark(["restore", "--config", file, "--all", "--yes"], state);
    expect([code, stderr.split("\n")]).toStrictEqual([
      2,
      [
        `unset: error: ${file}:4:12: token: the environment variable NOT_THERE is not set, or empty`,
        `gone: error: ${file}:10:12: token: cannot read ${join(folder, "none.txt")} (ENOENT): give a file that is there and that you may read`,
        "",
      ],
    ]);
    expect(stdout).toMatch(/^acme: Restored: run .+\.\n$/);
    expect(await stateOf(pbx, token)).toStrictEqual(before);
  });

  it("is finished without --url where it is the only one and there is a token", async () => {
    await using _ = await killed();
    expect((await callpark(["restore", "--yes"], env)).code).toBe(0);
    expect(await stateOf(pbx, token)).toStrictEqual(before);
  });

  it("is not finished unasked where there is no terminal: 2", async () => {
    await using proxy = await killed();
    const { code, stderr } = await restore(proxy.url, []);
    expect({ code, stderr }).toStrictEqual({
      code: 2,
      stderr: `error: restore changes ${proxy.url}/api, and there is no terminal to ask on: add --yes to say that it may\n`,
    });
    const kept = await restore(proxy.url, ["--keep-current"]);
    expect([kept.code, kept.stderr]).toStrictEqual([
      2,
      `error: restore --keep-current leaves the settings of ${proxy.url}/api as they are now and forgets what they were, and there is no terminal to ask on: add --yes to say that it may\n`,
    ]);
    expect(await wrote()).toBe(true);
  });

  it("is not finished with the token of another tenant: 2", async () => {
    await using proxy = await killed();
    const other = pbx.accounts.find(({ tenant }) => tenant !== null && tenant !== "Acme");
    env["CALLPARK_TOKEN"] = (await pbx.signIn(other)).accessToken;
    const { code, stderr } = await restore(proxy.url);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: The token belongs to the tenant .+, and what is to be put back is another's: run /);
  });

  it("can be forgotten, with the settings as they are now", async () => {
    await using proxy = await killed();
    const { code, stdout } = await restore(proxy.url, ["--yes", "--keep-current"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^Not put back, as you wished, and done with: run .+ The settings are left as they are now\.\n {2}Left as the run set it:\n(?: {4}recall_\w+: \d+, was 300\n)+$/,
    );
    expect([await wrote(), await files()]).toStrictEqual([true, []]);
  });

  it("F61: whose journal is damaged is refused, and the journal kept: 2", async () => {
    await using proxy = await killed();
    const path = await journal();
    await truncate(path, 200);
    for (const { code, stderr } of [await restore(proxy.url), await verify(proxy.url).ended]) {
      expect(code).toBe(2);
      expect(stderr).toContain(`error: The journal ${path} is damaged, so what it says cannot be relied on.`);
    }
    expect((await readFile(path)).length).toBe(200);
    const listed = await callpark(["restore"], { XDG_STATE_HOME: folder });
    expect({ code: listed.code, says: listed.stdout.includes(path) }).toStrictEqual({ code: 4, says: true });
  });
});

it("there is nothing to restore where nothing was begun, and no token is asked for", async () => {
  const nothing = { code: 0, stdout: "Nothing to restore.\n", stderr: "" };
  expect(await callpark(["restore"], { XDG_STATE_HOME: folder })).toStrictEqual(nothing);
  expect(await restore(pbx.url)).toStrictEqual(nothing);
});

it("F55: a second Ctrl-C leaves the journal, says how to finish it, and that finishes it: 4, then 0", async () => {
  const { proxy, fell, rise } = await falling();
  await using _ = proxy;
  const run = verify(proxy.url);
  await fell;
  run.child.kill("SIGINT");
  await expect.poll(() => run.said(), { timeout: 30_000 }).toContain("Interrupted. Putting back what was changed;");
  run.child.kill("SIGINT");
  const { code, stderr } = await run.ended;
  expect(code).toBe(4);
  expect(stderr).toContain(`\nTo finish it:\n  npx callpark restore --url ${proxy.url}/api\n`);
  rise();
  expect((await restore(proxy.url)).code).toBe(0);
  expect(await stateOf(pbx, token)).toStrictEqual(before);
});

it("a restore that is interrupted before all is put back is not restored: 4, and 130 where nothing is known yet", async () => {
  await using proxy = await killed();
  const { port } = new URL(proxy.url);
  await proxy[Symbol.asyncDispose]();
  for (const [held, expected] of [
    ["GET /api/tenant", 130],
    ["POST /api/call_park", 4],
  ] as const) {
    let hangs = false;
    await using again = await startProxy(
      pbx.url,
      ({ method, path }, answer) => {
        hangs ||= `${method} ${path}` === held;
        return hangs ? never : answer();
      },
      undefined,
      Number(port),
    );
    const run = start(["restore", "--url", again.url, "--yes"], env);
    await expect.poll(() => hangs, { timeout: 30_000 }).toBe(true);
    run.child.kill("SIGINT");
    const { code, stderr } = await run.ended;
    expect({ code, stderr }).toStrictEqual({
      code: expected,
      stderr: "Interrupted: what is not yet put back is still in the journal, so run it again.\n",
    });
  }
  await using again = await startProxy(pbx.url, (_, answer) => answer(), undefined, Number(port));
  expect((await restore(again.url)).code).toBe(0);
  expect(await stateOf(pbx, token)).toStrictEqual(before);
});

it("what a run left in another tenant is not called restored, until its user says that it may stay: 4, 4, 0", async () => {
  const other = pbx.accounts.find(({ tenant }) => tenant !== null && tenant !== "Acme");
  const otherToken = (await pbx.signIn(other)).accessToken;
  let moved = false;
  await using proxy = await startProxy(pbx.url, async ({ method, path }, answer) => {
    const answered = await answer();
    if (moved || method !== "POST" || path !== "/api/call_park" || !(await wrote())) return answered;
    moved = true;
    const headers = { Authorization: `Bearer ${otherToken}`, "Content-Type": "application/json" };
    await fetch(`${pbx.apiUrl}/call_park`, { method: "POST", headers, body: JSON.stringify({ recall_time: 61 }) });
    return answered;
  });
  env["CALLPARK_OTHER_TOKEN"] = otherToken;
  const leave = `npx callpark restore --url ${proxy.url}/api --keep-current`;
  const run = await verify(proxy.url).ended;
  expect([run.code, run.stdout.includes(`\n    ${leave}\n`)]).toStrictEqual([4, true]);
  const { code, stdout } = await restore(proxy.url);
  expect(code).toBe(4);
  expect(stdout.split("\n")).toStrictEqual([
    expect.stringMatching(/^NOT RESTORED: run [0-9a-f]{8} of \S+ on \S+, tenant Acme\.$/),
    expect.stringMatching(
      /^ {2}The other tenant's settings are not as before \(.+\), and a run does not write to them\. The tenant's own settings are as they were, by two equal readings\.$/,
    ),
    "  Before another run, once that is as it was or is to stay:",
    `    ${leave}`,
    `  The journal is kept: ${await journal()}`,
    "",
  ]);
  expect((await restore(proxy.url, ["--yes", "--keep-current"])).code).toBe(0);
  expect(await files()).toStrictEqual([]);
  expect(await stateOf(pbx, token)).toStrictEqual(before);
});

it("F57: a network that is lost before the restore leaves the journal, which is finished once it is back: 4, 2, 3, 0", async () => {
  const first = await falling();
  const run = verify(first.proxy.url);
  await first.fell;
  const { port } = new URL(first.proxy.url);
  await first.proxy[Symbol.asyncDispose]();
  const { code, stdout } = await run.ended;
  expect(code).toBe(4);
  expect(stdout).toMatch(/^NOT RESTORED: It could not be proved that the PBX has its own settings back\./);
  expect(stdout).toContain(`npx callpark restore --url ${first.proxy.url}/api`);
  expect((await restore(first.proxy.url)).code).toBe(3);
  await using again = await startProxy(pbx.url, (_, answer) => answer(), undefined, Number(port));
  expect((await verify(again.url).ended).code).toBe(2);
  expect((await restore(again.url)).code).toBe(0);
  expect(await stateOf(pbx, token)).toStrictEqual(before);
});

it("F62: of two runs of one tenant the second is refused and told who is at work: 2", async () => {
  const { proxy, fell, rise } = await falling();
  await using _ = proxy;
  const first = verify(proxy.url);
  await fell;
  rise();
  const second = await verify(proxy.url).ended;
  expect(second.code).toBe(2);
  expect(second.stderr).toContain(`is held by process ${first.child.pid} on `);
  expect(second.stderr).toMatch(
    /error: Another run writes to this tenant: \S+.*lock is held by process \d+ on .+ \(run [0-9a-f]{8} of callpark, begun \S+\)/,
  );
  const other = await restore(proxy.url);
  expect([other.code, other.stderr.includes(`is held by process ${first.child.pid} on `)]).toStrictEqual([2, true]);
  first.child.kill("SIGKILL");
  await first.ended;
  // Its process is provably gone now.
  expect((await restore(proxy.url)).code).toBe(0);
  expect(await stateOf(pbx, token)).toStrictEqual(before);
});

it("F63: a restore that is refused is not restored, shows what there is to know, and can be tried again: 4, 4, 0", async () => {
  const { proxy, rise } = await falling("refuses");
  await using _ = proxy;
  const { code, stdout } = await verify(proxy.url).ended;
  expect({ code, first: stdout.split("\n")[0] }).toStrictEqual({
    code: 4,
    first: "NOT RESTORED: The PBX does not have its own settings back.",
  });
  const again = await restore(proxy.url);
  expect({ code: again.code, stderr: again.stderr }).toStrictEqual({ code: 4, stderr: "" });
  const lines = again.stdout.split("\n");
  expect(lines[0]).toMatch(/^NOT RESTORED: run [0-9a-f]{8} of \S+ on \S+, tenant Acme\.$/);
  expect(lines[1]).toBe(
    "  The PBX answered 403 and these fields are not as they were: recall_time, recall_ring_group_time.",
  );
  expect(lines.slice(-7)).toStrictEqual([
    "  To put it back:",
    `    npx callpark restore --url ${proxy.url}/api`,
    "  To put it back by hand:",
    expect.stringMatching(/^ {4}curl -i -X POST -H "Authorization: Bearer \$CALLPARK_TOKEN" .*"recall_time":300/),
    `  The journal is kept: ${await journal()}`,
    `  To leave what is there now: npx callpark restore --url ${proxy.url}/api --keep-current`,
    "",
  ]);
  expect(again.stdout).not.toContain(token);
  rise();
  expect((await restore(proxy.url)).code).toBe(0);
  expect(await stateOf(pbx, token)).toStrictEqual(before);
});

describe("F60: where nothing can be written down, nothing is written to the PBX", () => {
  const counted = async (state: Record<string, string>, options: Parameters<typeof start>[3] = {}) => {
    let posts = 0;
    await using proxy = await startProxy(pbx.url, ({ method }, answer) => {
      if (method === "POST") posts += 1;
      return answer();
    });
    const argv = ["verify", "--url", proxy.url, "--write=safe", "--yes", "--quiet"];
    const { code, stderr } = await start(argv, { ...env, ...state }, "", options).ended;
    return { code, posts, stderr };
  };

  it("as in a folder that is a file: 2", async () => {
    await writeFile(join(folder, "file"), "");
    const { code, posts, stderr } = await counted({ XDG_STATE_HOME: join(folder, "file") });
    expect({ code, posts }).toStrictEqual({ code: 2, posts: 0 });
    expect(stderr).toContain("could not be written down, so nothing is written to the PBX:");
    expect(stderr).toContain("(ENOTDIR). Make room, or name another folder with XDG_STATE_HOME");
  });

  it("as on a disk that takes no more: 2", async () => {
    // A file may grow to half a kibibyte: the lock has room, the journal and the prompt have not.
    const { code, posts, stderr } = await counted({}, { fileLimit: 1 });
    expect({ code, posts }).toStrictEqual({ code: 2, posts: 0 });
    expect(stderr).toContain("(EFBIG)");
    expect((await files()).filter((name) => !name.endsWith("lock"))).toStrictEqual([]);
  });

  it("as in a folder that may only be read: 2", async () => {
    const closed = join(folder, "closed");
    await mkdir(closed, { mode: 0o555 });
    // Nothing is closed to root.
    const options = process.getuid?.() === 0 ? { user: nobody } : {};
    await chmod(folder, 0o755);
    const { code, posts, stderr } = await counted({ XDG_STATE_HOME: closed }, options);
    expect({ code, posts }).toStrictEqual({ code: 2, posts: 0 });
    expect(stderr).toMatch(/could not be written down, so nothing is written to the PBX: .+ \(EACCES\)\. Make room/);
  });
});

it("F49: while certificates are not checked in the process, nothing is written, nor read for it: 2", async () => {
  let requests = 0;
  await using proxy = await startProxy(pbx.url, (_, answer) => {
    requests += 1;
    return answer();
  });
  env["NODE_TLS_REJECT_UNAUTHORIZED"] = "0";
  const { code, stderr } = await verify(proxy.url).ended;
  expect({ code, requests }).toStrictEqual({ code: 2, requests: 0 });
  expect(stderr).toContain("error: Writing is refused while NODE_TLS_REJECT_UNAUTHORIZED is 0");
});

it("the embedded sandbox leaves no journal behind", async () => {
  const { code } = await callpark(["verify", "--write=full", "--quiet"], { XDG_STATE_HOME: folder, TMPDIR: folder });
  expect(code).toBe(0);
  expect(await readdir(folder)).toStrictEqual([]);
});
