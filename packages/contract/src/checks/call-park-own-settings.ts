import { type Check, Skip } from "../check.ts";
import { type Context, finding } from "../context.ts";
import type { Finding } from "../finding.ts";
import { concernsPrompt, isDocumented } from "../guard/settings.ts";
import type { Written } from "../guard/settings-guard.ts";
import { excerpt, judgeAnswer, shown } from "../judge.ts";
import { surelyAllowed, times } from "../marks.ts";
import { guardOf, operation } from "../writing.ts";
import { movedInOther, settingsOfOther } from "./call-park-other-tenant.ts";
import { contradiction } from "./call-park-times.ts";
import { TenantsGroups } from "./tenants-groups.ts";

const code = "call_park.post.own_settings";

/** The first write of a run: it tells how this PBX writes, and changes nothing on one that keeps its contract. */
export const callParkOwnSettings: Check = {
  id: code,
  title: "POST /call_park accepts the PBX's own settings and changes nothing",
  operation,
  level: "safe",
  run: async (context) => {
    const guard = guardOf(context);
    const theirs = await settingsOfOther(context);
    await TenantsGroups.watch(context);
    const { written, findings } = await taken(context);
    findings.push(...(await movedInOther(context, theirs, written.exchange)));
    const { exchange, after } = written;
    findings.push(...judgeAnswer(context, operation, code, exchange));
    if (exchange.status < 200 || exchange.status > 299) {
      if (findings.length === 0 && exchange.status === 403)
        throw new Skip("This user may not change the settings (403).");
      findings.push(
        finding(context, {
          code: `${code}.refused`,
          operation,
          documented: "what the PBX answers with can be sent back",
          received: `status ${exchange.status}${excerpt(exchange)}`,
          pointer: "#/components/schemas/CallParkUpdate",
          exchange,
        }),
      );
      return findings;
    }
    if (written.late)
      findings.push(
        finding(context, {
          code: "call_park.post.late",
          operation,
          documented: "a change shows once the PBX has answered",
          received: "the settings changed a moment after they were sent back as they were",
          pointer: "#/paths/~1call_park/post",
          exchange,
        }),
      );
    const changed = guard.differences(guard.before, after);
    const sent = guard.body();
    // A prompt is written by an id that cannot be read, so sending everything back leaves it out.
    if (changed.some(concernsPrompt))
      findings.push(
        finding(context, {
          code: `${code}.prompt_dropped`,
          kind: "observation",
          operation,
          documented: "what becomes of a prompt that a POST does not name is not documented",
          received: "it is dropped (the run puts it back)",
          pointer: "#/components/schemas/CallParkUpdate/properties/prompt_file_id",
        }),
      );
    const unsent = changed.filter((name) => !concernsPrompt(name) && !(name in sent));
    if (unsent.length > 0)
      findings.push(
        finding(context, {
          code: `${code}.fields_left_out`,
          kind: "observation",
          operation,
          documented: "what becomes of a field that a POST does not name is not documented",
          received: unsent.map((name) => `${name} became ${shown(after[name])}${undocumented(name)}`).join(", "),
          pointer: "#/components/schemas/CallParkUpdate",
        }),
      );
    for (const name of changed.filter((one) => one in sent))
      findings.push(
        finding(context, {
          code: `${code}.${name}`,
          operation,
          documented: `${name} stays as it was sent, ${shown(guard.before[name])}`,
          received: shown(after[name]),
          pointer: `#/components/schemas/CallPark/properties/${name}`,
          exchange,
        }),
      );
    return findings;
  },
};

/**
 * The first body that the PBX takes: with everything, without blank fields, without what it contradicts the documents
 * on. What it did not take is left alone from then on.
 */
const taken = async (context: Context): Promise<{ written: Written; findings: Finding[] }> => {
  const guard = guardOf(context);
  const findings: Finding[] = [];
  let written = await guard.write(guard.body());
  const isRefused = () => written.exchange.status === 400 || written.exchange.status === 422;
  if (isRefused() && Object.values(guard.body()).includes(null)) {
    guard.leaveBlanksOut();
    written = await guard.write(guard.body());
    if (!isRefused())
      findings.push(
        finding(context, {
          code: `${code}.null_refused`,
          kind: "observation",
          operation,
          documented: "whether null may be written for a blank field is not documented",
          received: "null is refused: the run leaves blank fields out",
          pointer: "#/components/schemas/CallParkUpdate",
        }),
      );
  }
  const doubtful = times.find((time) => Number(guard.before[time]) > surelyAllowed(context, time));
  if (isRefused() && doubtful !== undefined) {
    const { exchange } = written;
    guard.leaveOut(doubtful);
    written = await guard.write(guard.body());
    if (!isRefused()) findings.push(contradiction(context, doubtful, exchange));
  }
  return { written, findings };
};

const undocumented = (name: string) => (isDocumented(name) ? "" : " (a field that is not documented)");
