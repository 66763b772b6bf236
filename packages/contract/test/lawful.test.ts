import { exitCodeOf } from "@callpark/contract";
import { expect, test } from "vitest";
import { access } from "./lawful/access.ts";
import { settings } from "./lawful/settings.ts";
import { transport } from "./lawful/transport.ts";
import { bench, codes, stateOf } from "./support.ts";

test.each([...transport, ...settings, ...access])(
  "a full run of a PBX that $what finds nothing and leaves everything as it was",
  async ({ faults, options, setup, target }) => {
    await using pbx = await bench(faults?.(), options);
    await setup?.(pbx);
    const before = await stateOf(pbx);
    const report = await pbx.run({ write: "full" }, target?.(pbx));
    expect(codes(report)).toEqual([]);
    expect(report.checks.filter(({ status }) => status === "error")).toEqual([]);
    expect([exitCodeOf(report), report.restore.status]).toEqual([0, "restored"]);
    expect(await stateOf(pbx)).toEqual(before);
  },
);
