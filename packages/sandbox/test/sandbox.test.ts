import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { text } from "node:stream/consumers";
import { expect, onTestFinished, test, vi } from "vitest";
import {
  SandboxDataError,
  SandboxNodeError,
  type SandboxOptions,
  SandboxPortError,
  startSandbox,
} from "../src/index.ts";
import { globex, send, start, tokenOf } from "./support.ts";

const folder = () => {
  const made = mkdtempSync(join(tmpdir(), "call park sandbox "));
  onTestFinished(() => rmSync(made, { recursive: true }));
  return made;
};

test("it listens on loopback, on a port of its own", async () => {
  const [one, other] = [await start(), await start()];
  expect(one.url).toBe(`http://127.0.0.1:${one.port}`);
  expect(one.port).not.toBe(other.port);
});

test("a taken port is named in the error", async () => {
  const { port } = await start();
  const error = await startSandbox({ port }).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(SandboxPortError);
  expect(error).toMatchObject({
    code: "EADDRINUSE",
    port,
    message: `Port ${port} of 127.0.0.1 is taken: end what listens there, or choose another port (0 for any free one)`,
  });
});

test("an address that is none of this machine is named in the error", async () => {
  await expect(startSandbox({ host: "192.0.2.7" })).rejects.toThrow(
    "192.0.2.7 is no address of this machine: choose one such as 127.0.0.1",
  );
});

test.each([-1, 65_536, 80.5])("a port of %d is refused", async (port) => {
  await expect(startSandbox({ port })).rejects.toThrow(
    new RangeError(`port is ${port}: choose a whole number from 0 (any free one) to 65535`),
  );
});

test.each([0, -1, 1.5, Number.NaN])("a token lifetime of %d is refused", async (tokenLifetime) => {
  await expect(startSandbox({ tokenLifetime })).rejects.toThrow(
    new RangeError(`tokenLifetime is ${tokenLifetime}: choose a whole number of seconds, 1 or more`),
  );
});

test("an option that there is not is refused by name", async () => {
  const options = { listen: false, fault: ["call_park.get.answer.recall_time.above_maximum"] } as SandboxOptions;
  await expect(startSandbox(options)).rejects.toThrow(
    new TypeError("There is no option fault: the README of @callpark/sandbox names them all"),
  );
});

test("a Node without node:sqlite is named in the error", async () => {
  const missing = vi.spyOn(process, "getBuiltinModule").mockReturnValue(undefined);
  const error = await startSandbox().catch((reason: unknown) => reason);
  missing.mockRestore();
  expect(error).toBeInstanceOf(SandboxNodeError);
  expect((error as Error).message).toBe(
    `The sandbox needs Node >=22.19 because of node:sqlite, and this is Node ${process.versions.node}: run it with a newer Node`,
  );
});

test("signing in as nobody is an error that names the name", async () => {
  const pbx = await start();
  await expect(pbx.signIn({ username: "bob", domain: "acme.example" })).rejects.toThrow(
    new Error("Nobody is called bob in acme.example: see accounts"),
  );
  await expect(pbx.signIn({ username: "bob", domain: "nowhere.example" })).rejects.toThrow(
    new Error("Nobody is called bob in nowhere.example: see accounts"),
  );
});

test("a data file keeps settings, prompts, groups and sessions from one start to the next", async () => {
  const dataFile = join(folder(), "pbx.sqlite");
  const first = await startSandbox({ dataFile });
  const token = await tokenOf(first);
  await send(first, "POST", "/call_park", { token, json: { recall_time: 77 } });
  await send(first, "POST", "/call_park_groups", { token, json: { name: "Office", recall_to: "USER_ONLY" } });
  const before = (await send(first, "GET", "/call_park", { token })).body;
  await first.close();

  const second = await start({ dataFile });
  expect(second.accounts).toEqual(first.accounts);
  expect(second.tenants).toEqual(first.tenants);
  expect((await send(second, "GET", "/call_park", { token })).body).toEqual(before);
  const { items } = (await send(second, "GET", "/call_park_groups", { token })).body;
  expect(items.map(({ name }: { name: string }) => name)).toEqual(["Sales", "Office"]);
  expect((await send(second, "GET", before.prompt_file_url.replace("/api", ""))).bytes.length).toBe(16_044);
});

test("without a data file a start knows nothing of the last one", async () => {
  const first = await startSandbox();
  const token = await tokenOf(first);
  await first.close();
  expect((await send(await start(), "GET", "/call_park", { token })).status).toBe(401);
});

