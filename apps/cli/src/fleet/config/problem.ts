import type { LineCounter } from "yaml";
import { UsageError } from "../../errors.ts";

/** Something in the file that cannot be used. */
export interface Problem {
  /** Where, as an offset into the text. */
  at: number;
  /** What is wrong, and what to do. Never a value that may be a secret. */
  message: string;
}

/** @throws UsageError that names each problem with its place, if there is one. */
export const refuse = (file: string, lines: LineCounter, problems: readonly Problem[]): void => {
  if (problems.length === 0) return;
  const sorted = problems.toSorted((one, other) => one.at - other.at);
  throw new UsageError(
    sorted
      .map(({ at, message }) => {
        const { line, col } = lines.linePos(at);
        return `${file}:${line}:${col}: ${message}`;
      })
      .join("\n"),
  );
};
