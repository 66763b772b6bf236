import { Command } from "commander";
import { declareMock } from "./commands/mock.ts";
import { declareReplay } from "./commands/replay.ts";
import { declareReport } from "./commands/report.ts";
import { declareRestore } from "./commands/restore.ts";
import { declareSandbox } from "./commands/sandbox.ts";
import { declareVerify } from "./commands/verify.ts";
import { codeOfError } from "./errors.ts";
import { refuseSecretFlags } from "./options/token.ts";
import { openShell } from "./shell.ts";
import { version } from "./version.ts";
import { sayWarnings } from "./warnings.ts";

/** What was not understood is named without its value, which may be a secret in the wrong place. */
const withoutValues = (text: string): string =>
  text
    .replace(/('--[^=']*)=.*'/s, "$1'")
    .replace(/(unknown option '-[^-'])[^']+'/, "$1'")
    .replace(/(Expected \d+ arguments? but got \d+): .*/s, "$1.");

/** An option with its value in one argument. */
const valued = /^(--[^=]+)=/;

/** Is it the name of an option of some command? */
const isOption = (command: Command, name: string): boolean =>
  command.options.some(({ long }) => long === name) || command.commands.some((one) => isOption(one, name));

/** An option that there is not loses its value, which would keep commander from telling which one was meant. */
const withoutUnknown = (program: Command, argv: readonly string[]): string[] =>
  argv.map((argument) => {
    const [, name] = valued.exec(argument) ?? [];
    return name === undefined || isOption(program, name) ? argument : name;
  });

/** The command that is called; the program where there is none. */
const calledIn = (command: Command, [name, ...rest]: readonly string[]): Command => {
  const own = command.commands.find((one) => one.name() === name);
  return own === undefined ? command : calledIn(own, rest);
};

/** Of an option that takes no value, commander would say that there is none of that name. */
const refuseValues = (command: Command, argv: readonly string[]): void => {
  for (const argument of argv) {
    const [, name] = valued.exec(argument) ?? [];
    const option = name === undefined ? undefined : command.options.find(({ long }) => long === name);
    if (option?.isBoolean()) command.error(`error: option '${name}' takes no value`);
  }
};

/** Asked for the help of a command that there is not, commander would list them all without a word. */
const withoutHelp = (program: Command, argv: readonly string[]): readonly string[] => {
  const [help, name = "help", ...rest] = argv;
  return help === "help" && calledIn(program, [name]) === program && name !== "help" ? [name, ...rest] : argv;
};

/** What was wrong with a command's options is followed by where that command's own are listed. */
const nameHelp = (parent: Command, path = parent.name()): void => {
  for (const command of parent.commands) {
    const own = `${path} ${command.name()}`;
    command.showHelpAfterError(`(${own} --help lists the ${command.commands.length > 0 ? "commands" : "options"})`);
    nameHelp(command, own);
  }
};

/** Runs the command line and answers with the exit code. */
export const main = async (argv: string[]): Promise<number> => {
  const shell = openShell(process);
  sayWarnings(shell);
  let code = 0;
  const program = new Command("callpark")
    .description("Checks a PortSIP PBX's call park API against its documented contract.")
    // So that --version means the program here, and the PBX after a command.
    .enablePositionalOptions()
    .version(version)
    .exitOverride()
    .configureOutput({ writeErr: (text) => shell.say(withoutValues(text.trimEnd())) })
    .showHelpAfterError("(callpark --help lists the commands)");
  const finish = (result: number): void => {
    code = result;
  };
  declareVerify(program, shell, finish);
  declareReplay(program, shell, finish);
  declareRestore(program, shell, finish);
  declareReport(program, shell, finish);
  declareSandbox(program, shell);
  declareMock(program, shell);
  nameHelp(program);
  try {
    refuseSecretFlags(argv);
    refuseValues(calledIn(program, argv), argv);
    await program.parseAsync(withoutUnknown(program, withoutHelp(program, argv)), { from: "user" });
    return code;
  } catch (error) {
    return codeOfError(error, shell);
  }
};
