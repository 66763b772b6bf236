import type { Report } from "../report.ts";

/** The report as JSON, for programs; `schemaVersion` says which form it has. */
export const jsonReport = (report: Report): string => `${JSON.stringify(report, null, 2)}\n`;
