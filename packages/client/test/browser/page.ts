/** What the page of browser.test.ts can be asked to do. Bundled by the test, run by the browser. */
import { type ClientOptions, createCallParkClient, unwrap } from "@callpark/client";

const client = (baseUrl: string, options: Partial<ClientOptions> = {}) =>
  createCallParkClient({ baseUrl, token: "t0ken", ...options });

export type Scenario = "read" | "update" | "updateAllowed" | "timeOut" | "abort";

const scenarios: Record<Scenario, (baseUrl: string) => Promise<unknown>> = {
  read: async (baseUrl) => (await unwrap(client(baseUrl).callPark.get())).recall_time,
  update: (baseUrl) => client(baseUrl).callPark.update({ recall_time: 120 }),
  updateAllowed: async (baseUrl) =>
    (await client(baseUrl, { write: true }).callPark.update({ recall_time: 120 })).response.status,
  timeOut: (baseUrl) => client(baseUrl, { retry: 1, timeout: { attempt: 100 } }).callPark.get(),
  abort: (baseUrl) => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error("enough")), 100);
    return client(baseUrl).callPark.get({ signal: controller.signal });
  },
};

/** What came of it, as text: an object of the page cannot leave it. */
const run = async (name: Scenario, baseUrl: string): Promise<string> => {
  try {
    return JSON.stringify(await scenarios[name](baseUrl));
  } catch (error) {
    return String(error);
  }
};

Object.assign(globalThis, { run });
