import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ConfigurationError, createCallParkClient, createSession, unwrap } from "@callpark/client";
import { acquireLock, createNodeTransport, fileTokenStore } from "@callpark/client/node";
import { afterEach, beforeEach, expect, test } from "vitest";
import { json } from "../server.ts";
import { gate } from "./raw-servers.ts";
import { firstTokens, newTokens, serveSignedIn } from "./signed-in.ts";

let folder = "";
let path = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "callpark-tokens-"));
  path = join(folder, "private", "tokens.json");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const modeOf = async (name: string) => (await stat(name)).mode & 0o777;
const message = (child: ChildProcess) => once(child, "message").then(([first]) => first as unknown);

test("what is written can be read again, by its owner alone", async () => {
  const store = fileTokenStore(path);
  expect(await store.read()).toBeUndefined();
  await store.write({ ...firstTokens, token_type: "Bearer" } as typeof firstTokens);
  expect(await store.read()).toEqual(firstTokens);
  expect([await modeOf(path), await modeOf(join(folder, "private"))]).toEqual([0o600, 0o700]);
});

test.each([0o640, 0o604, 0o660])("a file that others can read is refused, without its tokens: %o", async (mode) => {
  const store = fileTokenStore(path);
  await store.write(firstTokens);
  await chmod(path, mode);
  await expect(store.read()).rejects.toThrow(
    new ConfigurationError(
      `The tokens in ${path} can be read by others (mode ${mode.toString(8)}): run chmod 600 on it, and sign in again if anyone else may have seen them`,
    ),
  );
  // Written anew it is private again.
  await store.write(firstTokens);
  expect(await modeOf(path)).toBe(0o600);
});

test.each(['{"access_token":"s3cret', "s3cret", "null", '{"access_token":"s3cret","expires_in":1}'])(
  "a file that holds something else is refused, and not quoted: %#",
  async (text) => {
    const store = fileTokenStore(path);
    await store.write(firstTokens);
    await writeFile(path, text);
    const error: unknown = await store.read().catch((one: unknown) => one);
    expect(error).toEqual(new ConfigurationError(`There are no tokens in ${path}: delete it and sign in again`));
    expect((error as Error).cause).toBeUndefined();
  },
);

test("F36: tokens are stored atomically, under the lock, with nothing left beside them", async () => {
  await using transport = createNodeTransport({ proxy: false });
  const store = fileTokenStore(path);
  await store.write(firstTokens);
  const seen: string[][] = [];
  await using pbx = await serveSignedIn(async (_, response, turn) => {
    seen.push(await readdir(join(folder, "private")), [await readFile(path, "utf8")]);
    pbx.good = "access-1";
    const { refresh_token: _left, ...rest } = newTokens(turn);
    json(response, 200, rest);
  });
  pbx.good = "none";
  const token = createSession({ baseUrl: pbx.url, transport, tokens: store });
  await unwrap(createCallParkClient({ baseUrl: pbx.url, transport, token }).GET("/ring_groups"));
  expect(seen).toEqual([["tokens.json", "tokens.json.lock"], [`${JSON.stringify(firstTokens)}\n`]]);
  expect(await store.read()).toEqual({ ...firstTokens, access_token: "access-1" });
  expect(await readdir(join(folder, "private"))).toEqual(["tokens.json"]);
});

test("F38: two processes that renew at once send one request, and both have the new token", async () => {
  await fileTokenStore(path).write(firstTokens);
  const begun = gate();
  await using pbx = await serveSignedIn(async (_, response, turn) => {
    // While the other waits for the lock.
    await begun.passed;
    json(response, 200, newTokens(turn));
  });
  const program = fileURLToPath(new URL("renew-process.ts", import.meta.url));
  const children = [1, 2].map(() => fork(program, [pbx.url, path, firstTokens.access_token], { execArgv: [] }));
  await Promise.all(children.map(message));
  const started = Promise.all(children.map(message));
  for (const child of children) child.send("go");
  await started;
  const ended = children.map(message);
  begun.open();
  expect(await Promise.all(ended)).toEqual([{ token: "access-1" }, { token: "access-1" }]);
  expect(pbx.refreshes()).toBe(1);
  expect(await readdir(join(folder, "private"))).toEqual(["tokens.json"]);
});

test("F38: those who wait take turns, one at a time", async () => {
  const store = fileTokenStore(path);
  let inside = 0;
  let most = 0;
  const run = async () => {
    inside += 1;
    most = Math.max(most, inside);
    await readdir(folder);
    inside -= 1;
  };
  await Promise.all(Array.from({ length: 20 }, () => store.lock(run)));
  expect(most).toBe(1);
});

