import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadConfig } from "../../src/fleet/config/load.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "callpark config "));
});
afterAll(() => rm(folder, { recursive: true }));

const load = async (text: string) => {
  const file = join(folder, "callpark.yaml");
  await writeFile(file, text);
  return loadConfig(file);
};

/** The problems that a file is refused for, without the file's name. */
const problems = async (text: string): Promise<string[]> => {
  const refusal = await load(text).then(
    () => "",
    (error: Error) => error.message,
  );
  return refusal === "" ? [] : refusal.split("\n").map((line) => line.replace(`${join(folder, "callpark.yaml")}:`, ""));
};

const target = (lines: string) => `targets:\n  - name: a\n    url: https://pbx.example.com\n${lines}`;
const token = "    token: { env: TOKEN }\n";

describe("a file that can be used", () => {
  it("gives each target what its host says, and knows where each part stands", async () => {
    const text = `hosts:\n  pbx.example.com:8887:\n    budget: 600\n    version: 22.0\ntargets:\n  - name: acme\n    url: https://PBX.example.com:8887/api/\n${token}`;
    const config = await load(text);
    expect(config.targets).toStrictEqual([
      {
        name: "acme",
        url: "https://PBX.example.com:8887/api/",
        token: { env: "TOKEN" },
        host: { budget: 600, version: "22.0" },
        path: "targets/0",
      },
    ]);
    expect(config.place("targets/0/token")).toBe(text.indexOf("{ env"));
  });

  it("may say a thing once and refer to it", async () => {
    const config = await load(
      `${target(`${token}    tls: &lab { ca: lab.pem }\n`)}  - name: b\n    url: https://b.example.com\n    token: { file: b }\n    tls: *lab\n`,
    );
    expect(config.targets.map(({ tls }) => tls)).toStrictEqual([{ ca: "lab.pem" }, { ca: "lab.pem" }]);
  });

  it.each(["auto", "22.0", '"22.0"', "22.6"])("may say the version as %s", async (version) => {
    const config = await load(target(`${token}    version: ${version}\n`));
    expect(config.targets[0]?.version).toBe(version.replaceAll('"', ""));
  });
});

