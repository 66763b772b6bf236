import { existsSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Scenario } from "./browser/page.ts";
import { json, serve, type TestServer } from "./server.ts";

// `npm test` names the Chromium that it finds.
const executablePath = process.env["CHROMIUM_PATH"] || "/usr/bin/chromium";
const isMissing = !existsSync(executablePath);
if (isMissing) console.warn("Skipped the client's tests in a browser: no Chromium found, set CHROMIUM_PATH to one");

const callPark = { enabled: true, recall_time: 300 };
/** A PBX's answers by the first part of the path, so that each test has its own. */
const answers: Record<string, (request: IncomingMessage, response: ServerResponse) => void> = {
  fine: ({ method }, response) => (method === "POST" ? response.end() : json(response, 200, callPark)),
  limited: (_, response) => {
    const isFirst = sent("limited").length === 1;
    json(response, isFirst ? 429 : 200, callPark, isFirst ? { "Retry-After": "0" } : {});
  },
  silent: () => undefined,
  moved: (_, response) => response.writeHead(307, { Location: `${elsewhere.url}/api/call_park` }).end(),
  garbled: (_, response) =>
    response.writeHead(200, { "Content-Type": "application/json" }).end(Buffer.from('{"a":"\xff"}', "latin1")),
};

let pbx: TestServer;
let elsewhere: TestServer;
let site: TestServer;
let browser: Browser;
let page: Page;

/** What the page sent to a part of the PBX, its browser's own questions left out. */
const sent = (part: string) =>
  pbx.requests
    .filter(({ method, path }) => method !== "OPTIONS" && path.startsWith(`/${part}/`))
    .map(({ method, path, headers }) => `${method} ${path} ${headers.authorization}`);

const run = (scenario: Scenario, part: string): Promise<string> =>
  page.evaluate(`run(${JSON.stringify(scenario)}, ${JSON.stringify(`${pbx.url}/${part}`)})`);

describe.skipIf(isMissing)("in a browser", () => {
  beforeAll(async () => {
    pbx = await serve((request, response) => {
      response.setHeader("Access-Control-Allow-Origin", "*");
      response.setHeader("Access-Control-Allow-Headers", "authorization, content-type");
      response.setHeader("Access-Control-Expose-Headers", "Retry-After");
      if (request.method === "OPTIONS") return response.writeHead(204).end();
      return answers[request.url?.split("/")[1] ?? ""]?.(request, response);
    });
    elsewhere = await serve((_, response) => {
      response.setHeader("Access-Control-Allow-Origin", "*");
      json(response, 200, callPark);
    });
    const { outputFiles } = await build({
      entryPoints: [fileURLToPath(new URL("browser/page.ts", import.meta.url))],
      bundle: true,
      format: "iife",
      target: "es2022",
      write: false,
      // The validators' index imports what it does not use.
      logLevel: "error",
    });
    const script = outputFiles[0]?.text ?? "";
    site = await serve((request, response) =>
      request.url === "/page.js"
        ? response.writeHead(200, { "Content-Type": "text/javascript" }).end(script)
        : response.writeHead(200, { "Content-Type": "text/html" }).end('<script src="/page.js"></script>'),
    );
    browser = await chromium.launch({
      executablePath,
      args: [...(process.getuid?.() === 0 ? ["--no-sandbox"] : []), "--disable-gpu", "--no-first-run"],
    });
    page = await browser.newPage();
    await page.goto(site.url);
  });
  afterAll(async () => {
    await browser?.close();
    for (const server of [site, elsewhere, pbx]) await server?.[Symbol.asyncDispose]();
  });

  test("reads, with the token", async () => {
    expect(await run("read", "fine")).toBe("300");
    expect(sent("fine")).toEqual(["GET /fine/api/call_park Bearer t0ken"]);
  });

  test("changes nothing unless it is told to, and then does", async () => {
    const before = sent("fine").length;
    expect(await run("update", "fine")).toBe(
      "ReadOnlyError: This client only reads, and POST /call_park changes the PBX: create it with { write: true }",
    );
    expect(await run("updateAllowed", "fine")).toBe("200");
    expect(sent("fine").filter((line) => line.startsWith("POST"))).toEqual(["POST /fine/api/call_park Bearer t0ken"]);
    expect(sent("fine").length).toBeGreaterThan(before);
  });

  test("tries again when it is asked for patience", async () => {
    expect(await run("read", "limited")).toBe("300");
    expect(sent("limited").length).toBe(2);
  });

  test("a PBX that does not answer is given up in time", async () => {
    expect(await run("timeOut", "silent")).toBe(
      `TimedOutError: No answer from the PBX within 0.1 s: GET ${pbx.url}/silent/api/call_park`,
    );
  });

  test("a signal ends the call", async () => {
    expect(await run("abort", "silent")).toBe("Error: enough");
  });

  test("a redirect is not followed", async () => {
    expect(await run("read", "moved")).toBe(
      "UnexpectedAnswerError: Not a documented answer (it redirects, which is not followed): " +
        `GET ${pbx.url}/moved/api/call_park`,
    );
    expect(elsewhere.requests).toEqual([]);
  });

  test("an answer that is not UTF-8 is refused", async () => {
    expect(await run("read", "garbled")).toBe(
      `UnexpectedAnswerError: Not a documented answer (it is not UTF-8): GET ${pbx.url}/garbled/api/call_park`,
    );
  });
});
