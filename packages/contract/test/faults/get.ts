import { gzipSync } from "node:zlib";
import type { Answer, Faults } from "../proxy.ts";
import { isCallPark } from "../proxy.ts";
import { answersGet, type Body, edit, type Fault, nowAndThen, shows } from "./fault.ts";

const value = (name: string, wrong: unknown, code = `call_park.get.${name}.`): Fault => ({
  what: `shows ${name} as ${JSON.stringify(wrong)}`,
  code,
  faults: () => shows((body) => Object.assign(body, { [name]: wrong })),
});
const lacks = (name: string): Fault => ({
  what: `shows no ${name}`,
  code: `call_park.get.${name}.required`,
  faults: () => shows((body) => delete body[name]),
});
const raw = (what: string, code: string, change: (answer: Answer) => void): Fault => ({
  what,
  code,
  faults: () => answersGet(change),
});
const sometimes = (what: string, code: string, every: number, change: (body: Body) => void): Fault => ({
  what: `${what} every ${every} times`,
  code,
  faults: () => nowAndThen(every, (answer) => edit(answer, change)),
});
const text = (change: (text: string) => string) => (answer: Answer) => {
  answer.body = Buffer.from(change(answer.body.toString()));
};
const download = (change: (answer: Answer) => void): Faults => ({
  answer: (answer, { path }) => {
    if (path.startsWith("/api/blobs/") && answer.status === 200) change(answer);
  },
});

