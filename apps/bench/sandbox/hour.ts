/** An hour's worth of requests at the documented limit, 300,000, as fast as they go: what memory the sandbox holds. */
import { openConnection, requestOf } from "./load.ts";
import { startProcess } from "./process.ts";

const requests = 300_000;
const readings = 10;
const connections = 32;
const tenants = 20;

const server = await startProcess("pbx", JSON.stringify({ tenants, rateLimit: 1e9 }));
/** What a connection goes on with. */
interface Worker {
  connection: ReturnType<typeof openConnection>;
  account: string;
  token: string;
}

const ask = async (worker: Worker, status: number, ...request: Parameters<typeof requestOf>): Promise<string> => {
  const answer = await worker.connection.ask(requestOf(...request));
  if (!answer.startsWith(`HTTP/1.1 ${status} `)) throw new Error(answer);
  return answer;
};

const signIn = async (worker: Worker): Promise<void> => {
  const answer = await ask(worker, 200, "POST", "/api/auth/sign_in", "", worker.account);
  worker.token = JSON.parse(answer.slice(answer.indexOf("\r\n\r\n"))).access_token;
};

/** Of ten requests one signs in, three change the settings, five read them, and one is refused. */
const send = async (worker: Worker, at: number): Promise<void> => {
  const { token } = worker;
  const turn = at % 10;
  if (turn === 0) await signIn(worker);
  else if (turn < 4) await ask(worker, 200, "POST", "/api/call_park", token, `{"recall_time":${60 + (at % 840)}}`);
  else if (turn < 9) await ask(worker, 200, "GET", "/api/call_park", token);
  else await ask(worker, 400, "POST", "/api/call_park", token, '{"recall_time":1}');
};

const openWorker = async (at: number): Promise<Worker> => {
  const tenant = 3 + (at % (tenants - 2));
  const account = { username: "admin", password: `tenant-${tenant}-park-1`, domain: `tenant-${tenant}.example` };
  const worker = { connection: openConnection(server.port), account: JSON.stringify(account), token: "" };
  await signIn(worker);
  return worker;
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
    const worker = await openWorker(at);
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
