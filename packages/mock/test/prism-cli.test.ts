import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { isCallPark } from "@callpark/validators/22.6";
import { expect, test } from "vitest";

const require = createRequire(import.meta.url);
const prism = join(dirname(require.resolve("@stoplight/prism-cli/package.json")), "dist", "index.js");

/** Prism's command line takes no port 0. */
const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
};

test("the published document works with Prism's own command line as it stands", async () => {
  const port = await freePort();
  const document = fileURLToPath(import.meta.resolve("@callpark/spec/openapi-22.6.yaml"));
  const child = spawn(process.execPath, [prism, "mock", document, "--host", "127.0.0.1", "--port", String(port)], {
    env: { ...process.env, SCARF_ANALYTICS: "false" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    for await (const line of createInterface(child.stdout)) if (line.includes("listening")) break;
    const response = await fetch(`http://127.0.0.1:${port}/call_park`, { headers: { Authorization: "Bearer any" } });
    expect([response.status, isCallPark(await response.json())]).toEqual([200, true]);
  } finally {
    child.kill();
    await once(child, "exit");
  }
});
