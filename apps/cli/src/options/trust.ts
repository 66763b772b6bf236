import { UsageError } from "../errors.ts";
import { readOptionFile } from "./file.ts";

/** Certificate authorities from a PEM file. */
export const readCertificates = async (option: string, path: string): Promise<string> => {
  const pem = await readOptionFile(option, path);
  if (!pem.includes("-----BEGIN CERTIFICATE-----"))
    throw new UsageError(`${option}: there is no certificate in ${path}: give a PEM file`);
  return pem;
};
