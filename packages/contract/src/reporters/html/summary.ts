import type { Report } from "../../report.ts";
import { count } from "../summary.ts";
import { plural } from "../text.ts";
import { factsOf, type Verdict, verdictOf } from "../verdict.ts";
import type { Markup } from "./markup.ts";
import { html } from "./markup.ts";
import { method, type Operation, tally } from "./operation.ts";

const MARKS = { good: "✓", bad: "✕", unsure: "!" };

/** The verdict of a page, in words and not by colour alone. */
export const verdictBox = ({ tone, title, sentence }: Verdict): Markup =>
  html`<div class="verdict ${tone}"><span class="mark" aria-hidden="true">${MARKS[tone]}</span>
<div><h1>${title}</h1><p>${sentence}</p></div></div>`;

/** The top of the page: the verdict, the numbers and what was checked. */
export const summary = (report: Report): Markup => {
  const verdict = verdictOf(report);
  return html`<header>
<p class="eyebrow">Call park contract</p>
${verdictBox(verdict)}
${tiles(report)}
<dl class="facts">${factsOf(report).map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
</header>`;
};

const tiles = (report: Report): Markup => {
  const { passed, failed, known, error, skipped, observations } = count(report.checks);
  const tile = (name: string, value: string | number, tone: string): Markup =>
    html`<li class="${value === 0 ? "zero" : tone}"><b>${value}</b> <span>${name}</span></li>`;
  return html`<ul class="tiles" aria-label="Numbers of this run">
${tile("passed", passed, "good")}
${tile("failed", failed, "bad")}
${report.baseline ? tile("known", known, "unsure") : ""}
${tile(error === 1 ? "error" : "errors", error, "bad")}
${tile("skipped", skipped, "")}
${tile(observations === 1 ? "observation" : "observations", observations, "unsure")}
${tile("requests", report.requests, "")}
</ul>`;
};

/** A way to each operation, and how it went: those where nothing is wrong are folded. */
export const contents = (operations: readonly Operation[]): Markup => {
  if (operations.length === 0) return html``;
  const list = (some: readonly Operation[]): Markup =>
    html`<ol>${some.map(
      ({ name, anchor, checks }) => html`<li><a href="#${anchor}">${method(name)}</a> ${tally(checks)}</li>`,
    )}</ol>`;
  const bad = operations.filter(({ isBad }) => isBad);
  const well = operations.filter(({ isBad }) => !isBad);
  const rest = plural(well.length, bad.length > 0 ? "other operation" : "operation");
  return html`<nav aria-labelledby="operations"><h2 id="operations">Operations</h2>${bad.length > 0 ? list(bad) : ""}${
    well.length === 0 ? "" : html`<details><summary>${rest} without a failure</summary>${list(well)}</details>`
  }</nav>`;
};