/** The pid of a process that has been, and is not any more. */
const deadPid = async (): Promise<number> => {
  const child = spawn(process.execPath, ["-e", ""]);
  await once(child, "exit");
  return child.pid ?? 0;
};
/** What a lock says of the place it was made at. */
const here = async (): Promise<string> => {
  let text = "";
  await fileTokenStore(path).lock(async () => {
    text = await readFile(`${path}.lock`, "utf8");
  });
  return (JSON.parse(text) as { place: string }).place;
};

test("F38: a lock whose holder is provably gone is broken, by one of those who see it", async () => {
  const store = fileTokenStore(path);
  const place = await here();
  await writeFile(`${path}.lock`, JSON.stringify({ pid: await deadPid(), place, id: "dead" }));
  const turns: number[] = [];
  await Promise.all(
    Array.from({ length: 10 }, (_, turn) =>
      store.lock(async () => {
        turns.push(turn);
        await readdir(folder);
      }),
    ),
  );
  expect(turns).toHaveLength(10);
  expect(await readdir(join(folder, "private"))).toEqual([]);
});

test.each<[string, (place: string) => Promise<string> | string, RegExp]>([
  ["alive", (place) => JSON.stringify({ pid: process.pid, place, id: "1" }), /held by process \d+ on /],
  [
    "on another machine",
    async () => JSON.stringify({ pid: await deadPid(), place: "far", id: "1" }),
    /process \d+ on far/,
  ],
  ["unknown", () => "", /held by an unknown process/],
])("F38: a lock whose holder is %s is left alone, and who waits too long is told", async (_, content, reason) => {
  const text = await content(await here());
  await writeFile(`${path}.lock`, text);
  const attempt = fileTokenStore(path, { wait: 20 }).lock(() => Promise.resolve("ran"));
  await expect(attempt).rejects.toThrow(ConfigurationError);
  await expect(attempt).rejects.toThrow(reason);
  await expect(attempt).rejects.toThrow("for longer than 0.02 s: if that is not running any more, delete the file");
  expect(await readFile(`${path}.lock`, "utf8")).toBe(text);
});

test("F38: a lock whose pid belongs to another process by now is broken", async () => {
  const store = fileTokenStore(path);
  const place = await here();
  await writeFile(`${path}.lock`, JSON.stringify({ pid: process.pid, started: "1", place, id: "dead" }));
  expect(await store.lock(() => Promise.resolve("ran"))).toBe("ran");
});

test("F38: a process that died while it broke a dead one's lock keeps nobody out", async () => {
  const store = fileTokenStore(path);
  const dead = JSON.stringify({ pid: await deadPid(), place: await here(), id: "dead" });
  await writeFile(`${path}.lock`, dead);
  await writeFile(`${path}.lock.break`, dead);
  expect(await store.lock(() => Promise.resolve("ran"))).toBe("ran");
  expect(await readdir(join(folder, "private"))).toEqual([]);
});

test("a lock that is asked for once is refused at once, with who holds it and why", async () => {
  const lock = join(folder, "lock");
  const held = await acquireLock(lock, { wait: 0, purpose: "run 1 of a test" });
  expect(await modeOf(lock)).toBe(0o600);
  await expect(acquireLock(lock, { wait: 0 })).rejects.toThrow(
    `${lock} is held by process ${process.pid} on ${JSON.parse(await readFile(lock, "utf8")).place} (run 1 of a test): if that is not running any more, delete the file`,
  );
  await held.release();
  await (await acquireLock(lock, { wait: 0 })).release();
  expect(await readdir(folder)).toEqual([]);
});

test("a lock is given back by whoever holds it, and another's that was taken since is left alone", async () => {
  const lock = join(folder, "lock");
  const first = await acquireLock(lock, { wait: 0, purpose: "run 1 of a test" });
  // As the error says that may be done where nothing is running any more: here something was.
  await rm(lock);
  const second = await acquireLock(lock, { wait: 0, purpose: "run 2 of a test" });
  await first.release();
  await expect(acquireLock(lock, { wait: 0 })).rejects.toThrow("(run 2 of a test)");
  await second.release();
  await second.release();
  expect(await readdir(folder)).toEqual([]);
});

test("F38: the lock is given back where what ran under it fails, and names this machine", async () => {
  const store = fileTokenStore(path);
  await expect(store.lock(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(await store.lock(() => Promise.resolve(1))).toBe(1);
  expect(await here()).toContain(hostname());
});
