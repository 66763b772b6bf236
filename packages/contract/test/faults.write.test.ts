import { expect, test } from "vitest";
import { bodyOf, json, refusal, takes } from "./lawful/variation.ts";
import { type Answer, edit, type Faults, type Forwarded, isCallPark } from "./proxy.ts";
import { bench, codes, stateOf } from "./support.ts";

const yes = (): Answer => ({ status: 200, headers: {}, body: Buffer.of() });

const accepts = (wanted: (body: Record<string, unknown>) => boolean): Faults => ({
  request: takes((body) => (wanted(body) ? yes() : undefined)),
});

const answers = (method: string, path: RegExp, change: (answer: Answer) => void): Faults => ({
  answer: (answer, request) => {
    if (request.method === method && path.test(request.path)) change(answer);
  },
});

const swapped =
  (from: string, to: string): NonNullable<Faults["request"]> =>
  (request) => {
    request.path = request.path.replace(from, to);
    return undefined;
  };

const isGroup = ({ method, path }: Forwarded) => method === "POST" && /\/call_park_groups\/[^/]+$/.test(path);

test.each<[fault: string, only: string, codes: string[], faults: () => Faults]>([
  [
    "says no to its own settings the second time",
    "call_park.post.twice",
    ["twice.refused"],
    () => {
      let last = "";
      return {
        request: takes((_, { body }) => {
          const again = body.toString() === last;
          last = body.toString();
          return again ? refusal(409) : undefined;
        }),
      };
    },
  ],
  [
    "cannot do without recall_time",
    "call_park.post.partial",
    ["partial.none.refused"],
    () => ({ request: takes((body) => ("recall_time" in body ? undefined : refusal(422))) }),
  ],
  [
    "takes no time at all",
    "call_park.post.recall_time.refuses",
    ["recall_time.minimum.accepted"],
    () => accepts((body) => body["recall_time"] === 0),
  ],
  [
    "takes a time as text",
    "call_park.post.recall_time.refuses",
    ["recall_time.type.accepted"],
    () => accepts((body) => body["recall_time"] === "300"),
  ],
  [
    "takes a mode in small letters",
    "call_park.post.recall_to.refuses",
    ["recall_to.enum.accepted"],
    () => accepts((body) => body["recall_to"] === "user_only"),
  ],
  [
    "holds its pattern at one end only",
    "call_park.post.extension_number.refuses",
    ["extension_number.pattern.accepted", "extension_number.pattern.accepted"],
    () => accepts((body) => /^[0-9]{3,64}[^0-9]/.test(String(body["extension_number"]))),
  ],
  [
    "takes one ring-group mode without a ring group",
    "call_park.post.ring_group_id.refuses",
    ["ring_group_id.missing.accepted"],
    () => accepts((body) => body["recall_to"] === "USER_FIRST_THEN_RING_GROUP" && !("ring_group_id" in body)),
  ],
  [
    "takes JSON that is no object",
    "call_park.post.malformed",
    ["no_object.accepted"],
    () => ({
      request: (request) => (isCallPark(request, "POST") && request.body.toString() === "3" ? yes() : undefined),
    }),
  ],
  [
    "takes an upload with another answer",
    "call_park.post.prompt_file_id.accepts",
    ["blobs.uploads.append.status"],
    () =>
      answers("POST", /\/append$/, (answer) => {
        answer.status = 200;
      }),
  ],
  [
    "forgets what it has shown",
    "call_park.post.together",
    ["together.forgotten"],
    () => {
      let readings = 0;
      return {
        answer: (answer, request) => {
          if (isCallPark(request, "POST")) readings = 0;
          if (!isCallPark(request, "GET") || answer.status !== 200) return;
          readings += 1;
          if (readings === 2) edit(answer, (body) => Object.assign(body, { send_notification_to_parker: false }));
        },
      };
    },
  ],
  [
    "counts what it does not list",
    "ring_groups.list.body",
    ["ring_groups.list.count"],
    () =>
      answers("GET", /\/ring_groups$/, (answer) => {
        edit(answer, (body) => Object.assign(body, { count: 3 }));
      }),
  ],
  [
    "leaves nothing out",
    "ring_groups.list.skip",
    ["ring_groups.list.skip"],
    () => ({ request: swapped("skip=1", "skip=0") }),
  ],
  [
    "refuses to change a group",
    "call_park_groups.update.accepts",
    ["update.refused", "update.read_back"],
    () => ({
      request: (request) => (isGroup(request) ? refusal(400) : undefined),
    }),
  ],
  [
    "changes a group's name alone",
    "call_park_groups.update.accepts",
    ["update.read_back", "update.read_back"],
    () => ({
      request: (request) => {
        if (isGroup(request))
          request.body = Buffer.from(JSON.stringify({ name: bodyOf(request)?.["name"], recall_to: "USER_ONLY" }));
        return undefined;
      },
    }),
  ],
  [
    "creates groups that are nowhere",
    "call_park_groups.create.accepts",
    ["show.refused", "read_back", "read_back", "read_back", "read_back"],
    () => ({
      request: ({ method, path }) =>
        method === "POST" && path === "/api/call_park_groups" ? json({ id: "nowhere" }, 201) : undefined,
    }),
  ],
])("a PBX that %s is found, and nothing of it stays", async (_, only, wanted, faults) => {
  await using pbx = await bench(faults());
  const before = await stateOf(pbx);
  const report = await pbx.run({ only: [only], write: "full" });
  const found = codes(report).slice(0, wanted.length);
  expect(found).toEqual(wanted.map((end) => expect.stringMatching(new RegExp(`(^|\\.)${end}$`))));
  expect(report.restore.status).not.toBe("failed");
  expect(await stateOf(pbx)).toEqual(before);
});

