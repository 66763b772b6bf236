import type { Finding } from "../finding.ts";

/** How the codes end of what is taken in USER_ONLY for a ring group that is none. */
const type = ".type.user_only.accepted";
const text = ".minLength.user_only.accepted";

/**
 * A ring group means nothing in USER_ONLY. A PBX that does not look at it there is lawful, and so is one that looks at
 * its JSON type and no further; one that looks at the text must look at the type too.
 */
export const lawfullyUnlooked = (findings: Finding[]): Finding[] => {
  const isText = findings.some(({ code }) => code.endsWith(text));
  return findings.map((one) =>
    isText && (one.code.endsWith(text) || one.code.endsWith(type)) ? { ...one, kind: "observation" } : one,
  );
};
