import { chmod, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Report } from "@callpark/contract";
import { type Sandbox, startSandbox } from "@callpark/sandbox";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callpark } from "./callpark.ts";
import { startProxy } from "./pbx.ts";

let pbx: Sandbox;
let folder: string;
beforeAll(async () => {
  pbx = await startSandbox();
  folder = await mkdtemp(join(tmpdir(), "callpark sign-in "));
});
afterAll(async () => {
  await pbx.close();
  await rm(folder, { recursive: true });
});

const only = ["--json", "--only", "call_park.get"];
const acme = ["--username", "admin", "--domain", "acme.example"];
const tenantOf = (stdout: string) => (JSON.parse(stdout) as Report).target.tenant?.name;

describe("signing in", () => {
  it("takes the password from the environment or a file, never from an argument", async () => {
    const argv = ["verify", "--url", pbx.url, ...acme, ...only];
    const byVariable = await callpark(argv, { CALLPARK_PASSWORD: "acme-park-1" });
    await writeFile(join(folder, "password"), "acme-park-1\n");
    const byFile = await callpark([...argv, "--password-file", join(folder, "password")]);
    expect([byVariable.code, tenantOf(byVariable.stdout), byFile.code, tenantOf(byFile.stdout)]).toStrictEqual([
      0,
      "Acme",
      0,
      "Acme",
    ]);
    const refused = await callpark([...argv, "--password", "acme-park-1"]);
    expect([refused.code, refused.stderr.includes("acme-park-1")]).toStrictEqual([2, false]);
  });

  it("is as the system administrator of a tenant where no domain is given", async () => {
    const argv = ["verify", "--url", pbx.url, "--username", "admin", "--tenant", "Globex", ...only];
    const { code, stdout } = await callpark(argv, { CALLPARK_PASSWORD: "system-park-1" });
    expect([code, tenantOf(stdout)]).toStrictEqual([0, "Globex"]);
  });

  it("that the PBX refuses is 3, without the password", async () => {
    const argv = ["verify", "--url", pbx.url, ...acme];
    expect(await callpark(argv, { CALLPARK_PASSWORD: "not-the-password" })).toStrictEqual({
      code: 3,
      stdout: "",
      stderr: "error: The PBX does not let admin in (status 401): check the user name, the password and the domain\n",
    });
  });

  it.each<[string[], string]>([
    [
      ["--url", "http://127.0.0.1:9", ...acme],
      "There is no password for --username: use --password-file FILE or the environment variable CALLPARK_PASSWORD",
    ],
    [acme, "--username is about a real PBX: say which one with --url URL"],
    [
      ["--url", "http://127.0.0.1:9", "--domain", "a"],
      "--domain is about signing in: say as whom with --username NAME",
    ],
  ])("is asked for in full: %j", async (argv, message) => {
    expect(await callpark(["verify", ...argv])).toStrictEqual({ code: 2, stdout: "", stderr: `error: ${message}\n` });
  });
});

describe("a refresh token that the PBX changes", () => {
  /** A PBX that lets the access token end on the way. */
  const ending = () => {
    // Once would be a slip of the PBX, which is asked again.
    let left = 2;
    return startProxy(pbx.url, async ({ path }, answer) => {
      if (left === 0 || path !== "/api/tenant") return answer();
      left -= 1;
      return { status: 401, type: "application/json", body: Buffer.from('{"errors":[]}') };
    });
  };

  it("is written into the file that it came from, for the same readers", async () => {
    await using proxy = await ending();
    const { accessToken, refreshToken } = await pbx.signIn();
    const file = join(folder, "refresh");
    await writeFile(file, refreshToken);
    await chmod(file, 0o640);
    const argv = ["verify", "--url", proxy.url, "--refresh-token-file", file, ...only];
    const { code, stdout } = await callpark(argv, { CALLPARK_TOKEN: accessToken });
    const kept = await readFile(file, "utf8");
    expect([code, (JSON.parse(stdout) as Report).notes, kept === refreshToken]).toStrictEqual([0, [], false]);
    expect((await stat(file)).mode & 0o777).toBe(0o640);
    const { status } = await fetch(`${pbx.apiUrl}/auth/refresh_token`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ refresh_token: kept.trimEnd() }),
    });
    expect([status, stdout.includes(kept.trimEnd())]).toStrictEqual([200, false]);
  });

  it("from the environment cannot be kept, and the run says so", async () => {
    await using proxy = await ending();
    const { accessToken, refreshToken } = await pbx.signIn();
    const env = { CALLPARK_TOKEN: accessToken, CALLPARK_REFRESH_TOKEN: refreshToken };
    const { code, stdout } = await callpark(["verify", "--url", proxy.url, ...only], env);
    expect([code, (JSON.parse(stdout) as Report).notes]).toStrictEqual([
      0,
      [
        "The token ended and was refreshed, and the PBX changed the refresh token: the one that you gave no longer works. Sign in again for a new one.",
      ],
    ]);
  });
});
