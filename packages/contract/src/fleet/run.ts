import { createRequire } from "node:module";
import { checkFleetOptions } from "../check-options.ts";
import { messageOf } from "../message-of.ts";
import { listChecks } from "../registry.ts";
import type { BaselineResult, Report } from "../report.ts";
import type { VerifyOptions } from "../target.ts";
import { verify } from "../verify.ts";
import { mergedBaselines } from "./baselines.ts";
import { queuesOf } from "./queues.ts";
import { RefreshTokens } from "./refresh-tokens.ts";
import type { FleetReport, TargetResult } from "./report.ts";
import { verifySignedIn } from "./sign-in.ts";
import type { FleetOptions, FleetTarget } from "./target.ts";
import { createShare, failureOf, resultOf, type Share } from "./target-result.ts";

const { version } = createRequire(import.meta.url)("../../package.json") as { version: string };

const usualConcurrency = 32;

/**
 * Checks many targets: hosts side by side, the targets of one host one after the other under its budget. What a target
 * fails of is its own result, and the others go on. When the signal ends the run, each target that was written to is
 * put back first.
 *
 * @throws ConfigurationError where an option has a value that it does not take, the targets cannot be told apart, or a
 *   host has two budgets. Nothing was sent then.
 */
export const verifyFleet = async (
  targets: readonly FleetTarget[],
  options: FleetOptions = {},
): Promise<FleetReport> => {
  checkFleetOptions(options);
  const { concurrency = usualConcurrency, shard, write = "none" } = options;
  const started = new Date();
  const began = performance.now();
  const queues = queuesOf(targets);
  const results = new Map<FleetTarget, TargetResult>();
  const common: Common = { share: createShare(), baselines: [], refreshTokens: new RefreshTokens() };
  const work = async (): Promise<void> => {
    for (let own = queues.shift(); own !== undefined; own = queues.shift())
      for (const target of own)
        results.set(target, await runOne(target, options, common, { done: results.size, total: targets.length }));
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, queues.length) }, work));
  const baselines = mergedBaselines(common.baselines);
  const ran = new Set([...results.values()].flatMap(({ checks }) => checks.map(({ id }) => id)));
  return {
    schemaVersion: 1,
    kind: "fleet",
    tool: { name: "callpark", version },
    startedAt: started.toISOString(),
    duration: Math.round(performance.now() - began),
    write,
    ...(shard && { shard }),
    missingShards: [],
    checks: listChecks().flatMap(({ id, title, operation }) => (ran.has(id) ? [{ id, title, operation }] : [])),
    targets: targets.flatMap((target) => results.get(target) ?? []),
    ...(baselines.length > 0 && { baselines }),
  };
};

/** What is kept of all targets together. */
interface Common {
  share: Share;
  baselines: BaselineResult[];
  refreshTokens: RefreshTokens;
}

const runOne = async (
  target: FleetTarget,
  options: FleetOptions,
  { share, baselines, refreshTokens }: Common,
  progress: { done: number; total: number },
): Promise<TargetResult> => {
  const startedAt = new Date().toISOString();
  const began = performance.now();
  try {
    options.signal?.throwIfAborted();
    const report = await verifyOne(target, refreshTokens, options, progress);
    const result = resultOf(target, report, share);
    if (report.baseline) baselines.push(report.baseline);
    const note = await handOver(target, report, options);
    return note === undefined ? result : { ...result, notes: [...result.notes, note] };
  } catch (error) {
    const duration = Math.round(performance.now() - began);
    return failureOf(target, error, { startedAt, duration, interrupted: options.signal?.aborted === true });
  }
};

const verifyOne = (
  one: FleetTarget,
  refreshTokens: RefreshTokens,
  { onWrite, onRestored, onProgress, onReport: _, concurrency: __, shard: ___, ...options }: FleetOptions,
  { done, total }: { done: number; total: number },
): Promise<Report> => {
  // Not the rest: a program may have things of its own with a target.
  const { name, target, version, budget, onTokens } = refreshTokens.renewed(one);
  const all: VerifyOptions = {
    waits: true,
    ...options,
    ...(version !== undefined && { version }),
    ...(budget !== undefined && { budget }),
    ...(onTokens && { onTokens }),
    ...(onWrite && { onWrite: (...rest) => onWrite(one, ...rest) }),
    ...(onRestored && { onRestored: () => onRestored(one) }),
    ...(onProgress && { onProgress: ({ check }) => onProgress({ done, total, target: name, check }) }),
  };
  return "token" in target ? verify(target, all) : verifySignedIn(target, all);
};

const handOver = async (
  target: FleetTarget,
  report: Report,
  { onReport }: FleetOptions,
): Promise<string | undefined> => {
  try {
    await onReport?.(target, report);
    return undefined;
  } catch (error) {
    return `The target's own report could not be kept: ${messageOf(error)}`;
  }
};
