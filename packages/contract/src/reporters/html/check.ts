import type { Finding } from "../../finding.ts";
import type { CheckResult } from "../../report.ts";
import { duration, plural } from "../text.ts";
import type { Markup } from "./markup.ts";
import { html } from "./markup.ts";

const STATUS = { failed: "Failed", error: "Error", passed: "Passed", skipped: "Skipped" };
const TONES = { failed: "bad", error: "bad", passed: "good", skipped: "" };

const effort = ({ requests, duration: time }: CheckResult): string =>
  `${plural(requests, "request")}, ${duration(time)}`;

/** A check that has something to say. */
export const checkArticle = (check: CheckResult): Markup => html`<article class="${TONES[check.status]}">
<h3><span class="chip ${TONES[check.status]}">${STATUS[check.status]}</span> ${check.title}</h3>
<p class="small"><code>${check.id}</code> · ${effort(check)}</p>
${check.reason === undefined ? "" : html`<p class="reason">${check.reason}</p>`}
${check.findings.map(findingBlock)}
</article>
`;

const findingBlock = ({ code, kind, documented, received, location, curl }: Finding): Markup => {
  const tone = kind === "finding" ? "bad" : "unsure";
  return html`<div class="finding ${tone}">
<h4><span class="kind">${kind === "finding" ? "Finding" : "Observation"}</span> <code>${code}</code></h4>
<dl><div><dt>Documented</dt><dd>${documented}</dd></div>
<div><dt>Received</dt><dd>${received}</dd></div>
${location ? html`<div><dt>Spec</dt><dd><code>${location.file}:${location.line}</code> <code class="small">${location.pointer}</code></dd></div>` : ""}
</dl>
${curl ? html`<p class="label">Send it again</p><pre><code>${curl}</code></pre>` : ""}
</div>
`;
};

/** Checks with nothing to say but that they ran or did not. */
export const plainList = (checks: readonly CheckResult[]): Markup =>
  html`<ul class="plain">${checks.map(
    (check) =>
      html`<li>${check.title} <span class="small"><code>${check.id}</code>${
        check.status === "skipped" ? "" : ` · ${effort(check)}`
      }</span></li>`,
  )}</ul>`;
