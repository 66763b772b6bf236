import { type Command, Option } from "commander";
import { UsageError } from "../errors.ts";
import { parsePort } from "../options/port.ts";
import type { Shell } from "../shell.ts";
import { untilInterrupted } from "../until-interrupted.ts";

interface MockFlags {
  port: number;
  version?: "22.0" | "22.2" | "22.6";
  dynamic?: boolean;
  errors?: boolean;
  quiet?: boolean;
}

/** `callpark mock`: Prism on the document, on this machine, until Ctrl-C. */
export const declareMock = (program: Command, shell: Shell): void => {
  program
    .command("mock")
    .summary("run a PBX without a memory: the document's examples")
    .description("Runs Prism on the API's document until Ctrl-C: it answers with examples and remembers nothing.")
    .option("--port <PORT>", "where it listens, on 127.0.0.1; 0 takes a free one", parsePort, 4010)
    .addOption(
      new Option("--version <LINE>", "the PBX version (default: all of them in one)").choices(["22.0", "22.2", "22.6"]),
    )
    .option("--dynamic", "answers made up from the schemas instead of the examples")
    .option("--errors", "replace an answer that breaks the document, as a made-up one may, by what is wrong with it")
    .option("--quiet", "print the URL alone, and log no requests")
    .addHelpText("after", afterHelp)
    .action((flags: MockFlags) => runMock(flags, shell));
};

const runMock = async ({ quiet, ...flags }: MockFlags, shell: Shell): Promise<void> => {
  const { startMock } = await load();
  const interrupted = untilInterrupted();
  await using mock = await startMock({ ...flags, ...(!quiet && { log: shell.say }) });
  // As the sandbox says it. What the mock serves is there without /api too.
  const url = `${mock.url}/api`;
  shell.stdout.write(quiet ? `${url}\n` : bannerOf(url));
  await interrupted;
};

const bannerOf = (url: string): string => `A mock of the PBX: ${url}

Try
  curl -s -H 'Authorization: Bearer any' ${url}/call_park
  curl -s -H 'Authorization: Bearer any' -H 'Prefer: example=recallToRingGroup' ${url}/call_park
  curl -s -H 'Authorization: Bearer any' -H 'Prefer: code=429' ${url}/call_park

Ctrl-C stops it.
`;

/** Prism is big and wants a newer Node than the rest, so it is installed by those who want it. */
const load = async (): Promise<typeof import("@callpark/mock")> => {
  try {
    return await import("@callpark/mock");
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND")) throw error;
    throw new UsageError(
      "the mock is a package of its own, because Prism comes with it: npm install @callpark/mock, " +
        "or npx -p callpark -p @callpark/mock callpark mock",
    );
  }
};

const afterHelp = `
Needs the package @callpark/mock beside this one, and Node 24.18 or later.`;
