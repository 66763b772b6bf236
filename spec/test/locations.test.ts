import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import locations from "../dist/locations.js";
import { room } from "../tools/redocly.ts";
import { methods, pointerPart, whole } from "./documents.ts";

const lineAt = ({ file, line }: { file: string; line: number }) =>
  readFileSync(join(room, file), "utf8").split("\n")[line - 1]?.trimStart();

test.each([
  ["#/components/schemas/CallPark/properties/recall_time", "components/schemas/CallPark.yaml", "recall_time:"],
  ["#/components/schemas/RecallTime/maximum", "components/schemas/RecallTime.yaml", "maximum: 900"],
  [
    "#/components/schemas/CallParkUpdate/oneOf/0/properties/ring_group_id",
    "components/schemas/CallParkUpdate.yaml",
    "ring_group_id:",
  ],
  ["#/paths/~1call_park/post", "paths/call_park.yaml", "post:"],
  [
    "#/paths/~1call_park_groups~1{id}/get/operationId",
    "paths/call_park_groups_{id}.yaml",
    "operationId: showCallParkGroup",
  ],
  ["#/components/securitySchemes/bearer", "openapi.yaml", "bearer:"],
  ["#/x-rate-limit/requests", "openapi.yaml", "requests: 5000"],
])("%s stands in %s", (pointer, file, start) => {
  const location = locations[pointer];
  expect(location?.file).toBe(file);
  expect(location && lineAt(location)?.startsWith(start)).toBe(true);
});

test("a field has the line on which it stands", () => {
  expect(locations["#/components/schemas/RecallTime/maximum"]).toEqual({
    file: "components/schemas/RecallTime.yaml",
    line: 6,
  });
});

test("every operation has a location, and its line starts with its method", () => {
  for (const [path, item] of Object.entries<object>(whole.paths))
    for (const method of methods.filter((method) => method in item)) {
      const location = locations[`#/paths/${pointerPart(path)}/${method}`];
      expect([path, method, location && lineAt(location)]).toEqual([path, method, `${method}:`]);
    }
});

test("every component has a location, and every file is a component", () => {
  const inDocument = Object.entries<object>(whole.components).flatMap(([kind, all]) =>
    Object.keys(all).map((name) => `#/components/${kind}/${name}`),
  );
  expect(inDocument.filter((pointer) => !(pointer in locations))).toEqual([]);
  const inFiles = readdirSync(join(room, "components")).flatMap((kind) =>
    readdirSync(join(room, "components", kind)).map((file) => `#/components/${kind}/${file.replace(".yaml", "")}`),
  );
  expect(inFiles.filter((pointer) => !inDocument.includes(pointer))).toEqual([]);
});
