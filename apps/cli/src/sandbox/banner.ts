import type { Account, Sandbox } from "@callpark/sandbox";
import { commandsToTry } from "./commands.ts";

/** So many accounts are shown one by one. */
const SHOWN = 8;

const LOOPBACK = /^(127\.|::1$|localhost$)/;

/** What somebody needs to know of a sandbox that has just started. */
export const bannerOf = async (
  sandbox: Sandbox,
  host: string,
  certificateFile: string | undefined,
): Promise<string> => {
  const { apiUrl, version, certificate, control, accounts } = sandbox;
  return [
    `A sandbox PBX, version ${version}: ${apiUrl}`,
    ...(certificate ? [`Certificate  ${certificateFile}`, `SHA-256      ${certificate.fingerprint}`] : []),
    ...(LOOPBACK.test(host) ? [] : ["Everybody who can reach this machine can use it, with the passwords below."]),
    "",
    "Sign in as",
    ...table(accounts.slice(0, SHOWN)),
    ...(accounts.length > SHOWN
      ? [`  … and ${accounts.length - SHOWN} more: ${named(accounts.at(-1))} is the last`]
      : []),
    "",
    "Try",
    ...(await commandsToTry(sandbox, certificateFile)).map((command) => `  ${command}`),
    ...(control ? ["", `Control API  ${control.url}`, `Its token    ${control.token}`] : []),
    "",
    "Ctrl-C stops it.",
    "",
  ].join("\n");
};

const named = (account: Account | undefined): string =>
  [account?.username, account?.domain].filter(Boolean).join(" of ");

const table = (accounts: readonly Account[]): string[] => {
  const rows = accounts.map(({ username, password, domain, role, twoFactor }) => [
    username,
    password,
    domain ?? "no domain",
    twoFactor ? `${role}, with a second factor: no token` : role,
  ]);
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")}`);
};
