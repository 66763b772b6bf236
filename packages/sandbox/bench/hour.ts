/** An hour's worth of requests at the documented limit, 300,000, as fast as they go: what memory the sandbox holds. */
import { openConnection, requestOf } from "./load.ts";
import { startProcess } from "./process.ts";

const requests = 300_000;
const readings = 10;
const connections = 32;
const tenants = 20;

const server = await startProcess("pbx", JSON.stringify({ tenants, rateLimit: 1e9 }), String(tenants));
/** What a connection goes on with. */
interface Worker {
  connection: ReturnType<typeof openConnection>;
  account: string;
  token: string;
}

/** Of ten requests one signs in, three change the settings, five read them, and one is refused. */
const send = async (worker: Worker, at: number): Promise<void> => {
  const { connection, account, token } = worker;
  const ask = async (status: number, ...request: Parameters<typeof requestOf>) => {
    const answer = await connection.ask(requestOf(...request));
    if (!answer.startsWith(`HTTP/1.1 ${status} `)) throw new Error(answer);
    return answer;
  };
  const turn = at % 10;
  if (turn === 0) {
    const answer = await ask(200, "POST", "/api/auth/sign_in", "", account);
    worker.token = JSON.parse(answer.slice(answer.indexOf("\r\n\r\n"))).access_token;
  } else if (turn < 4) await ask(200, "POST", "/api/call_park", token, `{"recall_time":${60 + (at % 840)}}`);
  else if (turn < 9) await ask(200, "GET", "/api/call_park", token);
  else await ask(400, "POST", "/api/call_park", token, '{"recall_time":1}');
};

const openWorker = (at: number): Worker => {
  const tenant = 3 + (at % (tenants - 2));
  const account = { username: "admin", password: `tenant-${tenant}-park-1`, domain: `tenant-${tenant}.example` };
  return {
    connection: openConnection(server.port),
    account: JSON.stringify(account),
    token: server.tokens[tenant - 1] ?? "",
  };
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
  const work = async (_: unknown, at: number) => {
    const worker = openWorker(at);
    while (next < until) {
      next += 1;
      await send(worker, next - 1);
    }
    worker.connection.close();
  };
  await Promise.all(Array.from({ length: connections }, work));
  await tell(until);
}
console.log(`${((performance.now() - began) / 1000).toFixed(0)} s for all of them`);
await server.stop();
