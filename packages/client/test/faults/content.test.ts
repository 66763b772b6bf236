import { createCallParkClient, toUpdate } from "@callpark/client";
import type { CallPark } from "@callpark/types";
import { expect, test } from "vitest";
import {
  clientOf,
  failureOf,
  head,
  reply,
  replyJson,
  servePbx,
  serveRaw,
  settings,
  type Transport,
  transports,
} from "./raw-server.ts";

const text = JSON.stringify(settings);

/** What a GET ends in where it is answered so, and how often it was asked. */
const readOf = async (body: string | Uint8Array, transport: Transport, headers: Record<string, string> = {}) => {
  await using server = await serveRaw((socket) => reply(socket, 200, body, headers));
  const [result] = await Promise.allSettled([clientOf(server.url, transport).GET("/call_park")]);
  const where = `GET ${server.url}/api/call_park`;
  return {
    asked: server.seen().length,
    where,
    data: result.status === "fulfilled" ? result.value.data : undefined,
    error: result.status === "rejected" ? result.reason : undefined,
  };
};

const login =
  '<!DOCTYPE html>\n<html><head>\n  <title>Sign in</title></head><body>t0ken <a href="/?session=c2VjcmV0LXNlY3JldA">…</a></body></html>';

test.each(transports)(
  "F19 200 with an HTML login page: the wrong type, and a short excerpt without secrets (%s)",
  async (_, transport) => {
    const { asked, error, where } = await readOf(login, transport, { "Content-Type": "text/html; charset=utf-8" });
    expect(asked).toBe(1);
    expect(error).toMatchObject({
      name: "UnexpectedAnswerError",
      status: 200,
      message: `Not a documented answer (text/html; charset=utf-8, not JSON: <!DOCTYPE html> <html><head> <title>Sign in</title></head><b): ${where}`,
    });
  },
);

test.each(transports)("F19 an excerpt repeats neither the token nor what looks like one (%s)", async (_, transport) => {
  const page = `<p>t0ken secretsecretsecret ${btoa("t0ken")} hunter2</p>`;
  const { error, where } = await readOf(page, transport, { "Content-Type": "text/html" });
  expect(String(error.message)).toMatch(/^Not a documented answer \(text\/html, not JSON: <p>[…*= ]+<\/p>\): GET /);
  expect(error.message.endsWith(where)).toBe(true);
});

test.each(transports)(
  "F19 an HTML login page for a POST: the update is settled by reading (%s)",
  async (_, transport) => {
    await using server = await servePbx((socket, { apply, count }) => {
      if (count > 1) apply();
      reply(socket, 200, login, { "Content-Type": "text/html" });
    });
    const { error } = await clientOf(server.url, transport).callPark.update({ recall_time: 120 });
    expect([error, server.writes(), server.now().recall_time]).toEqual([undefined, 2, 120]);
  },
);

test.each(["application/json", "Application/JSON;charset=UTF-8", "application/problem+json"])(
  "F19 JSON under the type %s is JSON",
  async (type) => {
    expect((await readOf(text, globalThis, { "Content-Type": type })).data).toEqual(settings);
  },
);

test.each(transports)(
  "F20 200 GET with an empty body: refused at once, never undefined data (%s)",
  async (_, transport) => {
    for (const body of ["", "\uFEFF"]) {
      const { asked, error, where } = await readOf(body, transport);
      expect(asked).toBe(1);
      expect(error).toMatchObject({
        name: "UnexpectedAnswerError",
        status: 200,
        message: `Not a documented answer (it is empty): ${where}`,
      });
    }
  },
);

test.each(transports)("F20 204 where an answer is due is not undefined data either (%s)", async (_, transport) => {
  await using server = await serveRaw((socket) => void socket.write(head(204, {})));
  const pbx = clientOf(server.url, transport);
  const group = { name: "Front desk", recall_to: "USER_ONLY" } as const;
  expect(await failureOf(pbx.callPark.get())).toMatchObject({ name: "UnexpectedAnswerError", status: 204 });
  expect(await failureOf(pbx.callPark.update({ recall_time: 120 }))).toMatchObject({ name: "UnexpectedAnswerError" });
  expect(server.seen().filter((line) => line.startsWith("POST"))).toEqual([]);
  expect(await failureOf(pbx.callPark.groups.create(group))).toMatchObject({ name: "OutcomeUnknownError" });
});

test.each(transports)("F21 200 POST with an empty body is the documented answer (%s)", async (_, transport) => {
  const heads = [
    { "Content-Length": 0 },
    { "Content-Length": 0, "Content-Type": "application/json" },
    { "Transfer-Encoding": "chunked" },
  ];
  for (const headers of heads) {
    await using server = await servePbx((socket, { apply }) => {
      apply();
      socket.write(head(200, headers) + ("Transfer-Encoding" in headers ? "0\r\n\r\n" : ""));
    });
    const pbx = clientOf(server.url, transport);
    const answer = await pbx.POST("/call_park", { body: { recall_time: 120 } });
    expect([answer.data, answer.error, answer.response.status]).toEqual([undefined, undefined, 200]);
    expect((await pbx.callPark.update({ recall_time: 180 })).response.status).toBe(200);
    expect([server.writes(), server.now().recall_time]).toEqual([2, 180]);
  }
});

test.each(transports)("F22 invalid UTF-8: refused at once, never U+FFFD (%s)", async (_, transport) => {
  const bytes = Buffer.from(text.replace("666", "6\xff6"), "latin1");
  const { asked, error, where } = await readOf(bytes, transport);
  expect(asked).toBe(1);
  expect(error).toMatchObject({
    name: "UnexpectedAnswerError",
    status: 200,
    message: `Not a documented answer (it is not UTF-8): ${where}`,
  });
});