test("a read that is refused to a user of the tenant is found, not passed", async () => {
  await using pbx = await bench({ request: ({ path }) => (path === "/api/ring_groups" ? refusal(400) : undefined) });
  expect(codes(await pbx.run({ only: ["ring_groups.list.body"] }))).toEqual(["ring_groups.list.status"]);
});

test("a rate limit that does not end is an error, and passes for no refusal", async () => {
  await using pbx = await bench({
    request: ({ path }) => (path.includes("skip=-1") ? refusal(429, { "retry-after": "0" }) : undefined),
  });
  const report = await pbx.run({ only: ["ring_groups.list.bounds"] });
  expect(report.checks.map(({ status, reason }) => [status, reason])).toEqual([
    ["error", "The PBX's rate limit is used up, and it asks for 0 s of patience: run again later"],
  ]);
});

test("JSON with a byte order mark is observed, and JSON that is called another charset is found", async () => {
  const only = ["call_park.get.body"];
  await using marked = await bench(
    answers("GET", /\/call_park$/, (answer) => {
      answer.body = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), answer.body]);
    }),
  );
  const report = await marked.run({ only });
  expect([codes(report), codes(report, "observation")]).toEqual([[], ["call_park.get.byte_order_mark"]]);
  await using misnamed = await bench(
    answers("GET", /\/call_park$/, ({ headers }) => {
      headers["content-type"] = "application/json; charset=iso-8859-1";
    }),
  );
  expect(codes(await misnamed.run({ only }))).toEqual(["call_park.get.content_type"]);
});

test("a refusal that repeats the token is found, and the report does not repeat it", async () => {
  await using pbx = await bench({
    answer: (answer, { headers }) => {
      if (answer.status === 400)
        edit(answer, (body) => Object.assign(body, { errors: [{ code: "UNKNOWN", message: headers.authorization }] }));
    },
  });
  const report = await pbx.run({ only: ["ring_groups.list.bounds"] });
  expect(new Set(codes(report))).toEqual(
    new Set(["top.minimum", "top.maximum", "skip.minimum"].map((rule) => `ring_groups.list.${rule}.secret`)),
  );
  expect(JSON.stringify(report)).not.toContain(pbx.token);
});

test("a prompt that is put back is no temporary file", async () => {
  await using pbx = await bench({}, { semantics: "replace" });
  await pbx.run({ write: "safe" });
  const uploads = pbx.proxy.requests.filter(({ path }) => path.startsWith("/api/blobs/uploads?"));
  expect(uploads.map(({ path }) => new URLSearchParams(path.split("?")[1]).get("temporary"))).toEqual(["false"]);
});
