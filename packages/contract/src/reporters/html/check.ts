import type { Finding } from "../../finding.ts";
import type { CheckResult } from "../../report.ts";
import type { Alike } from "../alike.ts";
import { knownWords } from "../known.ts";
import { stateOf } from "../summary.ts";
import { duration, plural } from "../text.ts";
import { itemClasses } from "./filter.ts";
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
${check.findings.map((finding) => foldedAlike(finding, alike.get(finding)))}
</article>
`;
};

/** What says the same as one before it is there to be unfolded. */
const foldedAlike = (finding: Finding, alike: Alike | undefined): Markup => {
  const block = findingBlock(finding);
  if (alike === undefined) return block;
  if (alike.first !== finding)
    return html`<details class="alike"><summary><code>${finding.code}</code> like <code>${alike.first.code}</code></summary>${block}</details>
`;
  return html`${block}<p class="small">${alike.count - 1} more like this, folded, in ${plural(alike.checks, "check")}.</p>
`;
};

const findingBlock = ({ code, kind, documented, received, location, curl, known }: Finding): Markup => {
  const bad = kind === "finding" && !known;
  const name = kind === "observation" ? "Observation" : known ? "Known finding" : "Finding";
  const row = (term: string, value: Markup | string): Markup => html`<div><dt>${term}</dt><dd>${value}</dd></div>`;
  return html`<div class="finding ${bad ? "bad" : "unsure"}">
<h4><span class="kind">${name}</span> <code>${code}</code></h4>
<dl>${row("Documented", documented)}
${row("Received", received)}
${location ? row("Spec", html`<code>${location.file}:${location.line}</code> <code class="small">${location.pointer}</code>`) : ""}
${known ? row("Baseline", knownWords(known)) : ""}
</dl>
${curl ? html`<p class="label">Send it again</p><pre><code>${curl}</code></pre>` : ""}
</div>
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
