import { githubAnnotations, markdownReport } from "@callpark/contract/reporters";
import { describe, expect, it } from "vitest";
import type { Report } from "../src/report.ts";
import { green, known, red } from "./reporters.samples.ts";

const hostile = "a%b\r\n::error::c <script> | `` ``` ` [x](http://192.0.2.1) @someone";

const received = (text: string): Report => ({
  ...red,
  restore: { status: "restored" },
  checks: red.checks
    .filter(({ status }) => status === "failed")
    .map((check) => ({ ...check, findings: check.findings.map((finding) => ({ ...finding, received: text })) })),
  notes: [],
});

describe("GitHub annotations", () => {
  it("stand at the line of the specification", () => {
    expect(githubAnnotations(red)).toMatchInlineSnapshot(`
      "::error title=NOT RESTORED::The PBX does not have its own settings back.%0APOST /call_park answered 500 twice.
      ::error file=spec/components/schemas/RecallTime.yaml,line=6,title=GET /call_park%3A call_park.get.recall_time.maximum::documented: an integer of at most 900%0Areceived: 1000 \\u001b[2J</pre><script>alert('x')</script>]]>\\u0000\\ud800%0Acurl -H 'Authorization: Bearer ***' \\%0A  https://pbx.example.com:8887/api/call_park
      ::error title=call_park.post.malformed::POST /call_park refuses malformed JSON%0AThe PBX closed the connection.%0ASent 2 of 10 bytes.
      "
    `);
  });

  it("warn of what is known", () => {
    expect(
      githubAnnotations(known)
        .split("\n")
        .filter((line) => line.startsWith("::warning")),
    ).toMatchInlineSnapshot(`
      [
        "::warning file=spec/components/schemas/RecallTime.yaml,line=6,title=GET /call_park%3A call_park.get.recall_time.maximum::known until 2026-12-31 (anna@example.com): PBX 22.6.1 lets it through, ticket 4711%0Adocumented: an integer of at most 900%0Areceived: 1000 \\u001b[2J</pre><script>alert('x')</script>]]>\\u0000\\ud800%0Acurl -H 'Authorization: Bearer ***' \\%0A  https://pbx.example.com:8887/api/call_park",
        "::warning title=Baseline::baseline.yaml:7: call_park.get.enabled.type was known until 2026-10-31 (anna@example.com), and fails again",
        "::warning title=Baseline::baseline.yaml:12: call_park.get.ring_group_id was not found: take it out (but 1 check did not run)",
      ]
    `);
  });

  it("are none for a PBX that conforms", () => {
    expect(githubAnnotations(green)).toBe("");
  });

  it("are one line each, whatever the PBX says", () => {
    const text = githubAnnotations(received(hostile));
    expect(text.split("\n")).toHaveLength(2);
    expect(text).toContain("received: a%25b%0A::error::c ");
  });
});

describe("the step summary", () => {
  it("is the whole report in Markdown", () => {
    expect(markdownReport(red)).toMatchInlineSnapshot(`
      "## ❌ Call park contract: Not restored

      The PBX does not have its own settings back. 2 passed, 1 failed, 1 error, 1 skipped, 1 observation, 9 requests, 42.0 s, NOT RESTORED.

      | | |
      | --- | --- |
      | PBX | https&#58;//pbx.example.com&#58;8887/api |
      | Tenant | Example &#40;MTIz&#41; |
      | Version | 22.6, inferred&#58; GET /call&#95;park has send&#95;notification&#95;to&#95;parker |
      | Writes | full&#58; every setting |
      | Settings | NOT RESTORED |
      | Run | 2026-11-23T21&#58;00&#58;00Z, 42.0 s |
      | Checked by | callpark 0.1.0 |

      ### NOT RESTORED: The PBX does not have its own settings back.

      POST /call&#95;park answered 500 twice.

      What was there:

      \`\`\`
      {
        "recall_time": 300,
        "enabled": true
      }
      \`\`\`

      What is there now:

      \`\`\`
      {
        "recall_time": 301,
        "enabled": true
      }
      \`\`\`

      To put it back by hand:

      \`\`\`
      curl -X POST -d '{"recall_time":300}' https://pbx.example.com:8887/api/call_park
      \`\`\`

      ### GET /call&#95;park: call&#95;park.get.recall&#95;time.maximum

      recall&#95;time is within its bounds

      \`\`\`
      documented  an integer of at most 900
      received    1000 \\u001b[2J</pre><script>alert('x')</script>]]>\\u0000\\ud800
      spec        spec/components/schemas/RecallTime.yaml:6
      curl        curl -H 'Authorization: Bearer ***' \\
        https://pbx.example.com:8887/api/call_park
      \`\`\`

      ### POST /call&#95;park refuses malformed JSON

      Could not be finished:

      \`\`\`
      The PBX closed the connection.
      Sent 2 of 10 bytes.
      \`\`\`

      ### Observations

      - call&#95;park.get.token.status: 403; documented: 401

      ### Notes

      - The PBX gave out a new refresh token&#58; CALLPARK&#95;REFRESH&#95;TOKEN is used up.
      "
    `);
  });

  it("lets nothing of the PBX be Markdown or HTML", () => {
    const text = markdownReport({ ...received(hostile), notes: [hostile] });
    expect(text).toContain("\n````\ndocumented  an integer of at most 900\nreceived    a%b\n::error::c <script>");
    const [, outside] = text.split("### Notes");
    expect(outside).toBe(
      "\n\n- a%b &#58;&#58;error&#58;&#58;c &#60;script&#62; &#124; &#96;&#96; &#96;&#96;&#96; &#96; " +
        "&#91;x&#93;&#40;http&#58;//192.0.2.1&#41; &#64;someone\n",
    );
  });

  it("stays within what GitHub takes", () => {
    const [check] = received("x".repeat(50_000)).checks;
    const findings = Array.from({ length: 300 }, () => check?.findings[0] ?? []).flat();
    const text = markdownReport({ ...red, checks: check ? [{ ...check, findings }] : [] });
    expect(Buffer.byteLength(text)).toBeLessThan(1024 * 1024);
    expect(text).toContain("\n\nAnd 200 more: see the report.\n\n");
  });
});
