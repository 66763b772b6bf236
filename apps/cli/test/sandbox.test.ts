import { execFile, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createNodeTransport } from "@callpark/client/node";
import { listFaults, listVariants } from "@callpark/sandbox/behaviours";
import { afterAll, describe, expect, it } from "vitest";
import { callpark, start } from "./callpark.ts";
import { commandsOf, serve } from "./serving.ts";

const folder = mkdtempSync(join(tmpdir(), "callpark it's a sandbox "));
afterAll(() => rmSync(folder, { recursive: true }));

const bin = fileURLToPath(new URL("../bin/callpark.js", import.meta.url));

/** Runs a printed command in a shell, in a folder of its own, with this `callpark` in place of the published one. */
const paste = (command: string) => {
  const PATH = [dirname(process.execPath), process.env["PATH"]].join(delimiter);
  const own = command.replace(/^npx callpark/, `node '${bin}'`);
  const { status, stdout, stderr } = spawnSync("sh", ["-c", own], { cwd: folder, env: { PATH }, encoding: "utf8" });
  return { command, status, stdout, stderr };
};

const urlOf = (banner: string): string => /https?:\/\/\S+\/api/.exec(banner)?.[0] ?? "";

describe("callpark sandbox", () => {
  it.each([[[]], [["--tls"]], [["--version", "22.0"]], [["--version", "22.2", "--semantics", "replace"]]])(
    "prints commands that work when they are pasted: %j",
    async (options) => {
      await using sandbox = await serve(["sandbox", "--port", "0", ...options]);
      const [signIn = "", show = "", verify = "", ...more] = commandsOf(sandbox.banner);
      expect(more).toEqual([]);
      expect(paste(signIn)).toMatchObject({ status: 0, stdout: "", stderr: "" });
      const shown = paste(show);
      expect(JSON.parse(shown.stdout)).toMatchObject({ enabled: true, extension_number: "666", recall_time: 300 });
      const verified = paste(verify);
      expect([verified.status, verified.stderr]).toEqual([0, ""]);
      expect(verified.stdout).toContain("Conforms: ");
      const { code, stdout, stderr } = await sandbox.interrupt();
      expect([code, stdout]).toEqual([0, sandbox.banner]);
      expect(stderr).toMatch(/^POST \/api\/\S+ 200 [\d.]+ ms\nGET \/api\/call_park 200 [\d.]+ ms\n/);
    },
  );

  it("says where it is, whom to sign in as, and that Ctrl-C stops it", async () => {
    await using sandbox = await serve(["sandbox", "--port", "0", "--tenants", "12"]);
    const lines = sandbox.banner.replaceAll(/:\d{4,5}\b/g, ":PORT").split("\n");
    expect(lines.filter((line) => !/curl|npx/.test(line))).toEqual([
      "A sandbox PBX, version 22.6: http://127.0.0.1:PORT/api",
      "",
      "Sign in as",
      "  admin  system-park-1    no domain         system administrator",
      "  admin  acme-park-1      acme.example      tenant administrator",
      "  ada    ada-park-1       acme.example      user",
      "  grace  grace-park-1     acme.example      tenant administrator, with a second factor: no token",
      "  admin  globex-park-1    globex.example    tenant administrator",
      "  admin  tenant-3-park-1  tenant-3.example  tenant administrator",
      "  admin  tenant-4-park-1  tenant-4.example  tenant administrator",
      "  admin  tenant-5-park-1  tenant-5.example  tenant administrator",
      "  … and 7 more: admin of tenant-12.example is the last",
      "",
      "Try",
      "",
      "Ctrl-C stops it.",
      "",
    ]);
  });

  it("under --tls prints the fingerprint of a certificate, and takes its file away at the end", async () => {
    await using sandbox = await serve(["sandbox", "--port", "0", "--tls"]);
    const file = /^Certificate {2}(.+)$/m.exec(sandbox.banner)?.[1] ?? "";
    const pin = /^SHA-256 {6}((?:[0-9A-F]{2}:){31}[0-9A-F]{2})$/m.exec(sandbox.banner)?.[1] ?? "";
    expect(existsSync(file)).toBe(true);
    await using transport = createNodeTransport({ pin: [pin] });
    expect((await transport.fetch(`${urlOf(sandbox.banner)}/info`, {})).status).toBe(200);
    expect((await sandbox.interrupt()).code).toBe(0);
    expect(existsSync(dirname(file))).toBe(false);
  });

  it("with --control prints where and with which token, which works", async () => {
    await using sandbox = await serve(["sandbox", "--port", "0", "--control"]);
    const url = /^Control API {2}(.+)$/m.exec(sandbox.banner)?.[1];
    const token = /^Its token {4}(.+)$/m.exec(sandbox.banner)?.[1];
    const headers = { Authorization: `Bearer ${token}` };
    expect((await fetch(`${url}/reset`, { method: "POST", headers })).status).toBe(204);
    expect(sandbox.said()).not.toContain(token);
  });

  it("--quiet prints the URL, and the token of --control, and logs nothing", async () => {
    await using sandbox = await serve(["sandbox", "--port", "0", "--quiet", "--control"], /\n\S+\n/);
    const [url, token, ...more] = sandbox.banner.split("\n");
    expect([/^http:\/\/127\.0\.0\.1:\d+\/api$/.test(String(url)), more]).toEqual([true, [""]]);
    const control = String(url).replace("/api", "/_sandbox/clock");
    expect((await fetch(control, { headers: { Authorization: `Bearer ${token}` } })).status).toBe(200);
    expect((await sandbox.interrupt()).stderr).toBe("");
  });

  it("holds an address to its limit, is as slow as asked, and goes on from its data file", async () => {
    const argv = ["sandbox", "--port", "0", "--quiet", "--data", join(folder, "pbx.sqlite")];
    const ready = /\n/;
    await using limited = await serve([...argv, "--rate-limit", "2", "--latency", "30±10", "--token-ttl", "60"], ready);
    const url = limited.banner.trim();
    const began = performance.now();
    const body = JSON.stringify({ username: "admin", password: "acme-park-1", domain: "acme.example" });
    const headers = { "Content-Type": "application/json" };
    const signedIn = (await (await fetch(`${url}/auth/sign_in`, { method: "POST", headers, body })).json()) as {
      access_token: string;
      expires_in: number;
    };
    expect(signedIn.expires_in).toBe(60);
    expect(performance.now() - began).toBeGreaterThanOrEqual(19);
    const bearer = { Authorization: `Bearer ${signedIn.access_token}` };
    const statuses = [200, 429];
    for (const status of statuses) expect((await fetch(`${url}/call_park`, { headers: bearer })).status).toBe(status);
    expect((await limited.interrupt()).code).toBe(0);
    await using again = await serve(argv, ready);
    expect((await fetch(`${again.banner.trim()}/call_park`, { headers: bearer })).status).toBe(200);
  });

  it("refuses a data file that another one has, by its process, until that is gone, also by kill -9: 2", async () => {
    const data = join(folder, "shared.sqlite");
    const argv = ["sandbox", "--port", "0", "--quiet", "--data", data];
    const { child, ended } = start(argv);
    await once(child.stdout ?? child, "data");
    expect(await callpark(argv)).toEqual({
      code: 2,
      stdout: "",
      stderr: `error: The data file ${data} is in use by process ${child.pid}: end that one, or name another file\n`,
    });
    child.kill("SIGKILL");
    await ended;
    await using again = await serve(argv, /\n/);
    expect((await fetch(`${again.banner.trim()}/info`)).status).toBe(200);
  });

  it("is filled from a seed file, and says what is wrong with one", async () => {
    const file = join(folder, "seed.json");
    const users = [{ username: "bill", password: "initech-park-1" }];
    writeFileSync(file, JSON.stringify({ tenants: [{ name: "Initech", domain: "initech.example", users }] }));
    await using sandbox = await serve(["sandbox", "--port", "0", "--seed", file]);
    expect(sandbox.banner).toContain("  bill   initech-park-1  initech.example  tenant administrator\n");
    writeFileSync(file, JSON.stringify({ tenants: [{ name: "Initech", users }] }));
    expect(await callpark(["sandbox", "--seed", file])).toEqual({
      code: 2,
      stdout: "",
      stderr: "error: The seed cannot be used:\n  tenants[0].domain is missing\n",
    });
    writeFileSync(file, "{");
    expect((await callpark(["sandbox", "--seed", file])).stderr).toMatch(/^error: --seed: .*seed\.json is not JSON \(/);
  });

  it("lists its faults and variants", async () => {
    const listed = async (option: string) => {
      const { code, stdout, stderr } = await callpark(["sandbox", option]);
      expect([code, stderr]).toEqual([0, ""]);
      return stdout.split("\n").filter((line) => line !== "");
    };
    const ids = (lines: string[]) => lines.map((line) => line.split(" ")[0]);
    expect(ids(await listed("--list-faults"))).toEqual(listFaults().map(({ id }) => id));
    expect(ids(await listed("--list-variants"))).toEqual(listVariants().map(({ id }) => id));
  });

  it.each([
    [
      ["--port", "65536"],
      "option '--port <PORT>' argument '65536' is invalid. Give a port from 0 (any free one) to 65535.",
    ],
    [["--tenants", "0"], "option '--tenants <N>' argument '0' is invalid. Give a whole number of tenants, 1 or more."],
    [
      ["--rate-limit", "0"],
      "option '--rate-limit <N>' argument '0' is invalid. Give a whole number of requests a minute, or none, 1 or more.",
    ],
    [
      ["--latency", "slow"],
      "option '--latency <MS[±J]>' argument 'slow' is invalid. Give milliseconds, such as 50, or with a jitter, 50±20 (or 50+-20).",
    ],
    [["--seed", "f", "--tenants", "3"], "option '--seed <FILE>' cannot be used with option '--tenants <N>'"],
  ])("refuses %j", async (argv, message) => {
    expect(await callpark(["sandbox", ...argv])).toEqual({
      code: 2,
      stdout: "",
      stderr: `error: ${message}\n(callpark sandbox --help lists the options)\n`,
    });
  });

  it.each([
    [
      ["--fault", "nonsense"],
      /^error: There is no fault nonsense: there are \d+, and callpark sandbox --list-faults names them all\n$/,
    ],
    [
      ["--fault", "call_park.get.recall_time.maximun"],
      /^error: There is no fault call_park\.get\.recall_time\.maximun: there is call_park\.get\.recall_time\.null_for_default, and more: callpark sandbox --list-faults names them all\n$/,
    ],
    [["--cors", "*"], /^error: cors has \*: choose origins such as http:\/\/localhost:3000\n$/],
    [["--host", "192.0.2.7"], /^error: 192\.0\.2\.7 is no address of this machine: choose one such as 127\.0\.0\.1\n$/],
    [["--data", "/nowhere/pbx.sqlite"], /^error: The data file \/nowhere\/pbx\.sqlite cannot be used \(/],
  ])("refuses %j", async (argv, message) => {
    const { code, stdout, stderr } = await callpark(["sandbox", "--port", "0", ...argv]);
    expect([code, stdout, stderr]).toEqual([2, "", expect.stringMatching(message)]);
  });

  it("ends in the background by kill, started as the README says", async () => {
    const script = `"$1" sandbox --port 0 --quiet > "$2" &
until [ -s "$2" ]; do kill -0 $! || exit 1; sleep 0.1; done
kill $!; wait $!; echo $?`;
    const installed = fileURLToPath(new URL("../../../node_modules/.bin/callpark", import.meta.url));
    const file = join(folder, "sandbox-url.txt");
    const { stdout } = await promisify(execFile)("sh", ["-c", script, "sh", installed, file], {
      env: { PATH: [dirname(process.execPath), process.env["PATH"]].join(delimiter) },
    });
    expect(stdout).toBe("0\n");
    await expect(fetch(`${readFileSync(file, "utf8").trim()}/info`)).rejects.toThrow("fetch failed");
  });

  it("names a port that is taken", async () => {
    await using sandbox = await serve(["sandbox", "--port", "0", "--quiet"], /\n/);
    const port = new URL(sandbox.banner.trim()).port;
    expect((await callpark(["sandbox", "--port", port])).stderr).toBe(
      `error: Port ${port} of 127.0.0.1 is taken: end what listens there, or choose another port (0 for any free one)\n`,
    );
  });
});
