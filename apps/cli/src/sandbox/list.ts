import type { SandboxFlags } from "../options/sandbox.ts";

/** The faults or the variants that there are, or both, one a line. */
export const listBehaviours = async ({ listFaults, listVariants }: SandboxFlags): Promise<string> => {
  const behaviours = await import("@callpark/sandbox/behaviours");
  const all = [...(listFaults ? behaviours.listFaults() : []), ...(listVariants ? behaviours.listVariants() : [])];
  const width = Math.max(0, ...all.map(({ id }) => id.length));
  return all.map(({ id, what }) => `${id.padEnd(width)}  ${what}\n`).join("");
};
