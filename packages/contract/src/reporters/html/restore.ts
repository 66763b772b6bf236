import type { Report } from "../../report.ts";
import { baselineLines } from "../baseline.ts";
import { restoreParts } from "../restore.ts";
import type { Markup } from "./markup.ts";
import { html } from "./markup.ts";

/** Loud, and first on the page, when the PBX was left changed. */
export const restoreSection = (
  { restore }: Pick<Report, "restore">,
  { id = "not-restored", name = "The PBX" }: { id?: string; name?: string } = {},
): Markup => {
  if (restore.status !== "failed") return html``;
  const parts = restoreParts(restore).map(
    ([title, text]) => html`<div><p class="label">${title}</p><pre><code>${text}</code></pre></div>`,
  );
  return html`<section class="alarm" aria-labelledby="${id}">
<h2 id="${id}">${name} was not restored</h2>
<p>${restore.detail ?? "The settings that this run changed could not be put back."}</p>
<div class="pair">${parts}</div>
</section>`;
};

export const notesSection = ({ notes }: Report): Markup => listSection("notes", "Notes", notes);

export const baselineSection = (report: Report): Markup => listSection("baseline", "Baseline", baselineLines(report));

export const listSection = (id: string, title: string, lines: string[]): Markup =>
  lines.length === 0
    ? html``
    : html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2><ul class="notes">${lines.map(
        (line) => html`<li>${line}</li>`,
      )}</ul></section>`;
