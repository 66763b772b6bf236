import type { CheckResult } from "../../report.ts";
import { observationsOf, stateOf } from "../summary.ts";
import type { Markup } from "./markup.ts";
import { html } from "./markup.ts";

const LABELS = {
  failed: "Failed",
  error: "Errors",
  known: "Known",
  seen: "Observations",
  passed: "Passed",
  skipped: "Skipped",
} as const;

type Shown = keyof typeof LABELS;

const shownAs = (check: CheckResult): Shown[] => [
  stateOf(check),
  ...(observationsOf(check).length > 0 ? (["seen"] as const) : []),
];

/** The classes by which the filter finds a check. */
export const itemClasses = (check: CheckResult): string => ["item", ...shownAs(check)].join(" ");

/** Which checks to see, chosen without a script: the style hides the others. */
export const filter = (checks: readonly CheckResult[]): Markup => {
  const numbers = new Map<Shown, number>();
  for (const shown of checks.flatMap(shownAs)) numbers.set(shown, (numbers.get(shown) ?? 0) + 1);
  if (numbers.size < 2) return html``;
  const choice = (id: string, label: string, number: number, first: boolean): Markup =>
    html`<label><input type="radio" name="show" id="show-${id}"${first ? html` checked` : ""}> ${label} <b>${number}</b></label>`;
  return html`<fieldset class="filter"><legend>Show</legend>
${choice("all", "All", checks.length, true)}
${(Object.keys(LABELS) as Shown[])
  .filter((shown) => numbers.has(shown))
  .map((shown) => choice(shown, LABELS[shown], numbers.get(shown) ?? 0, false))}
</fieldset>`;
};

/** With one of them chosen, everything else is hidden, and what is folded opens. */
export const filterStyle: string = Object.keys(LABELS)
  .map((shown) => {
    const chosen = `body:has(#show-${shown}:checked)`;
    return `${chosen} :is(.item:not(.${shown}), .group:not(:has(.${shown})), nav) { display: none; }
${chosen} details:has(.${shown})::details-content { content-visibility: visible; block-size: auto; }`;
  })
  .join("\n");
