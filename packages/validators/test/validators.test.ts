import { readdirSync, readFileSync } from "node:fs";
import openapi from "@callpark/spec";
import * as every from "@callpark/validators";
import * as line220 from "@callpark/validators/22.0";
import * as line226 from "@callpark/validators/22.6";
import { isCallPark } from "@callpark/validators/CallPark";
import { expect, test } from "vitest";

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

test.each([
  { username: "alice", password: 12345678 },
  { username: "", password: "hunter2-secret" },
  "password=hunter2",
])("no error shows a secret: %#", (value) => {
  const errors = validateSignIn(value);
  expect(errors.length).toBeGreaterThan(0);
  expect(JSON.stringify(errors)).not.toMatch(/12345678|hunter2/);
});

test("a field that is no secret is shown beside one that is", () => {
  expect(validateSignIn({ username: "", password: "hunter2" })).toEqual([
    { pointer: "/username", rule: "minLength", message: "must not be empty", received: "" },
  ]);
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
