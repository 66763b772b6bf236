import { execFileSync } from "node:child_process";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

/** Where a process's number means something: the machine, and on Linux the container. */
export const place = (): string => {
  try {
    return `${hostname()} ${readlinkSync("/proc/self/ns/pid")}`;
  } catch {
    return hostname();
  }
};

/** When a process started, in the system's own words. Undefined where the system does not say, as on Windows. */
export const startOf = (pid: number): string | undefined => {
  if (process.platform === "win32") return undefined;
  try {
    return process.platform === "linux" ? statOf(pid).started : lstart(pid);
  } catch {
    return undefined;
  }
};

/** Is it still that process? Its number may be another's by now; where nothing says so, it counts as running. */
export const isRunning = (pid: number, started: string | undefined): boolean => {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
  }
  if (process.platform === "linux" && isZombie(pid)) return false;
  const now = startOf(pid);
  return started === undefined || now === undefined || now === started;
};

const isZombie = (pid: number): boolean => {
  try {
    return statOf(pid).state === "Z";
  } catch {
    return false;
  }
};

/** The name in parentheses may hold anything, so what follows is counted from the last one. */
const statOf = (pid: number): { state: string | undefined; started: string | undefined } => {
  const text = readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return { state: fields[0], started: fields[19] };
};

const lstart = (pid: number): string | undefined =>
  execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], {
    encoding: "utf8",
    env: { PATH: "/bin:/usr/bin", LC_ALL: "C", TZ: "UTC" },
    stdio: ["ignore", "pipe", "ignore"],
  }).trim() || undefined;
