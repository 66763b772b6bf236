import { type Sandbox, startSandbox } from "@callpark/sandbox";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Running, start } from "./callpark.ts";
import { type Answer, type MeddlingProxy, readSettings, startProxy } from "./pbx.ts";

let pbx: Sandbox;
let token: string;
let before: Record<string, unknown>;
beforeEach(async () => {
  pbx = await startSandbox();
  token = (await pbx.signIn()).accessToken;
  before = await readSettings(pbx.apiUrl, token);
});
afterEach(() => pbx.close());

/** A PBX in front of which `onChange` is called as soon as the settings are other than before. */
const watched = (onChange: (answer: Answer) => Promise<Answer>): Promise<MeddlingProxy> =>
  startProxy(pbx.url, async ({ method }, answer) => {
    const answered = await answer();
    if (method !== "POST") return answered;
    const now = await readSettings(pbx.apiUrl, token);
    return now.recall_time === before.recall_time ? answered : onChange(answered);
  });

const write = (url: string): Running =>
  start(["verify", "--url", url, "--write=safe", "--yes"], { CALLPARK_TOKEN: token });

it.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
  "after %s puts back what was changed, reports and ends: 130",
  async (signal) => {
    let sent = false;
    await using proxy = await watched(async (answer) => {
      if (!sent) run.child.kill(signal);
      sent = true;
      await new Promise((resolve) => setTimeout(resolve, 50));
      return answer;
    });
    const run = write(proxy.url);
    const { code, stdout, stderr } = await run.ended;
    expect({ sent, code, stderr }).toStrictEqual({
      sent: true,
      code: 130,
      stderr: "Interrupted. Putting back what was changed; press Ctrl-C again to leave at once.\n",
    });
    expect(stdout.trimEnd().split("\n").at(-1)).toMatch(/^Interrupted: .*, restored$/);
    expect(await readSettings(pbx.apiUrl, token)).toStrictEqual(before);
  },
);

it("at the second Ctrl-C leaves at once and says that the restore did not finish: 4", async () => {
  let stalled = false;
  await using proxy = await startProxy(pbx.url, async (_request, answer) => {
    if (stalled) return new Promise<Answer>(() => undefined);
    const answered = await answer();
    const now = await readSettings(pbx.apiUrl, token);
    stalled = now.recall_time !== before.recall_time;
    return stalled ? new Promise<Answer>(() => undefined) : answered;
  });
  const run = write(proxy.url);
  await expect.poll(() => stalled, { timeout: 30_000 }).toBe(true);
  run.child.kill("SIGINT");
  await expect.poll(() => run.said(), { timeout: 30_000 }).toContain("Interrupted.");
  run.child.kill("SIGINT");
  const { code, stdout, stderr } = await run.ended;
  expect({ code, stdout }).toStrictEqual({ code: 4, stdout: "" });
  const [left, finish, command, what, how, curl] = stderr.trimEnd().split("\n").slice(-6);
  expect([left, finish, command, what, how]).toStrictEqual([
    "Left at once: the restore did not finish.",
    "To finish it:",
    `  npx callpark restore --url ${proxy.url}/api`,
    `What was there: ${JSON.stringify(before)}`,
    "To put it back by hand, all but the prompt, which may be gone with it (the command above brings it back):",
  ]);
  expect(curl).toMatch(/^ {2}curl -i -X POST -H "Authorization: Bearer \$CALLPARK_TOKEN" .*"recall_time":300/);
});

it("at the second Ctrl-C says what was there without the token of its sign-in, which the PBX has in a URL: 4", async () => {
  let stalled = false;
  let gained = "";
  await using proxy = await startProxy(pbx.url, async ({ path, method }, answer) => {
    if (stalled) return new Promise<Answer>(() => undefined);
    const [blob, signature] = path.split(".");
    if (signature !== undefined)
      return { status: 200, type: "audio/wav", body: await (await fetch(`${pbx.url}${blob}`)).bytes() };
    const answered = await answer();
    if (path === "/api/auth/sign_in") gained ||= JSON.parse(String(Buffer.from(answered.body))).access_token;
    if (path !== "/api/call_park" || answered.status !== 200) return answered;
    stalled = (await readSettings(pbx.apiUrl, token)).recall_time !== before.recall_time;
    if (stalled) return new Promise<Answer>(() => undefined);
    if (method !== "GET") return answered;
    const body = JSON.parse(String(Buffer.from(answered.body)));
    const own = { ...body, prompt_file_url: `${body.prompt_file_url}.${gained}` };
    return { ...answered, body: Buffer.from(JSON.stringify(own)) };
  });
  const argv = ["verify", "--url", proxy.url, "--write=safe", "--yes", "--only", "call_park.post.recall_time"];
  const env = { CALLPARK_PASSWORD: "acme-park-1" };
  const run = start([...argv, "--username", "admin", "--domain", "acme.example"], env);
  await expect.poll(() => stalled, { timeout: 30_000 }).toBe(true);
  run.child.kill("SIGINT");
  await expect.poll(() => run.said(), { timeout: 30_000 }).toContain("Interrupted.");
  run.child.kill("SIGINT");
  const { code, stdout, stderr } = await run.ended;
  expect([code, stdout, gained.length > 20, stderr.includes(gained)]).toStrictEqual([4, "", true, false]);
  const shown = { ...before, prompt_file_url: `${before.prompt_file_url}.•••` };
  expect(stderr).toContain(`What was there: ${JSON.stringify(shown)}\n`);
});

