import { expect, test } from "vitest";
import { start, takePort } from "./support/started.ts";

const anyPort = ["--sandbox-port=0", "--mock-port=0", "--docs-port=0"];

test("serves sandbox, mock and docs until Ctrl-C, and then frees their ports", async () => {
  const started = await start("dev", anyPort);
  if (!("lines" in started)) throw new Error(started.stderr);
  const urls = started.lines.slice(0, 3).map((line) => /http:\S+/.exec(line)?.[0] ?? line);
  expect(started.lines.map((line) => line.replace(/:\d+/, ":PORT"))).toEqual([
    expect.stringMatching(/^sandbox {2}http:\/\/127\.0\.0\.1:PORT\/api \(sign in as \S+, \S+, \S+\)$/),
    "mock     http://127.0.0.1:PORT/api",
    expect.stringMatching(/^docs {5}http:\/\/127\.0\.0\.1:PORT\/?$/),
    "Ctrl-C stops them.",
  ]);
  const [sandbox, mock, docs] = urls;
  const statuses = [`${sandbox}/call_park`, `${mock}/call_park`, `${docs}`].map(
    async (url) => (await fetch(url)).status,
  );
  // Neither PBX was given a token.
  expect(await Promise.all(statuses)).toEqual([401, 401, 200]);
  expect(await started.interrupt()).toBe(0);
  for (const url of urls) await expect(fetch(url)).rejects.toThrow("fetch failed");
});

test.each(["sandbox", "mock", "docs"])("starts nothing where the port of the %s is taken", async (name) => {
  await using taken = await takePort();
  const others = anyPort.filter((option) => !option.includes(name));
  expect(await start("dev", [...others, `--${name}-port=${taken.port}`])).toEqual({
    exitCode: 2,
    stdout: "",
    stderr: `Port ${taken.port} of 127.0.0.1 is taken, and the ${name} wants it: stop what listens there, or give another: npm run dev -- --${name}-port ${taken.port + 1}\n`,
  });
});

test("refuses an option that it does not have", async () => {
  expect(await start("mock", ["--host=0.0.0.0"])).toEqual({
    exitCode: 2,
    stdout: "",
    stderr: "Unknown option '--host': the options are --port.\n",
  });
});

test("serves the mock alone", async () => {
  const started = await start("mock", ["--port=0"]);
  if (!("lines" in started)) throw new Error(started.stderr);
  expect(started.lines.map((line) => line.replace(/:\d+/, ":PORT"))).toEqual([
    "mock     http://127.0.0.1:PORT/api",
    "Ctrl-C stops it.",
  ]);
  expect(await started.interrupt()).toBe(0);
});
