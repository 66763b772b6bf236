#!/usr/bin/env node
// Nothing newer is imported before this check, so that an older Node can read this file and say what is needed.
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);

if (major > 22 || (major === 22 && minor >= 19)) {
  const { main } = await import("../dist/main.js");
  process.exitCode = await main(process.argv.slice(2));
} else {
  process.stderr.write(`callpark needs Node 22.19 or later, and this is Node ${process.versions.node}.\n`);
  process.exitCode = 2;
}
