import { readFile } from "node:fs/promises";
import { request } from "node:http";
import { describe, expect, test } from "vitest";
import { serveDocs } from "../src/serve.ts";
import { launch, open, skipReason } from "./browser.ts";

const built = new URL("../dist/index.html", import.meta.url);

test("it serves the built page with a policy that keeps it to itself", async () => {
  await using docs = await serveDocs({ port: 0 });
  const response = await fetch(docs.url);
  expect(response.status).toBe(200);
  expect(response.headers.get("Content-Type")).toBe("text/html; charset=utf-8");
  expect(response.headers.get("Content-Security-Policy")).toMatch(/^default-src 'none'; .*; frame-ancestors 'none'$/);
  expect(await response.text()).toBe(await readFile(built, "utf8"));
});

test("HEAD has the length and no body, other methods are refused", async () => {
  await using docs = await serveDocs({ port: 0 });
  const head = await fetch(docs.url, { method: "HEAD" });
  const length = (await readFile(built)).length;
  expect([head.status, Number(head.headers.get("Content-Length")), await head.text()]).toEqual([200, length, ""]);
  const post = await fetch(docs.url, { method: "POST", body: "x" });
  expect([post.status, post.headers.get("Allow")]).toEqual([405, "GET, HEAD"]);
});

test.each(["/package.json", "/../package.json", "/%2e%2e/package.json", "//etc/passwd", "/index.html/.."])(
  "%s is not there",
  async (path) => {
    await using docs = await serveDocs({ port: 0 });
    // fetch would tidy the path up before it sends it.
    const status = await new Promise((resolve, reject) => {
      request(docs.url, { path, agent: false }, (response) => {
        resolve(response.statusCode);
        response.resume();
      })
        .on("error", reject)
        .end();
    });
    expect(status).toBe(404);
  },
);

test("a taken port is named", async () => {
  await using docs = await serveDocs({ port: 0 });
  const port = Number(new URL(docs.url).port);
  await expect(serveDocs({ port })).rejects.toThrow(
    `The docs cannot be served on port ${port} of 127.0.0.1: it is taken: stop what listens there, or give another port`,
  );
});

describe.skipIf(skipReason !== undefined)("the served page", () => {
  test("works under its own policy", async () => {
    await using docs = await serveDocs({ port: 0 });
    const browser = await launch();
    const { page, requests, complaints } = await open(browser, `${docs.url}/#/other/showcallparkserver`, 1280);
    await page.locator("h2", { hasText: /^Show the call park server$/ }).waitFor();
    expect({ requests, complaints }).toEqual({ requests: [], complaints: [] });
    await browser.close();
  });
});
