import { checkOptions, type OptionRule, oneOf, wholeNumber } from "./check-options.ts";
import type { CallParkClientOptions } from "./validate.ts";

const time: OptionRule = {
  isMet: (value) => typeof value === "number" && value > 0,
  choose: "a number of milliseconds above 0",
};

/** @throws ConfigurationError for an option that would be misread, or not heeded. */
export const checkClientOptions = (options: CallParkClientOptions): void => {
  checkOptions(options, {
    budget: wholeNumber("requests a minute"),
    retry: wholeNumber("tries"),
    timeout: { isMet: (value) => Object(value) === value, choose: "{ attempt, total }, in milliseconds" },
    validate: oneOf("off", "report", "reject"),
    write: { isMet: (value) => typeof value === "boolean", choose: "true or false" },
  });
  checkOptions(options.timeout ?? {}, { attempt: time, total: time }, "timeout.");
};
