import { CallParkError, checkOptions, type OptionRule, oneOf, wholeNumber } from "@callpark/client";
import { versionLines } from "./contract-document.ts";
import type { FleetOptions } from "./fleet/target.ts";
import { fewestRequests } from "./request-limit.ts";
import type { RestoreOptions } from "./restore.ts";
import { ConfigurationError, type VerifyOptions, type VerifyTarget } from "./target.ts";

/** As long as a timer can run, in milliseconds. */
const longest = 2 ** 31 - 1;

/** A rule for each option that there is: one of the interface that is left out does not compile here. */
type Rules<Options> = Record<keyof Options, OptionRule>;

const anything: OptionRule = { isMet: () => true, choose: "anything" };

const ofVerify: Rules<VerifyOptions> = {
  write: oneOf("none", "safe", "full"),
  version: oneOf("auto", ...versionLines),
  maxRequests: wholeNumber("requests"),
  budget: wholeNumber("requests a minute"),
  seed: { isMet: Number.isSafeInteger, choose: "a whole number" },
  deadline: {
    isMet: (value) => Number.isInteger(value) && Number(value) > 0 && Number(value) <= longest,
    choose: `a whole number of milliseconds, from 1 to ${longest}`,
  },
  only: {
    isMet: (value) => Array.isArray(value) && value.length > 0 && value.every((id) => typeof id === "string"),
    choose: "an array of ids of checks, as listChecks() has them, or leave it out for every check",
  },
  record: anything,
  baseline: anything,
  onTokens: anything,
  onSecret: anything,
  signal: anything,
  stateDir: anything,
  waits: anything,
  onWrite: anything,
  onRestored: anything,
  onWait: anything,
  onProgress: anything,
};

const ofFleet: Rules<FleetOptions> = {
  ...ofVerify,
  concurrency: wholeNumber("hosts"),
  shard: anything,
  onReport: anything,
};

const ofRestore: Rules<RestoreOptions> = {
  stateDir: anything,
  keepCurrent: anything,
  othersToo: anything,
  confirm: anything,
  onTokens: anything,
  onSecret: anything,
  onWait: anything,
};

/** @throws ConfigurationError for an option that would be misread, or not heeded: a wrong `write` would only read. */
export const checkRunOptions = (options: VerifyOptions): void => checkRun(options, ofVerify);

/** As `checkRunOptions`, of a fleet. */
export const checkFleetOptions = (options: FleetOptions): void => checkRun(options, ofFleet);

/** As `checkRunOptions`, of a restore: a wrong `keepCurrent` would put back what is to stay. */
export const checkRestoreOptions = (options: RestoreOptions): void => checkNamed(options, ofRestore);

/** @throws ConfigurationError for a target without a token: an empty variable would go to the PBX, and be refused there. */
export const checkToken = ({ token }: Pick<VerifyTarget, "token">): void => {
  if (typeof token !== "string" || token === "")
    throw new ConfigurationError(
      "token is not there, or empty: give an access token of a user who may read the tenant's call park settings",
    );
};

const checkNamed = <Options extends object>(options: Options, rules: Rules<Options>): void => {
  for (const [name, value] of Object.entries(options))
    if (value !== undefined && !Object.hasOwn(rules, name))
      throw new ConfigurationError(`There is no option ${name}: there are ${Object.keys(rules).join(", ")}`);
  configured(() => checkOptions(options, rules));
};

const checkRun = <Options extends Pick<VerifyOptions, "maxRequests" | "write">>(
  options: Options,
  rules: Rules<Options>,
): void => {
  checkNamed(options, rules);
  const { maxRequests, write = "none" } = options;
  const fewest = fewestRequests(write);
  if (maxRequests !== undefined && maxRequests < fewest)
    throw new ConfigurationError(
      `The run may send ${maxRequests} requests (maxRequests, --max-requests), and a run that ${write === "none" ? "only reads" : "writes"} needs ${fewest} at least: to begin, for one check${write === "none" ? "" : ", and to put everything back"}`,
    );
};

/** What a user may have given wrongly. */
export const configured = <Value>(make: () => Value): Value => {
  try {
    return make();
  } catch (error) {
    throw error instanceof CallParkError ? new ConfigurationError(error.message) : error;
  }
};
