import { definition, findingBlocks } from "../../../reporters/html/finding.ts";
import type { Markup } from "../../../reporters/html/markup.ts";
import { html } from "../../../reporters/html/markup.ts";
import { plural } from "../../../reporters/text.ts";
import { alikeAcross, type CheckAcross, type FindingAcross, type StateAcross } from "../by-check.ts";
import { namesFold } from "./names.ts";

const STATES: Record<StateAcross["state"], { name: string; tone: string }> = {
  failed: { name: "Failed", tone: "bad" },
  error: { name: "Error", tone: "bad" },
  known: { name: "Known", tone: "unsure" },
  passed: { name: "Passed", tone: "good" },
  skipped: { name: "Skipped", tone: "" },
};

/** So many findings are shown without being asked for. */
const fewFindings = 3;

const isBad = ({ states }: CheckAcross): boolean => states.some(({ state }) => STATES[state].tone === "bad");

/** The place of a check on the page. It is inside of what is folded, so that going there unfolds it. */
export const checkAnchor = (id: string): string => `check-${id}`;

/** Each check that did not pass everywhere, folded: where it failed, and what was found. */
export const checkSections = (rows: readonly CheckAcross[]): Markup => {
  const bad = rows.filter(isBad);
  const uneven = rows.filter((row) => !isBad(row));
  const alike = alikeAcross(bad);
  const isOpen = bad.reduce((sum, { findings }) => sum + findings.length, 0) <= fewFindings;
  const fold = (row: CheckAcross): Markup => checkFold(row, alike, isOpen && isBad(row));
  const failed =
    bad.length === 0
      ? html``
      : html`<section aria-labelledby="failed"><h2 id="failed">${plural(bad.length, "check")} failed somewhere</h2>${bad.map(fold)}</section>`;
  const rest =
    uneven.length === 0
      ? html``
      : html`<section aria-labelledby="uneven"><h2 id="uneven">${plural(uneven.length, "check")} did not run everywhere</h2>
<details class="group"><summary>Which, where and why</summary>${uneven.map(fold)}</details></section>`;
  return html`${failed}
${rest}`;
};

const checkFold = (
  { id, title, operation, states, findings }: CheckAcross,
  alike: ReturnType<typeof alikeAcross>,
  isOpen: boolean,
): Markup => {
  const failed = new Set(states.filter(({ state }) => state === "failed").flatMap(({ targets }) => targets));
  const rows = new Map(findings.map((one) => [one.finding, rowsOf(one, failed.size)]));
  return html`<details class="check"${isOpen ? html` open` : ""}>
<summary><h3>${title}</h3> ${tally(states)}</summary>
<p class="small" id="${checkAnchor(id)}"><code>${id}</code> · ${operation}</p>
<dl>${states.map(({ state, reason, targets }) =>
    definition(
      STATES[state].name,
      html`${namesFold(targets)}${reason === undefined ? "" : html`<span class="why">${reason}</span>`}`,
    ),
  )}</dl>
${findingBlocks([...rows.keys()], alike, (finding) => rows.get(finding))}
</details>
`;
};

const tally = (states: readonly StateAcross[]): Markup => {
  const counts = new Map<StateAcross["state"], number>();
  for (const { state, targets } of states) counts.set(state, (counts.get(state) ?? 0) + targets.length);
  return html`<span class="tally">${[...counts].map(
    ([state, number]) =>
      html`<span class="chip ${STATES[state].tone}">${number} ${STATES[state].name.toLowerCase()}</span>`,
  )}</span>`;
};

/** Where a finding is, unless it is wherever its check failed; and what else was received. */
const rowsOf = ({ targets, received }: FindingAcross, failed: number): [string, Markup][] => [
  ...(targets.length === failed ? [] : ([["Targets", namesFold(targets)]] satisfies [string, Markup][])),
  ...(received.length === 1
    ? []
    : ([
        [
          "Elsewhere",
          html`<details class="names"><summary>${plural(received.length - 1, "other answer")}</summary><ul>${received
            .slice(1)
            .map(
              ({ text, targets: names }) => html`<li>${text} <span class="small">${namesFold(names)}</span></li>`,
            )}</ul></details>`,
        ],
      ] satisfies [string, Markup][])),
];
