/** A contender's figures, one a round. */
export interface Measured {
  name: string;
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
  run: (name: string) => number | Promise<number>,
): Promise<Measured[]> => {
  const figures = new Map(names.map((name) => [name, [] as number[]]));
  // The compiler comes first.
  for (const name of names) await run(name);
  for (let round = 0; round < rounds; round += 1)
    for (let at = 0; at < names.length; at += 1) {
      const name = names[(round + at) % names.length] as string;
      figures.get(name)?.push(await run(name));
    }
  return [...figures].map(([name, all]) => ({ name, rounds: all }));
};

/** The figures of each round against those of one contender in the same round. */
export const against = (measured: readonly Measured[], base: string): Measured[] => {
  const bases = measured.find(({ name }) => name === base)?.rounds ?? [];
  return measured.map(({ name, rounds }) => ({
    name,
    rounds: rounds.map((figure, round) => figure / (bases[round] ?? Number.NaN)),
  }));
};
