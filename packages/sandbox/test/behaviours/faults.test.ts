import { describe, expect, test } from "vitest";
import { faults } from "../../src/behaviours/faults/index.ts";
import { witnessed } from "./witness.ts";

const optionsOf = ({ needs }: (typeof faults)[number]) => (needs?.version ? { version: needs.version } : {});

test("every fault has an id and a sentence of its own", () => {
  expect(faults.map(({ id }) => id).filter((id, index, all) => all.indexOf(id) !== index)).toEqual([]);
  expect(faults.map(({ what }) => what).filter((what, index, all) => all.indexOf(what) !== index)).toEqual([]);
  expect(faults.filter(({ id }) => !/^[a-z0-9_]+(\.[a-z0-9_-]+)+$/.test(id)).map(({ id }) => id)).toEqual([]);
  expect(faults.filter(({ what }) => !/^[A-Z].*\.$/.test(what)).map(({ what }) => what)).toEqual([]);
});

describe.concurrent("what each fault changes can be seen", () => {
  test.each(faults.map((fault) => [fault.id, fault] as const))("%s", async (id, fault) => {
    const options = optionsOf(fault);
    const healthy = await witnessed(options, fault.witness);
    expect(await witnessed(options, fault.witness)).toEqual(healthy);
    expect(await witnessed({ ...options, faults: [id] }, fault.witness)).not.toEqual(healthy);
  });
});
