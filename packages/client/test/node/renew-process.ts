import { createSession } from "@callpark/client";
import { createNodeTransport, fileTokenStore } from "@callpark/client/node";

/** A process of its own that renews the token in a file, when it is told to. */
const [baseUrl = "", path = "", stale = ""] = process.argv.slice(2);
await using transport = createNodeTransport({ proxy: false });
const session = createSession({ baseUrl, transport, tokens: fileTokenStore(path) });
const told = new Promise((resolve) => process.once("message", resolve));
process.send?.("ready");
await told;
process.send?.("begun");
process.send?.({ token: await session.renew(stale) });
process.disconnect();
