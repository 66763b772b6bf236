import { createHash } from "node:crypto";
import { html, type Markup, raw } from "../../reporters/html/markup.ts";
import { listSection } from "../../reporters/html/restore.ts";
import { style as common } from "../../reporters/html/style.ts";
import { count } from "../../reporters/summary.ts";
import { duration, plural } from "../../reporters/text.ts";
import type { FleetReport, TargetResult } from "../report.ts";
import { fleetBaselineLines } from "./baseline.ts";
import { sharedFindings } from "./findings.ts";
import { type Cell, matrixOf } from "./matrix.ts";
import { titleOf, verdictOfFleet } from "./verdict.ts";

const style = `${common}
/* A shadow at an edge beyond which there is more: the card's own colour scrolls along and covers it at the end. */
.table { overflow-x: auto; background: linear-gradient(to right, var(--card) 60%, transparent) 0 0 / 2.5rem 100% local,
  linear-gradient(to left, var(--card) 60%, transparent) 100% 0 / 2.5rem 100% local,
  linear-gradient(to right, var(--edge), transparent) 0 0 / .9rem 100% scroll,
  linear-gradient(to left, var(--edge), transparent) 100% 0 / .9rem 100% scroll; background-repeat: no-repeat; }
:root { --edge: rgb(0 0 0 / .28); } @media (prefers-color-scheme: dark) { :root { --edge: rgb(255 255 255 / .3); } }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { text-align: left; padding: .35rem .7rem; border-bottom: 1px solid var(--line); white-space: nowrap; }
td.text { white-space: normal; overflow-wrap: anywhere; color: var(--soft); }
.verdict { margin-bottom: .75rem; }
.fail { color: var(--bad); font-weight: 700; } .dim { color: var(--soft); }`;

// Only this style applies: no script, no image, no request, whatever a PBX manages to get onto the page.
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

const CELLS: Record<NonNullable<Cell>, Markup> = {
  passed: html`<td>ok</td>`,
  failed: html`<td class="fail">FAIL</td>`,
  known: html`<td>known</td>`,
  error: html`<td class="fail">ERROR</td>`,
  skipped: html`<td class="dim">skip</td>`,
};

export interface FleetPageOptions {
  /** The page of a target's own report, as a relative link. @default no links */
  linkOf?: (target: TargetResult) => string | undefined;
}

/** A fleet's report as one self-contained page. */
export const fleetHtmlReport = (report: FleetReport, { linkOf = () => undefined }: FleetPageOptions = {}): string => {
  const { title, tone, sentence } = verdictOfFleet(report);
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>Call park contract: ${plural(report.targets.length, "target")}</title>
<style>${raw(style)}</style>
</head>
<body>
<header>
<p class="eyebrow">Call park contract</p>
<div class="verdict ${tone}"><div><h1>${title}</h1><p>${sentence}; ${report.startedAt}, ${duration(report.duration)}</p></div></div>
</header>
<main>
${listSection("baseline", "Baseline", fleetBaselineLines(report))}
${targetSection(report, linkOf)}
${matrixSection(report)}
${findingSection(report)}
</main>
<footer>Made by ${report.tool.name} ${report.tool.version}. Tokens are masked.</footer>
</body>
</html>
`;
  return page.markup;
};

const targetSection = ({ targets }: FleetReport, linkOf: NonNullable<FleetPageOptions["linkOf"]>): Markup =>
  html`<section><h2>Targets</h2><div class="table" role="region" aria-label="Targets" tabindex="0"><table>
<thead><tr><th scope="col">Target</th><th scope="col">Verdict</th><th scope="col">PBX</th><th scope="col">Passed</th><th scope="col">Failed</th><th scope="col">Errors</th><th scope="col">Skipped</th><th scope="col">Requests</th></tr></thead>
<tbody>${targets.map((target) => {
    const { title, tone } = titleOf(target);
    const { passed, failed, error, skipped } = count(target.checks);
    const link = linkOf(target);
    const name = link === undefined ? target.name : html`<a href="${link}">${target.name}</a>`;
    const lost = target.restore.status === "failed" ? target.restore.detail : undefined;
    const remarks = [target.error, lost, ...target.notes].filter((remark) => remark !== undefined);
    return html`<tr><th scope="row">${name}</th><td><span class="chip ${tone}">${title}</span></td><td>${target.url}</td><td>${passed}</td><td>${failed}</td><td>${error}</td><td>${skipped}</td><td>${target.requests}</td></tr>
${remarks.length === 0 ? "" : html`<tr><td class="text" colspan="8">${remarks.join(" ")}</td></tr>`}`;
  })}</tbody></table></div></section>`;

const matrixSection = (report: FleetReport): Markup => {
  const { columns, rows, others } = matrixOf(report);
  if (rows.length === 0) return html``;
  const more = others === 0 ? "" : html`<p class="small">${plural(others, "other target")} passed all of these.</p>`;
  return html`<section><h2>Checks that did not pass everywhere</h2><div class="table" role="region" aria-label="Checks by target" tabindex="0"><table>
<thead><tr><th scope="col">Check</th>${columns.map(({ name }) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${rows.map(
    ({ id, cells }) =>
      html`<tr><th scope="row"><code>${id}</code></th>${cells.map((cell) => (cell === undefined ? html`<td class="dim">-</td>` : CELLS[cell]))}</tr>
`,
  )}</tbody></table></div>${more}</section>`;
};

const findingSection = (report: FleetReport): Markup => {
  const shared = sharedFindings(report);
  if (shared.length === 0) return html``;
  return html`<section><h2>Findings</h2>${shared.map(
    ({ check, finding, targets }) => html`<article class="bad">
<h3><code>${finding.code}</code></h3>
<p class="small"><code>${check}</code> · ${targets.join(", ")}</p>
<div class="finding bad"><dl><div><dt>Documented</dt><dd>${finding.documented}</dd></div>
<div><dt>Received</dt><dd>${finding.received}</dd></div>
${finding.location ? html`<div><dt>Spec</dt><dd><code>${finding.location.file}:${finding.location.line}</code></dd></div>` : ""}</dl>
${finding.curl ? html`<p class="label">Send it again</p><pre><code>${finding.curl}</code></pre>` : ""}</div>
</article>
`,
  )}</section>`;
};
