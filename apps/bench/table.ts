import { against, type Measured } from "./interleave.ts";

/** What is measured, of whom, and against which of them. */
export interface Figure {
  title: string;
  unit: string;
  /** After the point, in the unit. */
  digits: number;
  measured: Measured[];
  bases: string[];
}

/** A Markdown table: for each contender the median with its range, and the same of its ratio to each base. */
export const table = ({ title, unit, digits, measured, bases }: Figure): string => {
  const ratios = bases.map((base) => against(measured, base));
  const rows = measured.map(({ name, rounds }, at) => [
    name,
    spread(rounds, digits),
    ...ratios.map((all) => spread(all[at]?.rounds ?? [], 2)),
  ]);
  const head = [title, unit, ...bases.map((base) => `× ${base}`)];
  return [head, head.map((_, at) => (at === 0 ? "---" : "--:")), ...rows]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
};

const spread = (figures: readonly number[], digits: number): string => {
  const sorted = figures.toSorted((one, other) => one - other);
  const [least = 0, middle = 0, most = 0] = [0, 0.5, 1].map((share) => sorted[Math.floor((sorted.length - 1) * share)]);
  const text = (figure: number) => figure.toFixed(digits);
  return least === most ? text(middle) : `${text(middle)} (${text(least)} to ${text(most)})`;
};
