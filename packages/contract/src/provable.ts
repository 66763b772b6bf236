import { callParkBody } from "./checks/call-park-body.ts";
import { callParkConsistent } from "./checks/call-park-consistent.ts";
import { callParkPrompt } from "./checks/call-park-prompt.ts";
import type { Context } from "./context.ts";
import { isSettings } from "./guard/settings.ts";
import { neededOfPrompt, unsaidOfPrompt } from "./guard/unsaid.ts";
import { hiddenNames } from "./raw-json.ts";
import type { Report } from "./report.ts";

/**
 * What is read is what is put back, and what proves it. Where the settings break their schema, contradict each other or
 * say a name twice, what the PBX holds is not known. What is not said of the prompt is a finding, and no more than that
 * where the rest tells enough.
 *
 * @returns Why nothing must be written, or undefined.
 */
export const reasonNotToWrite = async (
  context: Context,
  tenant: Report["target"]["tenant"],
): Promise<string | undefined> => {
  if (tenant === undefined)
    return "GET /tenant does not say which tenant the token belongs to, so there is no name to keep a journal under";
  const exchange = await context.session.once("/call_park").catch(() => undefined);
  if (exchange?.status !== 200 || !isSettings(exchange.json))
    return `GET /call_park answers without settings (${exchange ? `status ${exchange.status}` : "it cannot be read to its end"}), so nothing could be put back`;
  const unsaid = unsaidOfPrompt(exchange.json);
  const needed = neededOfPrompt(exchange.json);
  if (needed) return `GET /call_park does not say ${needed} (see ${callParkBody.id} and ${callParkPrompt.id})`;
  const broken = [
    ...context.contract
      .validate("CallPark", exchange.json)
      .map(({ pointer }) => pointer.split("/")[1] ?? "the answer")
      .filter((name) => !unsaid.includes(name)),
    ...hiddenNames(exchange.text).twice,
    ...(await callParkConsistent.run(context)).map(({ code }) => code.split(".").at(-2)),
  ];
  if (broken.length > 0)
    return `what GET /call_park says of ${[...new Set(broken)].join(", ")} cannot be relied on, so nothing could be proved to be put back (see ${callParkBody.id} and ${callParkConsistent.id})`;
  return undefined;
};