test.each(transports)("F22 invalid UTF-8 in a refusal: still the refusal, and no U+FFFD (%s)", async (_, transport) => {
  await using server = await serveRaw((socket) =>
    reply(socket, 422, Buffer.from('{"errors":[{"code":"X","message":"caf\xe9"}]}', "latin1")),
  );
  const { error, response } = await clientOf(server.url, transport).GET("/call_park");
  expect([error, response.status]).toEqual([{ errors: [{ code: "X", message: "café" }] }, 422]);
});

test.each(transports)("F23 a byte order mark is left out (%s)", async (_, transport) => {
  expect((await readOf(`\uFEFF${text}`, transport)).data).toEqual(settings);
});

test.each(transports)(
  "F24 duplicate keys and __proto__: nothing is merged into anything (%s)",
  async (_, transport) => {
    const nasty = `{"recall_time":90,"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},${text.slice(1)}`;
    const { data } = await readOf(nasty, transport);
    const read = data as CallPark;
    // Of two, the last one counts, as JSON.parse has it.
    expect(read.recall_time).toBe(300);
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
    expect(Object.hasOwn(read, "__proto__")).toBe(true);
    const update = toUpdate(read);
    expect(Object.getPrototypeOf(update)).toBe(Object.prototype);
    expect(Object.getOwnPropertyNames(update).sort()).toEqual(Object.keys(toUpdate(settings)).sort());
    for (const one of [{}, read, update]) expect("polluted" in one).toBe(false);
  },
);

test.each(transports)(
  "F24 __proto__ and constructor as headers, of an answer and of a request (%s)",
  async (_, transport) => {
    const odd = JSON.parse('{"__proto__":"a","constructor":"b"}');
    await using server = await serveRaw((socket) => replyJson(socket, 200, settings, odd));
    const { data, response } = await clientOf(server.url, transport).GET("/call_park", { headers: odd });
    expect([data, response.headers.get("__proto__"), response.headers.get("constructor")]).toEqual([
      settings,
      "a",
      "b",
    ]);
    // No header of a caller's has the name of the prototype: both transports leave it out.
    expect(server.requests[0]?.headers).toMatchObject({ constructor: "b" });
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
  },
);

test.each(transports)(
  "F24 __proto__ in an update's settings does not mislead the reading after a lost answer (%s)",
  async (_, transport) => {
    const nasty = `{"__proto__":{"recall_time":120},${text.slice(1)}`;
    await using server = await serveRaw((socket, { method }) => {
      if (method === "GET") reply(socket, 200, nasty);
      else socket.resetAndDestroy();
    });
    const failed = failureOf(clientOf(server.url, transport).callPark.update({ recall_time: 120 }));
    expect(await failed).toMatchObject({ name: "OutcomeUnknownError" });
    expect(server.seen().filter((one) => one.startsWith("POST")).length).toBe(2);
  },
);

test.each(transports)("F25 an integer past 2^53: refused at once (%s)", async (_, transport) => {
  for (const digits of ["9007199254740993", "-9007199254740993", "12345678901234567890", "1.2345678901234567e30"]) {
    const { asked, error, where } = await readOf(text.replace("300", digits), transport);
    expect(asked).toBe(1);
    expect(error).toMatchObject({
      name: "UnexpectedAnswerError",
      status: 200,
      message: `Not a documented answer (an integer in it is too large to be read exactly): ${where}`,
    });
  }
});

test.each(transports)("F25 what only looks like one is read: text, fractions, 2^53 - 1 (%s)", async (_, transport) => {
  const fine = {
    ring_group_id: "9007199254740993",
    note: 'a \\" 9007199254740993',
    most: Number.MAX_SAFE_INTEGER,
    fraction: 0.30000000000000004,
    tiny: 1.2345678901234567e-30,
  };
  const { data } = await readOf(JSON.stringify({ ...settings, ...fine }), transport);
  expect(data).toEqual({ ...settings, ...fine });
});

test("F25 nearly a mebibyte of text with long digits in it is looked through", async () => {
  const note = '\\"1234567890123456789 '.repeat(39_000);
  const { data } = await readOf(JSON.stringify({ ...settings, note }), globalThis);
  expect((data as object as { note: string }).note === note).toBe(true);
});

test.each(transports)(
  "F26 an unknown enum value and an unknown field are passed through and kept (%s)",
  async (_, transport) => {
    const newer = { ...settings, recall_to: "VOICEMAIL", colour: "blue", nested: { deep: [1, null] } };
    const { data } = await readOf(JSON.stringify(newer), transport);
    expect(data).toEqual(newer);
    expect(toUpdate(data as CallPark)).toMatchObject({ recall_to: "VOICEMAIL" });
  },
);

test("F26 validated, an unknown enum value is reported or rejected", async () => {
  const newer = { ...settings, recall_to: "VOICEMAIL" };
  await using server = await serveRaw((socket) => replyJson(socket, 200, newer));
  const reports: string[] = [];
  const report = createCallParkClient({
    baseUrl: server.url,
    validate: "report",
    onInvalidAnswer: ({ problems }) => reports.push(...problems.map(({ pointer }) => pointer)),
  });
  expect((await report.GET("/call_park")).data).toEqual(newer);
  expect(reports).toContain("/recall_to");
  const reject = createCallParkClient({ baseUrl: server.url, validate: "reject" });
  expect(await failureOf(reject.GET("/call_park"))).toMatchObject({ name: "InvalidAnswerError" });
});

test("F26 validated, an unknown field is no problem", async () => {
  await using server = await serveRaw((socket) => replyJson(socket, 200, { ...settings, colour: "blue" }));
  const reject = createCallParkClient({ baseUrl: server.url, validate: "reject" });
  expect((await reject.GET("/call_park")).data).toEqual({ ...settings, colour: "blue" });
});
