import type { Semantics } from "./context.ts";
import type { VersionLine } from "./lines.ts";
import type { Role } from "./store/accounts.ts";

export interface SandboxOptions {
  /** 0 for any free one. @default 0 */
  port?: number;
  /** @default "127.0.0.1" */
  host?: string;
  /** Keeps the state in this file, and goes on from what it holds. @default in memory, gone when closed */
  dataFile?: string;
  /** Does a POST to /call_park keep the fields left out, or set them back to their defaults? @default "merge" */
  semantics?: Semantics;
  /** The version line of the PBX: its operations and fields. @default the newest */
  version?: VersionLine;
  /** How long an access token is good for, in seconds. @default 1800 */
  tokenLifetime?: number;
  /** Have the made-up tenants ring groups? Only looked at where there is no state yet. @default true */
  ringGroups?: boolean;
  /** Ids of ways to break the contract: `listFaults()` names them. @default none */
  faults?: readonly string[];
  /** Ids of lawful ways to be different: `listVariants()` names them. @default none */
  variants?: readonly string[];
  /** Gets a line for each request: method, path, status, time; never a token or a query. @default silent */
  log?: (line: string) => void;
  /** The clock by which tokens and uploads end, in milliseconds since 1970. @default Date.now */
  now?: () => number;
}

/** A made-up user, to sign in as. The password is no secret. */
export interface Account {
  readonly username: string;
  readonly password: string;
  /** The SIP domain to sign in with. Null for the system administrator, who leaves it out. */
  readonly domain: string | null;
  readonly role: Role;
  /** The name of the tenant. Null for the system administrator. */
  readonly tenant: string | null;
}

export interface SandboxTenant {
  readonly id: string;
  readonly name: string;
  /** The SIP domain. */
  readonly domain: string;
}

/** What signing in gives. */
export interface SandboxSession {
  accessToken: string;
  refreshToken: string;
  /** How long the access token is good for, in seconds. */
  expiresIn: number;
}

/** What a tenant has set, as it is stored. */
export interface TenantState {
  readonly tenant: string;
  /** Of call park. The prompt is told by what is in it, since the same file can have another id. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Undefined where there is none. */
  readonly prompt: { readonly name: string; readonly size: number; readonly sha256: string } | undefined;
  readonly groups: readonly Readonly<Record<string, unknown>>[];
}

/** A running PBX. */
export interface Sandbox extends AsyncDisposable {
  /** The origin: `http://127.0.0.1:PORT`. */
  readonly url: string;
  /** The base URL of the API: `http://127.0.0.1:PORT/api`. */
  readonly apiUrl: string;
  readonly port: number;
  readonly version: VersionLine;
  /** The system administrator first, then the users of each tenant, its administrator first. */
  readonly accounts: readonly Account[];
  readonly tenants: readonly SandboxTenant[];
  /**
   * A session without a request. Without an account: the first tenant's administrator.
   *
   * @throws Error where nobody has this name in this domain.
   */
  signIn(account?: Pick<Account, "username" | "domain">): Promise<SandboxSession>;
  /** What the tenants have set, whatever faults and variants make of it: to compare before and after. */
  state(): TenantState[];
  /** Ends every connection and frees the port. Can be called again. */
  close(): Promise<void>;
}
