import { Contract, versionLines } from "./contract-document.ts";
import { isSettings } from "./guard/settings.ts";
import { refreshRequests } from "./refresh.ts";
import type { Report, VersionLine } from "./report.ts";
import type { Session } from "./session.ts";
import type { Exchange } from "./wire.ts";

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
  const newest = versionLines.at(-1) as VersionLine;
  const field = "send_notification_to_parker";
  if (isSettings(answer?.json) && field in answer.json)
    return { line: newest, source: "inferred", reason: `GET /call_park has ${field}, new in ${newest}` };
  const silence = silenceOf(answer, newest);
  const lacks = silence === undefined ? "lacks" : `${silence}, so it does not show`;
  return olderLine(session, `GET /call_park ${lacks} ${field}, new in ${newest}`, silence === undefined);
};

/** Why an answer tells nothing of the version; undefined where it has settings, of which one may be lacking. */
const silenceOf = (answer: Exchange | undefined, line: VersionLine): string | undefined => {
  if (answer?.status === 403) return "may not be read by this user (403)";
  const contract = new Contract(line);
  const fields = [...contract.properties(contract.schema("CallPark")).keys()];
  const settings = answer?.json;
  if (isSettings(settings) && fields.some((name) => name in settings)) return undefined;
  return `answers without one setting${answer ? ` (${answer.status})` : ""}`;
};

/** Which of the older lines: they differ in how one signs in. The token that is sent is made up. */
const olderLine = async (session: Session, lacks: string, isTold: boolean): Promise<Report["pbxVersion"]> => {
  const [oldest, older] = versionLines as [VersionLine, VersionLine];
  const [{ path, ...rest }] = refreshRequests("callpark-wrong-refresh-token");
  const answer = await session.sendAs({ path, ...rest }).catch(() => undefined);
  const isThere = answer?.status !== 404 && answer?.status !== 405;
  return {
    line: isThere ? older : oldest,
    // What the oldest line lacks tells it from all others.
    source: isTold || !isThere ? "inferred" : "assumed",
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
