import type { Answer } from "../../context.ts";
import { fieldError, validateFailed } from "../../errors.ts";
import { answerOfRefusal } from "../../render.ts";

/** What a PBX answers that breaks at a request. */
export const failed: Answer = { status: 500, json: { errors: [{ code: "UNKNOWN", message: "The PBX failed" }] } };

/** The sandbox's own refusal of a field. */
export const refusal = (field: string, rule = "breaks its rule"): Answer =>
  answerOfRefusal(validateFailed(fieldError(field, rule)));
