import { versionLines } from "./contract-document.ts";
import { refreshRequests } from "./refresh.ts";
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
  const answer = await session.once("/call_park").catch(() => undefined);
  const settings = answer?.json;
  const newest = versionLines.at(-1) as VersionLine;
  const field = "send_notification_to_parker";
  if (typeof settings === "object" && settings !== null && field in settings)
    return { line: newest, source: "inferred", reason: `GET /call_park has ${field}, new in ${newest}` };
  const lacks = answer?.status === 403 ? "may not be read by this user (403), so it does not show" : "lacks";
  return olderLine(session, `GET /call_park ${lacks} ${field}, new in ${newest}`);
};

/** Which of the older lines: they differ in how one signs in. The token that is sent is made up. */
const olderLine = async (session: Session, lacks: string): Promise<Report["pbxVersion"]> => {
  const [oldest, older] = versionLines as [VersionLine, VersionLine];
  const [{ path, ...rest }] = refreshRequests("callpark-wrong-refresh-token");
  const answer = await session.sendAs({ path, ...rest }).catch(() => undefined);
  const isThere = answer?.status !== 404 && answer?.status !== 405;
  return {
    line: isThere ? older : oldest,
    source: "inferred",
    reason: `${lacks}, and there is ${isThere ? "a" : "no"} ${path}, new in ${older}`,
  };
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
