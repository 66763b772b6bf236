export interface Result {
  name: string;
  /** Median, least and most, in the unit that the runs are measured in. */
  median: number;
  least: number;
  most: number;
  /** Each round's figure, for ratios within a round. */
  rounds: number[];
}

/**
 * Measures the contenders in turn, round after round, so that what else the machine does meets all alike. Each round
 * begins with another one.
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
  return [...figures].map(([name, all]) => ({ name, rounds: all, ...spread(all) }));
};

/** The figures of each round against those of one contender. */
export const against = (results: readonly Result[], base: string): Result[] => {
  const bases = results.find(({ name }) => name === base)?.rounds ?? [];
  return results.map(({ name, rounds }) => {
    const ratios = rounds.map((figure, round) => figure / (bases[round] ?? Number.NaN));
    return { name, rounds: ratios, ...spread(ratios) };
  });
};

export const print = (title: string, results: readonly Result[], digits: number): void => {
  console.log(`\n${title}`);
  for (const { name, median, least, most } of results)
    console.log(
      `  ${name.padEnd(44)} ${median.toFixed(digits).padStart(8)}   (${least.toFixed(digits)} to ${most.toFixed(digits)})`,
    );
};

const spread = (figures: readonly number[]) => {
  const sorted = figures.toSorted((one, other) => one - other);
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] as number;
  return { median: at(0.5), least: at(0), most: at(1) };
};
