import { InvalidAnswerError } from "./errors/invalid-answer-error.ts";
import { answerSchemas } from "./generated/values.ts";
import type { ClientOptions } from "./options.ts";

/** How a client with calls by name is made. */
export interface CallParkClientOptions extends ClientOptions {
  /**
   * What to do with an answer that breaks the spec's schema: nothing, report it to `onInvalidAnswer`, or reject the
   * call with it. Predicates are loaded with the first answer, and what names the problems with the first that has any.
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

type Is = (value: unknown) => boolean;
type Validate = (value: unknown) => InvalidAnswerError["problems"];

/** The `inspect` of a client whose answers are validated. */
export const inspection = (options: CallParkClientOptions): Pick<ClientOptions, "inspect"> => {
  const { validate = "off", onInvalidAnswer, inspect } = options;
  if (validate === "off") return {};
  let predicates: Record<string, unknown> | undefined;
  return {
    inspect: async (answer) => {
      const { operation, value } = answer;
      const name = answerSchemas[operation];
      if (name !== undefined) {
        predicates ??= await import("@callpark/validators/is");
        if (!(predicates[`is${name}`] as Is)(value)) {
          // Many times the size of the predicates, and of use only here.
          const validators: Record<string, unknown> = await import("@callpark/validators");
          const error = new InvalidAnswerError(operation, (validators[`validate${name}`] as Validate)(value));
          if (validate === "reject") throw error;
          onInvalidAnswer?.(error);
        }
      }
      await inspect?.(answer);
    },
  };
};
