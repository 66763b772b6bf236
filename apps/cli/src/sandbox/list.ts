import type { SandboxFlags } from "../options/sandbox.ts";

/** The faults or the variants that there are, or both, one a line. */
export const listBehaviours = async ({ listFaults, listVariants }: SandboxFlags): Promise<string> => {
  const sandbox = await import("@callpark/sandbox");
  const all = [...(listFaults ? sandbox.listFaults() : []), ...(listVariants ? sandbox.listVariants() : [])];
  const width = Math.max(0, ...all.map(({ id }) => id.length));
  return all.map(({ id, what }) => `${id.padEnd(width)}  ${what}\n`).join("");
};
