import { type ChildProcess, spawn } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bench, stateOf } from "./support.ts";

let project: string;
beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), "callpark vitest "));
  const vitest = dirname(createRequire(import.meta.url).resolve("vitest/package.json"));
  await mkdir(join(project, "node_modules/@callpark"), { recursive: true });
  await symlink(vitest, join(project, "node_modules/vitest"));
  await symlink(fileURLToPath(new URL("..", import.meta.url)), join(project, "node_modules/@callpark/contract"));
  await writeFile(join(project, "package.json"), '{"type":"module"}');
  await writeFile(
    join(project, "contract.test.js"),
    `import { contractSuite } from "@callpark/contract/vitest";
const { PBX_URL: url, PBX_TOKEN: token, PBX_OPTIONS = "{}" } = process.env;
contractSuite(() => ({ url, token }), JSON.parse(PBX_OPTIONS));
`,
  );
});
afterAll(() => rm(project, { recursive: true }));

interface Result {
  success: boolean;
  testResults: {
    message: string;
    assertionResults: { title: string; status: string; failureMessages: string[] }[];
  }[];
}

/** The user's Vitest, as a process. */
const start = (
  url: string,
  token: string,
  options: object,
): { child: ChildProcess; ended: Promise<Result | undefined> } => {
  const out = join(project, `${Math.random()}.json`);
  const { PATH = "" } = process.env;
  const child = spawn(
    process.execPath,
    [join(project, "node_modules/vitest/vitest.mjs"), "run", "--reporter=json", `--outputFile=${out}`],
    {
      cwd: project,
      env: { PATH, PBX_URL: url, PBX_TOKEN: token, PBX_OPTIONS: JSON.stringify(options), XDG_STATE_HOME: project },
      stdio: "ignore",
    },
  );
  const ended = new Promise<Result | undefined>((resolve) => {
    child.once("exit", async () => resolve(await readFile(out, "utf8").then(JSON.parse, () => undefined)));
  });
  return { child, ended };
};

const casesOf = (result: Result | undefined) =>
  result?.testResults.flatMap(({ assertionResults }) => assertionResults) ?? [];

test("a Vitest project has a test for each check, and one for what was put back", async () => {
  await using pbx = await bench();
  const before = await stateOf(pbx);
  const result = await start(pbx.proxy.url, pbx.token, { write: "safe", only: ["call_park"] }).ended;
  const cases = casesOf(result);
  expect(result?.success).toBe(true);
  expect(cases.filter(({ status }) => status === "failed")).toEqual([]);
  expect(cases.map(({ title }) => title)).toContain(
    "GET /call_park answers with the documented settings (call_park.get.body)",
  );
  expect(cases.at(-1)).toMatchObject({
    title: "the run is finished, and the PBX has its own settings",
    status: "passed",
  });
  expect(pbx.proxy.requests.some(({ method, path }) => method === "POST" && path === "/api/call_park")).toBe(true);
  expect(await stateOf(pbx)).toEqual(before);
});

test("a finding is the message of the test that fails", async () => {
  await using pbx = await bench({
    answer: (answer, { method, path }) => {
      if (method !== "GET" || path !== "/api/call_park" || answer.status !== 200) return;
      answer.body = Buffer.from(JSON.stringify({ ...JSON.parse(answer.body.toString()), recall_time: 901 }));
    },
  });
  const result = await start(pbx.proxy.url, pbx.token, { only: ["call_park.get.body"] }).ended;
  const [failed, run] = casesOf(result);
  expect([result?.success, failed?.status, run?.status]).toEqual([false, "failed", "passed"]);
  expect(failed?.failureMessages[0]?.split("\n").slice(0, 4)).toEqual([
    "ContractError: call_park.get.recall_time.maximum",
    "  documented  recall_time must be at most 900",
    "  received    901",
    expect.stringMatching(/^ {2}spec {8}spec\/components\/schemas\/RecallTime\.yaml:\d+$/),
  ]);
  expect(JSON.stringify(result)).not.toContain(pbx.token);
});

test("a PBX that cannot be reached fails the suite, with the reason", async () => {
  const result = await start("http://127.0.0.1:9", "a-token", {}).ended;
  const [first, ...cases] = casesOf(result);
  expect([result?.success, first?.status, cases.at(-1)?.status]).toEqual([false, "skipped", "failed"]);
  expect(cases.at(-1)?.failureMessages[0]).toMatch(/^ContractError: GET http.*: connect ECONNREFUSED/);
});

test.each([
  ["", "url is empty: give that of a PBX, such as https://pbx.example.com:8887"],
  ["pbx", "The PBX's URL must be one such as https://pbx.example.com:8887, without user name, password, ? and #"],
])("a target whose URL is %j fails the suite, and says so", async (url, message) => {
  const run = casesOf(await start(url, "a-token", {}).ended).at(-1);
  expect(run?.failureMessages[0]).toBe(`ContractError: ${message}`);
});

test.each(["SIGINT", "SIGKILL"] as const)(
  "a Vitest that ends by %s in the middle of a write leaves the PBX as it was",
  async (signal) => {
    let written = false;
    await using pbx = await bench({
      answer: (_, { method, path, body }) => {
        if (method !== "POST" || path !== "/api/call_park" || !body.includes('"recall_time":60,')) return;
        if (!written) run.child.kill(signal);
        written = true;
      },
    });
    const before = await stateOf(pbx);
    const run = start(pbx.proxy.url, pbx.token, { write: "safe" });
    await run.ended;
    expect(written).toBe(true);
    await expect.poll(() => stateOf(pbx), { timeout: 30_000 }).toEqual(before);
  },
);

test("an option with a value that it does not take fails the file by name, and nothing is sent", async () => {
  await using pbx = await bench();
  const result = await start(pbx.proxy.url, pbx.token, { write: "ful" }).ended;
  expect(result?.success).toBe(false);
  expect(result?.testResults.map(({ message }) => message)).toEqual([
    'write is a string: choose "none" or "safe" or "full"',
  ]);
  expect(pbx.proxy.requests).toEqual([]);
});
