import type { Check } from "./check.ts";
import { callParkAlways } from "./checks/call-park-always.ts";
import { callParkAuthentication } from "./checks/call-park-authentication.ts";
import { callParkBody } from "./checks/call-park-body.ts";
import { callParkConsistent } from "./checks/call-park-consistent.ts";
import { callParkFields } from "./checks/call-park-fields.ts";
import { callParkFurtherFields } from "./checks/call-park-further-fields.ts";
import { callParkOtherSession } from "./checks/call-park-other-session.ts";
import { callParkOtherTenant } from "./checks/call-park-other-tenant.ts";
import { callParkOtherToken } from "./checks/call-park-other-token.ts";
import { callParkOwnSettings } from "./checks/call-park-own-settings.ts";
import { callParkPartial } from "./checks/call-park-partial.ts";
import { callParkPrompt } from "./checks/call-park-prompt.ts";
import { callParkPromptChange } from "./checks/call-park-prompt-change.ts";
import { callParkProperties } from "./checks/call-park-properties.ts";
import { callParkRefusals } from "./checks/call-park-refusals.ts";
import { callParkStable } from "./checks/call-park-stable.ts";
import { callParkTimes } from "./checks/call-park-times.ts";
import { callParkTimesOutside } from "./checks/call-park-times-outside.ts";
import { callParkTogether } from "./checks/call-park-together.ts";
import { callParkTwice } from "./checks/call-park-twice.ts";
import { callParkWriteAuthentication } from "./checks/call-park-write-authentication.ts";
import { extensionNumbers } from "./checks/extension-numbers.ts";
import { groups } from "./checks/groups.ts";
import { groupsListed } from "./checks/groups-listed.ts";
import { lists } from "./checks/lists.ts";
import { members } from "./checks/members.ts";
import { otherTenant } from "./checks/other-tenant.ts";
import { promptFormats } from "./checks/prompt-formats.ts";
import { reads, sameTenant } from "./checks/reads.ts";
import { sessions } from "./checks/sessions.ts";
import { writesNoMore } from "./checks/sessions-ended.ts";
import { administration } from "./checks/tenants.ts";
import { downloads, uploads } from "./checks/uploads.ts";
import { ConfigurationError } from "./target.ts";

/** Every check, in the order in which they run: reads, then the PBX's own settings sent back, then changes. */
export const checks: readonly Check[] = [
  callParkBody,
  callParkStable,
  callParkConsistent,
  callParkPrompt,
  ...callParkAuthentication,
  callParkOtherTenant.reading,
  otherTenant,
  ...reads,
  ...lists,
  members.body,
  ...extensionNumbers,
  ...downloads,
  ...sessions,
  ...administration,
  callParkOwnSettings,
  callParkTwice,
  ...callParkTimes,
  callParkWriteAuthentication,
  callParkOtherSession,
  writesNoMore,
  ...callParkTimesOutside,
  callParkOtherTenant.writing,
  ...callParkRefusals,
  callParkOtherToken,
  callParkFurtherFields,
  ...callParkProperties,
  ...callParkFields,
  callParkTogether,
  callParkPartial,
  callParkPromptChange,
  ...promptFormats,
  ...groups,
  groupsListed,
  members.taken,
  members.life,
  ...uploads,
  sameTenant,
  callParkAlways,
];

/** A check as `--list` shows it. */
export type CheckSummary = Pick<Check, "id" | "title" | "operation" | "level">;

/**
 * As `listChecks`, to be run.
 *
 * @throws ConfigurationError where no check is called so.
 */
export const checksNamed = (only?: readonly string[]): readonly Check[] => {
  if (only === undefined) return checks;
  const unknown = only.filter((name) => !checks.some(({ id }) => isCalled(id, name)));
  if (unknown.length > 0)
    throw new ConfigurationError(
      `No check is called ${unknown.join(" or ")}: listChecks() names them all, as callpark verify --list does`,
    );
  return checks.filter(({ id }) => only.some((name) => isCalled(id, name)));
};

/** Is this the check's id, or the beginning of it, up to a dot? */
export const isCalled = (id: string, name: string): boolean => id === name || id.startsWith(`${name}.`);

/**
 * The checks of these ids, or whose ids begin so up to a dot; without ids, every check, in the order in which they run.
 *
 * @throws ConfigurationError where no check is called so.
 */
export const listChecks = (only?: readonly string[]): CheckSummary[] =>
  checksNamed(only).map(({ id, title, operation, level }) => ({ id, title, operation, level }));
