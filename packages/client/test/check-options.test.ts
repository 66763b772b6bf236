/** Options that no compiler has seen: of plain JavaScript, or from the environment. */
import { createCallParkClient, createSession, unwrap } from "@callpark/client";
import { expect, test } from "vitest";
import { type Options, replyJson, serveRaw, settings } from "./faults/raw-server.ts";

const budget = "choose a whole number of requests a minute, 1 or more";
const retry = "choose a whole number of tries, 1 or more";
const time = "choose a number of milliseconds above 0";
const validate = 'choose "off" or "report" or "reject"';

test.each([
  [{ budget: 0 }, `budget is 0: ${budget}`],
  [{ budget: 0.5 }, `budget is 0.5: ${budget}`],
  [{ budget: -3 }, `budget is -3: ${budget}`],
  [{ budget: Number.NaN }, `budget is NaN: ${budget}`],
  [{ budget: Number.POSITIVE_INFINITY }, `budget is Infinity: ${budget}`],
  [{ budget: "3000" }, `budget is a string: ${budget}`],
  [{ budget: null }, `budget is null: ${budget}`],
  [{ validate: "rejct" }, `validate is a string: ${validate}`],
  [{ validate: "" }, `validate is an empty string: ${validate}`],
  [{ validate: true }, `validate is true: ${validate}`],
  [{ retry: "abc" }, `retry is a string: ${retry}`],
  [{ retry: 0 }, `retry is 0: ${retry}`],
  [{ timeout: "abc" }, "timeout is a string: choose { attempt, total }, in milliseconds"],
  [{ timeout: 5000 }, "timeout is 5000: choose { attempt, total }, in milliseconds"],
  [{ timeout: { attempt: -1 } }, `timeout.attempt is -1: ${time}`],
  [{ timeout: { total: "2000" } }, `timeout.total is a string: ${time}`],
  [{ write: "true" }, "write is a string: choose true or false"],
  [{ write: [] }, "write is an empty array: choose true or false"],
])("%j is refused at once, by name", (given, message) => {
  const options = { baseUrl: "https://pbx.example.com:8887", ...given } as unknown as Options;
  expect(() => createCallParkClient(options)).toThrow(expect.objectContaining({ name: "ConfigurationError", message }));
});

test("a text that went astray is not repeated", () => {
  const options = { baseUrl: "https://pbx.example.com:8887", validate: "s3cret" } as unknown as Options;
  expect(() => createCallParkClient(options)).toThrow(
    expect.objectContaining({ message: expect.not.stringContaining("s3cret") }),
  );
});

test("a session refuses the same", () => {
  const tokens = { access_token: "made-up", refresh_token: "made-up", expires_in: 1800 };
  expect(() => createSession({ baseUrl: "https://pbx.example.com:8887", tokens, budget: 0 })).toThrow(
    `budget is 0: ${budget}`,
  );
});

test("a budget that was refused holds no later client of the host", async () => {
  await using server = await serveRaw((socket) => replyJson(socket, 200, settings));
  const { url: baseUrl } = server;
  expect(() => createCallParkClient({ baseUrl, budget: 0 })).toThrow(`budget is 0: ${budget}`);
  const pbx = createCallParkClient({ baseUrl, budget: 1, timeout: { total: 5000 } });
  expect((await unwrap(pbx.callPark.get())).recall_time).toBe(settings.recall_time);
});

test("an option that is undefined, and a time without end, are taken", async () => {
  await using server = await serveRaw((socket) => replyJson(socket, 200, settings));
  const given = {
    budget: undefined,
    retry: undefined,
    validate: undefined,
    timeout: { total: Number.POSITIVE_INFINITY },
  };
  const pbx = createCallParkClient({ baseUrl: server.url, ...given } as unknown as Options);
  expect((await unwrap(pbx.callPark.get())).recall_time).toBe(settings.recall_time);
});
