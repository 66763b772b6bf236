import { createHash } from "node:crypto";
import type { Report } from "../../report.ts";
import { alikeIn } from "../alike.ts";
import { byOperation } from "../summary.ts";
import { filter } from "./filter.ts";
import type { Markup } from "./markup.ts";
import { html, raw } from "./markup.ts";
import { anchor, operationSection } from "./operation.ts";
import { baselineSection, notesSection, restoreSection } from "./restore.ts";
import { style } from "./style.ts";
import { contents, summary } from "./summary.ts";

// Only this style applies: no script, no image, no request, whatever a PBX manages to get onto the page.
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/** The report as one self-contained page: nothing is loaded from anywhere, and no script runs. */
export const htmlReport = (report: Report): string => {
  const operations = [...byOperation(report.checks)];
  const alike = alikeIn(report.checks);
  const page: Markup = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>Call park contract: ${report.target.url}</title>
<style>${raw(style)}</style>
</head>
<body>
<a class="jump" href="#checks">To the checks</a>
${summary(report)}
<main id="checks">
${restoreSection(report)}
${notesSection(report)}
${baselineSection(report)}
${contents(report.checks)}
${filter(report.checks)}
${operations.map(([operation, checks], index) => operationSection(operation, checks, anchor(index), alike))}
</main>
<footer>Made by ${report.tool.name} ${report.tool.version}. Tokens are masked. Exit codes and options: <code>callpark verify --help</code></footer>
</body>
</html>
`;
  return page.markup;
};
