import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { chromiumArguments, findChromium, noChromium } from "../src/chromium.ts";

/** Why no browser test can run here; undefined where they can. */
export const skipReason: string | undefined = findChromium() === undefined ? noChromium : undefined;
if (skipReason !== undefined) console.warn(`Skipped the tests of the docs in a browser: ${skipReason}`);

/** A page, what it asked for outside itself, and what it complained of. */
export interface Watched {
  page: Page;
  context: BrowserContext;
  /** Addresses of requests other than for the page itself. None of them gets out. */
  requests: string[];
  /** Errors, warnings and what the content security policy refused. */
  complaints: string[];
}

export const launch = (): Promise<Browser> =>
  chromium.launch({ executablePath: findChromium() ?? "", args: chromiumArguments() });

/** Opens a page at an address and in a width, and watches it from its first request on. */
export const open = async (browser: Browser, address: string, width: number): Promise<Watched> => {
  const context = await browser.newContext({ viewport: { width, height: 900 } });
  const page = await context.newPage();
  const watched: Watched = { page, context, requests: [], complaints: [] };
  const isThePage = (url: string) => withoutHash(url) === withoutHash(address);
  await context.route("**/*", (route) => (isThePage(route.request().url()) ? route.continue() : route.abort()));
  context.on("request", (request) => {
    // What a page makes in memory asks nobody.
    if (!isThePage(request.url()) && !/^(blob|data):/.test(request.url())) watched.requests.push(request.url());
  });
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) watched.complaints.push(message.text());
  });
  page.on("pageerror", (error) => watched.complaints.push(String(error)));
  await page.goto(address);
  return watched;
};

const withoutHash = (url: string) => url.replace(/#.*$/, "");
