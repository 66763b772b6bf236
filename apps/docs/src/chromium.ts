import { existsSync } from "node:fs";

/**
 * The Chromium that is there: `CHROMIUM_PATH`, else the first of the usual places; undefined where there is none.
 *
 * @throws Error where `CHROMIUM_PATH` names no file.
 */
export const findChromium = (env: NodeJS.ProcessEnv = process.env): string | undefined => {
  const named = env["CHROMIUM_PATH"];
  if (named === undefined || named === "") return usualPlaces(env).find((place) => existsSync(place));
  if (existsSync(named)) return named;
  throw new Error(
    `CHROMIUM_PATH names ${named}, which is not there: correct it, or unset it to search the usual places`,
  );
};

/** Why browser tests are skipped, for those that find no Chromium. */
export const noChromium: string = "no Chromium found: install one, or set CHROMIUM_PATH";

/** How Chromium is started for tests: quiet, and without a sandbox only where root leaves no choice. */
export const chromiumArguments = (): string[] => [
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
  "--disable-gpu",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const usualPlaces = (env: NodeJS.ProcessEnv): string[] => {
  if (process.platform === "darwin")
    return [
      "/Applications/Chromium.app/Contents/MacOS/Chromium",
      "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    ];
  if (process.platform === "win32")
    return ["ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA"].flatMap((folder) => [
      `${env[folder]}\\Chromium\\Application\\chrome.exe`,
      `${env[folder]}\\Google\\Chrome\\Application\\chrome.exe`,
    ]);
  return [
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
    "/usr/bin/google-chrome-stable",
    "/snap/bin/chromium",
  ];
};
