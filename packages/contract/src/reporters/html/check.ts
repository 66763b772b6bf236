import type { Finding } from "../../finding.ts";
import type { CheckResult } from "../../report.ts";
import type { Alike } from "../alike.ts";
import { stateOf } from "../summary.ts";
import { duration, plural } from "../text.ts";
import { itemClasses } from "./filter.ts";
import { findingBlocks } from "./finding.ts";
import type { Markup } from "./markup.ts";
import { html } from "./markup.ts";

const STATUS = { failed: "Failed", error: "Error", known: "Known", passed: "Passed", skipped: "Skipped" };
const TONES = { failed: "bad", error: "bad", known: "unsure", passed: "good", skipped: "" };

// A check of none of its own judges an answer that came before it.
const effort = ({ requests, duration: time }: CheckResult): string =>
  [...(requests > 0 ? [plural(requests, "request")] : []), duration(time)].join(", ");

/** A check that has something to say. */
export const checkArticle = (check: CheckResult, alike: ReadonlyMap<Finding, Alike>): Markup => {
  const state = stateOf(check);
  return html`<article class="${TONES[state]} ${itemClasses(check)}">
<h3><span class="chip ${TONES[state]}">${STATUS[state]}</span> ${check.title}</h3>
<p class="small"><code>${check.id}</code> · ${effort(check)}</p>
${check.reason === undefined ? "" : html`<p class="reason">${check.reason}</p>`}
${findingBlocks(check.findings, alike)}
</article>
`;
};

/** Checks with nothing to say but that they ran or did not. */
export const plainList = (checks: readonly CheckResult[]): Markup =>
  html`<ul class="plain">${checks.map(
    (check) =>
      html`<li class="${itemClasses(check)}">${check.title} <span class="small"><code>${check.id}</code>${
        check.status === "skipped" ? "" : ` · ${effort(check)}`
      }</span></li>`,
  )}</ul>`;
