import { exitCodeOf, type WriteLevel } from "@callpark/contract";
import { expect, test } from "vitest";
import { bench, codes } from "./support.ts";

const left = "call_park_groups.members.items.display_name.required";

test.each<[check: string, write: WriteLevel]>([
  ["call_park_groups.members.body", "none"],
  ["call_park_groups.members.life", "full"],
  ["extension_numbers.taken", "full"],
])("%s judges what it is answered about the members that are there", async (check, write) => {
  await using pbx = await bench({}, { faults: ["call_park_groups.id.members.get.blank_left_out"] });
  const report = await pbx.run({ only: [check], write });
  expect([codes(report), exitCodeOf(report)]).toEqual([[left], 1]);
});

test("what is wrong with the members that are there is said once", async () => {
  await using pbx = await bench({}, { faults: ["call_park_groups.id.members.get.blank_left_out"] });
  expect(codes(await pbx.run({ only: ["call_park_groups"], write: "full" }))).toEqual([left]);
});
