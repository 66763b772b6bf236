import { quoted } from "../quoted.ts";

/** What says how to get in to a PBX, of the options or of a file of targets. */
interface Access {
  tokenFile?: string | undefined;
  /** Is the token in CALLPARK_TOKEN, where a command finds it by itself? */
  inEnvironment?: boolean;
  refreshTokenFile?: string | undefined;
  ca?: string | undefined;
  pin?: string | undefined;
  /** What the tenant was called: a PBX that does not say whose the token is has to be told again. */
  tenant?: string | undefined;
}

/** The options for a `callpark restore` that can be pasted. A token that came another way has to be put into a file first. */
export const restoreOptions = ({ tokenFile, inEnvironment = false, refreshTokenFile, ...rest }: Access): string => {
  const { ca, pin, tenant } = rest;
  const token = tokenFile ?? (inEnvironment ? undefined : "token.txt");
  return Object.entries({
    "--token-file": token,
    "--refresh-token-file": refreshTokenFile,
    "--ca": ca,
    "--pin": pin,
    "--tenant": tenant,
  })
    .flatMap(([option, value]) => (value === undefined ? [] : [`${option} ${word(value)}`]))
    .join(" ");
};

const word = (text: string): string => (/^[\w./:,=@%+-]+$/.test(text) ? text : quoted(text));
