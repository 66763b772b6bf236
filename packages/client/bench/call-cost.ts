/** What a call costs by itself, in processor time: `fetch` is stubbed and answers at once. */
import { callPark } from "./call-park.ts";
import * as contenders from "./contenders.ts";
import { against, interleave, print } from "./interleave.ts";

const text = JSON.stringify(callPark);
const headers = { "Content-Type": "application/json", "Content-Length": String(text.length) };
globalThis.fetch = async () => new Response(text, { headers });

const baseUrl = "http://pbx.example.com:8887/api";
const calls = 2000;
const reads: Record<string, contenders.Read> = {
  "the stub alone": contenders.bareFetch(baseUrl),
  "ours: bearer, retry, timeout, budget": contenders.ours(baseUrl),
  "ours, smallest: bearer, retry, timeout": contenders.oursSmallest(baseUrl),
  "openapi-fetch, bearer middleware": contenders.openapiFetch(baseUrl),
  "hey-api client-fetch, bearer": contenders.heyApi(baseUrl),
  "ky: bearer, retry, timeout": contenders.kyClient(baseUrl),
  "axios on fetch: bearer, timeout": contenders.axiosClient(baseUrl, "fetch"),
};
for (const [name, read] of Object.entries(reads))
  if (JSON.stringify(await read()) !== text) throw new Error(`${name} reads something else`);

const results = await interleave(Object.keys(reads), 25, async (name) => {
  const read = reads[name] as contenders.Read;
  // The process's own time: what else the machine does is not counted.
  const before = process.cpuUsage();
  for (let call = 0; call < calls; call += 1) await read();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / calls;
});
print("Microseconds of processor time a call, fetch stubbed, median of 25 rounds of 2,000 calls", results, 2);
const stub = results.find(({ name }) => name === "the stub alone")?.median ?? 0;
const less = results.slice(1).map((one) => ({
  ...one,
  median: one.median - stub,
  least: one.least - stub,
  most: one.most - stub,
}));
print("The same, less the stub with its Response and JSON", less, 2);
print("Against openapi-fetch in the same round, stub and all", against(results, "openapi-fetch, bearer middleware"), 2);
