import { type FleetReport, fleetTerminalReport } from "@callpark/contract/fleet";
import type { RunOptions } from "../options/run.ts";
import type { Shell } from "../shell.ts";

/** Prints a fleet's report as it was asked for. */
export const printFleet = (
  report: FleetReport,
  { json, quiet = false }: Pick<RunOptions, "json" | "quiet">,
  { stdout }: Shell,
): void => {
  const { columns } = stdout;
  stdout.write(
    json
      ? `${JSON.stringify(report, null, 2)}\n`
      : fleetTerminalReport(report, {
          color: stdout.isTTY && stdout.hasColors(),
          quiet,
          ...(columns > 0 && { width: columns }),
        }),
  );
};
