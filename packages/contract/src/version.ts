import { versionLines } from "./contract-document.ts";
import type { Report, VersionLine } from "./report.ts";
import type { Session } from "./session.ts";

/** Only the system administrator reads it; others are refused, which is no reason to spend a refresh token. */
export const systemStatus = "/admin/status";

/** Which version line the PBX speaks, and what says so. */
export const findVersion = async (
  session: Session,
  option: "auto" | VersionLine = "auto",
): Promise<Report["pbxVersion"]> => {
  if (option !== "auto") return { line: option, source: "option", reason: "the run was told so" };
  const status = await session.once(systemStatus, { refresh: false });
  const version = (status.json as { version?: unknown } | undefined)?.version;
  if (status.status === 200 && typeof version === "string") {
    const line = lineOf(version);
    if (line) return { line, source: "status", reason: `GET /admin/status says ${version}` };
  }
  const settings = (await session.once("/call_park").catch(() => undefined))?.json;
  const newest = versionLines.at(-1) as VersionLine;
  const older = versionLines.at(-2) as VersionLine;
  return typeof settings === "object" && settings !== null && "send_notification_to_parker" in settings
    ? { line: newest, source: "inferred", reason: `GET /call_park has send_notification_to_parker, new in ${newest}` }
    : { line: older, source: "inferred", reason: `GET /call_park lacks send_notification_to_parker, new in ${newest}` };
};

/** The newest line that is not newer than the version. */
const lineOf = (version: string): VersionLine | undefined => {
  const number = (text: string) => text.split(".").map(Number);
  const [major = 0, minor = 0] = number(version);
  return versionLines.findLast((line) => {
    const [lineMajor = 0, lineMinor = 0] = number(line);
    return lineMajor === major && lineMinor <= minor;
  });
};
