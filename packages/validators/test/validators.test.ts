import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import openapi from "@callpark/spec";
import * as every from "@callpark/validators";
import * as line220 from "@callpark/validators/22.0";
import * as line226 from "@callpark/validators/22.6";
import { isCallPark } from "@callpark/validators/CallPark";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { describe } from "../src/runtime.ts";

const { validateCallPark, validateCallParkGroupWrite, validateCallParkUpdate, validateSignIn } = every;

const callPark = {
  enabled: true,
  extension_number: "666",
  recall_to: "USER_ONLY",
  recall_time: 300,
  recall_ring_group_time: 300,
  ring_group_id: null,
  prompt_file_name: null,
  prompt_file_size: null,
  prompt_file_url: null,
};

test("every schema of the spec has its validator, in the index and as an import of its own", async () => {
  const names = Object.keys(openapi.components["schemas"] ?? {}).sort();
  expect(Object.keys(every).sort()).toEqual(names.flatMap((name) => [`is${name}`, `validate${name}`]).sort());
  for (const name of names)
    expect(Object.keys(await import(`@callpark/validators/${name}`)).sort()).toEqual([`is${name}`, `validate${name}`]);
});

test("the predicates alone are an import of their own, for every line and for each", async () => {
  for (const [line, whole] of Object.entries({ is: every, "22.0/is": line220, "22.6/is": line226 })) {
    const predicates = await import(`@callpark/validators/${line}`);
    expect({ ...predicates }).toEqual(
      Object.fromEntries(Object.entries(whole).filter(([name]) => name.startsWith("is"))),
    );
  }
});

test("settings of any version pass, those of a line only with its fields", () => {
  expect(isCallPark(callPark)).toBe(true);
  expect(validateCallPark(callPark)).toEqual([]);
  expect(line220.validateCallPark(callPark)).toEqual([]);
  expect(line226.validateCallPark(callPark)).toEqual([
    { pointer: "/send_notification_to_parker", rule: "required", message: "must be present" },
  ]);
});

test("unknown fields pass", () => {
  expect(isCallPark({ ...callPark, colour: "blue" })).toBe(true);
});

test("an error names the field, the rule and the value", () => {
  expect(validateCallParkUpdate({ recall_time: 901, extension_number: "66", enabled: "yes" })).toEqual([
    { pointer: "/enabled", rule: "type", message: "must be boolean", received: "yes" },
    { pointer: "/extension_number", rule: "pattern", message: "must match ^[0-9]{3,64}$", received: "66" },
    { pointer: "/recall_time", rule: "maximum", message: "must be at most 900", received: 901 },
  ]);
});

test.each([
  [{ recall_to: "RING_GROUP_ONLY" }, { rule: "required", message: "must be present" }],
  [
    { recall_to: "RING_GROUP_ONLY", ring_group_id: null },
    { rule: "type", message: "must be string", received: null },
  ],
  [
    { recall_to: "USER_ONLY", ring_group_id: "" },
    { rule: "minLength", message: "must not be empty", received: "" },
  ],
  [{ ring_group_id: 7 }, { rule: "type", message: "must be string or null", received: 7 }],
])("in a union only the branch that %j means has a say", (body, error) => {
  expect(validateCallParkUpdate(body)).toEqual([{ pointer: "/ring_group_id", ...error }]);
});

test("a mode that no branch has is one error", () => {
  expect(validateCallParkUpdate({ recall_to: "NOBODY" })).toEqual([
    {
      pointer: "/recall_to",
      rule: "enum",
      message: 'must be one of "USER_ONLY", "USER_FIRST_THEN_RING_GROUP", "RING_GROUP_ONLY"',
      received: "NOBODY",
    },
  ]);
});

test("a body without the mode that every branch needs is one error", () => {
  expect(validateCallParkGroupWrite({ name: "Front desk" })).toEqual([
    { pointer: "/recall_to", rule: "required", message: "must be present" },
  ]);
});

test.each([null, "text", 7, [], true])("%j is no update", (value) => {
  expect(validateCallParkUpdate(value)).toEqual([
    { pointer: "", rule: "type", message: "must be object", received: value },
  ]);
});

const holdSecrets = [
  "AccessTokenText",
  "Password",
  "PasswordGrant",
  "RefreshToken",
  "RefreshTokenGrant",
  "RefreshTokenText",
  "Session",
  "SignIn",
  "Token",
  "TokenRequest",
  "TwoFactorChallenge",
] as const;

