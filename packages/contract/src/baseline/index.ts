export { applyBaseline } from "./apply.ts";
export { type Baseline, parseBaseline } from "./parse.ts";
