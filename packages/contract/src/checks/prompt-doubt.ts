import { Skip } from "../check.ts";
import type { Context } from "../context.ts";
import { unsaidOfPrompt } from "../guard/unsaid.ts";
import { guardOf } from "../writing.ts";

/** @throws Skip where it is not sure that the prompt which was there could be put back, with what makes it so. */
export const skipDoubtfulPrompt = (context: Context): void => {
  const { before, prompt } = guardOf(context);
  const unsaid = unsaidOfPrompt(before);
  if (unsaid.length > 0)
    throw new Skip(
      `The prompt was left alone, as what became of it could not be seen: GET /call_park does not say ${unsaid.join(" and ")}.`,
    );
  if (!prompt.isKnown) throw new Skip("The prompt is not what its name and size say: it could not be put back.");
  if (context.promptDoubt)
    throw new Skip(`The prompt was left alone, as it might not be put back as it was: see ${context.promptDoubt}.`);
};
