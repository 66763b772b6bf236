import type { Report } from "../../report.ts";
import { baselineLines } from "../baseline.ts";
import { pretty } from "../text.ts";
import type { Markup } from "./markup.ts";
import { html } from "./markup.ts";

/** Loud, and first on the page, when the PBX was left changed. */
export const restoreSection = ({ restore }: Report): Markup => {
  const { status, detail, before, now, curl } = restore;
  if (status !== "failed") return html``;
  const block = (name: string, value: unknown): Markup =>
    value === undefined
      ? html``
      : html`<div><p class="label">${name}</p><pre><code>${pretty(value)}</code></pre></div>`;
  return html`<section class="alarm" aria-labelledby="not-restored">
<h2 id="not-restored">The PBX was not restored</h2>
<p>${detail ?? "The settings that this run changed could not be put back."}</p>
<div class="pair">${block("What was there", before)}${block("What is there now", now)}</div>
${curl ? html`<p class="label">To put it back by hand</p><pre><code>${curl}</code></pre>` : ""}
</section>`;
};

export const notesSection = ({ notes }: Report): Markup => listSection("notes", "Notes", notes);

export const baselineSection = (report: Report): Markup => listSection("baseline", "Baseline", baselineLines(report));

const listSection = (id: string, title: string, lines: string[]): Markup =>
  lines.length === 0
    ? html``
    : html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2><ul class="notes">${lines.map(
        (line) => html`<li>${line}</li>`,
      )}</ul></section>`;
