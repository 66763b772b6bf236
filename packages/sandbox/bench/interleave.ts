/** Figures of one contender, one for each round. */
export interface Result {
  name: string;
  rounds: number[];
}

/**
 * Measures the contenders in turn, round after round, so that what else the machine does meets all alike. Each round
 * begins with another one, and the first one of all is thrown away.
 *
 * @param run gives a round's figure of a contender.
 */
export const interleave = async (
  names: readonly string[],
  rounds: number,
  run: (name: string) => Promise<number>,
): Promise<Result[]> => {
  const figures = new Map(names.map((name) => [name, [] as number[]]));
  for (const name of names) await run(name);
  for (let round = 0; round < rounds; round += 1)
    for (let at = 0; at < names.length; at += 1) {
      const name = names[(round + at) % names.length] as string;
      figures.get(name)?.push(await run(name));
    }
  return [...figures].map(([name, all]) => ({ name, rounds: all }));
};

/** The figures of each round against those of one contender. */
export const against = (results: readonly Result[], base: string): Result[] => {
  const bases = results.find(({ name }) => name === base)?.rounds ?? [];
  return results.map(({ name, rounds }) => ({
    name,
    rounds: rounds.map((figure, round) => figure / (bases[round] ?? Number.NaN)),
  }));
};

/** Of figures, the one that a share of them does not exceed. */
export const quantile = (figures: readonly number[], share: number): number => {
  const sorted = figures.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] as number;
};

export const print = (title: string, results: readonly Result[], digits: number): void => {
  console.log(`\n${title}`);
  for (const { name, rounds } of results) {
    const [median, least, most] = [0.5, 0, 1].map((share) => quantile(rounds, share).toFixed(digits));
    console.log(`  ${name.padEnd(48)} ${median?.padStart(9)}   (${least} to ${most})`);
  }
};
