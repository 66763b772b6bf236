import type { Finding } from "../../finding.ts";
import { type Alike, toldOnce } from "../alike.ts";
import { knownWords } from "../known.ts";
import { plural } from "../text.ts";
import type { Content, Markup } from "./markup.ts";
import { html } from "./markup.ts";

/** Further rows of a finding, by their names. */
type Rows = readonly (readonly [name: string, value: Content])[];

/** The findings of a check. Those that are like one before them are in one fold, each in its own. */
export const findingBlocks = (
  findings: readonly Finding[],
  alike: ReadonlyMap<Finding, Alike>,
  rowsOf: (finding: Finding) => Rows | undefined = () => undefined,
): Markup => {
  const { told, like } = toldOnce(findings, alike);
  const rest = findings.filter((finding) => !told.includes(finding));
  const firsts = [...like.keys()].map(({ code }, at) => html`${at === 0 ? "" : ", "}<code>${code}</code>`);
  return html`${told.map((finding) => {
    const group = alike.get(finding);
    return html`${findingBlock(finding, rowsOf(finding))}${group === undefined ? "" : html`<p class="small">${group.count - 1} more like this, folded, in ${plural(group.checks, "check")}.</p>`}
`;
  })}
${
  rest.length === 0
    ? ""
    : html`<details class="likes"><summary>${rest.length} like ${firsts}</summary>${rest.map(
        (finding) =>
          html`<details class="alike"><summary><code>${finding.code}</code></summary>${findingBlock(finding, rowsOf(finding))}</details>
`,
      )}</details>`
}`;
};

const findingBlock = (
  { code, kind, documented, received, location, curl, known }: Finding,
  rows: Rows = [],
): Markup => {
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
