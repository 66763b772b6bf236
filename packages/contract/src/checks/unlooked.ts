import type { Finding } from "../finding.ts";

/** How the codes end of what is taken in USER_ONLY for a ring group that is none. */
const type = ".type.user_only.accepted";
const text = ".unknown.user_only.accepted";

/**
 * A ring group means nothing in USER_ONLY: a PBX that does not look at it there is lawful, as long as it shows none that
 * could not be. One that looks at an id must look at its type too.
 */
export const lawfullyUnlooked = (findings: Finding[]): Finding[] => {
  const others = findings.filter(({ code }) => !code.endsWith(text));
  if (others.length === findings.length) return findings;
  return others.map((one) => (one.code.endsWith(type) ? { ...one, kind: "observation" } : one));
};
