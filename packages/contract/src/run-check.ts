import { type Check, Skip } from "./check.ts";
import type { Context } from "./context.ts";
import type { Finding } from "./finding.ts";
import type { CheckResult } from "./report.ts";

/** Runs one check to its end. A crash is an error, never a pass. What it wrote is undone before the next. */
export const runCheck = async (check: Check, context: Context): Promise<CheckResult> => {
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
  try {
    const findings = await check.run(context);
    try {
      if (check.level !== "read") await context.guard?.undo();
    } catch (error) {
      return result("error", findings, messageOf(error));
    }
    return result(findings.some(({ kind }) => kind === "finding") ? "failed" : "passed", findings);
  } catch (error) {
    if (context.session.signal?.aborted) return result("skipped", [], "The run was interrupted.");
    if (error instanceof Skip) return result("skipped", [], error.message);
    // Undone at the end of the run too, but the next check must find everything as it was.
    if (check.level !== "read") await context.guard?.undo().catch(() => undefined);
    return result("error", [], messageOf(error));
  }
};

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

export const skipped = (check: Check, reason: string): CheckResult => ({
  ...identity(check),
  status: "skipped",
  reason,
  findings: [],
  requests: 0,
  duration: 0,
});

const identity = ({ id, title, operation }: Check) => ({ id, title, operation });
