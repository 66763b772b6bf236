/** An hour's worth of requests at the documented limit, 300,000, as fast as they go: what memory the sandbox holds. */
import { openConnection, requestOf } from "./load.ts";
import { startProcess } from "./process.ts";

const requests = 300_000;
const readings = 10;
const connections = 32;
const tenants = 20;

const server = await startProcess("pbx", JSON.stringify({ tenants, rateLimit: 1e9 }), String(tenants));
const signIn = (at: number) =>
  JSON.stringify({ username: "admin", password: `tenant-${at}-park-1`, domain: `tenant-${at}.example` });

/** Of ten requests one signs in, three change the settings, five read them, and one is refused. */
const requestAt = (at: number): [request: string, status: number] => {
  const token = server.tokens[at % tenants] ?? "";
  const turn = at % 10;
  if (turn === 0) return [requestOf("POST", "/api/auth/sign_in", "", signIn(3 + (at % (tenants - 2)))), 200];
  if (turn < 4) return [requestOf("POST", "/api/call_park", token, `{"recall_time":${60 + (at % 840)}}`), 200];
  if (turn < 9) return [requestOf("GET", "/api/call_park", token), 200];
  return [requestOf("POST", "/api/call_park", token, '{"recall_time":1}'), 400];
};

const tell = async (done: number) => {
  const { memory, heap } = await server.figures(true);
  console.log(
    `${String(done).padStart(7)} requests: ${(memory / 1e6).toFixed(0)} MB, of it heap ${(heap / 1e6).toFixed(1)} MB`,
  );
};

await tell(0);
const began = performance.now();
let next = 0;
for (let reading = 1; reading <= readings; reading += 1) {
  const until = (requests / readings) * reading;
  const worker = async () => {
    const connection = openConnection(server.port);
    while (next < until) {
      const [request, status] = requestAt(next);
      next += 1;
      const answer = await connection.ask(request);
      if (!answer.startsWith(`HTTP/1.1 ${status} `)) throw new Error(answer);
    }
    connection.close();
  };
  await Promise.all(Array.from({ length: connections }, worker));
  await tell(until);
}
console.log(`${((performance.now() - began) / 1000).toFixed(0)} s for all of them`);
await server.stop();
