import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import type { Sandbox, SandboxOptions, SandboxSeed } from "@callpark/sandbox";
import { UsageError } from "../errors.ts";
import { readOptionFile } from "../options/file.ts";
import type { SandboxFlags } from "../options/sandbox.ts";
import type { Shell } from "../shell.ts";
import { untilInterrupted } from "../until-interrupted.ts";
import { bannerOf } from "./banner.ts";

/** Runs a sandbox until Ctrl-C. */
export const runSandbox = async (flags: SandboxFlags, shell: Shell): Promise<void> => {
  // Else the room for what is short-lived doubles under load, up to 100 MB, and is kept: for nothing, as measured.
  setFlagsFromString("--semi-space-growth-factor=1");
  const options = await optionsFrom(flags, shell);
  const interrupted = untilInterrupted();
  await using sandbox = await start(options);
  await using certificate = await keepCertificate(sandbox);
  const quietly = [sandbox.apiUrl, sandbox.control?.token].filter((line) => line !== undefined).join("\n");
  shell.stdout.write(flags.quiet ? `${quietly}\n` : await bannerOf(sandbox, flags.host, certificate.file));
  await interrupted;
};

const start = async (options: SandboxOptions): Promise<Sandbox> => {
  const { startSandbox } = await import("@callpark/sandbox");
  try {
    return await startSandbox(options);
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(error.message, { cause: error });
    throw error;
  }
};

const optionsFrom = async (flags: SandboxFlags, shell: Shell): Promise<SandboxOptions> => {
  const { port, host, tls, tenants, version, data, rateLimit, tokenTtl, latency, semantics } = flags;
  const { fault, variant, seed, control, cors, allowHost, quiet } = flags;
  return {
    port,
    host,
    rateLimit,
    ...(tls && { tls }),
    ...(tenants !== undefined && { tenants }),
    ...(version && { version }),
    ...(data !== undefined && { dataFile: data }),
    ...(tokenTtl !== undefined && { tokenLifetime: tokenTtl }),
    ...(latency !== undefined && { latency }),
    ...(semantics && { semantics }),
    ...(fault && { faults: fault }),
    ...(variant && { variants: variant }),
    ...(seed !== undefined && { seed: await readSeed(seed) }),
    ...(control && { control }),
    ...(cors && { cors }),
    ...(allowHost && { allowHosts: allowHost }),
    ...(!quiet && { log: shell.say }),
  };
};

/** What is in it is looked at by the sandbox. */
const readSeed = async (file: string): Promise<SandboxSeed> => {
  const text = await readOptionFile("--seed", file);
  try {
    return JSON.parse(text) as SandboxSeed;
  } catch (error) {
    throw new UsageError(`--seed: ${file} is not JSON (${(error as Error).message}): mend it, or give another file`);
  }
};

/** A file with the certificate for as long as it serves, for programs that want one. */
const keepCertificate = async ({ certificate }: Sandbox): Promise<{ file: string | undefined } & AsyncDisposable> => {
  if (!certificate) return { file: undefined, [Symbol.asyncDispose]: async () => undefined };
  const folder = await mkdtemp(join(tmpdir(), "callpark-sandbox-"));
  const file = join(folder, "certificate.pem");
  await writeFile(file, certificate.pem);
  return { file, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) };
};
