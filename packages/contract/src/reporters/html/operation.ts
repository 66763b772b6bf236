import type { Finding } from "../../finding.ts";
import type { CheckResult } from "../../report.ts";
import type { Alike } from "../alike.ts";
import { byOperation, count, skippedByReason } from "../summary.ts";
import { plural } from "../text.ts";
import { checkArticle, plainList } from "./check.ts";
import type { Markup } from "./markup.ts";
import { html } from "./markup.ts";

/** An operation on the page. */
export interface Operation {
  name: string;
  checks: CheckResult[];
  /** Its place on the page. */
  anchor: string;
  /** Did a check of it fail, or not end? */
  isBad: boolean;
}

const isBad = ({ status }: CheckResult): boolean => status === "failed" || status === "error";

/** The operations in the order of the run, but those first where something is wrong: a reader has come for them. */
export const operationsOf = (checks: readonly CheckResult[]): Operation[] =>
  [...byOperation(checks)]
    .map(([name, own]) => ({ name, checks: own, isBad: own.some(isBad) }))
    .toSorted((one, other) => Number(other.isBad) - Number(one.isBad))
    .map((operation, index) => ({ ...operation, anchor: `operation-${index + 1}` }));

/** `GET /call_park` with its method set apart. */
export const method = (operation: string): Markup => {
  const [verb = "", path] = operation.split(/ (.*)/s);
  return path === undefined ? html`<code>${operation}</code>` : html`<code><b>${verb}</b> ${path}</code>`;
};

/** How the checks of an operation went, in words and not by colour alone. */
export const tally = (checks: readonly CheckResult[]): Markup => {
  const { passed, failed, known, error, skipped } = count(checks);
  const chip = (tone: string, text: string): Markup => html`<span class="chip ${tone}">${text}</span>`;
  return html`<span class="tally">${[
    ...(failed > 0 ? [chip("bad", `${failed} failed`)] : []),
    ...(error > 0 ? [chip("bad", plural(error, "error"))] : []),
    ...(known > 0 ? [chip("unsure", `${known} known`)] : []),
    ...(passed > 0 ? [chip("good", `${passed} passed`)] : []),
    ...(skipped > 0 ? [chip("", `${skipped} skipped`)] : []),
  ]}</span>`;
};

/** One operation: what failed is open, what was only seen is open and small, the rest is folded. */
export const operationSection = ({ name, checks, anchor }: Operation, alike: ReadonlyMap<Finding, Alike>): Markup => {
  const bad = checks.filter(isBad);
  const passed = checks.filter(({ status }) => status === "passed");
  const seen = passed.filter(({ findings }) => findings.length > 0);
  return html`<section class="group" id="${anchor}" aria-labelledby="${anchor}-name">
<h2 id="${anchor}-name">${method(name)}</h2>
${[...bad, ...seen].map((check) => checkArticle(check, alike))}
${passedFold(
  passed.filter(({ findings }) => findings.length === 0),
  seen.length > 0 ? "more check" : "check",
)}
${skippedFold(checks)}
</section>
`;
};

const passedFold = (checks: readonly CheckResult[], name: string): Markup =>
  checks.length === 0
    ? html``
    : html`<details class="group"><summary>${plural(checks.length, name)} passed</summary>${plainList(checks)}</details>`;

const skippedFold = (checks: readonly CheckResult[]): Markup => {
  const reasons = [...skippedByReason(checks)];
  const skipped = reasons.reduce((sum, [, results]) => sum + results.length, 0);
  if (skipped === 0) return html``;
  const groups = reasons.map(([reason, results]) => html`<p class="why">${reason}</p>${plainList(results)}`);
  return html`<details class="group"><summary>${plural(skipped, "check")} skipped</summary>${groups}</details>`;
};
