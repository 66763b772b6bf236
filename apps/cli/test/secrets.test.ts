import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Sandbox, startSandbox } from "@callpark/sandbox";
import { afterAll, beforeAll, expect, it } from "vitest";
import { callpark } from "./callpark.ts";
import { otherForms, startEchoing } from "./echoing-pbx.ts";

let pbx: Sandbox;
let root: string;
let state: string;
beforeAll(async () => {
  pbx = await startSandbox();
  root = await mkdtemp(join(tmpdir(), "callpark secrets "));
  state = await mkdtemp(join(tmpdir(), "callpark state "));
});
afterAll(async () => {
  await pbx.close();
  for (const one of [root, state]) await rm(one, { recursive: true });
});

/** What a reader could get each secret from: base64 keeps its middle whatever stands around it. */
const found = (text: string, secrets: readonly string[]): string[] =>
  secrets.flatMap((secret) => {
    const encoded = ["", "user:", "Bearer "].flatMap((before) =>
      (["base64", "base64url"] as const).map((encoding) =>
        Buffer.from(before + secret)
          .toString(encoding)
          .slice(12, -4),
      ),
    );
    const forms = [
      secret,
      JSON.stringify(secret).slice(1, -1),
      encodeURIComponent(secret),
      ...encoded,
      ...otherForms(secret),
    ];
    // Of a short secret too little is left in the middle to tell.
    return forms.filter((form) => form.length >= 8 && text.includes(form));
  });

it.each(["everywhere", "in refusals"] as const)(
  "no secret of a run is in what it prints or writes: %s",
  async (where) => {
    const [own] = pbx.accounts.filter(({ tenant }) => tenant !== null);
    const other = pbx.accounts.find(({ tenant }) => tenant !== null && tenant !== own?.tenant);
    const mine = await pbx.signIn(own);
    const others = await pbx.signIn(other);
    const system = pbx.accounts.find(({ tenant }) => tenant === null)?.password ?? "";
    const secrets = [mine.accessToken, mine.refreshToken, others.accessToken, system];
    await using proxy = await startEchoing(pbx.url, secrets, where);
    const folder = join(root, where);
    await mkdir(folder);
    const summary = join(folder, "summary.md");
    await writeFile(summary, "");
    const env = {
      CALLPARK_TOKEN: mine.accessToken,
      CALLPARK_REFRESH_TOKEN: mine.refreshToken,
      CALLPARK_OTHER_TOKEN: others.accessToken,
      CALLPARK_SYSTEM_PASSWORD: system,
      GITHUB_ACTIONS: "true",
      GITHUB_STEP_SUMMARY: summary,
      // A journal holds the settings as they are, to put them back.
      XDG_STATE_HOME: state,
    };
    const reports = join(folder, "report");
    const verify = await callpark(["verify", "--url", proxy.url, "--write=full", "--yes", "--report", reports], env);
    const again = await callpark(["replay", reports, "--write=full", "--yes"], env);
    const json = await callpark(["verify", "--url", proxy.url, "--json"], env);
    expect([verify.code, again.code, json.code]).toStrictEqual([1, 1, 1]);
    const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
    const texts = await Promise.all(
      files.map(async ({ parentPath, name }) => [name, await readFile(join(parentPath, name), "utf8")] as const),
    );
    expect(texts.map(([name]) => name)).toEqual(
      expect.arrayContaining(["junit.xml", "report.html", "report.json", "report.sarif", "requests.har", "summary.md"]),
    );
    const said = Object.entries({ verify, again, json }).flatMap(([name, { stdout, stderr }]) => [
      [`${name} stdout`, stdout] as const,
      [`${name} stderr`, stderr] as const,
    ]);
    for (const [name, text] of [...texts, ...said]) expect([name, found(text, secrets)]).toStrictEqual([name, []]);
    if (where === "in refusals") {
      // The run's own, and what the uploads had for tokens.
      expect(secrets.length).toBeGreaterThan(10);
      expect(texts.find(([name]) => name === "report.json")?.[1]).toContain(
        '-H \\"PortSIP-Upload-Token: $PORTSIP_UPLOAD_TOKEN\\"',
      );
    }
    // Else the PBX's echo would not have come so far.
    for (const name of ["report.json", "requests.har", "report.html", "summary.md"])
      expect(texts.find(([file]) => file === name)?.[1]).toContain("•••");
  },
);
