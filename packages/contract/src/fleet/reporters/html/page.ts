import { htmlDocument } from "../../../reporters/html/document.ts";
import { definition } from "../../../reporters/html/finding.ts";
import { html } from "../../../reporters/html/markup.ts";
import { listSection, restoreSection } from "../../../reporters/html/restore.ts";
import { verdictBox } from "../../../reporters/html/summary.ts";
import { duration, plural } from "../../../reporters/text.ts";
import { WRITES } from "../../../reporters/verdict.ts";
import type { FleetReport } from "../../report.ts";
import { fleetBaselineLines } from "../baseline.ts";
import { checksAcross } from "../by-check.ts";
import { verdictOfFleet } from "../verdict.ts";
import { checkSections } from "./checks.ts";
import { type LinkOf, targetSection } from "./targets.ts";

export interface FleetPageOptions {
  /** The page of a target's own report, as a relative link. @default no links */
  linkOf?: LinkOf;
}

/** A fleet's report as one self-contained page: by target, and by check. */
export const fleetHtmlReport = (report: FleetReport, { linkOf = () => undefined }: FleetPageOptions = {}): string => {
  const { title, tone, sentence } = verdictOfFleet(report);
  const { startedAt, targets, tool, write } = report;
  const requests = targets.reduce((sum, target) => sum + target.requests, 0);
  return htmlDocument(
    `Call park contract: ${plural(targets.length, "target")}`,
    html`<a class="jump" href="#targets">To the targets</a>
<header>
<p class="eyebrow">Call park contract</p>
${verdictBox({ title, tone, sentence })}
<dl class="facts">${definition("Writes", WRITES[write])}
${definition("Run", [startedAt, duration(report.duration), plural(requests, "request")].join(", "))}</dl>
</header>
<main>
${targets.map(({ name, restore }, at) => restoreSection({ restore }, { id: `not-restored-${at + 1}`, name }))}
${listSection("baseline", "Baseline", fleetBaselineLines(report))}
${targetSection(targets, linkOf)}
${checkSections(checksAcross(report))}
</main>
<footer>Made by ${tool.name} ${tool.version}. Tokens are masked.</footer>`,
  );
};
