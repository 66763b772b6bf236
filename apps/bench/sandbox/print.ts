import type { Measured } from "../interleave.ts";

/** Of figures, the one that a share of them does not exceed. */
export const quantile = (figures: readonly number[], share: number): number => {
  const sorted = figures.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] as number;
};

export const print = (title: string, results: readonly Measured[], digits: number): void => {
  console.log(`\n${title}`);
  for (const { name, rounds } of results) {
    const [median, least, most] = [0.5, 0, 1].map((share) => quantile(rounds, share).toFixed(digits));
    console.log(`  ${name.padEnd(48)} ${median?.padStart(9)}   (${least} to ${most})`);
  }
};
