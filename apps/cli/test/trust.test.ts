import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Sandbox, startSandbox } from "@callpark/sandbox";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callpark } from "./callpark.ts";
import { certificate, fingerprint, key } from "./certificate.ts";
import { type MeddlingProxy, startProxy } from "./pbx.ts";

let pbx: Sandbox;
let proxy: MeddlingProxy;
let env: Record<string, string>;
let folder: string;
beforeAll(async () => {
  pbx = await startSandbox();
  proxy = await startProxy(pbx.url, (_request, answer) => answer(), { key, cert: certificate });
  env = { CALLPARK_TOKEN: (await pbx.signIn()).accessToken };
  folder = await mkdtemp(join(tmpdir(), "callpark trust "));
  await writeFile(join(folder, "ca.pem"), certificate);
});
afterAll(async () => {
  await proxy[Symbol.asyncDispose]();
  await pbx.close();
  await rm(folder, { recursive: true });
});

const verify = (...argv: string[]) => callpark(["verify", "--url", proxy.url, "--quiet", ...argv], env);

describe("a PBX with a self-signed certificate", () => {
  it("is not trusted, and the message says its fingerprint: 3", async () => {
    const { code, stdout, stderr } = await verify();
    expect({ code, stdout }).toStrictEqual({ code: 3, stdout: "" });
    expect(stderr).toContain(fingerprint);
    expect(stderr.split("\n")[1]).toBe(
      "--pin FINGERPRINT trusts this certificate, --ca FILE the authority that signed it.",
    );
  });

  it("says which of http and https is the wrong one: 3", async () => {
    const wrong = (url: string) => callpark(["verify", "--url", url], env);
    const plain = await wrong(proxy.url.replace("https:", "http:"));
    expect(plain.code).toBe(3);
    expect(plain.stderr.split("\n").slice(1)).toStrictEqual([
      "The connection was closed without an answer: try https:, or another port.",
      "",
    ]);
    const secure = await wrong(pbx.url.replace("http:", "https:"));
    expect(secure.code).toBe(3);
    expect(secure.stderr.split("\n").slice(1)).toStrictEqual([
      "What listens there does not speak https: try http:, or another port.",
      "",
    ]);
  });

  it("is trusted when it is pinned, with colons or without, alone or among others", async () => {
    expect((await verify("--pin", fingerprint)).code).toBe(0);
    expect((await verify("--pin", `${"00".repeat(32)},${fingerprint.replaceAll(":", "").toLowerCase()}`)).code).toBe(0);
  });

  it("is not trusted when another one is pinned: 3", async () => {
    expect((await verify("--pin", "00".repeat(32))).code).toBe(3);
  });

  it("is trusted when its authority is named", async () => {
    expect((await verify("--ca", join(folder, "ca.pem"))).code).toBe(0);
  });

  it("is trusted with --insecure, which warns in plain words", async () => {
    const { code, stderr } = await verify("--insecure", "--quiet");
    expect([code, stderr]).toStrictEqual([
      0,
      `warning: The certificate of ${new URL(proxy.url).host} is not checked: whoever stands in between reads the token\n`,
    ]);
  });

  it("is warned of in plain words where Node checks none: 3, since callpark does", async () => {
    const disarmed = { ...env, NODE_TLS_REJECT_UNAUTHORIZED: "0" };
    const { code, stderr } = await callpark(["verify", "--url", proxy.url], disarmed);
    expect([code, stderr.split("\n")]).toStrictEqual([
      3,
      [
        "warning: NODE_TLS_REJECT_UNAUTHORIZED is 0: nothing in this process is sure whom it talks to. Unset it, and pin the PBX's certificate instead; until then nothing is written",
        expect.stringMatching(/^warning: Setting the NODE_TLS_REJECT_UNAUTHORIZED environment variable to '0' /),
        expect.stringMatching(/^error: GET .+: The certificate of 127\.0\.0\.1 is not trusted/),
        expect.stringMatching(/^--pin FINGERPRINT trusts this certificate/),
        "",
      ],
    ]);
  });
});
