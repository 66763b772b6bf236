import openapi from "@callpark/spec";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launch, open, skipReason } from "./browser.ts";

interface Operation extends Record<string, unknown> {
  operationId: string;
  summary: string;
  path: string;
  method: string;
}

const address = new URL("../dist/index.html", import.meta.url).href;
const operations: Operation[] = Object.entries(openapi.paths).flatMap(([path, item]) =>
  ["get", "post"].filter((method) => method in item).map((method) => ({ ...item[method], path, method })),
);

/** Redoc renders an operation when a reader gets to it, so each is gone to. */
const addressOf = (operation: Operation | undefined): string =>
  `${address}#/other/${operation?.operationId.toLowerCase()}`;

/** What the page says of an operation's version marks. */
const marksOf = (operation: Record<string, unknown>): string =>
  [
    ["from", operation["x-version-added"]],
    ["before", operation["x-version-removed"]],
  ]
    .filter(([, line]) => line !== undefined)
    .map((words) => words.join(" "))
    .join("");

describe.skipIf(skipReason !== undefined)(`the page${skipReason ? ` (skipped: ${skipReason})` : ""}`, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());

  test.each([1280, 390])(
    "renders every operation %i pixels wide, without a request or a complaint",
    async (width) => {
      const { page, context, requests, complaints } = await open(browser, addressOf(operations[0]), width);
      for (const operation of operations) {
        const { operationId, summary, path } = operation;
        await page.goto(addressOf(operation));
        // The mark stands in the heading, so this holds it, too.
        await page.locator("h2", { hasText: new RegExp(`^${summary}${marksOf(operation)}$`) }).waitFor();
        await page.getByText(path, { exact: true }).first().waitFor({ state: "attached" });
        expect(await page.evaluate("document.documentElement.scrollWidth"), operationId).toBe(width);
      }
      expect({ requests, complaints }).toEqual({ requests: [], complaints: [] });
      await context.close();
    },
    60_000,
  );

  test.each([1280, 390])(
    "names every operation by its title in the introduction %i pixels wide, under its tag, and leads there",
    async (width) => {
      const { page, context } = await open(browser, address, width);
      await page.getByText("22.6 is marked “From 22.6”, say, or “Before 22.2”.").waitFor();
      expect(await page.getByText("x-version-").count()).toBe(0);
      const tags = openapi["tags"] as { name: string }[];
      for (const { name } of tags) await page.locator("strong", { hasText: new RegExp(`^${name}\\.$`) }).waitFor();
      const listed = page.locator("li", { has: page.locator("code") });
      expect((await listed.allTextContents()).map((text) => text.trim()).sort()).toEqual(
        operations.map(({ summary, path, method }) => `${summary} ${method.toUpperCase()} ${path}`).sort(),
      );
      const last = operations.at(-1);
      await listed.getByRole("link", { name: last?.summary ?? "", exact: true }).click();
      await page.locator("h2", { hasText: new RegExp(`^${last?.summary}`) }).waitFor();
      expect(await page.getByRole("button", { name: /^\+ ?Show$/ }).count()).toBe(0);
      await context.close();
    },
  );

  test("has every operation in the menu by its title", async () => {
    const { page, context } = await open(browser, address, 1280);
    const titles = await page.locator("[data-component-name='Menu/Menu'] a, nav a").allTextContents();
    for (const operation of operations)
      expect(titles.filter((text) => text.startsWith(operation.summary)).length, operation.summary).toBeGreaterThan(0);
    await context.close();
  });

  test("has the command for a request, made of the examples, unless there are bodies to choose from", async () => {
    const shown = async (operationId: string): Promise<string> => {
      const operation = operations.find((one) => one.operationId === operationId);
      const { page, context } = await open(browser, addressOf(operation), 1280);
      const section = page.locator("[data-section-id]", {
        has: page.locator("h2", { hasText: operation?.summary ?? "" }),
      });
      const text = await section.last().getByTestId("source-code").first().textContent();
      await context.close();
      return text ?? "";
    };
    expect(await shown("showCallParkServer")).toBe(
      `curl 'https://pbx.example.com:8887/api/call_park' \\\n  -H "Authorization: Bearer $CALLPARK_TOKEN"`,
    );
    expect(Object.keys(JSON.parse(await shown("updateCallParkServer")))).toContain("recall_time");
  });

  test("marks the fields that a version added", async () => {
    const fields = Object.entries<Record<string, unknown>>(openapi.components["schemas"]?.["CallPark"].properties);
    const marked = fields.filter(([, field]) => marksOf(field) !== "");
    expect(marked.map(([name]) => name)).toEqual(["send_notification_to_parker"]);
    const show = operations.find(({ operationId }) => operationId === "showCallParkServer");
    const { page, context } = await open(browser, addressOf(show), 1280);
    for (const [name, field] of marked) {
      const shown = page.locator(".schema-property-item", { hasText: name }).first();
      expect(await shown.textContent()).toContain(marksOf(field));
    }
    await context.close();
  });

  test("finds an operation by its search, which works offline, too", async () => {
    const [first, last] = [operations[0], operations.at(-1)];
    const { page, context, requests, complaints } = await open(browser, addressOf(first), 1280);
    await page.locator("h2", { hasText: first?.summary ?? "" }).waitFor();
    await context.setOffline(true);
    await page.getByTestId("search-trigger").click();
    await page.getByPlaceholder("Search docs...").fill(last?.summary ?? "");
    await page
      .getByTestId("search-dialog")
      .getByText(last?.path ?? "", { exact: true })
      .first()
      .waitFor();
    expect({ requests, complaints }).toEqual({ requests: [], complaints: [] });
    await context.close();
  });
});
