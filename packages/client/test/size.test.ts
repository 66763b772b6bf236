import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { expect, test } from "vitest";

const bundle = (contents: string, options: { splitting?: boolean } = {}) =>
  build({
    stdin: { contents, resolveDir: fileURLToPath(new URL(".", import.meta.url)) },
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    outdir: "page",
    write: false,
    logLevel: "error",
    ...options,
  });

/** What a browser loads of a page's own module, in bytes, packed. 1 kB is 1,000 bytes. */
const sizeOf = ({ text }: { text: string }): number => gzipSync(text, { level: 9 }).length;

const loaded = async (contents: string): Promise<{ size: number; code: string }> => {
  const [file = { text: "" }] = (await bundle(contents)).outputFiles;
  return { size: sizeOf(file), code: file.text };
};

test("one call, with bearer, retry, timeout and typed errors, is at most 4.0 kB", async () => {
  const { size, code } = await loaded(`
    import { createClient, unwrap } from "@callpark/client";
    export const read = (baseUrl, token) => unwrap(createClient({ baseUrl, token }).GET("/call_park"));`);
  for (const part of ["Bearer ", "TimedOutError", "NotSignedInError", "RateLimitedError"]) expect(code).toContain(part);
  expect(size).toBeLessThanOrEqual(4000);
});

test("one call whose answer is validated is at most 5.2 kB", async () => {
  const { size, code } = await loaded(`
    import { createClient, InvalidAnswerError, unwrap } from "@callpark/client";
    import { isCallPark } from "@callpark/validators/CallPark";
    const inspect = ({ operation, value }) => {
      if (operation === "GET /call_park" && !isCallPark(value)) throw new InvalidAnswerError(operation);
    };
    export const read = (baseUrl, token) => unwrap(createClient({ baseUrl, token, inspect }).GET("/call_park"));`);
  for (const part of ["recall_ring_group_time", "InvalidAnswerError"]) expect(code).toContain(part);
  expect(size).toBeLessThanOrEqual(5200);
});

test("the client with calls by name loads its validators once they are called for: first those that say yes or no", async () => {
  const { outputFiles } = await bundle(
    `
    import { createCallParkClient, unwrap } from "@callpark/client";
    export const read = (baseUrl, token) =>
      unwrap(createCallParkClient({ baseUrl, token, validate: "reject" }).callPark.get());`,
    { splitting: true },
  );
  const files = outputFiles.map((file) => ({ size: sizeOf(file), file }));
  const withThePage = files.filter(({ file }) => file.path.endsWith("stdin.js"));
  const predicates = files.filter(
    ({ file }) => file.text.includes("recall_ring_group_time") && !file.text.includes("errors="),
  );
  expect(withThePage.map(({ file }) => file.text.includes("recall_ring_group_time"))).toEqual([false]);
  expect(withThePage[0]?.size).toBeLessThanOrEqual(9600);
  expect(predicates.length).toBe(1);
  expect(predicates[0]?.size).toBeLessThanOrEqual(2000);
});
