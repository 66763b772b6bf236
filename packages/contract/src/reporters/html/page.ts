import type { Report } from "../../report.ts";
import { alikeIn } from "../alike.ts";
import { htmlDocument } from "./document.ts";
import { filter } from "./filter.ts";
import { html } from "./markup.ts";
import { operationSection, operationsOf } from "./operation.ts";
import { baselineSection, notesSection, restoreSection } from "./restore.ts";
import { contents, summary } from "./summary.ts";

/** The report as one self-contained page: nothing is loaded from anywhere, and no script runs. */
export const htmlReport = (report: Report): string => {
  const operations = operationsOf(report.checks);
  const alike = alikeIn(operations.flatMap(({ checks }) => checks));
  return htmlDocument(
    `Call park contract: ${report.target.url}`,
    html`<a class="jump" href="#checks">To the checks</a>
${summary(report)}
<main id="checks">
${restoreSection(report)}
${notesSection(report)}
${baselineSection(report)}
${contents(operations)}
${filter(report.checks)}
${operations.map((operation) => operationSection(operation, alike))}
</main>
<footer>Made by ${report.tool.name} ${report.tool.version}. Tokens are masked. Exit codes and options: <code>callpark verify --help</code></footer>`,
  );
};
