import { type Context, finding } from "../context.ts";
import type { Finding } from "../finding.ts";
import { pathPointer } from "../judge.ts";
import { judgeRefusal } from "../judge-refusal.ts";
import type { Exchange } from "../wire.ts";
import type { BadBody } from "./group-bodies.ts";

/** Whether all fields of a group must be sent is not documented, nor what null is; only that nothing bad comes of it. */
export class LeftOpen {
  readonly #context: Context;
  readonly #operation: string;
  /** The fields that may be left out. */
  readonly #fields = new Set<string>();

  constructor(context: Context, operation: string) {
    this.#context = context;
    this.#operation = operation;
  }

  async judge(
    { end, what, leftOut }: BadBody,
    code: string,
    exchange: Exchange,
    isGood: () => boolean | Promise<boolean>,
  ): Promise<Finding[]> {
    const refusal = judgeRefusal(this.#context, { operation: this.#operation, code, what }, exchange);
    if (exchange.status >= 300 || leftOut === undefined || !(await isGood())) return refusal;
    // Null may stand for what is left out, where that may be left out.
    if (end.endsWith("null") && !this.#fields.has(leftOut)) return refusal;
    this.#fields.add(leftOut);
    return [
      finding(this.#context, {
        code: `${code}.taken`,
        kind: "observation",
        operation: this.#operation,
        documented: "whether all fields of a group must be sent is not documented",
        received: `status ${exchange.status} for ${what}`,
        pointer: pathPointer(this.#operation),
        exchange,
      }),
    ];
  }
}
