/** Makes dist/index.html: the reference as one page that asks nobody for anything. */
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import openapi from "@callpark/spec";
import { contentSecurityPolicy } from "../src/content-security-policy.ts";
import { introduced, withBadges } from "./marks.ts";
import type { Document } from "./operations.ts";
import { withSamples } from "./samples.ts";
import { selfContained } from "./self-contained.ts";
import { unfolded } from "./unfolded.ts";

const room = fileURLToPath(new URL("..", import.meta.url));
const work = join(room, "node_modules", ".cache", "docs");
// By its file: on Windows a command found on the PATH would need a shell.
const redocly = join(dirname(createRequire(import.meta.url).resolve("@redocly/cli/package.json")), "bin", "cli.js");
const icon =
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#0b6e6e"/>` +
  `<path d="M11 25V7h6.5a5.5 5.5 0 0 1 0 11H11" fill="none" stroke="#fff" stroke-width="3.6"/></svg>`;
const document = { ...openapi, info: introduced(openapi.info) } as unknown as Document;

rmSync(join(room, "dist"), { recursive: true, force: true });
for (const folder of [work, join(room, "dist")]) mkdirSync(folder, { recursive: true });
writeFileSync(join(work, "openapi.json"), JSON.stringify(withBadges(unfolded(withSamples(document)))));
const run = spawnSync(
  process.execPath,
  [
    redocly,
    "build-docs",
    join("node_modules", ".cache", "docs", "openapi.json"),
    ...["--config", "redocly.yaml", "--template", "tools/template.hbs", "--inlineBundle"],
    ...["--output", join("node_modules", ".cache", "docs", "index.html")],
    `--title=${openapi.info.title} ${openapi.info.version}`,
    `--templateOptions.policy=${contentSecurityPolicy}`,
    `--templateOptions.description=${openapi.info["summary"]}`,
    `--templateOptions.icon=data:image/svg+xml;base64,${Buffer.from(icon).toString("base64")}`,
  ],
  {
    cwd: room,
    encoding: "utf8",
    env: { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" },
  },
);
if (run.status !== 0) throw new Error(`redocly build-docs failed:\n${run.error ?? ""}${run.stdout}${run.stderr}`);
writeFileSync(join(room, "dist", "index.html"), selfContained(readFileSync(join(work, "index.html"), "utf8")));
