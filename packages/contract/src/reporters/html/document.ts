import { createHash } from "node:crypto";
import type { Markup } from "./markup.ts";
import { html, raw } from "./markup.ts";
import { style } from "./style.ts";

// Only this style applies: no script, no image, no request, whatever a PBX manages to get onto the page.
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/** A whole page that loads nothing from anywhere and runs no script. */
export const htmlDocument = (title: string, body: Markup): string =>
  html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${raw(style)}</style>
</head>
<body>
${body}
</body>
</html>
`.markup;
