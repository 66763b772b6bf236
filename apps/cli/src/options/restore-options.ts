import { quoted } from "../quoted.ts";

/** What says how to get in to a PBX, of the options or of a file of targets. */
interface Access {
  tokenFile?: string | undefined;
  /** Is the token in CALLPARK_TOKEN, where a command finds it by itself? */
  inEnvironment?: boolean;
  ca?: string | undefined;
  pin?: string | undefined;
}

/** The options for a `callpark restore` that can be pasted. A token that came another way has to be put into a file first. */
export const restoreOptions = ({ tokenFile, inEnvironment = false, ca, pin }: Access): string => {
  const token = tokenFile ?? (inEnvironment ? undefined : "token.txt");
  return Object.entries({ "--token-file": token, "--ca": ca, "--pin": pin })
    .flatMap(([option, value]) => (value === undefined ? [] : [`${option} ${word(value)}`]))
    .join(" ");
};

const word = (text: string): string => (/^[\w./:,=@%+-]+$/.test(text) ? text : quoted(text));
