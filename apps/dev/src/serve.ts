import { requireFreePort } from "./free-port.ts";
import { UsageError } from "./usage-error.ts";

interface Running {
  url: string;
  /** What else to say of it. */
  note?: string;
  close(): Promise<void>;
}

export interface Service {
  name: string;
  port: number;
  host: string;
  /** The flag that gives it another port, without the dashes. */
  flag: string;
  start(): Promise<Running>;
}

/** Runs what `choose` makes of the command line until Ctrl-C (exit code 0); where one cannot run, none does (2). */
export const serve = async (choose: (args: string[]) => Service[]): Promise<void> => {
  const running: Running[] = [];
  try {
    const services = choose(process.argv.slice(2));
    const lines: string[] = [];
    for (const service of services) await requireFreePort(service);
    for (const service of services) {
      const started = await service.start();
      running.push(started);
      lines.push([service.name.padEnd(8), started.url, started.note && `(${started.note})`].filter(Boolean).join(" "));
    }
    const stopped = Promise.race((["SIGINT", "SIGTERM"] as const).map(signalled));
    console.log([...lines, `Ctrl-C stops ${services.length > 1 ? "them" : "it"}.`].join("\n"));
    await stopped;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(error.message);
    process.exitCode = 2;
  } finally {
    await Promise.all(running.map((service) => service.close()));
  }
};

const signalled = (signal: NodeJS.Signals) => new Promise<void>((resolve) => process.once(signal, () => resolve()));
