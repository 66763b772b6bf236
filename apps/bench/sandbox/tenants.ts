/** 10,000 tenants: how long a start takes, what memory it holds, and GET /call_park of all of them against one. */
import { against, interleave } from "../interleave.ts";
import { openConnection, requestOf } from "./load.ts";
import { print } from "./print.ts";
import { startProcess } from "./process.ts";

const many = 10_000;
const rounds = 11;
const milliseconds = 1000;

const one = await startProcess("pbx", JSON.stringify({ tenants: 1, rateLimit: 1e9 }));
const starts: number[] = [];
for (let round = 0; round < 5; round += 1) {
  const server = await startProcess("pbx", JSON.stringify({ tenants: many }), "1");
  starts.push(server.startedIn);
  if (round === 0) {
    const { memory, heap } = await server.figures(true);
    console.log(
      `${many} tenants: ${(memory / 1e6).toFixed(0)} MB of memory at the start, of it heap ${(heap / 1e6).toFixed(0)} MB`,
    );
  }
  await server.stop();
}
print(
  `Milliseconds from the start of the process to being ready, ${many} tenants`,
  [{ name: "sandbox", rounds: starts }],
  0,
);

const all = await startProcess("pbx", JSON.stringify({ tenants: many, rateLimit: 1e9 }), String(many));
const servers: Record<string, typeof one> = { "1 tenant": one, [`${many} tenants`]: all };
// Made before, so that to make them is not measured.
const requests = new Map(
  Object.entries(servers).map(([name, { tokens }]) => [
    name,
    tokens.map((token) => requestOf("GET", "/api/call_park", token)),
  ]),
);
const spent = new Map<string, number[]>();
const rates = await interleave(Object.keys(servers), rounds, async (name) => {
  const { port, figures } = servers[name] ?? one;
  const asked = requests.get(name) ?? [];
  const before = await figures();
  const ends = performance.now() + milliseconds;
  let count = 0;
  const worker = async (at: number) => {
    const connection = openConnection(port);
    for (let turn = at; performance.now() < ends; turn += 32) {
      const answer = await connection.ask(asked[(turn * 37) % asked.length] ?? "");
      if (!answer.startsWith("HTTP/1.1 200 ")) throw new Error(answer);
      count += 1;
    }
    connection.close();
  };
  await Promise.all(Array.from({ length: 32 }, (_, at) => worker(at)));
  spent.set(name, [...(spent.get(name) ?? []), ((await figures()).processor - before.processor) / count]);
  return (count / milliseconds) * 1000;
});
print(`GET /call_park, answers a second, 32 connections, a tenant each time, median of ${rounds} rounds`, rates, 0);
print("Against one tenant in the same round", against(rates, "1 tenant"), 2);
const costs = [...spent].map(([name, figures]) => ({ name, rounds: figures.slice(1) }));
print("Microseconds of the server's processor time an answer", costs, 1);
print("The same, against one tenant in the same round", against(costs, "1 tenant"), 2);
const { memory } = await all.figures(true);
console.log(`\n${many} tenants, each signed in and asked: ${(memory / 1e6).toFixed(0)} MB of memory`);
await all.stop();
await one.stop();
