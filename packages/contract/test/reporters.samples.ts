import type { CheckResult, Report } from "../src/report.ts";

const checks: CheckResult[] = [
  {
    id: "call_park.get.shape",
    title: "GET /call_park answers with every documented field",
    operation: "GET /call_park",
    status: "passed",
    findings: [],
    requests: 1,
    duration: 12,
  },
  {
    id: "call_park.get.token",
    title: "GET /call_park refuses a wrong token",
    operation: "GET /call_park",
    status: "passed",
    findings: [
      {
        code: "call_park.get.token.status",
        kind: "observation",
        operation: "GET /call_park",
        documented: "401",
        received: "403",
      },
    ],
    requests: 4,
    duration: 1310,
  },
  {
    id: "call_park.post.recall_time",
    title: "POST /call_park accepts recall_time at its bounds",
    operation: "POST /call_park",
    status: "skipped",
    reason: "needs --write",
    findings: [],
    requests: 0,
    duration: 0,
  },
];

/** A run that found nothing wrong. */
export const green: Report = {
  schemaVersion: 1,
  tool: { name: "callpark", version: "0.1.0" },
  startedAt: "2026-11-23T21:00:00Z",
  duration: 1400,
  target: { url: "https://pbx.example.com:8887/api", embedded: false, tenant: { id: "MTIz", name: "Example" } },
  pbxVersion: { line: "22.6", source: "inferred", reason: "GET /call_park has send_notification_to_parker" },
  write: "none",
  checks,
  requests: 5,
  restore: { status: "not-needed" },
  interrupted: false,
  notes: [],
};

/** A run with everything that can go wrong, and a PBX that sends hostile text. */
export const red: Report = {
  ...green,
  write: "full",
  duration: 42_050,
  requests: 9,
  checks: [
    ...checks.slice(0, 2),
    {
      id: "call_park.get.recall_time",
      title: "recall_time is within its bounds",
      operation: "GET /call_park",
      status: "failed",
      findings: [
        {
          code: "call_park.get.recall_time.maximum",
          kind: "finding",
          operation: "GET /call_park",
          documented: "an integer of at most 900",
          received: "1000 \u001b[2J</pre><script>alert('x')</script>]]>\u0000\ud800",
          location: {
            pointer: "#/components/schemas/RecallTime/maximum",
            file: "spec/components/schemas/RecallTime.yaml",
            line: 6,
          },
          curl: "curl -H 'Authorization: Bearer ***' \\\n  https://pbx.example.com:8887/api/call_park",
        },
      ],
      requests: 1,
      duration: 8,
    },
    {
      id: "call_park.post.malformed",
      title: "POST /call_park refuses malformed JSON",
      operation: "POST /call_park",
      status: "error",
      reason: "The PBX closed the connection.\nSent 2 of 10 bytes.",
      findings: [],
      requests: 3,
      duration: 40_000,
    },
    ...checks.slice(2),
  ],
  restore: {
    status: "failed",
    detail: "POST /call_park answered 500 twice.",
    before: { recall_time: 300, enabled: true },
    now: { recall_time: 301, enabled: true },
    curl: "curl -X POST -d '{\"recall_time\":300}' https://pbx.example.com:8887/api/call_park",
  },
  notes: ["The PBX gave out a new refresh token: CALLPARK_REFRESH_TOKEN is used up."],
};

const owned = { owner: "anna@example.com", reason: "PBX 22.6.1 lets it through, ticket 4711", until: "2026-12-31" };

/** A run whose finding is known, with a baseline that has more in it than that. */
export const known: Report = {
  ...red,
  checks: red.checks.map((check) => ({
    ...check,
    findings: check.findings.map((finding) => (finding.kind === "finding" ? { ...finding, known: owned } : finding)),
  })),
  baseline: {
    file: "baseline.yaml",
    known: 1,
    expired: [{ ...owned, code: "call_park.get.enabled.type", until: "2026-10-31", line: 7 }],
    stale: [{ ...owned, code: "call_park.get.ring_group_id", line: 12 }],
  },
};
