import { readFile } from "node:fs/promises";
import { UsageError } from "../errors.ts";

export const systemCode = (error: unknown): string =>
  error instanceof Error && "code" in error ? String(error.code) : String(error);

/** The text of a file that an option names. `shown` is what a message calls it. */
export const readOptionFile = async (option: string, path: string, shown: string = path): Promise<string> => {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    throw new UsageError(
      `${option}: cannot read ${shown} (${systemCode(error)}): give a file that is there and that you may read`,
    );
  }
};
