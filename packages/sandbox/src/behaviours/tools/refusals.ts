import type { Answer } from "../../context.ts";
import { fieldError, validateFailed } from "../../errors.ts";
import { answerOfRefusal } from "../../render.ts";

/** The sandbox's own refusal of a field. */
export const refusal = (field: string, rule = "breaks its rule"): Answer =>
  answerOfRefusal(validateFailed(fieldError(field, rule)));
