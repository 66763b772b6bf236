import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { expect, test } from "vitest";

/** What a browser loads of a page's own module, in bytes: bundled, minified, packed. */
const loaded = async (contents: string): Promise<number> => {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: fileURLToPath(new URL(".", import.meta.url)) },
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    write: false,
    // The validators' index imports what it does not use.
    logLevel: "error",
  });
  return gzipSync(outputFiles[0]?.contents ?? "", { level: 9 }).length;
};

test("one call, with bearer, retry, timeout and typed errors, is at most 4.0 kB, of 1,000 bytes", async () => {
  const size = await loaded(`
    import { createClient, unwrap } from "@callpark/client";
    export const read = (baseUrl, token) => unwrap(createClient({ baseUrl, token }).GET("/call_park"));`);
  expect(size).toBeLessThanOrEqual(4000);
});

test("one call whose answer is validated is at most 5.2 kB", async () => {
  const size = await loaded(`
    import { createClient, unwrap } from "@callpark/client";
    import { isCallPark } from "@callpark/validators/CallPark";
    const inspect = ({ operation, value }) => {
      if (operation === "GET /call_park" && !isCallPark(value)) throw new Error("Not call park settings");
    };
    export const read = (baseUrl, token) => unwrap(createClient({ baseUrl, token, inspect }).GET("/call_park"));`);
  expect(size).toBeLessThanOrEqual(5200);
});
