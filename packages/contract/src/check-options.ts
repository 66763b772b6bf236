import { CallParkError, checkOptions, type OptionRule, oneOf, wholeNumber } from "@callpark/client";
import { versionLines } from "./contract-document.ts";
import { fewestRequests } from "./request-limit.ts";
import { ConfigurationError, type VerifyOptions } from "./target.ts";

/** As long as a timer can run, in milliseconds. */
const longest = 2 ** 31 - 1;

interface Checked
  extends Pick<VerifyOptions, "write" | "version" | "maxRequests" | "budget" | "seed" | "deadline" | "only"> {
  /** Of a fleet. */
  concurrency?: number;
}

const rules: Record<keyof Checked, OptionRule> = {
  write: oneOf("none", "safe", "full"),
  version: oneOf("auto", ...versionLines),
  maxRequests: wholeNumber("requests"),
  budget: wholeNumber("requests a minute"),
  concurrency: wholeNumber("hosts"),
  seed: { isMet: Number.isSafeInteger, choose: "a whole number" },
  deadline: {
    isMet: (value) => Number.isInteger(value) && Number(value) > 0 && Number(value) <= longest,
    choose: `a whole number of milliseconds, from 1 to ${longest}`,
  },
  only: {
    isMet: (value) => Array.isArray(value) && value.length > 0 && value.every((id) => typeof id === "string"),
    choose: "an array of ids of checks, as listChecks() has them, or leave it out for every check",
  },
};

/** @throws ConfigurationError for an option that would be misread, or not heeded: a wrong `write` would only read. */
export const checkRunOptions = (options: Checked): void => {
  configured(() => checkOptions(options, rules));
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
