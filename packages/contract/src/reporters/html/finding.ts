import type { Finding } from "../../finding.ts";
import type { Alike } from "../alike.ts";
import { knownWords } from "../known.ts";
import { plural } from "../text.ts";
import type { Content, Markup } from "./markup.ts";
import { html } from "./markup.ts";

/** Further rows of a finding, by their names. */
type Rows = readonly (readonly [name: string, value: Content])[];

/** What says the same as one before it is there to be unfolded. */
export const foldedAlike = (finding: Finding, alike: Alike | undefined, rows: Rows = []): Markup => {
  const block = findingBlock(finding, rows);
  if (alike === undefined) return block;
  if (alike.first !== finding)
    return html`<details class="alike"><summary><code>${finding.code}</code> like <code>${alike.first.code}</code></summary>${block}</details>
`;
  return html`${block}<p class="small">${alike.count - 1} more like this, folded, in ${plural(alike.checks, "check")}.</p>
`;
};

const findingBlock = ({ code, kind, documented, received, location, curl, known }: Finding, rows: Rows): Markup => {
  const bad = kind === "finding" && !known;
  const name = kind === "observation" ? "Observation" : known ? "Known finding" : "Finding";
  return html`<div class="finding ${bad ? "bad" : "unsure"}">
<h4><span class="kind">${name}</span> <code>${code}</code></h4>
<dl>${definition("Documented", documented)}
${definition("Received", received)}
${rows.map(([term, value]) => definition(term, value))}
${location ? definition("Spec", html`<code>${location.file}:${location.line}</code> <code class="small">${location.pointer}</code>`) : ""}
${known ? definition("Baseline", knownWords(known)) : ""}
</dl>
${curl ? html`<p class="label">Send it again</p><pre><code>${curl}</code></pre>` : ""}
</div>
`;
};

/** A row of a list of names and values. */
export const definition = (term: string, value: Content): Markup => html`<div><dt>${term}</dt><dd>${value}</dd></div>`;
