import { fork } from "node:child_process";
import { once } from "node:events";
import { createNodeTransport } from "@callpark/client/node";
import { request } from "undici";
import { token } from "./call-park.ts";
import * as contenders from "./contenders.ts";
import { interleave } from "./interleave.ts";
import type { Figure } from "./table.ts";

const milliseconds = 300;
const bare = "bare global fetch";

/** Calls a second to a server on loopback, which answers at once in a process of its own. */
export const loopback = async (rounds: number): Promise<Figure[]> => {
  const server = fork(new URL("server.ts", import.meta.url));
  const [port] = await once(server, "message");
  const baseUrl = `http://127.0.0.1:${port}/api`;
  await using transport = createNodeTransport();
  const undiciRequest = async () => {
    const { body } = await request(`${baseUrl}/call_park`, { headers: { Authorization: `Bearer ${token}` } });
    return body.json();
  };
  const reads: Record<string, contenders.Read> = {
    [bare]: contenders.bareFetch(baseUrl),
    "ours on /node": contenders.ours(baseUrl, transport),
    "ours on global fetch": contenders.ours(baseUrl),
    "undici request": undiciRequest,
    "openapi-fetch, bearer middleware": contenders.openapiFetch(baseUrl),
    "hey-api client-fetch": contenders.heyApi(baseUrl),
    ky: contenders.kyClient(baseUrl),
    "axios on http": contenders.axiosClient(baseUrl, "http"),
  };
  const figures: Figure[] = [];
  for (const [atOnce, words] of [
    [1, "one at a time"],
    [32, "32 at once"],
  ] as const) {
    const measured = await interleave(Object.keys(reads), rounds, (name) =>
      callsASecond(reads[name] as contenders.Read, atOnce),
    );
    figures.push({ title: `calls on loopback, ${words}`, unit: "a second", digits: 0, measured, bases: [bare] });
  }
  server.disconnect();
  return figures;
};

const callsASecond = async (read: contenders.Read, atOnce: number): Promise<number> => {
  let calls = 0;
  const started = performance.now();
  const caller = async () => {
    while (performance.now() - started < milliseconds) {
      await read();
      calls += 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, caller));
  return (calls / (performance.now() - started)) * 1000;
};
