import { createHash } from "node:crypto";
import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "vitest";
import { replayReport } from "../src/replay/index.ts";
import type { CheckResult, Report } from "../src/report.ts";
import { htmlReport, jsonReport, junitReport, sarifReport, terminalReport } from "../src/reporters/index.ts";
import { green, known, red } from "./reporters.samples.ts";

const lastLine = (text: string): string | undefined => text.trimEnd().split("\n").at(-1);

describe("the terminal report", () => {
  it("is short when nothing is wrong", () => {
    expect(terminalReport(green, { color: false })).toMatchInlineSnapshot(`
      "PBX      https://pbx.example.com:8887/api
      Tenant   Example (MTIz)
      Version  22.6, inferred: GET /call_park has send_notification_to_parker
      Writes   none: this run only read

      GET /call_park
        SEEN  call_park.get.token.status: 403; documented: 401

      Skipped
        1 check (call_park.post.recall_time): needs --write

      Conforms: 2 passed, 0 failed, 0 errors, 1 skipped, 1 observation, 5 requests, 1.4 s, nothing changed
      "
    `);
  });

  it("shows what was documented and received, where, and how to put back by hand", () => {
    expect(terminalReport(red, { color: false })).toMatchInlineSnapshot(`
      "PBX      https://pbx.example.com:8887/api
      Tenant   Example (MTIz)
      Version  22.6, inferred: GET /call_park has send_notification_to_parker
      Writes   full: every setting

      GET /call_park
        FAIL  recall_time is within its bounds (call_park.get.recall_time)
              call_park.get.recall_time.maximum
                documented  an integer of at most 900
                received    1000 \\u001b[2J</pre><script>alert('x')</script>]]>\\u0000\\ud800
                spec        spec/components/schemas/RecallTime.yaml:6
                curl        curl -H 'Authorization: Bearer ***' \\
                              https://pbx.example.com:8887/api/call_park
        SEEN  call_park.get.token.status: 403; documented: 401

      POST /call_park
        ERROR POST /call_park refuses malformed JSON (call_park.post.malformed)
              The PBX closed the connection.
              Sent 2 of 10 bytes.

      Skipped
        1 check (call_park.post.recall_time): needs --write

      Notes
        The PBX gave out a new refresh token: CALLPARK_REFRESH_TOKEN is used up.

      NOT RESTORED: The PBX does not have its own settings back.
        POST /call_park answered 500 twice.
        What was there:
          {
            "recall_time": 300,
            "enabled": true
          }
        What is there now:
          {
            "recall_time": 301,
            "enabled": true
          }
        To put it back by hand:
          curl -X POST -d '{"recall_time":300}' https://pbx.example.com:8887/api/call_park

      Not restored: 2 passed, 1 failed, 1 error, 1 skipped, 1 observation, 9 requests, 42.0 s, NOT RESTORED
      "
    `);
  });

  it("shows all three readings where somebody else changed the settings, and the command that finishes the job", () => {
    const restore = { ...red.restore, ours: { recall_time: 60 }, command: "callpark restore" };
    const [, alarm = ""] = terminalReport({ ...red, restore }, { color: false }).split("NOT RESTORED: ");
    expect(alarm.match(/^ {2}\S.*:$/gm)).toStrictEqual([
      "  What was there:",
      "  What the run left there:",
      "  What is there now:",
      "  To put it back, once what somebody else changed is as the run left it:",
      "  To leave it as it is now, and be done with this run:",
      "  To put it back by hand:",
    ]);
    for (const text of [junitReport({ ...red, restore }), htmlReport({ ...red, restore })])
      expect(text).toContain("callpark restore");
  });

  it("differs in colour by nothing but colour", () => {
    const colored = terminalReport(red, { color: true });
    expect(colored).not.toBe(terminalReport(red, { color: false }));
    expect(stripVTControlCharacters(colored)).toBe(terminalReport(red, { color: false }));
  });

  it("is one line when quiet", () => {
    expect(terminalReport(green, { color: false, quiet: true })).toBe(
      "Conforms: 2 passed, 0 failed, 0 errors, 1 skipped, 1 observation, 5 requests, 1.4 s, nothing changed\n",
    );
  });

  it("says that a PBX was not restored even when quiet", () => {
    const quiet = terminalReport(red, { color: false, quiet: true });
    expect(quiet.split("\n")[0]).toBe("NOT RESTORED: The PBX does not have its own settings back.");
    expect(quiet).toContain("    curl -X POST -d '{\"recall_time\":300}' https://pbx.example.com:8887/api/call_park\n");
  });

  it.each<[string, Partial<Report>]>([
    ["Not restored", {}],
    ["Interrupted", { restore: { status: "restored" }, interrupted: true }],
    ["Does not conform", { restore: { status: "restored" } }],
    [
      "Not finished",
      { restore: { status: "restored" }, checks: red.checks.filter(({ status }) => status !== "failed") },
    ],
    ["Nothing checked", { restore: { status: "not-needed" }, checks: [] }],
    ["Conforms", { restore: { status: "restored" }, checks: green.checks }],
    [
      "Conforms, as far as it was checked",
      { restore: { status: "restored" }, checks: [...green.checks.slice(1), ...green.checks.slice(2)] },
    ],
    [
      "Conforms",
      {
        restore: { status: "restored" },
        checks: green.checks.map((check) => ({ ...check, reason: 'It writes: run with write "full" (--write=full).' })),
      },
    ],
  ])("calls a run: %s", (title, changes) => {
    const text = terminalReport({ ...red, ...changes }, { color: false });
    expect(lastLine(text)?.split(":")[0]).toBe(title);
  });

  it("tells once what many findings and observations say alike, and the other reports each of them", () => {
    const said = (check: string, kind: "finding" | "observation", number: number) => ({
      code: `${check}.body_${number}.${kind === "finding" ? "errors.required" : "byte_order_mark"}`,
      kind,
      operation: "POST /call_park",
      documented: kind === "finding" ? "errors must be present" : "no byte order mark",
      received: kind === "finding" ? "nothing" : "one",
      curl: `curl -d ${number} https://pbx.example.com/api/call_park`,
    });
    const check = (id: string, numbers: number[]): CheckResult => ({
      id,
      title: `The promise of ${id}`,
      operation: "POST /call_park",
      status: "failed",
      findings: numbers.flatMap((number) => [said(id, "finding", number), said(id, "observation", number)]),
      requests: numbers.length,
      duration: 1,
    });
    const report = { ...green, checks: [check("one", [1, 2, 3]), check("two", [4, 5])] };
    expect(terminalReport(report, { color: false }).split("\n\n")[1]).toMatchInlineSnapshot(`
      "POST /call_park
        FAIL  The promise of one (one)
              one.body_1.errors.required
                documented  errors must be present
                received    nothing
                curl        curl -d 1 https://pbx.example.com/api/call_park
                alike       4 more, in 2 checks
              2 like one.body_1.errors.required
        FAIL  The promise of two (two)
              2 like one.body_1.errors.required
        SEEN  one.body_1.byte_order_mark: one; documented: no byte order mark (and 4 more, in 2 checks)"
    `);
    for (const render of [jsonReport, junitReport, sarifReport, htmlReport])
      for (const number of [1, 2, 3, 4, 5])
        for (const end of ["errors.required", "byte_order_mark"])
          expect(render(report)).toContain(`${number < 4 ? "one" : "two"}.body_${number}.${end}`);
    expect(htmlReport(report).match(/<details class="alike">/g)?.length).toBe(8);
    // Those of a check are in one fold.
    const folds = [...htmlReport(report).matchAll(/<details class="likes"><summary>(.*?)<\/summary>/g)];
    expect(folds.map(([, summary]) => summary)).toStrictEqual(
      [4, 4].map(
        (many) => `${many} like <code>one.body_1.errors.required</code>, <code>one.body_1.byte_order_mark</code>`,
      ),
    );
    // Three are few enough.
    const few = { ...green, checks: [check("one", [1, 2, 3])] };
    expect(terminalReport(few, { color: false }).match(/errors must be present/g)?.length).toBe(3);
    expect(htmlReport(few)).not.toContain('class="alike"');
    // A replay of them tells once what has become of all of them, and apart what has become of others.
    const outcomes = report.checks.flatMap(({ id, findings }, at) =>
      findings
        .filter(({ kind }) => kind === "finding")
        .map((finding) => ({ check: id, finding, state: at === 0 ? ("fixed" as const) : ("fails" as const) })),
    );
    const [first, ...others] = outcomes;
    const all = [...(first ? [{ ...first, state: "fails" as const }] : []), ...others, ...outcomes.slice(3)];
    expect(replayReport({ outcomes: all, fresh: [], run: report })).toBe(`one.body_1.errors.required: still fails
  documented    errors must be present
  received      nothing
  alike         4 more, in 2 checks

one.body_2.errors.required: fixed
  documented    errors must be present
  was received  nothing

one.body_3.errors.required: fixed
  documented    errors must be present
  was received  nothing

7 findings: 2 fixed, 5 still failing, 0 not known, 5 requests, 1.4 s, nothing changed
`);
  });

  it("shows what is known in a line, and what the baseline has to be told", () => {
    expect(terminalReport(known, { color: false })).toMatchInlineSnapshot(`
      "PBX      https://pbx.example.com:8887/api
      Tenant   Example (MTIz)
      Version  22.6, inferred: GET /call_park has send_notification_to_parker
      Writes   full: every setting

      GET /call_park
        KNOWN recall_time is within its bounds (call_park.get.recall_time)
              call_park.get.recall_time.maximum: known until 2026-12-31 (anna@example.com): PBX 22.6.1 lets it through, ticket 4711
        SEEN  call_park.get.token.status: 403; documented: 401

      POST /call_park
        ERROR POST /call_park refuses malformed JSON (call_park.post.malformed)
              The PBX closed the connection.
              Sent 2 of 10 bytes.

      Skipped
        1 check (call_park.post.recall_time): needs --write

      Notes
        The PBX gave out a new refresh token: CALLPARK_REFRESH_TOKEN is used up.

      Baseline
        baseline.yaml:7: call_park.get.enabled.type was known until 2026-10-31 (anna@example.com), and fails again
        baseline.yaml:12: call_park.get.ring_group_id was not found: take it out (but 1 check did not run)

      NOT RESTORED: The PBX does not have its own settings back.
        POST /call_park answered 500 twice.
        What was there:
          {
            "recall_time": 300,
            "enabled": true
          }
        What is there now:
          {
            "recall_time": 301,
            "enabled": true
          }
        To put it back by hand:
          curl -X POST -d '{"recall_time":300}' https://pbx.example.com:8887/api/call_park

      Not restored: 2 passed, 0 failed, 1 known, 1 error, 1 skipped, 1 observation, 9 requests, 42.0 s, NOT RESTORED
      "
    `);
  });

  it("breaks sentences at the width of the terminal, and no command", () => {
    const [first = "", ...rest] = terminalReport(red, { color: false, width: 60 }).split("\n\n")[1]?.split("\n") ?? [];
    expect([first, ...rest].join("\n")).toMatchInlineSnapshot(`
      "GET /call_park
        FAIL  recall_time is within its bounds (call_park.get.recall_time)
              call_park.get.recall_time.maximum
                documented  an integer of at most 900
                received    1000
                            \\u001b[2J</pre><script>alert('x')</script>]]>\\u0000\\ud800
                spec        spec/components/schemas/RecallTime.yaml:6
                curl        curl -H 'Authorization: Bearer ***' \\
                              https://pbx.example.com:8887/api/call_park
        SEEN  call_park.get.token.status: 403; documented: 401"
    `);
    const narrow = terminalReport(red, { color: false, width: 1 });
    expect(narrow.replace(/\s+/g, " ")).toBe(terminalReport(red, { color: false }).replace(/\s+/g, " "));
  });

  it("says nothing that a CI system takes for a command", () => {
    const [check] = red.checks.filter(({ status }) => status === "error");
    const reason = "answered:\n::error::forged\n  ::stop-commands::x\n a ##[add-mask]b";
    const text = terminalReport({ ...red, checks: check ? [{ ...check, reason }] : [] }, { color: false });
    expect(text).toContain(
      "\n        \\u003a:error::forged\n          \\u003a:stop-commands::x\n         a \\u0023#[add-mask]b\n",
    );
    expect(text.match(/^\s*::|##\[/gm)).toBeNull();
  });

  it("names the checks of a reason while they are few", () => {
    const skipped = (id: string) => ({ ...green.checks[2], id }) as Report["checks"][number];
    const few = terminalReport({ ...green, checks: ["a", "b", "c"].map(skipped) }, { color: false });
    const many = terminalReport({ ...green, checks: ["a", "b", "c", "d"].map(skipped) }, { color: false });
    expect(few).toContain("  3 checks (a, b, c): needs --write\n");
    expect(many).toContain("  4 checks: needs --write\n");
  });
});

describe("the JUnit report", () => {
  it("has a suite an operation and a case a check, and cases for the run itself", () => {
    expect(junitReport(red)).toMatchInlineSnapshot(`
      "<?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="callpark verify" tests="6" failures="2" errors="1" time="42.050">
      <testsuite name="GET /call_park" tests="3" failures="1" errors="0" skipped="0" time="1.330" timestamp="2026-11-23T21:00:00Z">
      <properties><property name="PBX" value="https://pbx.example.com:8887/api"/><property name="Tenant" value="Example (MTIz)"/><property name="Version" value="22.6, inferred: GET /call_park has send_notification_to_parker"/><property name="Writes" value="full: every setting"/><property name="Settings" value="NOT RESTORED"/><property name="Run" value="2026-11-23T21:00:00Z, 42.0 s"/><property name="Checked by" value="callpark 0.1.0"/></properties>
      <testcase name="GET /call_park answers with every documented field" classname="call_park.get.shape" time="0.012"/>
      <testcase name="GET /call_park refuses a wrong token" classname="call_park.get.token" time="1.310"><system-out>call_park.get.token.status
      documented: 401
      received: 403</system-out></testcase>
      <testcase name="recall_time is within its bounds" classname="call_park.get.recall_time" time="0.008"><failure message="call_park.get.recall_time.maximum" type="call_park.get.recall_time.maximum">call_park.get.recall_time.maximum
      documented: an integer of at most 900
      received: 1000 \\u001b[2J&lt;/pre&gt;&lt;script&gt;alert('x')&lt;/script&gt;]]&gt;\\u0000\\ud800
      spec: spec/components/schemas/RecallTime.yaml:6
      curl -H 'Authorization: Bearer ***' \\
        https://pbx.example.com:8887/api/call_park</failure></testcase>
      </testsuite>
      <testsuite name="POST /call_park" tests="2" failures="0" errors="1" skipped="1" time="40.000" timestamp="2026-11-23T21:00:00Z">
      <properties><property name="PBX" value="https://pbx.example.com:8887/api"/><property name="Tenant" value="Example (MTIz)"/><property name="Version" value="22.6, inferred: GET /call_park has send_notification_to_parker"/><property name="Writes" value="full: every setting"/><property name="Settings" value="NOT RESTORED"/><property name="Run" value="2026-11-23T21:00:00Z, 42.0 s"/><property name="Checked by" value="callpark 0.1.0"/></properties>
      <testcase name="POST /call_park refuses malformed JSON" classname="call_park.post.malformed" time="40.000"><error message="The PBX closed the connection.&#10;Sent 2 of 10 bytes." type="error">The PBX closed the connection.
      Sent 2 of 10 bytes.</error></testcase>
      <testcase name="POST /call_park accepts recall_time at its bounds" classname="call_park.post.recall_time" time="0.000"><skipped message="needs --write"/></testcase>
      </testsuite>
      <testsuite name="callpark verify" tests="1" failures="1" errors="0" skipped="0" time="0.000" timestamp="2026-11-23T21:00:00Z">
      <properties><property name="PBX" value="https://pbx.example.com:8887/api"/><property name="Tenant" value="Example (MTIz)"/><property name="Version" value="22.6, inferred: GET /call_park has send_notification_to_parker"/><property name="Writes" value="full: every setting"/><property name="Settings" value="NOT RESTORED"/><property name="Run" value="2026-11-23T21:00:00Z, 42.0 s"/><property name="Checked by" value="callpark 0.1.0"/></properties>
      <testcase name="The PBX has its own settings back" classname="run.restored" time="0.000"><failure message="POST /call_park answered 500 twice.&#10;What was there: {&#10;  &quot;recall_time&quot;: 300,&#10;  &quot;enabled&quot;: true&#10;}&#10;What is there now: {&#10;  &quot;recall_time&quot;: 301,&#10;  &quot;enabled&quot;: true&#10;}&#10;To put it back by hand: curl -X POST -d '{&quot;recall_time&quot;:300}' https://pbx.example.com:8887/api/call_park" type="failed">POST /call_park answered 500 twice.
      What was there: {
        "recall_time": 300,
        "enabled": true
      }
      What is there now: {
        "recall_time": 301,
        "enabled": true
      }
      To put it back by hand: curl -X POST -d '{"recall_time":300}' https://pbx.example.com:8887/api/call_park</failure></testcase>
      </testsuite>
      </testsuites>
      "
    `);
  });

  it("skips what is known, with its reason", () => {
    const xml = junitReport(known);
    expect(xml.split("\n")[1]).toBe(
      '<testsuites name="callpark verify" tests="6" failures="1" errors="1" time="42.050">',
    );
    expect(/<testcase name="recall_time is within its bounds".*?<\/testcase>/s.exec(xml)?.[0]).toMatchInlineSnapshot(`
      "<testcase name="recall_time is within its bounds" classname="call_park.get.recall_time" time="0.008"><skipped message="call_park.get.recall_time.maximum: known until 2026-12-31 (anna@example.com): PBX 22.6.1 lets it through, ticket 4711"/><system-out>call_park.get.recall_time.maximum
      known until 2026-12-31 (anna@example.com): PBX 22.6.1 lets it through, ticket 4711
      documented: an integer of at most 900
      received: 1000 \\u001b[2J&lt;/pre&gt;&lt;script&gt;alert('x')&lt;/script&gt;]]&gt;\\u0000\\ud800
      spec: spec/components/schemas/RecallTime.yaml:6
      curl -H 'Authorization: Bearer ***' \\
        https://pbx.example.com:8887/api/call_park</system-out></testcase>"
    `);
  });

  it("does not look green when the run was interrupted", () => {
    const xml = junitReport({ ...green, interrupted: true });
    expect(xml).toContain('<testsuites name="callpark verify" tests="4" failures="0" errors="1" time="1.400">');
    expect(xml).toContain(
      '<testcase name="The run is finished" classname="run.finished" time="0.000">' +
        '<error message="The run ended early: part of the checks did not run." type="error">',
    );
  });

  it("holds only characters that XML can hold", () => {
    const xml = junitReport(red);
    expect(xml).toContain("1000 \\u001b[2J&lt;/pre&gt;&lt;script&gt;alert('x')&lt;/script&gt;]]&gt;\\u0000\\ud800");
    expect(xml.match(/[^\t\n\u0020-\uD7FF\uE000-\uFFFD]/u)).toBeNull();
  });
});

describe("the JSON report", () => {
  it("gives the whole report back", () => {
    expect(JSON.parse(jsonReport(red))).toStrictEqual(red);
  });
});

describe("the page", () => {
  const page = htmlReport(red);

  it("says how many requests a check sent, unless it judges an answer that was there before", () => {
    const checks = red.checks.filter(({ status }) => status === "failed");
    const effort = (requests: number): string | undefined =>
      /<p class="small"><code>[^<]*<\/code> · ([^<]*)<\/p>/.exec(
        htmlReport({ ...red, checks: checks.map((check) => ({ ...check, requests, duration: 7 })) }),
      )?.[1];
    expect([0, 1, 2].map(effort)).toEqual(["7 ms", "1 request, 7 ms", "2 requests, 7 ms"]);
  });

  it("escapes what the PBX sent", () => {
    expect(page).toContain(
      "1000 \\u001b[2J&lt;/pre&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;]]&gt;\\u0000\\ud800",
    );
    expect(page).not.toContain("<script");
  });

  it("allows its own style and nothing else", () => {
    const style = /<style>(.*)<\/style>/s.exec(page)?.[1] ?? "";
    const hash = createHash("sha256").update(style).digest("base64");
    expect(page).toContain(
      '<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; ' +
        `style-src &#39;sha256-${hash}&#39;; base-uri &#39;none&#39;; form-action &#39;none&#39;">`,
    );
  });

  it("refers to nothing outside itself", () => {
    const references = [...page.matchAll(/(?: (?:href|src|srcset|action)="|url\(|@import )([^">)]+)/g)].map(
      ([, to]) => to,
    );
    expect(references).toStrictEqual(["#checks", "#operation-1", "#operation-2"]);
  });

  it("has an element for each of its anchors", () => {
    for (const id of ["checks", "operation-1", "operation-2"]) expect(page.split(`id="${id}"`)).toHaveLength(2);
  });

  it("opens findings and folds what passed and what was skipped", () => {
    const folds = [...page.matchAll(/<summary>([^<]*)<\/summary>/g)].map(([, text]) => text);
    expect(folds).toStrictEqual(["1 more check passed", "1 check skipped"]);
    const outside = page.replace(/<details class="group">.*?<\/details>/gs, "");
    expect(outside).toContain("recall_time is within its bounds");
    expect(outside).toContain("<code>spec/components/schemas/RecallTime.yaml:6</code>");
    expect(outside).toContain("The PBX closed the connection.\nSent 2 of 10 bytes.");
    expect(outside).not.toContain("GET /call_park answers with every documented field");
  });

  it("has the operations first where something is wrong, and the ways to the others folded", () => {
    const mixed = htmlReport({
      ...green,
      checks: [
        ...green.checks.slice(0, 2),
        ...red.checks.slice(3, 4),
        { ...(green.checks[0] as CheckResult), operation: "GET /tenant" },
      ],
    });
    const headings = [...mixed.matchAll(/<h2 id="operation-\d-name"><code><b>(.*?)<\/b> (.*?)<\/code>/g)];
    expect(headings.map(([, verb, path]) => `${verb} ${path}`)).toStrictEqual([
      "POST /call_park",
      "GET /call_park",
      "GET /tenant",
    ]);
    const [, shown = "", folded = ""] = /<nav(.*?)<details>(.*?)<\/nav>/s.exec(mixed) ?? [];
    expect([shown, folded].map((part) => part.match(/#operation-\d/g))).toStrictEqual([
      ["#operation-1"],
      ["#operation-2", "#operation-3"],
    ]);
    expect(folded).toContain("<summary>2 other operations without a failure</summary>");
    expect(htmlReport(green)).toContain("<summary>2 operations without a failure</summary>");
  });

  it("lets its reader choose by status, without a script", () => {
    const choices = [...htmlReport(known).matchAll(/id="show-(\w+)"( checked)?> (\w+) <b>(\d+)</g)];
    expect(choices.map(([, id, checked, label, number]) => [id, checked, label, number])).toStrictEqual([
      ["all", " checked", "All", "5"],
      ["error", undefined, "Errors", "1"],
      ["known", undefined, "Known", "1"],
      ["seen", undefined, "Observations", "1"],
      ["passed", undefined, "Passed", "2"],
      ["skipped", undefined, "Skipped", "1"],
    ]);
  });

  it("names what is known as such, and what the baseline has to be told", () => {
    const text = htmlReport(known);
    expect(text).toContain('<span class="kind">Known finding</span> <code>call_park.get.recall_time.maximum</code>');
    expect(text).toContain("<dt>Baseline</dt><dd>known until 2026-12-31 (anna@example.com): PBX 22.6.1 lets it");
    expect(text).toContain("<li>baseline.yaml:12: call_park.get.ring_group_id was not found: take it out");
  });

  it("shows how to restore by hand only when the PBX was not restored", () => {
    expect(page).toContain("The PBX was not restored");
    expect(htmlReport(green)).not.toContain("not restored");
  });

  it("is well formed", () => {
    const open: string[] = [];
    for (const [, close, name = ""] of page
      .replace(/<style>.*<\/style>/s, "")
      .matchAll(/<(\/?)([a-z][a-z0-9]*)[^>]*>/g)) {
      if (name === "meta" || name === "input") continue;
      if (close === "") open.push(name);
      else expect(open.pop()).toBe(name);
    }
    expect(open).toStrictEqual([]);
  });
});