describe("a file that cannot be used is refused, with line and column", () => {
  it.each([
    ["nothing in it", "", ["1:1: the file must be a list of keys and values"]],
    ["no targets", "targets: []\n", ["1:10: targets is empty: it needs an entry at least"]],
    [
      "an unknown key",
      target(`${token}    tokn: x\n`),
      [
        '5:5: unknown key "tokn": it takes name, url, tenant, labels, token, refreshToken, signIn, otherToken, tls, version',
      ],
    ],
    ["a key that is missing", "targets:\n  - name: a\n    token: { env: A }\n", ["2:5: targets[0] lacks url"]],
    ["a number for a text", target(`${token}    tenant: 12\n`), ["5:13: tenant must be a text: put it into quotes"]],
    ["a text for a list", target(`${token}    labels: lab\n`), ["5:13: labels must be a list"]],
    [
      "an unknown version",
      target(`${token}    version: 22.1\n`),
      ["5:14: version must be one of auto, 22.0, 22.2, 22.6"],
    ],
    [
      "two ways in",
      target(`${token}    signIn: { username: a, password: { env: P } }\n`),
      ["2:5: targets[0] must have token or signIn, and one of them only"],
    ],
    ["no way in", target(""), ["2:5: targets[0] must have token or signIn, and one of them only"]],
    [
      "a budget of nothing",
      `hosts:\n  pbx.example.com: { budget: 0 }\n${target(token)}`,
      ["2:30: budget must be 1 or more"],
    ],
    [
      "two targets of one name",
      `${target(token)}  - name: A\n    url: https://b.example.com\n${token}`,
      ["5:11: a target before this one is called a too: give it another name"],
    ],
    [
      "a host without a target",
      `hosts:\n  other.example.com: { budget: 5 }\n${target(token)}`,
      ["2:22: no target is on other.example.com: the targets are on pbx.example.com"],
    ],
    [
      "a fingerprint that is none",
      target(`${token}    tls: { pin: [abc] }\n`),
      ["5:18: pin[0] is no SHA-256 fingerprint: it has 64 hexadecimal digits, with colons or without"],
    ],
    [
      "trust for http",
      `targets:\n  - name: a\n    url: http://pbx.example.com\n${token}    tls: { ca: x }\n`,
      ["5:10: tls is about https: the url is http"],
    ],
    [
      "an anchor that is not there",
      target(`${token}    tls: *lab\n`),
      ["5:10: tls refers to an anchor that does not stand before it"],
    ],
    ["a key twice", target(`${token}    url: x\n`), ["5:5: this key stands here twice: keep one"]],
    [
      "too little indented",
      target("   token: { env: A }\n    labels: [a]\n"),
      ["4:4: this line is indented by 3 spaces, which fits nothing before it: 4, 2 or 0 would"],
    ],
    [
      "too far indented",
      target("      token: { env: A }\n"),
      ["4:7: this line is indented by 6 spaces, which fits nothing before it: 4, 2 or 0 would"],
    ],
    [
      "indented as the list, without a dash",
      target("  token: { env: A }\n"),
      ["4:3: this line is indented by 2 spaces, which fits nothing before it: 4 or 0 would"],
    ],
    [
      "a target that is not indented as the others",
      `${target(token)} - name: b\n`,
      ["5:2: this line is indented by 1 space, which fits nothing before it: 4, 2 or 0 would"],
    ],
    [
      "a host that is not indented as what it has",
      `hosts:\n  a:8887:\n    budget: 3\n\n  # trust\n   tls: {}\n${target(token)}`,
      ["6:4: this line is indented by 3 spaces, which fits nothing before it: 4, 2 or 0 would"],
    ],
    [
      "a first line that is indented",
      " hosts: {}\ntargets: []\n",
      ["2:1: this line is indented by 0 spaces, which fits nothing before it: 1 would"],
    ],
    ["no colon", "targets:\n  - name a\n    url: x\n", ["2:5: a colon is missing in this line"]],
    [
      "no bracket",
      target("    token: { env: A\n    tenant: a\n"),
      ["5:5: a bracket that was opened before is not closed"],
    ],
    [
      "a key in a line's middle",
      target("    token: env: A\n"),
      ["4:12: a key and its value cannot stand in the middle of a line"],
    ],
    ["a tab", "targets:\n\t- name: a\n", ["2:1: this is indented with a tab: use spaces"]],
    [
      "a name that leads elsewhere",
      "targets:\n  - name: ../a\n    url: https://a.example.com\n    token: { env: A }\n",
      ['2:11: name must be 1 to 64 letters, digits, ".", "_" and "-", and begin with a letter or digit'],
    ],
  ])("%s", async (_, text, expected) => {
    expect(await problems(text)).toStrictEqual(expected);
  });

  it("every problem at once, in the file's order", async () => {
    expect(await problems("targets:\n  - name: a b\n    url: 5\n    token: { env: A }\n")).toHaveLength(2);
  });
});

describe("a secret in the file is refused without being repeated", () => {
  const secret = "SECRET-abcdefgh";
  it.each([
    [
      "as the token",
      target(`    token: ${secret}\n`),
      "4:12: token must not be written here: say where it is, with { env: NAME } or { file: PATH }",
    ],
    [
      "as a list",
      target(`    token: [${secret}]\n`),
      "4:12: token must not be written here: say where it is, with { env: NAME } or { file: PATH }",
    ],
    [
      "as a key",
      target(`    token: { ${secret}: x }\n`),
      "4:14: token has a key that it does not know: it takes env, file",
    ],
    [
      "as a variable's name",
      target(`    token: { env: ${secret} }\n`),
      '4:19: token: env must be the name of an environment variable: capital letters, digits and "_"',
    ],
    [
      "as the password",
      target(`    signIn: { username: a, password: ${secret} }\n`),
      "4:38: password must not be written here: say where it is, with { env: NAME } or { file: PATH }",
    ],
    [
      "in the URL",
      `targets:\n  - name: a\n    url: https://a:${secret}@pbx.example.com\n${token}`,
      "3:10: url must be one such as https://pbx.example.com:8887, without user name, password, ? and #",
    ],
    ["in what is no YAML", target(`    token: "${secret}\n`), "5:1: a quote that was opened before is not closed"],
    [
      "as an anchor",
      target(`    token: *${secret}\n`),
      "4:12: token refers to an anchor that does not stand before it",
    ],
  ])("%s", async (_, text, expected) => {
    const found = await problems(text);
    expect(found).toContain(expected);
    expect(found.join("\n")).not.toContain(secret);
  });
});
