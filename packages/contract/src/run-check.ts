import { type Check, Skip } from "./check.ts";
import { type Context, finding } from "./context.ts";
import type { Finding } from "./finding.ts";
import { LostError, UnansweredError } from "./guard/delivery.ts";
import { pathPointer } from "./judge.ts";
import { messageOf } from "./message-of.ts";
import type { CheckResult } from "./report.ts";
import { BrokenAnswerError, WireError } from "./wire.ts";

/**
 * Runs one check to its end. A crash is an error, never a pass. What it wrote is undone before the next one, unless that
 * one takes it back and nothing was found.
 */
export const runCheck = async (check: Check, context: Context, next?: Check): Promise<CheckResult> => {
  const { wire } = context.session;
  const began = performance.now();
  const requests = wire.requests;
  const result = (status: CheckResult["status"], findings: Finding[], reason?: string): CheckResult => ({
    ...identity(check),
    status,
    ...(reason !== undefined && { reason: context.mask(reason) }),
    findings,
    requests: wire.requests - requests,
    duration: Math.round(performance.now() - began),
  });
  let findings: Finding[] = [];
  let ending: { status: "skipped" | "error"; reason: string } | undefined;
  try {
    findings = await answered(check, context);
  } catch (error) {
    // What cannot be read to its end is not what its own headers say: that is the PBX's doing.
    if (error instanceof BrokenAnswerError) findings = [brokenAnswer(check, context, error)];
    else ending = { status: error instanceof Skip ? "skipped" : "error", reason: messageOf(error) };
  }
  const isTakenBack = check.chained && next?.chained && ending?.status !== "error" && !findings.some(breaks);
  if (check.level !== "read" && !isTakenBack)
    await context.guard?.undo().catch((error) => {
      ending = { status: "error", reason: messageOf(error) };
    });
  if (context.session.signal?.aborted && ending) ending = { status: "skipped", reason: "The run was interrupted." };
  if (ending) return result(ending.status, findings, ending.reason);
  return result(findings.some(breaks) ? "failed" : "passed", findings);
};

const brokenAnswer = ({ id, operation }: Check, context: Context, { message, exchange }: BrokenAnswerError): Finding =>
  finding(context, {
    code: `${id}.broken`,
    operation,
    documented: "an answer that can be read to its end",
    received: message,
    pointer: pathPointer(operation),
    exchange,
  });

const breaks = ({ kind }: Finding) => kind === "finding";

/** Where no answer came there is nothing to judge: everything is put back, and the check made again. */
const answered = async (check: Check, context: Context): Promise<Finding[]> => {
  try {
    return await check.run(context);
  } catch (error) {
    const isFinal = error instanceof BrokenAnswerError || error instanceof LostError;
    if (!(error instanceof WireError) || isFinal) throw error;
    await context.guard?.undo();
  }
  try {
    return await check.run(context);
  } catch (error) {
    throw error instanceof UnansweredError ? error.cause : error;
  }
};

export const skipped = (check: Check, reason: string): CheckResult => ({
  ...identity(check),
  status: "skipped",
  reason,
  findings: [],
  requests: 0,
  duration: 0,
});

const identity = ({ id, title, operation }: Check) => ({ id, title, operation });
