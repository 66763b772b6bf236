import { leftOpen } from "../asking.ts";
import type { Context } from "../context.ts";
import type { Finding } from "../finding.ts";
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
    const open = "whether all fields of a group must be sent";
    const received = `status ${exchange.status} for ${what}`;
    return [leftOpen(this.#context, { operation: this.#operation, code, open, received, exchange })];
  }
}
