import type { Finding, FindingRequest } from "../finding.ts";
import type { RecordedExchange } from "../record/recorded-exchange.ts";
import type { CheckResult, Report } from "../report.ts";
import type { Plan } from "./plan.ts";

/** What became of a finding. */
export interface Outcome {
  check: string;
  /** As the report has it. */
  finding: Finding;
  /** `unknown`: its check could not be made, so nobody knows. */
  state: "fails" | "fixed" | "unknown";
  /** What it is now; where it fails still. */
  now?: Finding;
  /** Why it is not known. */
  reason?: string;
  /** What the PBX answers to the finding's request now. */
  answer?: { status: number; text: string };
}

export interface Replayed {
  outcomes: Outcome[];
  /** Findings of the same checks that the report did not have. */
  fresh: Finding[];
  /** The run that found it out. */
  run: Report;
}

/** What a new run of the plan's checks, recorded, says of its findings. */
export const outcomesOf = (plan: Plan, run: Report): Replayed => {
  const results = new Map(run.checks.map((check) => [check.id, check]));
  return {
    outcomes: plan.findings.map(({ check, finding }) => ({
      check,
      finding,
      ...stateOf(finding, results.get(check)),
      ...answerOf(finding.request, check, run.exchanges ?? []),
    })),
    fresh: run.checks
      .filter(({ id }) => plan.only.includes(id))
      .flatMap(({ findings }) => findings)
      .filter(({ code, kind }) => kind === "finding" && !plan.before.has(code)),
    run,
  };
};

/** 0 once all are fixed · 1 while one fails, is not known, or another came · 4 not restored · 130 interrupted. */
export const replayed = ({ outcomes, fresh, run }: Replayed): 0 | 1 | 4 | 130 => {
  if (run.restore.status === "failed") return 4;
  if (run.interrupted) return 130;
  return fresh.length === 0 && outcomes.every(({ state }) => state === "fixed") ? 0 : 1;
};

const stateOf = (finding: Finding, result: CheckResult | undefined): Pick<Outcome, "state" | "now" | "reason"> => {
  const now = result?.findings.find(({ code, kind }) => code === finding.code && kind === "finding");
  if (now) return { state: "fails", now };
  if (result?.status === "passed" || result?.status === "failed") return { state: "fixed" };
  return { state: "unknown", reason: result?.reason ?? "Its check did not run." };
};

/** The exchange with the finding's own request: of its check, or of the run itself, which reads once for many. */
const answerOf = (
  request: FindingRequest | undefined,
  check: string,
  exchanges: readonly RecordedExchange[],
): Pick<Outcome, "answer"> => {
  if (request === undefined) return {};
  const alike = exchanges.filter(
    ({ method, url, body }) =>
      method === request.method && url.endsWith(request.path) && (body?.text ?? "") === (request.body ?? ""),
  );
  const { answer } = alike.findLast((one) => one.check === check) ?? alike.find((one) => one.check === undefined) ?? {};
  return answer ? { answer: { status: answer.status, text: textOf(answer.body) } } : {};
};

const textOf = (body: RecordedExchange["body"]): string => {
  if (body === undefined) return "nothing";
  return body.encoding === "base64" ? `${body.size} bytes` : body.text;
};
