/** A PBX that answers at once, in a process of its own. Sends its port to the one that forked it. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { callPark } from "./call-park.ts";

const text = JSON.stringify(callPark);
const head = { "Content-Type": "application/json", "Content-Length": String(text.length) };
const server = createServer({ keepAliveTimeout: 60_000 }, (_, response) => response.writeHead(200, head).end(text));
server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
process.on("disconnect", () => process.exit());
