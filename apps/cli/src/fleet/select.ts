import { UsageError } from "../errors.ts";
import type { FleetSelection } from "../options/fleet.ts";
import type { LoadedTarget } from "./config/load.ts";

/**
 * The targets that the options name, in the file's order.
 *
 * @throws UsageError where a name or label is not there: a run that checks less than was meant must not pass.
 */
export const selectTargets = (
  targets: readonly LoadedTarget[],
  { all, label = [], target = [] }: FleetSelection,
  file: string,
): LoadedTarget[] => {
  if (all) return [...targets];
  const names = targets.map(({ name }) => name);
  const labels = [...new Set(targets.flatMap((one) => one.labels ?? []))];
  const check = (kind: string, wanted: readonly string[], there: readonly string[]): void => {
    const missing = wanted.filter((one) => !there.includes(one));
    if (missing.length > 0)
      throw new UsageError(
        `${file} has no ${kind} ${missing.join(" or ")}: ${there.length === 0 ? "there is none in it" : `it has ${there.join(", ")}`}`,
      );
  };
  check("target called", target, names);
  check("label", label, labels);
  return targets.filter((one) => target.includes(one.name) || one.labels?.some((own) => label.includes(own)));
};
