import type { VerifyOptions } from "@callpark/contract";
import { readOptionFile } from "./file.ts";

/** The known findings in a file, for `verify`. */
export const readBaseline = async (file: string | undefined): Promise<Pick<VerifyOptions, "baseline">> => {
  if (file === undefined) return {};
  const { parseBaseline } = await import("@callpark/contract/baseline");
  return { baseline: parseBaseline(await readOptionFile("--baseline", file), file) };
};
