import { writeFileSync } from "node:fs";

// Loaded before the command: writes at its end how much memory it held at most, in KiB.
const { CALLPARK_BENCH_MEMORY: file } = process.env;
if (file !== undefined) process.on("exit", () => writeFileSync(file, String(process.resourceUsage().maxRSS)));
