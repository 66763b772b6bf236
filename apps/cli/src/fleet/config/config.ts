import type { VerifyOptions } from "@callpark/contract";

/** Where a secret is: exactly one of the two. */
export interface SecretSource {
  env?: string;
  file?: string;
}

export interface TlsConfig {
  ca?: string;
  pin?: string[];
}

/** What holds for a host. */
export interface HostConfig {
  budget?: number;
  tls?: TlsConfig;
  version?: NonNullable<VerifyOptions["version"]>;
}

/** A target as the file says it. Either token or signIn is there. */
export interface TargetConfig {
  name: string;
  url: string;
  tenant?: string;
  labels?: string[];
  token?: SecretSource;
  refreshToken?: SecretSource;
  signIn?: { username: string; password: SecretSource; domain?: string };
  otherToken?: SecretSource;
  tls?: TlsConfig;
  version?: NonNullable<VerifyOptions["version"]>;
}

/** callpark.yaml, as callpark.schema.json says. */
export interface ConfigFile {
  hosts?: Record<string, HostConfig>;
  targets: TargetConfig[];
}
