import type { Sandbox } from "@callpark/sandbox";
import { readSettings } from "./pbx.ts";

/** All that a run could change: the settings, the prompt's bytes, and the groups. The prompt's URL may be another. */
export const stateOf = async (pbx: Sandbox, token: string): Promise<unknown> => {
  const { prompt_file_url: url, ...rest } = await readSettings(pbx.apiUrl, token);
  const prompt = typeof url === "string" ? await (await fetch(`${pbx.url}${url}`)).arrayBuffer() : undefined;
  const groups = await fetch(`${pbx.apiUrl}/call_park_groups`, { headers: { Authorization: `Bearer ${token}` } });
  return { ...rest, prompt: prompt && Buffer.from(prompt).toString("base64"), groups: await groups.json() };
};
