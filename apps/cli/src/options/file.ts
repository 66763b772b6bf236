import { readFile, stat } from "node:fs/promises";
import { UsageError } from "../errors.ts";

export const systemCode = (error: unknown): string =>
  error instanceof Error && "code" in error ? String(error.code) : String(error);

export const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (entry) => entry.isDirectory(),
    () => false,
  );

/** The text of a file that an option names. `shown` is what a message calls it. */
export const readOptionFile = async (option: string, path: string, shown: string = path): Promise<string> => {
  if (path === "") throw new UsageError(`${option} takes a file's name`);
  try {
    // Some editors begin a file with a byte order mark, which is none of its text.
    return (await readFile(path, "utf8")).replace(/^\uFEFF/, "");
  } catch (error) {
    const code = systemCode(error);
    throw new UsageError(
      code === "EISDIR"
        ? `${option}: ${path} is a folder: give a file`
        : `${option}: cannot read ${shown} (${code}): give a file that is there and that you may read`,
    );
  }
};

// A file's name is shorter, or has a folder or a space in it.
const MAY_BE_A_TOKEN = /[^\\/\s]{24}/;

/** As `readOptionFile`, for a file with a token. What is `given` as its name is not repeated where it may be the token itself. */
export const readTokenFile = (option: string, path: string, given: string = path): Promise<string> =>
  readOptionFile(option, path, MAY_BE_A_TOKEN.test(given) ? "the file" : path);
