import { callPark } from "./call-park.ts";
import * as contenders from "./contenders.ts";
import { interleave, type Measured } from "./interleave.ts";
import type { Figure } from "./table.ts";

const text = JSON.stringify(callPark);
const headers = { "Content-Type": "application/json", "Content-Length": String(text.length) };
const baseUrl = "http://pbx.example.com:8887/api";
const calls = 2000;
const stub = "the stub alone";
const peer = "openapi-fetch, bearer middleware";

/** What a call costs by itself, in processor time: `fetch` is stubbed and answers at once. */
export const callCost = async (rounds: number): Promise<Figure[]> => {
  const real = globalThis.fetch;
  globalThis.fetch = async () => new Response(text, { headers });
  const reads: Record<string, contenders.Read> = {
    [stub]: contenders.bareFetch(baseUrl),
    "ours: bearer, retry, timeout, budget": contenders.ours(baseUrl),
    "ours, smallest: bearer, retry, timeout": contenders.oursSmallest(baseUrl),
    [peer]: contenders.openapiFetch(baseUrl),
    "hey-api client-fetch, bearer": contenders.heyApi(baseUrl),
    "ky: bearer, retry, timeout": contenders.kyClient(baseUrl),
    "axios on fetch: bearer, timeout": contenders.axiosClient(baseUrl, "fetch"),
  };
  for (const [name, read] of Object.entries(reads))
    if (JSON.stringify(await read()) !== text) throw new Error(`${name} reads something else`);
  const measured = await interleave(Object.keys(reads), rounds, async (name) => {
    const read = reads[name] as contenders.Read;
    // The process's own time: what else the machine does is not counted.
    const before = process.cpuUsage();
    for (let call = 0; call < calls; call += 1) await read();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / calls;
  });
  globalThis.fetch = real;
  return [
    { title: "pure cost of a call, fetch stubbed", unit: "µs", digits: 2, measured, bases: [peer] },
    { title: "the same, less the stub", unit: "µs", digits: 2, measured: less(measured, stub), bases: [peer] },
  ];
};

const less = (measured: Measured[], base: string): Measured[] => {
  const bases = measured.find(({ name }) => name === base)?.rounds ?? [];
  return measured
    .filter(({ name }) => name !== base)
    .map(({ name, rounds }) => ({ name, rounds: rounds.map((figure, round) => figure - (bases[round] ?? 0)) }));
};
