import { X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import { networkInterfaces } from "node:os";
import type { Store } from "../store/index.ts";
import { type Identity, makeIdentity } from "./certificate.ts";

/** Addresses that stand for every address of the machine. */
const everywhere: readonly string[] = ["0.0.0.0", "::"];

const namesOf = (host: string, others: readonly string[]): string[] => {
  const own = everywhere.includes(host)
    ? Object.values(networkInterfaces()).flatMap((all) => (all ?? []).map(({ address }) => address.split("%")[0] ?? ""))
    : [host];
  return [...new Set(["localhost", "127.0.0.1", "::1", ...own, ...others])];
};

/** The certificate of the data file where it still serves, so that a pin outlives a restart; else a new one. */
export const identityFor = (store: Store, host: string, others: readonly string[]): Identity => {
  const names = namesOf(host, others);
  const kept = store.identity.show();
  if (kept && serves(new X509Certificate(kept.cert), names)) return kept;
  const made = makeIdentity(names, Date.now());
  store.identity.save(made);
  return made;
};

const serves = (certificate: X509Certificate, names: readonly string[]): boolean =>
  certificate.validToDate.getTime() > Date.now() &&
  names.every((name) => (isIP(name) ? certificate.checkIP(name) : certificate.checkHost(name)));

/** SHA-256, as `AA:BB:…`. */
export const fingerprintOf = (cert: string): string => new X509Certificate(cert).fingerprint256;
