/** A POST and the GET that sees it, on 32 connections at once: how long each of both takes, beside bare node:http. */
import { against, interleave } from "../interleave.ts";
import { openConnection, requestOf } from "./load.ts";
import { print, quantile } from "./print.ts";
import { startProcess } from "./process.ts";

const connections = 32;
const pairs = 100;
const rounds = 15;
const folder = process.env["BENCH_FOLDER"];
const tenants = { tenants: connections, rateLimit: 1e9 };
const servers = {
  "bare node:http": await startProcess("bare"),
  "sandbox, in memory": await startProcess("pbx", JSON.stringify(tenants), String(connections)),
  ...(folder && {
    "sandbox, in a data file": await startProcess(
      "pbx",
      JSON.stringify({ ...tenants, dataFile: `${folder}/bench-${process.pid}.sqlite` }),
      String(connections),
    ),
  }),
};

/** Milliseconds of each answer. On the sandbox each connection is of another tenant, and must see its own POST. */
const measure = async (name: string): Promise<number[]> => {
  const { port, tokens } = servers[name as "bare node:http"];
  const times: number[] = [];
  const timed = async (ask: Promise<string>) => {
    const began = performance.now();
    const answer = await ask;
    times.push(performance.now() - began);
    if (!answer.startsWith("HTTP/1.1 200 ")) throw new Error(answer);
    return answer;
  };
  const worker = async (at: number) => {
    const connection = openConnection(port);
    const token = tokens[at % tokens.length] ?? "";
    for (let pair = 0; pair < pairs; pair += 1) {
      const recall_time = 60 + ((pair * 31 + at) % 800);
      await timed(connection.ask(requestOf("POST", "/api/call_park", token, JSON.stringify({ recall_time }))));
      const seen = await timed(connection.ask(requestOf("GET", "/api/call_park", token)));
      if (tokens.length > 1 && !seen.includes(`"recall_time":${recall_time},`)) throw new Error(`not seen: ${seen}`);
    }
    connection.close();
  };
  await Promise.all(Array.from({ length: connections }, (_, at) => worker(at)));
  return times;
};

for (const [what, share] of [
  ["p99", 0.99],
  ["median", 0.5],
] as const) {
  const results = await interleave(Object.keys(servers), rounds, async (name) => quantile(await measure(name), share));
  print(`Milliseconds of a POST or GET, ${connections} connections, ${what}, median of ${rounds} rounds`, results, 2);
  print("Against bare node:http in the same round", against(results, "bare node:http"), 2);
}
for (const server of Object.values(servers)) await server.stop();
