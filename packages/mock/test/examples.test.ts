import openapi from "@callpark/spec";
import openapi220 from "@callpark/spec/22.0";
import openapi222 from "@callpark/spec/22.2";
import openapi226 from "@callpark/spec/22.6";
import * as validators from "@callpark/validators";
import * as validators220 from "@callpark/validators/22.0";
import * as validators222 from "@callpark/validators/22.2";
import * as validators226 from "@callpark/validators/22.6";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Mock, startMock } from "../src/index.ts";
import { type Answer, type Operation, operationsOf } from "./operations.ts";

const lines = [
  { name: "all versions", options: {}, document: openapi, validators },
  { name: "22.0", options: { version: "22.0" }, document: openapi220, validators: validators220 },
  { name: "22.2", options: { version: "22.2" }, document: openapi222, validators: validators222 },
  { name: "22.6", options: { version: "22.6" }, document: openapi226, validators: validators226 },
] as const;

type Validate = (value: unknown) => unknown[];

describe.each(lines)("the mock of $name", ({ options, document, validators }) => {
  const operations = operationsOf(document);
  let mock: Mock;
  beforeAll(async () => {
    mock = await startMock(options);
  });
  afterAll(() => mock.close());

  const ask = (operation: Operation, prefer: string, token = "any") =>
    fetch(mock.url + operation.path, {
      ...operation.init,
      headers: { ...operation.init.headers, Prefer: prefer, ...(token && { Authorization: `Bearer ${token}` }) },
    });

  const expectAnswer = async (response: Response, answer: Answer, status: number, value: unknown) => {
    expect(response.status).toBe(status);
    expect(response.headers.get("sl-violations")).toBeNull();
    expect(answer.headers.filter((name) => !response.headers.has(name))).toEqual([]);
    if (answer.schema === undefined) return expect(await response.text()).toBe("");
    expect(response.headers.get("Content-Type")).toBe(answer.mediaType);
    if (answer.mediaType !== "application/json") return expect(await response.text()).toBe(value);
    const body: unknown = await response.json();
    expect(body).toEqual(value);
    const validate = (validators as unknown as Record<string, Validate>)[`validate${answer.schema}`];
    expect(validate?.(body)).toEqual([]);
  };

  const documented = operations.flatMap((operation) =>
    operation.answers.flatMap((answer) =>
      (answer.schema === undefined ? [{ name: "no content", value: undefined }] : answer.examples).map((example) => ({
        id: operation.id,
        operation,
        answer,
        status: answer.status,
        ...example,
      })),
    ),
  );

  test("every operation of the document has an answer to show", () => {
    expect(operations.length).toBeGreaterThan(0);
    expect(operations.filter(({ id }) => !documented.some((one) => one.id === id && one.status[0] === "2"))).toEqual(
      [],
    );
    expect(documented.filter(({ answer }) => answer.schema !== undefined && answer.examples.length === 0)).toEqual([]);
  });

  test.each(documented)(
    "$id answers $status with the example $name",
    async ({ operation, answer, status, ...example }) => {
      // No operation documents 499: only the range 4XX holds it.
      const code = status === "4XX" ? 499 : Number(status);
      const prefer = `code=${code}${answer.schema === undefined ? "" : `, example=${example.name}`}`;
      await expectAnswer(await ask(operation, prefer), answer, code, example.value);
    },
  );

  test.each(operations)("$id answers its first example when nothing is preferred", async (operation) => {
    const answer = operation.answers.find(({ status }) => status.startsWith("2"));
    if (answer === undefined) throw new Error(`${operation.id} documents no success`);
    await expectAnswer(await ask(operation, ""), answer, Number(answer.status), answer.examples[0]?.value);
  });

  test.each(operations.filter(({ needsToken }) => needsToken))("$id without a token answers 401", async (operation) => {
    const response = await ask(operation, "", "");
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual(operation.answers.find(({ status }) => status === "401")?.examples[0]?.value);
  });

  test.each(operations.filter(({ needsToken }) => !needsToken))("$id needs no token", async (operation) => {
    const response = await ask(operation, "", "");
    expect(response.status).toBe(200);
  });
});
