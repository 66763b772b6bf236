import { concernsPromptUrl, hasPrompt, isBlank, promptFields, type Settings } from "./settings.ts";

/** The fields about the prompt that a reading does not have. */
export const unsaidOfPrompt = (settings: Settings): string[] => promptFields.filter((name) => !(name in settings));

/**
 * Nobody writes these fields, so a run may write without one of them where the others tell all the same: whether there
 * is a prompt, what it is called, and somebody else's from the run's own.
 *
 * @returns What is not said that a run needs, and what for; undefined where it is all said.
 */
export const neededOfPrompt = (settings: Settings): string | undefined => {
  const unsaid = unsaidOfPrompt(settings);
  if (unsaid.some(concernsPromptUrl))
    return "prompt_file_url, so whether there is a prompt, and where it could be downloaded to be put back, is not known";
  if (unsaid.length > 1)
    return `${unsaid.join(" and ")}, so somebody else's prompt could not be told from the run's own`;
  // A PBX that drops it would be given it back under another name.
  if (hasPrompt(settings) && isBlank(settings["prompt_file_name"]))
    return "prompt_file_name, so the prompt that is there could not be put back under its name";
  return undefined;
};