test("a data file that is none of ours is refused, and left as it is", async () => {
  const dataFile = join(folder(), "notes.txt");
  writeFileSync(dataFile, "These are my notes, and they are longer than the header of a database file. ".repeat(20));
  const error = await startSandbox({ dataFile }).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(SandboxDataError);
  expect(error).toMatchObject({
    file: dataFile,
    message: `The data file ${dataFile} cannot be used (file is not a database): name a file of the sandbox, or a new one`,
  });
});

test.each([
  [
    "of something else",
    "PRAGMA user_version = 1",
    "is a database of something else: name a file of the sandbox, or a new one",
  ],
  [
    "of another layout",
    "PRAGMA application_id = 1885434475; PRAGMA user_version = 7",
    "has layout 7, not 2: use a new file",
  ],
])("a database %s is refused, and left as it is", async (_name, pragmas, why) => {
  const dataFile = join(folder(), "notes.sqlite");
  const notes = new DatabaseSync(dataFile);
  notes.exec(`CREATE TABLE tenants (notes TEXT); ${pragmas}`);
  notes.close();
  const before = readFileSync(dataFile);
  await expect(startSandbox({ dataFile })).rejects.toThrow(new SandboxDataError(dataFile, why));
  expect(readFileSync(dataFile).equals(before)).toBe(true);
});

test("a data file that a sandbox has is refused to a second one, and free once the first is closed", async () => {
  const dataFile = join(folder(), "pbx.sqlite");
  const first = await startSandbox({ dataFile });
  await expect(startSandbox({ dataFile })).rejects.toThrow(
    new SandboxDataError(dataFile, "is in use by this process itself: end that one, or name another file"),
  );
  await first.close();
  await start({ dataFile });
});

test("closing ends idle and busy connections, and can be done again", async () => {
  const pbx = await startSandbox();
  const idle = connect(pbx.port, "127.0.0.1");
  const busy = connect(pbx.port, "127.0.0.1");
  busy.write(
    "POST /api/auth/sign_in HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{",
  );
  const ended = Promise.all([idle, busy].map((socket) => text(socket).catch(() => "")));
  await send(pbx, "GET", "/info");
  await Promise.all([pbx.close(), pbx.close()]);
  await ended;
  await expect(fetch(`${pbx.apiUrl}/info`)).rejects.toThrow("fetch failed");
  await expect(start({ port: pbx.port })).resolves.toMatchObject({ port: pbx.port });
});

test.each([
  ["nonsense", "nonsense\r\n\r\n", "HTTP/1.1 400 Bad Request", "This is not HTTP/1.1"],
  [
    "too much of a header",
    `GET /api/info HTTP/1.1\r\nHost: x\r\nX-Much: ${"x".repeat(20_000)}\r\n\r\n`,
    "HTTP/1.1 431 Request Header Fields Too Large",
    "The headers are too large",
  ],
])("%s is answered in the envelope", async (_name, sent, status, message) => {
  const pbx = await start();
  const socket = connect(pbx.port, "127.0.0.1");
  socket.write(sent);
  const [head, body] = (await text(socket)).split("\r\n\r\n");
  expect(head?.split("\r\n")[0]).toBe(status);
  expect(JSON.parse(body ?? "")).toEqual({ errors: [{ code: "UNKNOWN", message }] });
});

test("the log has method, path and status, and neither tokens nor queries", async () => {
  const log: string[] = [];
  const pbx = await start({ log: (line) => log.push(line) });
  const token = await tokenOf(pbx, globex);
  await send(pbx, "GET", "/call_park?token=hunter2", { token });
  await send(pbx, "GET", "/nothing");
  expect(log.map((line) => line.replace(/[\d.]+ ms$/, "N ms"))).toEqual([
    "GET /api/call_park 200 N ms",
    "GET /api/nothing 404 N ms",
  ]);
});

test("a process that starts and closes one ends by itself, with nothing on stderr", () => {
  const entry = new URL("../src/index.ts", import.meta.url).href;
  const script = `
    import { startSandbox } from ${JSON.stringify(entry)};
    const pbx = await startSandbox();
    const { accessToken } = await pbx.signIn();
    const headers = { Authorization: "Bearer " + accessToken };
    console.log((await fetch(pbx.apiUrl + "/call_park", { headers })).status);
    await pbx.close();
    process.emitWarning("another", "ExperimentalWarning");
  `;
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", script], {
    encoding: "utf8",
    timeout: 20_000,
  });
  expect([status, stdout]).toEqual([0, "200\n"]);
  expect(stderr.replace(/\(node:\d+\)/, "(node)").split("\n")[0]).toBe("(node) ExperimentalWarning: another");
  expect(stderr).not.toContain("SQLite");
});
