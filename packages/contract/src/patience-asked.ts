import { type Context, type FindingParts, finding } from "./context.ts";
import type { Finding } from "./finding.ts";
import { excerpt } from "./judge.ts";
import { isBusy } from "./pace.ts";
import type { Exchange } from "./wire.ts";

/** What is worth knowing of the answers that asked the run to come again later: all of it lawful, or held to be. */
export const askedForPatience = (context: Context): Finding[] => {
  const { asked, busy } = context.session.pace;
  const unavailable = asked.find(isBusy);
  const bare = asked.find((one) => !isBusy(one) && context.contract.validate("PbxErrors", one.json).length > 0);
  return [
    ...(unavailable === undefined
      ? []
      : [
          about(context, unavailable, {
            code: "busy.retry_after",
            documented: "an answer; a busy server may ask to come again",
            received: `status 503 with Retry-After, ${busy} ${busy === 1 ? "time" : "times"} in this run`,
          }),
        ]),
    ...(bare === undefined
      ? []
      : [
          about(context, bare, {
            code: "rate_limit.errors",
            documented: "a refusal with its errors, as every 4XX",
            received: `status ${bare.status}${excerpt(bare)}`,
            pointer: "#/components/schemas/PbxErrors",
          }),
        ]),
  ];
};

const about = (context: Context, exchange: Exchange, parts: Omit<FindingParts, "operation" | "kind">): Finding => {
  const { method, path } = exchange.request;
  return finding(context, {
    ...parts,
    kind: "observation",
    operation: `${method} ${path.replace(/\?.*$/, "")}`,
    exchange,
  });
};