export const get: readonly Fault[] = [
  ...["enabled", "extension_number", "recall_to", "recall_time", "recall_ring_group_time", "ring_group_id"].map(lacks),
  ...["prompt_file_name", "prompt_file_size", "prompt_file_url"].map(lacks),
  ...["true", 1, null].map((wrong) => value("enabled", wrong)),
  ...["66", "66a6", "abc666", "666 ", "666\n", "7".repeat(65), "\u0666".repeat(3), 666, ""].map((wrong) =>
    value("extension_number", wrong),
  ),
  ...["NOBODY", "user_only", "", null, 1].map((wrong) => value("recall_to", wrong)),
  ...[59, 901, 0, -1, "300", 300.5, null, true].map((wrong) => value("recall_time", wrong)),
  ...[59, 901, "300", null].map((wrong) => value("recall_ring_group_time", wrong)),
  ...["yes", null, 0].map((wrong) => value("send_notification_to_parker", wrong)),
  ...[-1, "64044", 1.5].map((wrong) => value("prompt_file_size", wrong)),
  value("prompt_file_name", 3),
  value("prompt_file_name", null, "call_park.get.prompt_file_name"),
  value("prompt_file_name", "", "call_park.get.prompt_file_name"),
  value("prompt_file_size", 3, "call_park.get.prompt_file_size"),
  value("prompt_file_url", "https://elsewhere.example/api/blobs/x"),
  value("prompt_file_url", "/blobs/x"),
  value("prompt_file_url", "/api/blobs/not-there", "call_park.get.prompt_file_url"),
  value("prompt_file_url", null, "call_park.get.prompt_file_name.without_prompt"),
  value("prompt_file_url", ""),
  value("prompt_file_id", "NzAwNTUxOTA5NzczMTQ4MTYy"),
  value("ring_group_id", 7),
  value("ring_group_id", ""),
  {
    what: "recalls to a ring group and shows none",
    code: "call_park.get.ring_group_id.",
    faults: () => shows((body) => Object.assign(body, { recall_to: "RING_GROUP_ONLY", ring_group_id: null })),
  },
  {
    what: "recalls to a ring group that is not there",
    code: "call_park.get.ring_group_id.dangling",
    faults: () => shows((body) => Object.assign(body, { recall_to: "RING_GROUP_ONLY", ring_group_id: "bm9uZQ" })),
  },
  ...[201, 203, 204, 202, 206].map((status) =>
    raw(`answers ${status}`, "call_park.get.", (answer) => {
      answer.status = status;
      if (status === 204) answer.body = Buffer.of();
    }),
  ),
  raw("says nothing", "call_park.get.json", (answer) => {
    answer.body = Buffer.of();
  }),
  raw("calls it text", "call_park.get.content_type", ({ headers }) => {
    headers["content-type"] = "text/plain";
  }),
  raw("does not say what it is", "call_park.get.content_type", ({ headers }) => {
    delete headers["content-type"];
  }),
  raw("calls it Latin 1", "call_park.get.content_type", ({ headers }) => {
    headers["content-type"] = "application/json; charset=latin1";
  }),
  raw("writes what is no UTF-8", "call_park.get.json", (answer) => {
    answer.body = Buffer.concat([
      answer.body.subarray(0, 1),
      Buffer.from('"x":"\xff",', "latin1"),
      answer.body.subarray(1),
    ]);
  }),
  raw(
    "breaks off",
    "call_park.get.json",
    text((all) => all.slice(0, -1)),
  ),
  raw(
    "says a name twice",
    "call_park.get.name_twice",
    text((all) => all.replace("{", '{"recall_time":61,')),
  ),
  raw(
    "has a field called __proto__",
    "call_park.get.unsafe_name",
    text((all) => all.replace("{", '{"__proto__":{},')),
  ),
  raw(
    "answers with a list",
    "call_park.get.",
    text((all) => `[${all}]`),
  ),
  raw(
    "wraps its answer",
    "call_park.get.",
    text((all) => `{"data":${all}}`),
  ),
  raw(
    "answers null",
    "call_park.get.",
    text(() => "null"),
  ),
  raw("answers with a web page", "call_park.get.", (answer) => {
    answer.headers["content-type"] = "text/html";
    answer.body = Buffer.from("<html>Sign in</html>");
  }),
  raw("calls gzip what is none", "call_park.get.", ({ headers }) => {
    headers["content-encoding"] = "gzip";
  }),
  raw("cuts its gzip short", "call_park.get.", (answer) => {
    answer.headers["content-encoding"] = "gzip";
    answer.body = gzipSync(answer.body).subarray(0, -9);
  }),
  {
    what: "says a longer length than it sends",
    code: "call_park.get.",
    faults: () => ({
      deliver: (answer, request, outgoing) => {
        if (!isCallPark(request, "GET") || answer.status !== 200)
          outgoing.writeHead(answer.status, answer.headers).end(answer.body);
        else {
          outgoing.writeHead(200, { ...answer.headers, "content-length": answer.body.length + 9 });
          outgoing.write(answer.body, () => outgoing.destroy());
        }
      },
    }),
  },
  raw("redirects", "call_park.get.status", (answer) => {
    Object.assign(answer, { status: 302, headers: { location: "/login" }, body: Buffer.of() });
  }),
  raw("fails", "call_park.get.status", (answer) => {
    Object.assign(answer, { status: 500, body: Buffer.from('{"errors":[{"code":"UNKNOWN","message":"no"}]}') });
  }),
  sometimes("shows another time", "call_park.", 4, (body) => Object.assign(body, { recall_time: 444 })),
  sometimes("shows another mode", "call_park.", 7, (body) =>
    Object.assign(body, { recall_to: "USER_ONLY", ring_group_id: null, recall_time: 300 }),
  ),
  sometimes("shows its default time", "call_park.", 9, (body) => Object.assign(body, { recall_time: 300 })),
  sometimes("leaves out a field", "call_park.get.always.", 10, (body) => delete body["recall_time"]),
  sometimes("shows a time as text", "call_park.get.always.", 10, (body) =>
    Object.assign(body, { recall_time: String(body["recall_time"]) }),
  ),
  ...[6, 13].map(
    (every): Fault => ({
      what: `fails every ${every} times`,
      code: "call_park.get.always.crashed",
      faults: () =>
        nowAndThen(every, (answer) => Object.assign(answer, { status: 503, headers: {}, body: Buffer.of() })),
    }),
  ),
  {
    what: "breaks off every 8 times",
    code: "call_park.get.always.",
    faults: () => nowAndThen(8, (answer) => Object.assign(answer, { body: answer.body.subarray(0, 20) })),
  },
  {
    what: "refuses the token every 8 times",
    code: "call_park.get.always.token_refused",
    faults: () =>
      nowAndThen(8, (answer) =>
        Object.assign(answer, {
          status: 401,
          body: Buffer.from('{"errors":[{"code":"UNAUTHORIZED","message":"no"}]}'),
        }),
      ),
  },
  {
    what: "says another length of the prompt than it has",
    code: "call_park.get.prompt_file_size",
    faults: () => download((answer) => Object.assign(answer, { body: answer.body.subarray(0, -2) })),
  },
  {
    what: "calls the prompt a web page",
    code: "blobs.download.content_type",
    only: "call_park.get",
    faults: () => download(({ headers }) => Object.assign(headers, { "content-type": "text/html" })),
  },
  {
    what: "wants a token for the prompt",
    code: "call_park.get.prompt_file_url",
    faults: () => ({
      answer: (answer, { path, headers }) => {
        if (path.startsWith("/api/blobs/") && !headers.authorization)
          Object.assign(answer, { status: 401, body: Buffer.from("{}") });
      },
    }),
  },
];
