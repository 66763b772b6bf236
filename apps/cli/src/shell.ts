/** The world around the command: what it reads, where it prints, and what it must never print. */
export interface Shell {
  env: NodeJS.ProcessEnv;
  stdin: NodeJS.ReadStream;
  stdout: NodeJS.WriteStream;
  stderr: NodeJS.WriteStream;
  /** A line of talk, on stderr, without the secrets. */
  say(text: string): void;
  /** A text without the secrets. */
  mask(text: string): string;
  /** From now on, never said. */
  hide(secret: string): void;
}

// Shorter ones would blank out ordinary words.
const SHORTEST_SECRET = 8;

export const openShell = ({ env, stdin, stdout, stderr }: NodeJS.Process): Shell => {
  const secrets = new Set<string>();
  // A closed pipe (`callpark verify | head`) must not end a run that still has settings to put back.
  for (const stream of [stdout, stderr]) stream.on("error", () => undefined);
  const mask = (text: string): string => {
    let masked = text;
    for (const secret of secrets) masked = masked.replaceAll(secret, "***");
    return masked;
  };
  return {
    env,
    stdin,
    stdout,
    stderr,
    say: (text) => {
      stderr.write(`${mask(text)}\n`);
    },
    mask,
    hide: (secret) => {
      if (secret.length >= SHORTEST_SECRET) secrets.add(secret);
    },
  };
};
