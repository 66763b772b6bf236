import * as reporters from "@callpark/contract/reporters";
import { expect, it } from "vitest";
import { echo, leaks } from "./echo.ts";
import { bench } from "./support.ts";

it.each(["everywhere", "in refusals"] as const)(
  "no report holds a secret that the PBX says, in any encoding: %s",
  async (where) => {
    const secrets: string[] = [];
    await using pbx = await bench(echo(secrets, where));
    secrets.push(pbx.token, "a-refresh-token/with+signs", 'another"token\\of-a-tenant');
    const [, refreshToken = "", otherToken = ""] = secrets;
    const report = await pbx.run({ write: "full", record: true }, { refreshToken, otherToken });
    // A restoration is no report of a run, nor is one that was not made.
    const { terminalReport, restorationReport: _, failedJunitReport: __, ...others } = reporters;
    const texts = Object.entries({
      ...others,
      terminalReport: (one: typeof report) => terminalReport(one, { color: true }),
    });
    for (const [name, render] of texts) expect([name, leaks(render(report), secrets)]).toStrictEqual([name, []]);
    expect(leaks(JSON.stringify(report), secrets)).toStrictEqual([]);
    // Else the echo would not have come so far.
    expect(JSON.stringify(report).split("•••").length).toBeGreaterThan(100);
    if (where === "everywhere") return;
    // The tokens of several uploads, and a command that has one in it.
    expect(secrets.length).toBeGreaterThan(10);
    expect(report.checks.flatMap(({ findings }) => findings.map(({ curl }) => curl))).toContainEqual(
      expect.stringContaining('-H "PortSIP-Upload-Token: $PORTSIP_UPLOAD_TOKEN"'),
    );
  },
);
