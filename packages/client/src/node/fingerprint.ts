import { ConfigurationError } from "../errors/configuration-error.ts";

/**
 * A certificate's SHA-256 fingerprint in one form: upper case, no colons. Takes it with colons or without.
 *
 * @throws ConfigurationError where it is not one.
 */
export const parseFingerprint = (text: string): string => {
  const bare = text
    .trim()
    .replace(/^sha256:/i, "")
    .replaceAll(":", "")
    .toUpperCase();
  if (!/^[0-9A-F]{64}$/.test(bare))
    throw new ConfigurationError(
      `"${text}" is no SHA-256 fingerprint: give 64 hexadecimal digits, with or without colons between them`,
    );
  return bare;
};
