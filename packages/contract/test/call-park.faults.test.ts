import { exitCodeOf, listChecks } from "@callpark/contract";
import { expect, test } from "vitest";
import { access } from "./faults/access.ts";
import type { Fault } from "./faults/fault.ts";
import { get } from "./faults/get.ts";
import { post } from "./faults/post.ts";
import { type Bench, bench, codes, stateOf } from "./support.ts";

const ids = listChecks().map(({ id }) => id);

/** The checks whose findings begin like the code: the longest beginning that names any. */
const meantFor = (code: string): string => {
  const parts = code.replace(/\.$/, "").split(".");
  // It takes a whole run to see what is wrong now and then.
  if (code.includes(".always")) return "call_park";
  // The prompt is downloaded by the check that holds it against the settings.
  if (code.startsWith("blobs.download")) return "call_park.get.prompt";
  const beginnings = parts.map((_, index) => parts.slice(0, parts.length - index).join("."));
  return beginnings.find((one) => ids.some((id) => id === one || id.startsWith(`${one}.`))) ?? "call_park";
};

const run = async ({ code, only = meantFor(code), faults, setup }: Fault) => {
  const box: { pbx?: Bench } = {};
  await using pbx = await bench(faults(() => box.pbx as Bench));
  box.pbx = pbx;
  await setup?.(pbx);
  const before = await stateOf(pbx);
  const report = await pbx.run({ only: [only], write: "full" });
  expect(codes(report).filter((one) => one.startsWith(code))).not.toEqual([]);
  expect([exitCodeOf(report), report.restore.status === "failed"]).toEqual([1, false]);
  expect(JSON.stringify(report)).not.toContain(pbx.token);
  expect(await stateOf(pbx)).toEqual(before);
};

test.each(get)("GET /call_park: a PBX that $what is found, and left as it was", run);
test.each(access)("a PBX that $what is found, and left as it was", run);
test.each(post)("POST /call_park: a PBX that $what is found, and left as it was", run);
