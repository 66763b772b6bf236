import { type Check, Skip } from "../check.ts";
import { finding } from "../context.ts";
import type { Finding } from "../finding.ts";
import { hasPrompt, isSettings } from "../guard/settings.ts";
import { shown } from "../judge.ts";
import { isPage } from "../paging.ts";

const operation = "GET /call_park";

/** What a schema cannot say: fields that only mean something together, and an id that must lead somewhere. */
export const callParkConsistent: Check = {
  id: "call_park.get.consistent",
  title: "The fields of GET /call_park go together, and its ring group is one of the tenant's",
  operation,
  level: "read",
  run: async (context) => {
    const settings = (await context.session.once("/call_park")).json;
    if (!isSettings(settings)) throw new Skip("GET /call_park answers without settings.");
    const about = (name: string, end: string, documented: string): Finding =>
      finding(context, {
        code: `call_park.get.${name}.${end}`,
        operation,
        documented,
        received: shown(settings[name]),
        pointer: `#/components/schemas/CallPark/properties/${name}`,
      });
    const findings: Finding[] = [];
    const { prompt_file_name: name, prompt_file_size: size, ring_group_id: id, recall_to: mode } = settings;
    if (!hasPrompt(settings)) {
      if (typeof name === "string" && name !== "")
        findings.push(about("prompt_file_name", "without_prompt", "null where there is no prompt to download"));
      if (typeof size === "number" && size > 0)
        findings.push(about("prompt_file_size", "without_prompt", "null or 0 where there is no prompt to download"));
    }
    if (mode === "USER_ONLY" || typeof id !== "string") return findings;
    const page = await context.session.once("/ring_groups");
    if (page.status !== 200 || !isPage(page.json) || page.json.items.some((group) => group.id === id)) return findings;
    // A group of another page is not on the first one.
    const isWhole = page.json.items.length >= page.json.count;
    const path = `/ring_groups/${encodeURIComponent(id)}`;
    const missing = isWhole || (await context.session.send({ method: "GET", path })).status === 404;
    return missing
      ? [...findings, about("ring_group_id", "dangling", "the id of a ring group of the tenant")]
      : findings;
  },
};
