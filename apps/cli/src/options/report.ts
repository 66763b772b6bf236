import { Option } from "commander";
import { UsageError } from "../errors.ts";

/** Where a report goes. */
export const reportOption = (description: string): Option =>
  new Option("--report <DIR>", description).argParser((folder) => {
    if (folder === "") throw new UsageError("--report takes a folder's name");
    return folder;
  });
