import { byHost, hostOf } from "./host.ts";

/** One of several equal parts of a fleet. */
export interface Shard {
  /** From 0, as Kubernetes and GitHub Actions count. */
  index: number;
  count: number;
}

/**
 * The targets of one part. Always the same for the same targets, in whatever order they are listed; the targets of a host are never parted, so that its
 * budget is in one hand.
 */
export const shardOf = <Target extends { target: { url: string } }>(
  targets: readonly Target[],
  { index, count }: Shard,
): Target[] => {
  const hosts = byHost(targets);
  // The largest hosts first, each to the part that has the least.
  const sorted = [...hosts].sort(([oneHost, one], [otherHost, other]) =>
    one.length === other.length ? (oneHost < otherHost ? -1 : 1) : other.length - one.length,
  );
  const loads = new Array<number>(count).fill(0);
  const chosen = new Set<string>();
  for (const [host, own] of sorted) {
    const least = loads.indexOf(Math.min(...loads));
    loads[least] = (loads[least] ?? 0) + own.length;
    if (least === index) chosen.add(host);
  }
  return targets.filter(({ target }) => chosen.has(hostOf(target.url)));
};
