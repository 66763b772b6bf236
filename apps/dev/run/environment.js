import { existsSync } from "node:fs";
import { delimiter } from "node:path";
import { commands } from "./places.js";

const silent = {
  DO_NOT_TRACK: "1",
  TURBO_TELEMETRY_DISABLED: "1",
  TURBO_NO_UPDATE_NOTIFIER: "1",
  REDOCLY_TELEMETRY: "off",
  REDOCLY_SUPPRESS_UPDATE_NOTICE: "true",
  SCARF_ANALYTICS: "false",
  npm_config_update_notifier: "false",
  npm_config_fund: "false",
  npm_config_audit: "false",
};

const browsers = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/**
 * The environment of everything that is started from here: nothing reports home, and the Node and the tools that the
 * repository pins come before the machine's own.
 * @returns {Record<string, string | undefined>}
 */
export const environment = () => {
  // Windows writes it "Path", and two spellings at once would leave it to chance which one counts.
  const path = Object.keys(process.env).find((key) => key.toUpperCase() === "PATH") ?? "PATH";
  return {
    ...process.env,
    ...silent,
    // Turbo keeps results by this, so that tests skipped for want of a browser run once there is one.
    CHROMIUM_PATH: process.env["CHROMIUM_PATH"] ?? browsers.find(existsSync),
    [path]: `${commands}${delimiter}${process.env[path] ?? ""}`,
  };
};
