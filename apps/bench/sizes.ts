import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import type { Measured } from "./interleave.ts";
import type { Figure } from "./table.ts";

/** One call in each client's own words, as a page's whole module. */
const pages: Record<string, string> = {
  "ours: bearer, retry, timeout, typed errors": `
    import { createClient, unwrap } from "@callpark/client";
    export const read = (baseUrl, token) => unwrap(createClient({ baseUrl, token }).GET("/call_park"));`,
  "ours, and the answer validated": `
    import { createClient, InvalidAnswerError, unwrap } from "@callpark/client";
    import { isCallPark } from "@callpark/validators/CallPark";
    const inspect = ({ operation, value }) => {
      if (operation === "GET /call_park" && !isCallPark(value)) throw new InvalidAnswerError(operation);
    };
    export const read = (baseUrl, token) => unwrap(createClient({ baseUrl, token, inspect }).GET("/call_park"));`,
  "openapi-fetch alone": `
    import createClient from "openapi-fetch";
    export const read = async (baseUrl, token) => {
      const client = createClient({ baseUrl, headers: { Authorization: "Bearer " + token } });
      return (await client.GET("/call_park")).data;
    };`,
  "hey-api client-fetch": `
    import { createClient, createConfig } from "@hey-api/client-fetch";
    export const read = async (baseUrl, auth) => {
      const client = createClient(createConfig({ baseUrl, auth }));
      return (await client.get({ url: "/call_park", security: [{ type: "http", scheme: "bearer" }] })).data;
    };`,
  ky: `
    import ky from "ky";
    export const read = (baseUrl, token) =>
      ky.get(baseUrl + "/call_park", { headers: { Authorization: "Bearer " + token }, timeout: 15000 }).json();`,
  axios: `
    import axios from "axios";
    export const read = async (baseURL, token) => {
      const client = axios.create({ baseURL, headers: { Authorization: "Bearer " + token }, timeout: 15000 });
      return (await client.get("/call_park")).data;
    };`,
};

/** What a page loads: bundled, minified, packed; 1 kB is 1,000 bytes. */
export const sizes = async (): Promise<Figure[]> => {
  const measured: Measured[] = [];
  for (const [name, contents] of Object.entries(pages)) {
    const { outputFiles } = await build({
      stdin: { contents, resolveDir: fileURLToPath(new URL(".", import.meta.url)) },
      bundle: true,
      minify: true,
      format: "esm",
      platform: "browser",
      target: "es2022",
      write: false,
      logLevel: "error",
    });
    measured.push({ name, rounds: [gzipSync(outputFiles[0]?.contents ?? "", { level: 9 }).length / 1000] });
  }
  return [{ title: "browser bundle of one call, gzip", unit: "kB", digits: 2, measured, bases: [] }];
};
