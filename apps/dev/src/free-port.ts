import { once } from "node:events";
import { createServer } from "node:net";
import type { Service } from "./serve.ts";
import { UsageError } from "./usage-error.ts";

/**
 * Holds that a port can be listened on before anything is started, so that there is nothing to stop when it cannot.
 *
 * @throws UsageError naming the port and the flag that gives another.
 */
export const requireFreePort = async (service: Omit<Service, "start">): Promise<void> => {
  const probe = createServer();
  const listening = once(probe, "listening");
  probe.listen(service.port, service.host);
  try {
    await listening;
  } catch (error) {
    throw new UsageError(why(error as NodeJS.ErrnoException, service), { cause: error });
  }
  const closed = once(probe, "close");
  probe.close();
  await closed;
};

const why = ({ code, message }: NodeJS.ErrnoException, { name, port, host, flag }: Omit<Service, "start">): string => {
  if (code === "EADDRINUSE")
    return `Port ${port} of ${host} is taken, and the ${name} wants it: stop what listens there, or give another: npm run ${flag === "port" ? "mock" : "dev"} -- --${flag} ${port + 1}`;
  if (code === "EACCES")
    return `Port ${port} of ${host} is not for this user, and the ${name} wants it: give one above 1023 with --${flag}.`;
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND")
    return `${host} is no address of this machine: give one with --host, such as 127.0.0.1.`;
  return `The ${name} cannot listen on port ${port} of ${host} (${message}): give another with --${flag}.`;
};
