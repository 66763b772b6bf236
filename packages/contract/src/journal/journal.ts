import type { WriteLevel } from "../report.ts";

/** Whose settings a run changes. */
export interface Tenant {
  /** Unknown where the PBX does not tell: then the name is what the user called it. */
  id?: string;
  name: string;
}

/** What a run is about to send, or has sent without knowing yet what came of it. */
export interface Intent {
  /** The fields of each body, secrets masked. */
  bodies: Record<string, unknown>[];
  /** What is no JSON object, secrets masked and cut short. */
  texts: string[];
}

/** What a PBX was seen to do with fields that a POST did not name: that is not documented, and each has its way. */
export type Unnamed = Record<string, "kept" | "reset">;

/** An upload that the run has begun. */
export interface Upload {
  id: string;
  name: string;
  /** In bytes. */
  size: number;
  complete: boolean;
}

/** A call park group that the run is about to make. */
export interface Creation {
  /** What is sent for it, as text. */
  name: string;
  recall_to?: unknown;
  ring_group_id?: unknown;
  /** Must the PBX make it? Else it must refuse to. */
  isLawful: boolean;
}

/** A call park group of the tenant's, as it was before the run. */
export interface TenantGroup {
  id: string;
  name?: unknown;
  recall_to?: unknown;
  ring_group_id?: unknown;
  /** The numbers of the users in it, in order; not there where they were not read. */
  members?: string[];
}

/** What must be known to put back what a run changed, should the run itself not come to it. */
export interface Journal {
  /** Of the run, and in the name of every group that it makes. */
  runId: string;
  /** The API's base URL. */
  url: string;
  tenant: Tenant;
  /** RFC 3339, UTC. */
  startedAt: string;
  write: WriteLevel;
  /** Values of fields that have turned out to be somebody else's: a restore leaves them, whatever the run had sent. */
  theirs?: Record<string, unknown>;
  /** What finishes the run, by its own way in. Not in a journal of an earlier version, nor where it may hold a secret. */
  command?: string | undefined;
  /** `prepared`: nothing was sent yet. `left`: given up, for the reason that is given. `restored`: all is as it was. */
  phase: "prepared" | "writing" | "restoring" | "left" | "restored";
  reason?: string;
  /** What no restore puts back: what is changed where a run does not write, or may have been somebody else's. */
  elsewhere?: string | undefined;
  /** Every field that GET /call_park had, unknown ones too. */
  before: Record<string, unknown>;
  /** The prompt's bytes, in a file beside the journal. */
  prompt?: { file: string; name: string; size: number; sha256: string };
  /** The settings as the run last knew them. */
  seen: Record<string, unknown>;
  intent?: Intent;
  /** Fields that change by themselves. */
  restless: string[];
  /** Null must not be sent for a blank field. */
  leavesBlanksOut: boolean;
  /** Fields whose own values the PBX does not take. */
  leftOut: string[];
  /** What this PBX was seen to do with fields that a POST did not name. Not in a journal of an earlier version. */
  unnamed?: Unnamed;
  /** The file that holds the prompt again. */
  promptId?: string;
  uploads: Upload[];
  /** Ids of call park groups that the run made. */
  groups: string[];
  /** Names that it gave them. In a journal of an earlier version: every name that was sent, refused or not. */
  groupNames: string[];
  /** Who was in a call park group, by its id, before the run put anybody into one of its own. */
  members?: { group: string; number: string }[];
  /** Creations whose answers are not known yet. Not in a journal of an earlier version. */
  pendingGroups?: Creation[];
  /** Ids of the groups that had been there before; null where they could not be listed. */
  otherGroups: string[] | null;
  /** The tenant's groups as they were before the first write. Not in a journal of an earlier version, nor where none looked. */
  tenantGroups?: TenantGroup[];
  /** Ids of groups that may be somebody else's, of which the user was told. */
  toldGroups?: string[];
}
