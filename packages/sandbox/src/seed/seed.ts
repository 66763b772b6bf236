import type { CallParkSettings } from "../store/call-park.ts";
import type { NumberType } from "../store/numbers.ts";

/** What a PBX is filled with: the shape of a seed file as well. Passwords in it are no secrets. */
export interface SandboxSeed {
  /** @default admin, system-park-1 */
  system_administrator?: { username: string; password: string };
  /** One or more. */
  tenants: readonly SeedTenant[];
}

/** A seed whose tenants need not all be there at once. */
export interface Filling extends Omit<SandboxSeed, "tenants"> {
  tenants: Iterable<SeedTenant>;
}

/** Text left out is blank. */
export interface SeedTenant {
  name: string;
  /** The SIP domain that its users sign in with. No two tenants share one. */
  domain: string;
  website?: string | null;
  timezone?: string | null;
  currency?: string | null;
  region?: string | null;
  /** Nobody signs in to a tenant that is not. @default true */
  enabled?: boolean;
  users: readonly SeedUser[];
  /** Extensions, ring groups and whatever else has a number. @default none */
  numbers?: readonly SeedNumber[];
  /** Call park groups. @default none */
  groups?: readonly SeedGroup[];
  /** What differs from the documented defaults; a ring group is named by its number. */
  call_park?: Partial<Omit<CallParkSettings, "ring_group_id" | "prompt_file_id">> & { ring_group?: string };
  /** Has it a prompt, a soft tone of half a second? @default false */
  prompt?: boolean;
}

export interface SeedUser {
  username: string;
  password: string;
  /** @default "tenant administrator" */
  role?: "tenant administrator" | "user";
  /** Signing in gives a challenge to a second factor, and no token. @default false */
  two_factor?: boolean;
}

export interface SeedNumber {
  extension_number: string;
  type: NumberType;
  name: string;
  display_name?: string | null;
}

export interface SeedGroup {
  name: string;
  /** @default "USER_ONLY" */
  recall_to?: CallParkSettings["recall_to"];
  /** The number of its ring group. */
  ring_group?: string;
  /** The numbers of its users. @default none */
  members?: readonly string[];
}
