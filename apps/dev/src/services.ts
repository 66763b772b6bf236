import type { Service } from "./serve.ts";

/** Where a service listens, and the flag that says so. */
type Place = Pick<Service, "port" | "host" | "flag">;

export const sandbox = (place: Place): Service => ({
  ...place,
  name: "sandbox",
  start: async () => {
    const { startSandbox } = await import("@callpark/sandbox");
    const { apiUrl, accounts, close } = await startSandbox({ port: place.port, host: place.host });
    const account = accounts.find(({ domain }) => domain !== null);
    return { url: apiUrl, note: `sign in as ${account?.username}, ${account?.password}, ${account?.domain}`, close };
  },
});

/** For this machine only, since it asks for no password. */
export const mock = (place: Omit<Place, "host">): Service => ({
  ...place,
  host: "127.0.0.1",
  name: "mock",
  start: async () => {
    const { startMock } = await import("@callpark/mock");
    const { url, close } = await startMock({ port: place.port });
    return { url: `${url}/api`, close };
  },
});

export const docs = (place: Place): Service => ({
  ...place,
  name: "docs",
  start: async () => {
    const { serveDocs } = await import("@callpark/docs/serve");
    return serveDocs(place);
  },
});
