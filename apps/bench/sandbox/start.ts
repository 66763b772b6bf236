/** From the start of a process to its first 200, beside a process with a bare node:http server. */
import { against, interleave } from "../interleave.ts";
import { openConnection, requestOf } from "./load.ts";
import { print } from "./print.ts";
import { startProcess } from "./process.ts";

const rounds = 15;
const names = ["bare", "pbx"] as const;

const processor = new Map<string, number[]>();
const results = await interleave(names, rounds, async (name) => {
  const began = performance.now();
  const server = await startProcess(name as "bare" | "pbx");
  const connection = openConnection(server.port);
  const answer = await connection.ask(requestOf("GET", "/api/call_park", server.tokens[0] ?? ""));
  const took = performance.now() - began;
  if (!answer.startsWith("HTTP/1.1 200 ")) throw new Error(answer);
  connection.close();
  const figures = await server.figures();
  processor.set(name, [...(processor.get(name) ?? []), figures.processor / 1000]);
  await server.stop();
  return took;
});
print(`Milliseconds from the start of the process to its first 200, median of ${rounds} rounds`, results, 0);
print("Against bare node:http in the same round", against(results, "bare"), 2);
const costs = [...processor].map(([name, all]) => ({ name, rounds: all.slice(1) }));
print("Milliseconds of the process's own time until then", costs, 0);
print("The same, against bare node:http in the same round", against(costs, "bare"), 2);
