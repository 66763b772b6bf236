/** GET /call_park, with authentication, rate limit and state, beside a bare node:http server: 1 and 32 connections. */
import { against, interleave } from "../interleave.ts";
import { load, requestOf } from "./load.ts";
import { print } from "./print.ts";
import { startProcess } from "./process.ts";

const milliseconds = 500;
const rounds = 15;
const servers = {
  "bare node:http": await startProcess("bare"),
  sandbox: await startProcess("pbx", JSON.stringify({ rateLimit: 1e9 })),
};
type Name = keyof typeof servers;

for (const connections of [1, 32]) {
  const processor = new Map<string, number[]>();
  const rates = await interleave(Object.keys(servers), rounds, async (name) => {
    const { port, tokens, figures } = servers[name as Name];
    const before = await figures();
    const count = await load(port, requestOf("GET", "/api/call_park", String(tokens[0])), connections, milliseconds);
    const spent = (await figures()).processor - before.processor;
    processor.set(name, [...(processor.get(name) ?? []), spent / count]);
    return (count / milliseconds) * 1000;
  });
  const title = `${connections} ${connections === 1 ? "connection" : "connections"}, median of ${rounds} rounds`;
  print(`GET /call_park, answers a second, ${title}`, rates, 0);
  print("Against bare node:http in the same round", against(rates, "bare node:http"), 2);
  const costs = [...processor].map(([name, all]) => ({ name, rounds: all.slice(1) }));
  print("Microseconds of the server's processor time an answer", costs, 1);
}
for (const server of Object.values(servers)) await server.stop();
