import { PassThrough } from "node:stream";
import { stripVTControlCharacters } from "node:util";
import { expect, it } from "vitest";
import { confirmWrite } from "../src/confirm.ts";
import type { Shell } from "../src/shell.ts";

const terminal = (): PassThrough & { isTTY: true } => Object.assign(new PassThrough(), { isTTY: true as const });

/** What is asked of somebody who types `answer`, and how it ends. */
const ask = async (answer: string | undefined): Promise<{ asked: string; ended: string }> => {
  const stdin = terminal();
  const stderr = terminal();
  const shell = { env: {}, stdin, stdout: terminal(), stderr, say: () => undefined, hide: () => undefined };
  const confirmed = confirmWrite("safe", "https://pbx.example.com/api", shell as unknown as Shell);
  if (answer === undefined) stdin.end();
  else stdin.write(`${answer}\n`);
  const ended = await confirmed.then(
    () => "confirmed",
    (error: Error) => `${error.name}: ${error.message}`,
  );
  return { asked: stripVTControlCharacters(String(stderr.read())), ended };
};

it.each(["y", "Y", "yes", " YES "])("goes on after %j", async (answer) => {
  const { asked, ended } = await ask(answer);
  expect(ended).toBe("confirmed");
  expect(asked).toContain(
    "This changes the two recall times of https://pbx.example.com/api and puts them back. Do not change these settings elsewhere meanwhile: a change between a look and the write after it cannot be seen. Go on? [y/N] ",
  );
});

it.each(["", "n", "yeah", "no"])("sends nothing after %j", async (answer) => {
  expect((await ask(answer)).ended).toBe("UsageError: not confirmed, so nothing was sent");
});

it("ends without an answer", async () => {
  expect((await ask(undefined)).ended).toBe("AbortError: The operation was aborted");
});
