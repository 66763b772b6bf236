export { githubAnnotations } from "./github.ts";
export { harReport } from "./har.ts";
export { htmlReport } from "./html/page.ts";
export { jsonReport } from "./json.ts";
export { junitReport } from "./junit.ts";
export { markdownReport } from "./markdown.ts";
export { sarifReport } from "./sarif.ts";
export type { TerminalOptions } from "./terminal.ts";
export { terminalReport } from "./terminal.ts";
