export { type ReplayJson, replayJson } from "./json.ts";
export { explainTenant, replayedTenant } from "./other-tenant.ts";
export { type Outcome, outcomesOf, type Replayed, replayed } from "./outcome.ts";
export { parseReport } from "./parse.ts";
export { type Plan, planReplay } from "./plan.ts";
export { replayReport } from "./terminal.ts";
