import type { Markup } from "../../../reporters/html/markup.ts";
import { html } from "../../../reporters/html/markup.ts";
import { stateOf } from "../../../reporters/summary.ts";
import { plural } from "../../../reporters/text.ts";
import type { TargetResult } from "../../report.ts";
import { namesOf } from "../names.ts";
import { byGravity, titleOf } from "../verdict.ts";
import { targetWords } from "../words.ts";
import { checkAnchor } from "./checks.ts";

/** The page of a target's own report, as a relative link. */
export type LinkOf = (target: TargetResult) => string | undefined;

/** So many targets are shown without being asked for. */
const fewTargets = 12;

/** The targets under their verdicts, the gravest first. */
export const targetSection = (targets: readonly TargetResult[], linkOf: LinkOf): Markup =>
  targets.length === 0
    ? html``
    : html`<section aria-labelledby="targets"><h2 id="targets">Targets</h2>${byGravity(targets).map(
        ([title, group]) => {
          const [first] = group as [TargetResult];
          const isOpen = targets.length <= fewTargets || (first.exitCode !== 0 && group.length <= fewTargets);
          const names = html`<span class="preview">${namesOf(group.map(({ name }) => name))}</span>`;
          return html`<details class="group"${isOpen ? html` open` : ""}><summary><h3>${title}: ${group.length}</h3> ${names}</summary>
<ul class="targets">${group.map((target) => targetItem(target, linkOf(target)))}</ul></details>
`;
        },
      )}</section>`;

const targetItem = (target: TargetResult, link: string | undefined): Markup => {
  const { title, tone } = titleOf(target);
  const name = link === undefined ? target.name : html`<a href="${link}">${target.name}</a>`;
  return html`<li><div><b>${name}</b> <span class="chip ${tone}">${title}</span></div>
<div>${targetWords(target)}<p class="small">${[target.url, ...(target.tenant ? [target.tenant.name] : [])].join(", ")}</p>
${target.notes.map((note) => html`<p>${note}</p>`)}${failedChecks(target)}</div></li>
`;
};

/** The way from a target to what was found there. */
const failedChecks = ({ checks }: TargetResult): Markup => {
  const failed = checks.filter((check) => ["failed", "error"].includes(stateOf(check)));
  return failed.length === 0
    ? html``
    : html`<details class="names"><summary>${plural(failed.length, "check")} did not pass</summary><ul>${failed.map(
        ({ id }) => html`<li><a href="#${checkAnchor(id)}"><code>${id}</code></a></li>`,
      )}</ul></details>`;
};
