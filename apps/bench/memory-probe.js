import { readFileSync, writeFileSync } from "node:fs";

// Loaded before the command: writes at its end how much memory it held at most, in KiB. What getrusage says would be no
// less than what the process that started it held.
const { CALLPARK_BENCH_MEMORY: file } = process.env;
const most = () => /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1] ?? "";
if (file !== undefined) process.on("exit", () => writeFileSync(file, most()));