describe("with everything put back, and a sign-out that hangs", () => {
  const acme = ["--username", "admin", "--domain", "acme.example", "--only", "call_park.post.recall_time"];
  const signedIn = (url: string) =>
    start(["verify", "--url", url, "--write=safe", "--yes", "--quiet", ...acme], { CALLPARK_PASSWORD: "acme-park-1" });
  const hanging = async () => {
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    let hangs = false;
    const proxy = await startProxy(pbx.url, async ({ path }, answer) => {
      if (!path.endsWith("/sign_out")) return answer();
      hangs = true;
      await released;
      return answer();
    });
    return { proxy, release, signingOut: () => expect.poll(() => hangs, { timeout: 30_000 }).toBe(true) };
  };
  const said = "Interrupted. Everything is put back already. Ending the run; press Ctrl-C again to leave at once.\n";

  it("at Ctrl-C says so, and ends as it would have: 0", async () => {
    const { proxy, release, signingOut } = await hanging();
    await using _ = proxy;
    const run = signedIn(proxy.url);
    await signingOut();
    run.child.kill("SIGINT");
    await expect.poll(() => run.said(), { timeout: 30_000 }).toBe(said);
    release();
    const { code, stdout, stderr } = await run.ended;
    expect({ code, stderr }).toStrictEqual({ code: 0, stderr: said });
    expect(stdout).toMatch(/^Conforms: .*, restored$/m);
    expect(await readSettings(pbx.apiUrl, token)).toStrictEqual(before);
  });

  it("at the second Ctrl-C leaves with nothing to finish: 130", async () => {
    const { proxy, signingOut } = await hanging();
    await using _ = proxy;
    const run = signedIn(proxy.url);
    await signingOut();
    run.child.kill("SIGINT");
    await expect.poll(() => run.said(), { timeout: 30_000 }).toBe(said);
    run.child.kill("SIGINT");
    const { code, stdout, stderr } = await run.ended;
    expect({ code, stdout, stderr }).toStrictEqual({
      code: 130,
      stdout: "",
      stderr: `${said}Left at once. Everything had been put back.\n`,
    });
    expect(await readSettings(pbx.apiUrl, token)).toStrictEqual(before);
  });
});

it("says first that the PBX was not restored when callpark itself breaks and the PBX refuses the restore: 4", async () => {
  let changed = false;
  await using proxy = await startProxy(pbx.url, async ({ method }, answer) => {
    if (method === "POST" && changed) return { status: 403, type: "", body: Buffer.of() };
    const answered = await answer();
    if (method !== "POST") return answered;
    changed = (await readSettings(pbx.apiUrl, token))["recall_time"] !== before["recall_time"];
    if (!changed) return answered;
    run.child.kill("SIGUSR2");
    await new Promise((resolve) => setTimeout(resolve, 50));
    return answered;
  });
  // What a check took is measured where nothing catches.
  const broken = `const now = performance.now.bind(performance);
    process.once("SIGUSR2", () => {
      performance.now = () => {
        if (new Error().stack.split("\\n")[2].includes("run-check.js")) throw new TypeError("broken");
        return now();
      };
    });`;
  const run = start(["verify", "--url", proxy.url, "--write=safe", "--yes"], {
    CALLPARK_TOKEN: token,
    NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(broken)}`,
  });
  const { code, stdout, stderr } = await run.ended;
  expect({ code, stdout }).toStrictEqual({ code: 4, stdout: "" });
  expect(stderr.split("\n").slice(0, 9)).toStrictEqual([
    "error: The PBX was not restored: The PBX answered 403 and these fields are not as they were: recall_time, recall_ring_group_time. The run was ended by an error (broken)",
    "To put it back:",
    `  npx callpark restore --url ${proxy.url}/api`,
    "To put it back by hand:",
    expect.stringMatching(/^ {2}curl -i -X POST /),
    "The journal is kept:",
    expect.stringMatching(/^ {2}\S+journal\.json$/),
    "This is a bug in callpark. Please report it with these lines:",
    "TypeError: broken",
  ]);
});

it("puts back what was changed when callpark itself breaks, and says that it is a bug: 1", async () => {
  let sent = false;
  await using proxy = await watched(async (answer) => {
    if (!sent) run.child.kill("SIGUSR2");
    sent = true;
    await new Promise((resolve) => setTimeout(resolve, 50));
    return answer;
  });
  const broken = "data:text/javascript,process.once('SIGUSR2',()=>{throw%20new%20TypeError('broken')})";
  const run = start(["verify", "--url", proxy.url, "--write=safe", "--yes"], {
    CALLPARK_TOKEN: token,
    NODE_OPTIONS: `--import=${broken}`,
  });
  const { code, stdout, stderr } = await run.ended;
  expect(code).toBe(1);
  expect(stderr.split("\n").slice(0, 2)).toStrictEqual([
    "This is a bug in callpark. Please report it with these lines:",
    "TypeError: broken",
  ]);
  expect(stdout.trimEnd().split("\n").at(-1)).toMatch(/^Interrupted: .*, restored$/);
  expect(await readSettings(pbx.apiUrl, token)).toStrictEqual(before);
});
