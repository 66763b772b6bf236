import type { Known } from "../finding.ts";

/** Why a finding is let pass, until when, and who answers for it. */
export const knownWords = ({ until, owner, reason }: Known): string => `known until ${until} (${owner}): ${reason}`;
