import { exitCodeOf } from "@callpark/contract";
import { expect, test } from "vitest";
import { type Answer, edit, type Faults, isCallPark } from "./proxy.ts";
import { bench, codes } from "./support.ts";

const onGet =
  (change: (body: Record<string, unknown>) => void): Faults["answer"] =>
  (answer, request) => {
    if (isCallPark(request, "GET") && answer.status === 200) edit(answer, change);
  };

test.each<[string, Faults["answer"], string[]]>([
  [
    "a time above its maximum",
    onGet((body) => Object.assign(body, { recall_time: 901 })),
    ["call_park.get.recall_time.maximum"],
  ],
  [
    "a number as text",
    onGet((body) => Object.assign(body, { recall_time: "300" })),
    ["call_park.get.recall_time.type"],
  ],
  [
    "a mode not documented",
    onGet((body) => Object.assign(body, { recall_to: "NOBODY" })),
    ["call_park.get.recall_to.enum"],
  ],
  [
    "a ring-group mode without its ring group",
    onGet((body) => Object.assign(body, { recall_to: "RING_GROUP_ONLY", ring_group_id: null })),
    ["call_park.get.ring_group_id.type"],
  ],
  [
    "a field left out",
    onGet((body) => {
      delete body["prompt_file_name"];
    }),
    ["call_park.get.prompt_file_name.required", "call_park.get.prompt_file_name"],
  ],
  [
    "another size than the prompt's",
    onGet((body) => Object.assign(body, { prompt_file_size: 1 })),
    ["call_park.get.prompt_file_size"],
  ],
  [
    "a prompt elsewhere",
    onGet((body) => Object.assign(body, { prompt_file_url: "http://192.0.2.1/x.wav" })),
    ["call_park.get.prompt_file_url.pattern", "call_park.get.prompt_file_url"],
  ],
  [
    "another content type",
    (answer, request) => {
      if (isCallPark(request, "GET") && answer.status === 200) answer.headers["content-type"] = "text/html";
    },
    ["call_park.get.content_type"],
  ],
])("GET /call_park with %s is found", async (_, answer, wanted) => {
  await using pbx = await bench({ answer });
  const report = await pbx.run({ only: ["call_park.get.body", "call_park.get.prompt"] });
  expect([codes(report), exitCodeOf(report)]).toEqual([wanted, 1]);
});

test("a finding says what was received, what is documented, where in the spec, and how to ask again", async () => {
  await using pbx = await bench({ answer: onGet((body) => Object.assign(body, { recall_time: 901 })) });
  const { checks } = await pbx.run({ only: ["call_park.get.body"] });
  expect(checks[0]?.findings).toEqual([
    {
      code: "call_park.get.recall_time.maximum",
      kind: "finding",
      operation: "GET /call_park",
      documented: "recall_time must be at most 900",
      received: "901",
      location: {
        pointer: "#/components/schemas/RecallTime/maximum",
        file: "spec/components/schemas/RecallTime.yaml",
        line: expect.any(Number),
      },
      curl: `curl -i -H "Authorization: Bearer $CALLPARK_TOKEN" -H 'Accept: application/json' '${pbx.proxy.url}/api/call_park'`,
      request: {
        method: "GET",
        path: "/call_park",
        headers: { Authorization: "Bearer •••", Accept: "application/json" },
      },
    },
  ]);
});

test("settings that differ from one reading to the next are found", async () => {
  let time = 300;
  await using pbx = await bench({
    answer: onGet((body) => {
      time += 1;
      body["recall_time"] = time;
    }),
  });
  expect(codes(await pbx.run({ only: ["call_park.get.stable"] }))).toEqual(["call_park.get.stable"]);
});

test("unknown fields are observed by name", async () => {
  await using pbx = await bench({ answer: onGet((body) => Object.assign(body, { colour: "blue" })) });
  const report = await pbx.run({ only: ["call_park.get.body"] });
  expect([codes(report), codes(report, "observation"), exitCodeOf(report)]).toEqual([
    [],
    ["call_park.get.unknown_fields"],
    0,
  ]);
});

test("a refusal without the envelope, and one that redirects, are found", async () => {
  await using bare = await bench({
    answer: (answer) => {
      if (answer.status === 401) answer.body = Buffer.from('{"message":"no"}');
    },
  });
  expect(codes(await bare.run({ only: ["call_park.get.authentication.none"] }))).toEqual([
    "call_park.get.authentication.none.errors.required",
  ]);
  await using redirecting = await bench({
    answer: (answer) => {
      if (answer.status === 401) Object.assign(answer, { status: 302, headers: { location: "/login" } });
    },
  });
  expect(codes(await redirecting.run({ only: ["call_park.get.authentication.none"] }))).toEqual([
    "call_park.get.authentication.none.redirected",
  ]);
});

/** Lets a body through that the PBX should refuse, or refuses one that it should take. */
const post =
  (wanted: (body: Record<string, unknown>) => Answer | undefined): Faults["request"] =>
  (request) =>
    isCallPark(request, "POST") && request.headers.authorization ? wanted(parsed(request.body)) : undefined;
const parsed = (body: Buffer): Record<string, unknown> => {
  try {
    return JSON.parse(body.toString());
  } catch {
    return {};
  }
};

test("a PBX that refuses a value at its bound is found", async () => {
  const refusal = { errors: [{ code: "VALIDATE_FAILED", message: "no" }] };
  await using pbx = await bench({
    request: post(({ recall_time }) =>
      recall_time === 60
        ? { status: 400, headers: { "content-type": "application/json" }, body: Buffer.from(JSON.stringify(refusal)) }
        : undefined,
    ),
  });
  expect(codes(await pbx.run({ only: ["call_park.post.recall_time"], write: "safe" }))).toEqual([
    "call_park.post.recall_time.minimum.refused",
  ]);
});

test("a PBX that holds to the text's 90 is told so by name", async () => {
  const refusal = { errors: [{ code: "VALIDATE_FAILED", message: "at most 90" }] };
  await using pbx = await bench({
    request: post(({ recall_ring_group_time: time }) =>
      typeof time === "number" && time > 90 && time !== 300
        ? { status: 422, headers: { "content-type": "application/json" }, body: Buffer.from(JSON.stringify(refusal)) }
        : undefined,
    ),
  });
  const report = await pbx.run({ only: ["call_park.post.recall_ring_group_time.accepts_bounds"], write: "safe" });
  expect([codes(report), codes(report, "observation"), exitCodeOf(report)]).toEqual([
    [],
    ["call_park.post.recall_ring_group_time.contradiction"],
    0,
  ]);
});
