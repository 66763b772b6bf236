import type { Baseline } from "./baseline/parse.ts";
import type { Wait } from "./pace.ts";
import type { VersionLine, WriteLevel } from "./report.ts";

/** A user's name and password. */
export interface Credentials {
  username: string;
  password: string;
  /** The SIP domain of the user's tenant; left out for the system administrator. */
  domain?: string;
}

/** The PBX to check, and how to get in. */
export interface VerifyTarget {
  /** The URL of the PBX, with or without `/api` at its end. */
  url: string;
  /** An access token of a user who may read (and, to write, change) the tenant's call park settings. */
  token: string;
  /** Used when the access token ends during the run. */
  refreshToken?: string;
  /** An access token of another tenant, for the checks that tenants are kept apart. */
  otherToken?: string;
  /** For the checks of signing in and out, in sessions of the run's own. */
  credentials?: Credentials;
  /** For the checks of what only the system administrator may do, in a session of the run's own. */
  systemAdministrator?: Credentials;
  /** Whom to trust, where the certificate authorities that Node trusts do not do. */
  tls?: {
    /** Certificate authorities, as PEM text. */
    ca?: string;
    /** SHA-256 fingerprints of certificates. */
    pin?: string[];
    /** Any certificate. Refused together with writing. */
    insecure?: boolean;
  };
  /** The name, domain or id of the tenant that the token must belong to. */
  tenant?: string;
  /**
   * The options with which `callpark restore` gets in to this PBX, for the command that is told where it is needed.
   * @default none: the token is taken from the environment
   */
  restoreOptions?: string;
  /**
   * The whole command that finishes a run on this PBX, where there is a shorter way to say all of that, such as
   * `npx callpark restore --target acme`.
   * @default `npx callpark restore`, with the URL and `restoreOptions`
   */
  restoreCommand?: string;
  /** True for a sandbox that the caller started for this run. */
  embedded?: boolean;
}

/** What to check. */
export interface VerifyOptions {
  /**
   * How far the run may change the PBX. Whatever it changes it puts back.
   * @default "none"
   */
  write?: WriteLevel;
  /**
   * The version line that the PBX speaks.
   * @default "auto"
   */
  version?: "auto" | VersionLine;
  /**
   * Where the made-up values of the property checks begin: the same seed makes the same values.
   * @default another one each time; a finding says which
   */
  seed?: number;
  /**
   * The most requests that the run may send. Checks that it does not reach are skipped, and made-up values take what is
   * left of it. Putting everything back is never skipped.
   * @default as many as the named cases need, and a few made-up values
   */
  maxRequests?: number;
  /** Ids of checks, or the beginnings of ids up to a dot. Left out: every check. */
  only?: string[];
  /**
   * Keeps every request and its answer in the report, masked and with long bodies cut.
   * @default false
   */
  record?: boolean;
  /** Findings that are known, and do not fail the run. `parseBaseline` reads it. */
  baseline?: Baseline;
  /**
   * Requests a minute for the PBX's host, shared by every run in the process that names the host.
   * @default no limit but the PBX's own
   */
  budget?: number;
  /**
   * Called when the token ended and was refreshed, with what is to be kept: `refresh` is there where the PBX changed
   * the refresh token, and the old one no longer works. Without it, or where it rejects or comes to false, a note of
   * the report says so.
   */
  onTokens?: (tokens: { access: string; refresh?: string }) => unknown;
  /**
   * Called with each secret of the run, given or gained on its way as tokens are: whoever prints anything besides the
   * report can hide it. What `onWrite` tells has none.
   */
  onSecret?: (secret: string) => void;
  /** Ends the run: what was changed is put back first. */
  signal?: AbortSignal;
  /**
   * Where a run that writes keeps its journal: what was there, until it is there again.
   * @default `$XDG_STATE_HOME/callpark`, else the platform's place; a temporary folder for an embedded sandbox
   */
  stateDir?: string;
  /**
   * Where another run writes to a tenant of the same id, on a PBX that is called otherwise and may be the same: waits for
   * its end, within the deadline? Else the run is refused.
   * @default false; true of a fleet's targets
   */
  waits?: boolean;
  /**
   * The longest that the run may take, in milliseconds: then it ends as by the signal, and what was changed is put back.
   * @default 1800000
   */
  deadline?: number;
  /** Called before the first write: what is there, the request that puts it back by hand, and the command that does. */
  onWrite?: (undo: { before: unknown; curl: string; command: string }) => void;
  /**
   * Called once everything is as it was, or nothing was written after all: what `onWrite` told is no longer needed. Not
   * called where the PBX was not restored.
   */
  onRestored?: () => void;
  /**
   * Called as the run begins to wait, because the PBX asked it to come again later (429, or 503 with `Retry-After`):
   * for a minute at most, longer where things are put back.
   */
  onWait?: (wait: Wait) => void;
  /** Called as each check begins. */
  onProgress?: (event: { done: number; total: number; check: string }) => void;
}

/** Why a run cannot begin. */
class NotBegunError extends Error {
  #requests = 0;

  /** How many requests it took to know: 0 where the PBX gave no answer. Signing in is not counted. */
  get requests(): number {
    return this.#requests;
  }

  set requests(count: number) {
    this.#requests = count;
  }
}

/** The run was asked for something that cannot be done. Nothing was changed. */
export class ConfigurationError extends NotBegunError {
  override readonly name = "ConfigurationError";
}

/** The tenant that was named is not the token's, or not there. */
export class OtherTenantError extends ConfigurationError {
  /** Whose the token is, where the token decides that. */
  readonly tenant: { id?: string; name: string } | undefined;

  constructor(message: string, tenant?: { id?: string; name: string }) {
    super(message);
    this.tenant = tenant;
  }
}

/** The PBX cannot be reached, is not trusted, or does not let the token in. Nothing was changed. */
export class TargetError extends NotBegunError {
  override readonly name = "TargetError";
  readonly #refused: boolean;

  constructor(message: string, { refused = false, ...options }: ErrorOptions & { refused?: boolean } = {}) {
    super(message, options);
    this.#refused = refused;
  }

  /** Did the PBX answer, and not let the token or the user in? */
  get refused(): boolean {
    return this.#refused;
  }
}
