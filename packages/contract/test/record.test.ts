import { harReport, sarifReport } from "@callpark/contract/reporters";
import type { Har } from "har-format";
import type { Log } from "sarif";
import { describe, expect, it } from "vitest";
import { isCallPark } from "./proxy.ts";
import { bench, codes } from "./support.ts";

const har = (text: string): Har["log"] => (JSON.parse(text) as Har).log;

describe("a recorded run", () => {
  it("keeps every request and its answer, for the check that sent it", async () => {
    await using pbx = await bench();
    const report = await pbx.run({ write: "full", record: true });
    const { exchanges = [] } = report;
    expect(exchanges).toHaveLength(report.requests);
    expect(exchanges.map(({ method, url }) => `${method} ${url.slice(pbx.proxy.url.length)}`)).toStrictEqual(
      pbx.proxy.requests.map(({ method, path }) => `${method} ${path}`),
    );
    for (const { id, requests } of report.checks)
      expect(exchanges.filter(({ check }) => check === id)).toHaveLength(requests);
    expect(exchanges[0]).toMatchObject({
      method: "GET",
      url: `${pbx.proxy.url}/api/call_park`,
      headers: [
        ["Authorization", "Bearer •••"],
        ["Accept", "application/json"],
      ],
      answer: { status: 200 },
    });
    const { prompt_file_url: _, ...settings } = await pbx.settings();
    expect(JSON.parse(exchanges[0]?.answer?.body?.text ?? "")).toMatchObject(settings);
  });

  it("keeps nothing unasked", async () => {
    await using pbx = await bench();
    expect(await pbx.run()).not.toHaveProperty("exchanges");
  });

  it("cuts long bodies, keeps bytes as base64, and says why no answer came", async () => {
    await using pbx = await bench({
      answer: (answer, request) => {
        if (request.path === "/api/tenant") answer.body = Buffer.from(`"${"ä".repeat(20_000)}"`);
        if (request.path === "/api/info") answer.body = Buffer.from([0xff, 0, 1]);
        if (request.path.startsWith("/api/ring_groups")) throw new Error("hangs up");
      },
    });
    const log = har(harReport(await pbx.run({ record: true })));
    const at = (path: string) => log.entries.find(({ request }) => request.url.startsWith(pbx.proxy.url + path));
    const long = at("/api/tenant")?.response.content;
    expect({ size: long?.size, length: Buffer.byteLength(long?.text ?? ""), comment: long?.comment }).toStrictEqual({
      size: 40_002,
      length: 16_383,
      comment: "Cut: about 16383 of 40002 bytes",
    });
    expect(at("/api/info")?.response.content).toMatchObject({ size: 3, text: "/wAB", encoding: "base64" });
    expect(at("/api/ring_groups")).toMatchObject({
      response: { status: 0 },
      comment: "No answer: other side closed",
    });
  });
});

describe("HAR", () => {
  it("has a page for each check that sent something", async () => {
    await using pbx = await bench();
    const report = await pbx.run({ record: true, only: ["call_park.get.body", "tenant.body"] });
    const { pages, entries } = har(harReport(report));
    expect(pages?.map(({ id, title }) => [id, title])).toStrictEqual([
      ["run", "The run itself: who, which version, and putting back"],
    ]);
    expect(entries.map(({ request }) => request.url.slice(pbx.proxy.url.length))).toStrictEqual([
      "/api/call_park",
      "/api/tenant",
      "/api/admin/status",
    ]);
  });
});

describe("SARIF", () => {
  it("has a rule a code, and a result a finding at the line of the spec", async () => {
    await using pbx = await bench({
      answer: (answer, request) => {
        if (!isCallPark(request, "GET") || answer.status !== 200) return;
        answer.body = Buffer.from(answer.body.toString().replace(/"recall_time":\d+/, '"recall_time":901'));
      },
    });
    const report = await pbx.run({ only: ["call_park.get.body"] });
    const [run] = (JSON.parse(sarifReport(report)) as Log).runs;
    expect(run?.tool.driver.rules?.map(({ id }) => id)).toStrictEqual(codes(report));
    expect(run?.results).toHaveLength(1);
    const [finding] = report.checks.flatMap(({ findings }) => findings);
    expect(run?.results?.[0]).toMatchObject({
      ruleId: "call_park.get.recall_time.maximum",
      ruleIndex: 0,
      level: "error",
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: finding?.location?.file },
            region: { startLine: finding?.location?.line },
          },
          logicalLocations: [{ fullyQualifiedName: "GET /call_park" }],
        },
      ],
    });
    expect(run?.invocations?.[0]).toMatchObject({ exitCode: 1, executionSuccessful: true });
  });
});
