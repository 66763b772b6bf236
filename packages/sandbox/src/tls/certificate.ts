import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { isIP } from "node:net";
import { addressBytes } from "./address-bytes.ts";
import { bits, boolean, integer, objectId, octets, plain, sequence, set, tagged, text, time } from "./der.ts";

/** A certificate and its private key, both as PEM. */
export interface Identity {
  key: string;
  cert: string;
}

const day = 86_400_000;
const ecdsaWithSha256 = sequence(objectId("1.2.840.10045.4.3.2"));

/**
 * Makes a certificate that signs itself, good for ten years, so that a client can trust it by its fingerprint or as its
 * own authority.
 *
 * @param names host names and IP addresses that it is for, one or more.
 */
export const makeIdentity = (names: readonly string[], now: number): Identity => {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const spki = publicKey.export({ type: "spki", format: "der" });
  const name = sequence(set(sequence(objectId("2.5.4.3"), text("callpark sandbox"))));
  const body = sequence(
    tagged(0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    ecdsaWithSha256,
    name,
    sequence(time(new Date(now - day)), time(new Date(now + 3650 * day))),
    name,
    spki,
    tagged(3, sequence(...extensions(names, spki))),
  );
  const der = sequence(body, ecdsaWithSha256, bits(sign("sha256", body, privateKey)));
  return { key: String(privateKey.export({ type: "pkcs8", format: "pem" })), cert: pem(der) };
};

const extensions = (names: readonly string[], spki: Buffer): Buffer[] => [
  // Basic constraints: an authority, of itself.
  extension("2.5.29.19", sequence(boolean(true)), true),
  // Key usage: digital signature and certificate signing.
  extension("2.5.29.15", bits(Buffer.from([0b1000_0100]), 2), true),
  // Extended key usage: a TLS server.
  extension("2.5.29.37", sequence(objectId("1.3.6.1.5.5.7.3.1"))),
  // Subject key identifier.
  extension("2.5.29.14", octets(createHash("sha1").update(spki).digest())),
  // Subject alternative names.
  extension(
    "2.5.29.17",
    sequence(...names.map((one) => (isIP(one) ? plain(7, addressBytes(one)) : plain(2, Buffer.from(one))))),
  ),
];

const extension = (id: string, value: Buffer, critical = false): Buffer =>
  sequence(objectId(id), ...(critical ? [boolean(true)] : []), octets(value));

const pem = (der: Buffer): string => {
  const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
  return ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n");
};
