/** Calls a second to a server on loopback, against bare fetch: one at a time, and 32 at once. */
import { fork } from "node:child_process";
import { once } from "node:events";
import { request } from "undici";
import { createNodeTransport } from "../src/node/index.ts";
import { token } from "./call-park.ts";
import * as contenders from "./contenders.ts";
import { against, interleave, print } from "./interleave.ts";

const rounds = 15;
const milliseconds = 300;

const server = fork(new URL("server.ts", import.meta.url));
const [port] = await once(server, "message");
const baseUrl = `http://127.0.0.1:${port}/api`;
await using transport = createNodeTransport();

const undiciRequest = async () => {
  const { body } = await request(`${baseUrl}/call_park`, { headers: { Authorization: `Bearer ${token}` } });
  return body.json();
};
const bare = "bare global fetch";
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

for (const atOnce of [1, 32]) {
  const results = await interleave(Object.keys(reads), rounds, async (name) => {
    const read = reads[name] as contenders.Read;
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
  });
  const title = `${atOnce === 1 ? "one at a time" : `${atOnce} at once`}, median of ${rounds} rounds`;
  print(`Calls a second, ${title}`, results, 0);
  print(`Against bare fetch in the same round, ${title}`, against(results, bare), 2);
}
server.disconnect();