test("the schemas that hold secrets are those tried below", () => {
  const text = (name: string) => JSON.stringify(openapi.components["schemas"]?.[name]);
  const secret = (name: string): boolean =>
    text(name).includes('"password"') || [...text(name).matchAll(/schemas\/(\w+)/g)].some(([, to]) => secret(`${to}`));
  expect(
    Object.keys(openapi.components["schemas"] ?? {})
      .filter(secret)
      .sort(),
  ).toEqual([...holdSecrets]);
});

test.each(holdSecrets)("no error of %s shows a secret", (name) => {
  const { [`validate${name}` as const]: validate } = { ...every };
  for (const secret of [31_337, [31_337], { a: { b: "31337" } }, ["31337"]])
    for (const kind of ["password", "refresh_token", undefined]) {
      const fields = { password: secret, access_token: secret, refresh_token: secret, token: secret };
      for (const value of [
        secret,
        [fields],
        { ...fields, grant_type: kind, two_factor_enabled: kind === "password" },
      ]) {
        const errors = validate(value);
        expect(errors.length).toBeGreaterThan(0);
        expect(JSON.stringify(errors)).not.toContain("31337");
      }
    }
});

test("the whole of a value that may hold a secret is not shown", () => {
  const errors = validateSignIn("password=hunter2");
  expect(errors).toEqual([{ pointer: "", rule: "type", message: "must be object" }]);
});

test("a field that is no secret is shown beside one that is", () => {
  expect(validateSignIn({ username: "", password: "hunter2" })).toEqual([
    { pointer: "/username", rule: "minLength", message: "must not be empty", received: "" },
  ]);
});

test("a field called __proto__ or constructor is a further field like any other", () => {
  const hidden = JSON.parse(`{"__proto__":${JSON.stringify(callPark)}}`);
  expect(validateCallPark(hidden).map(({ pointer }) => pointer)).toContain("/enabled");
  expect(validateCallParkUpdate(JSON.parse('{"__proto__":{"recall_time":1},"constructor":1}'))).toEqual([]);
});

test("a list must have its items, and the message says how many", () => {
  expect(every.validatePbxErrors({ errors: [] })).toEqual([
    { pointer: "/errors", rule: "minItems", message: "must have at least 1 item", received: [] },
  ]);
});

test("no rule of the spec is without words of its own", () => {
  const words = readdirSync(new URL("../dist/", import.meta.url), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".js"))
    .flatMap((file) => [
      ...readFileSync(new URL(`../dist/${file}`, import.meta.url), "utf8").matchAll(/keyword: "(\w+)"/g),
    ])
    .map(([, keyword]) => keyword as string);
  const silent = [...new Set(words)]
    .filter((keyword) => keyword !== "if")
    .filter((keyword) => {
      const raw = Object.assign(() => false, {
        errors: [{ instancePath: "", keyword, params: { allowedValues: [] } }],
      });
      return describe(raw, [], {}).some(({ message }) => message.startsWith("breaks the rule"));
    });
  expect(words).toContain("minItems");
  expect(silent).toEqual([]);
});

/** What a page loads of this package, in bytes: bundled, minified, packed. */
const loaded = async (contents: string): Promise<{ code: string; size: number }> => {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: import.meta.dirname },
    bundle: true,
    minify: true,
    format: "esm",
    write: false,
    logLevel: "silent",
  });
  const code = Buffer.from(outputFiles[0]?.contents ?? []);
  return { code: code.toString(), size: gzipSync(code).length };
};

test.each(["@callpark/validators/CallPark", "@callpark/validators/is", "@callpark/validators"])(
  "one predicate in a page is 512 bytes at most, and nothing of the others or of ajv comes along: from %s",
  async (from) => {
    const { code, size } = await loaded(`export { isCallPark } from "${from}"`);
    expect(code).toContain("recall_ring_group_time");
    expect(code).not.toMatch(/errors|keyword|display_name/);
    expect(size).toBeLessThanOrEqual(512);
  },
);

test("one lister in a page is small, since it ships no sentence of the spec", async () => {
  const { code, size } = await loaded('export { validateCallPark } from "@callpark/validators/CallPark"');
  expect(code).toContain("recall_ring_group_time");
  expect(code).not.toMatch(/description|example|x-unique/);
  expect(size).toBeLessThan(3500);
});

test("the published modules import nothing but each other", () => {
  const dist = new URL("../dist/", import.meta.url);
  const modules = readdirSync(dist, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".js"));
  const outside = modules.flatMap((file) => {
    const text = readFileSync(new URL(file, dist), "utf8");
    return [...text.matchAll(/\bfrom "([^".][^"]*)"|\b__require\("([^"]+)"\)/g)].map(
      ([, a, b]) => `${file}: ${a ?? b}`,
    );
  });
  expect(outside).toEqual([]);
  expect(modules).toContain("22.6/CallPark.js");
});
