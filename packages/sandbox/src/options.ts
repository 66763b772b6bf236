import type { Semantics } from "./context.ts";
import type { SandboxControls } from "./control/controls.ts";
import type { Latency } from "./latency.ts";
import type { VersionLine } from "./lines.ts";
import type { SandboxSeed } from "./seed/seed.ts";
import type { Role } from "./store/accounts.ts";

export interface SandboxOptions {
  /** 0 for any free one. @default 0 */
  port?: number;
  /** @default "127.0.0.1" */
  host?: string;
  /** False: it listens nowhere, and only its `fetch` reaches it. @default true */
  listen?: boolean;
  /**
   * HTTPS: with a certificate that it makes for itself, or with one of yours, as PEM. A data file keeps the one that was
   * made. @default false
   */
  tls?: boolean | { key: string; cert: string };
  /** Names by which it may be asked, besides addresses, `localhost` and `host`. @default none */
  allowHosts?: readonly string[];
  /** Origins of web pages that may ask it, such as `http://localhost:3000`. @default none */
  cors?: readonly string[];
  /** Keeps the state in this file, and goes on from what it holds. @default in memory, gone when closed */
  dataFile?: string;
  /** Does a POST to /call_park keep the fields left out, or set them back to their defaults? @default "merge" */
  semantics?: Semantics;
  /** The version line of the PBX: its operations and fields. @default the newest */
  version?: VersionLine;
  /** How long an access token is good for, in seconds. @default 1800 */
  tokenLifetime?: number;
  /**
   * Requests that an IP address may send in the documented time, a minute: a number, or as many as the document says.
   * @default as many as it likes
   */
  rateLimit?: number | "documented";
  /** How long each answer takes, in milliseconds, with or without a jitter. @default none */
  latency?: number | Latency;
  /** How many made-up tenants there are. Only looked at where there is no state yet. @default 2 */
  tenants?: number;
  /** What the PBX is filled with instead of made-up tenants, where there is no state yet. @default made-up tenants */
  seed?: SandboxSeed;
  /** Has it the control API, `/_sandbox`, beside the PBX's own? @default false */
  control?: boolean;
  /** Have the made-up tenants ring groups? Only looked at where there is no state yet. @default true */
  ringGroups?: boolean;
  /** Ids of ways to break the contract: `listFaults()` of `@callpark/sandbox/behaviours` names them. @default none */
  faults?: readonly string[];
  /** Ids of lawful ways to be different: `listVariants()` of the same names them. @default none */
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
  /** Signing in gives a challenge to a second factor, and no token. */
  readonly twoFactor: boolean;
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
  /** The origin: `http://127.0.0.1:PORT`. Where it listens nowhere: a name that nothing has. */
  readonly url: string;
  /** The base URL of the API: `http://127.0.0.1:PORT/api`. */
  readonly apiUrl: string;
  /** 0 where it listens nowhere. */
  readonly port: number;
  readonly version: VersionLine;
  /** Of HTTPS: as PEM, and its SHA-256 fingerprint as `AA:BB:…`. */
  readonly certificate: { readonly pem: string; readonly fingerprint: string } | undefined;
  /** What stands outside of the PBX and works on it. */
  readonly controls: SandboxControls;
  /** Where the controls are over HTTP, and the bearer token for them. Undefined unless `control` was asked for. */
  readonly control: { readonly url: string; readonly token: string } | undefined;
  /** The system administrator first, then the users of each tenant, its administrator first. */
  readonly accounts: readonly Account[];
  readonly tenants: readonly SandboxTenant[];
  /**
   * Asks the PBX with no network in between: no port, no TLS, and none of the faults that happen on the wire. Paths are
   * taken from `url`; other origins are refused.
   */
  readonly fetch: typeof globalThis.fetch;
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
