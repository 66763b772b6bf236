import { listVariants } from "@callpark/sandbox/behaviours";
import { describe, expect, test } from "vitest";
import { exitOf, findingsOf, runAgainst } from "./run.ts";

describe.concurrent("a lawful variant raises no alarm, and everything is put back", () => {
  test.each(listVariants().map((variant) => [variant.id, variant] as const))("%s", async (id, variant) => {
    const run = await runAgainst(variant, { variants: [id] });
    expect(run.refusal).toBeUndefined();
    expect(findingsOf(run).map(({ check, finding }) => `${check}: ${finding.code}: ${finding.received}`)).toEqual([]);
    expect(run.report?.checks.filter(({ status }) => status === "error")).toEqual([]);
    expect(exitOf(run)).toBe(0);
    expect(run.after).toEqual(run.before);
  });
});
