import { InvalidAnswerError } from "./errors/invalid-answer-error.ts";
import { answerSchemas } from "./generated/values.ts";
import type { ClientOptions } from "./options.ts";

/** How a client with calls by name is made. */
export interface CallParkClientOptions extends ClientOptions {
  /**
   * What to do with an answer that breaks the spec's schema: nothing, report it to `onInvalidAnswer`, or reject the
   * call with it. The validators are loaded with the first answer.
   * @default "off"
   * @example "report"
   */
  validate?: "off" | "report" | "reject";
  /**
   * Gets what `validate: "report"` finds.
   * @default nobody is told
   * @example (error) => console.warn(error.message)
   */
  onInvalidAnswer?: (error: InvalidAnswerError) => void;
}

/** The `inspect` of a client whose answers are validated. */
export const inspection = (options: CallParkClientOptions): Pick<ClientOptions, "inspect"> => {
  const { validate = "off", onInvalidAnswer, inspect } = options;
  if (validate === "off") return {};
  return {
    inspect: async (answer) => {
      const name = answerSchemas[answer.operation];
      if (name !== undefined) {
        const validators: Record<string, unknown> = await import("@callpark/validators");
        const problems = (validators[`validate${name}`] as Validate)(answer.value);
        if (problems.length > 0) {
          const error = new InvalidAnswerError(answer.operation, problems);
          if (validate === "reject") throw error;
          onInvalidAnswer?.(error);
        }
      }
      await inspect?.(answer);
    },
  };
};

type Validate = (value: unknown) => { pointer: string; message: string }[];
