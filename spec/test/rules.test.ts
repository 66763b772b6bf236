/** Each rule that we added finds the fault it is for: a copy of the sources with one fault each. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { redocly, room } from "../tools/redocly.ts";

const copySources = () => {
  const copy = mkdtempSync(join(tmpdir(), "callpark spec "));
  cpSync(join(room, "..", "redocly.yaml"), join(copy, "redocly.yaml"));
  for (const part of ["openapi.yaml", "paths", "components", "tools", "package.json"])
    cpSync(join(room, part), join(copy, "spec", part), { recursive: true });
  return copy;
};

const rulesBroken = async (copy: string): Promise<string[]> => {
  const { problems } = JSON.parse((await redocly(["lint", "source", "--format=json"], copy)).stdout);
  return [...new Set<string>(problems.map((problem: { ruleId: string }) => problem.ruleId))];
};

test("a copy without a fault breaks no rule", async () => {
  const copy = copySources();
  onTestFinished(() => rmSync(copy, { recursive: true }));
  expect(await rulesBroken(copy)).toEqual([]);
});

const tenant = "components/schemas/Tenant.yaml";
const info = "paths/info.yaml";
test.concurrent.each([
  ["call-park/root-is-index", "openapi.yaml", "paths/call_park.yaml", "paths/tenant.yaml"],
  ["call-park/root-is-index", "openapi.yaml", "components:\n", "components:\n  headers: {}\n"],
  ["call-park/one-thing-a-file", tenant, "TenantName.yaml", "CallParkGroup.yaml#/properties/name"],
  ["call-park/one-thing-a-file", info, "schemas/PbxInfo.yaml", "headers/Range.yaml"],
  ["call-park/field-described", tenant, "description: The region of the tenant.", "description: ''"],
  ["call-park/field-described", tenant, "example: Europe/Berlin", ""],
  ["call-park/version-marks", "paths/auth_sign_out.yaml", "'22.2'", "22.2"],
  ["call-park/version-marks", tenant, "title: Tenant", "x-version-added: '22.2'"],
  ["call-park/one-of-told-apart", "components/schemas/RecallToUser.yaml", "[USER_ONLY]", "[RING_GROUP_ONLY]"],
  ["call-park/one-of-told-apart", "components/schemas/Session.yaml", "oneOf:", "anyOf:"],
  ["rule/sentence-case-summary", info, "Show what the PBX is", "Show what the PBX is."],
  ["rule/sentence-case-summary", info, "Show what the PBX is", "Show What the PBX Is"],
  ["rule/sentence-case-example", "components/examples/PbxInfoPlain.yaml", "A PBX with one address", "a PBX"],
  ["rule/examples-by-name", info, "examples:\n            pbx:", "example:\n            pbx:"],
  ["rule/effect", info, "x-effect: read", "x-effect: some"],
  ["rule/effect", info, "  x-effect: read\n", ""],
  ["rule/refusals", info, "    '429':\n      $ref: ../components/responses/TooManyRequests.yaml\n", ""],
  ["rule/body-described", "paths/call_park.yaml", "description: The settings to change.", "description: ''"],
  ["rule/header-described", "components/headers/Range.yaml", "example: 0-64043", ""],
  ["rule/parameter-example", "components/parameters/Top.yaml", "example: 100", ""],
  ["no-invalid-media-type-examples", "components/examples/PbxInfoPlain.yaml", "enable_ipv6: false", "enable_ipv6: 1"],
  ["no-invalid-parameter-examples", "components/parameters/Top.yaml", "example: 100", "example: 101"],
  ["no-invalid-schema-examples", "components/schemas/RecallTime.yaml", "example: 300", "example: 59"],
])("%s finds its fault in %s", async (rule, file, from, to) => {
  const copy = copySources();
  try {
    const path = join(copy, "spec", file);
    const text = readFileSync(path, "utf8");
    if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
    writeFileSync(path, text.replace(from, to));
    const broken = await rulesBroken(copy);
    if (!broken.includes(rule)) throw new Error(`The lint found ${broken.join(", ") || "nothing"}`);
  } finally {
    rmSync(copy, { recursive: true });
  }
});
