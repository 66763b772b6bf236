import type { Report } from "../report.ts";

/**
 * The report as JSON, for programs; `schemaVersion` says which form it has, and `@callpark/contract/report.schema.json`
 * describes it. What was sent and answered is left to HAR.
 */
export const jsonReport = ({ exchanges: _, ...report }: Report): string => `${JSON.stringify(report, null, 2)}\n`;
