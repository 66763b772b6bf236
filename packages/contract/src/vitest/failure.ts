import type { CheckResult, Report } from "../report.ts";
import { findingsOf } from "../reporters/summary.ts";
import { pretty } from "../reporters/text.ts";

/** A promise that the PBX does not keep. */
export class ContractError extends Error {
  override readonly name = "ContractError";

  constructor(message: string) {
    super(message);
    // Where it was thrown says nothing of the PBX, and Vitest would show the code there.
    this.stack = `${this.name}: ${message}`;
  }

  static of(result: CheckResult): ContractError {
    const findings = findingsOf(result).map(({ code, documented, received, location, curl }) =>
      [
        code,
        `  documented  ${documented}`,
        `  received    ${received}`,
        ...(location ? [`  spec        ${location.file}:${location.line}`] : []),
        ...(curl === undefined ? [] : [`  curl        ${curl}`]),
      ].join("\n"),
    );
    return new ContractError([...(result.reason === undefined ? [] : [result.reason]), ...findings].join("\n"));
  }
}

/** What is wrong with the run as a whole. */
export const failureOf = ({ restore, interrupted }: Report): string | undefined => {
  if (restore.status !== "failed") return interrupted ? "The run was interrupted, and put everything back." : undefined;
  return [
    `NOT RESTORED: ${restore.detail ?? "the settings may not be as they were."}`,
    ...(restore.before === undefined ? [] : [`What was there: ${pretty(restore.before)}`]),
    ...(restore.now === undefined ? [] : [`What is there now: ${pretty(restore.now)}`]),
    ...(restore.curl === undefined ? [] : [`To put it back by hand: ${restore.curl}`]),
  ].join("\n");
};
