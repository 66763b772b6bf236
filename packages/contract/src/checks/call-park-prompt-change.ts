import { granted } from "../asking.ts";
import { type Check, Skip } from "../check.ts";
import { type Context, finding } from "../context.ts";
import type { Finding } from "../finding.ts";
import type { Pending } from "../guard/delivery.ts";
import type { OwnPrompt } from "../guard/own-prompt.ts";
import { downloadPrompt, isPromptPath, UploadError, uploadSteps } from "../guard/prompt.ts";
import { concernsPrompt, hasPrompt, type Settings } from "../guard/settings.ts";
import { shown } from "../judge.ts";
import { times, unusual } from "../marks.ts";
import { rulesOf, silence } from "../silence.ts";
import type { Exchange } from "../wire.ts";
import { changes, expectAccepted, guardOf, operation } from "../writing.ts";
import { callParkPrompt } from "./call-park-prompt.ts";
import { apart } from "./call-park-times.ts";
import { isNullIgnored } from "./nulls.ts";
import { skipDoubtfulPrompt } from "./prompt-doubt.ts";

const code = "call_park.post.prompt_file_id";
const name = "callpark-contract.wav";

export const callParkPromptChange: Check = {
  id: `${code}.accepts`,
  title: "A prompt can be uploaded, set, downloaded as it was, and taken away",
  operation,
  level: "full",
  chained: true,
  run: async (context) => {
    const pointer = "#/components/schemas/CallParkUpdate/properties/prompt_file_id";
    const bytes = silence(rulesOf(context));
    const guard = guardOf(context);
    if (hasPrompt(guard.before) && context.promptDoubt === undefined) await callParkPrompt.run(context);
    skipDoubtfulPrompt(context);
    if (!hasPrompt(guard.before)) {
      const body = guard.body({ prompt_file_id: null });
      const { exchange, after } = await guard.write(body);
      // Some PBXs take null for a field that was not sent: the ring group of another check is still there then.
      const isIgnored = body["ring_group_id"] === null && typeof after["ring_group_id"] === "string";
      if (exchange.status !== 200 || isIgnored || (await isNullIgnored(context)))
        throw new Skip("There is no prompt, and a new one could not be taken away again: null is not taken for none.");
    }
    const findings: Finding[] = [];
    const id = await uploaded(context, findings, (onAnswer) =>
      guard.belongings.upload(bytes, name, "temporary", onAnswer),
    );
    if (id === undefined) return findings;
    context.doUploadsWork = findings.length === 0;
    if (!(await rehearse(context, pointer, findings))) {
      context.promptDoubt = findings.at(-1)?.code ?? code;
      return findings;
    }
    let file: Exchange | undefined;
    const download = async ({ prompt_file_url: url }: Settings) => {
      if (isPromptPath(url)) file = await downloadPrompt(context.session, url);
    };
    const time = times.find((one) => one in guard.body());
    const set = await expectAccepted(context, {
      code,
      // With something else: a PBX may have one way for the file, and forget the rest of the body there.
      wanted: { prompt_file_id: id, ...(time !== undefined && { [time]: unusual(context, time, apart + 13) }) },
      what: "an uploaded prompt",
      pointer,
      alone: true,
      again: download,
      pending: (after) => after["prompt_file_name"] !== name || after["prompt_file_size"] !== bytes.length,
    });
    if (set.refused) return [...findings, ...set.findings];
    const unlike = [...set.findings];
    const about = (documented: string, received: string) =>
      finding(context, {
        code: `${code}.read_back`,
        operation,
        documented,
        received,
        pointer,
        exchange: set.written.exchange,
      });
    const { prompt_file_name: given, prompt_file_size: size, prompt_file_url: url } = set.written.after;
    if (given !== name || size !== bytes.length)
      unlike.push(about(`${name} of ${bytes.length} bytes`, `${shown(given)} of ${shown(size)} bytes`));
    if (file === undefined) await download(set.written.after);
    if (!file || !Buffer.from(bytes).equals(file.bytes))
      unlike.push(about("the bytes that were uploaded", file ? `${file.bytes.length} other bytes` : shown(url)));
    findings.push(...unlike);
    // Then the prompt that is there may be the PBX's own, which could not be set again once it is taken away.
    const [doubt] = unlike;
    if (doubt) {
      context.promptDoubt = doubt.code;
      return findings;
    }
    const clear = (pending: Pending) =>
      expectAccepted(context, { code, wanted: { prompt_file_id: null }, what: "null for no prompt", pointer, pending });
    let cleared = await clear(() => false);
    // A PBX that takes null for what is left out never shows it; any other is waited for.
    if (!cleared.refused && hasPrompt(cleared.written.after) && !(await isNullIgnored(context)))
      cleared = await clear(hasPrompt);
    const left = cleared.written.after["prompt_file_url"];
    if (cleared.refused)
      // Whether null may be written is not documented: it may be refused, but nothing is to break at it.
      findings.push(
        ...(cleared.written.exchange.status >= 500
          ? cleared.findings
          : cleared.findings.map((one) => ({ ...one, kind: "observation" as const }))),
      );
    else findings.push(...cleared.findings);
    context.canClearPrompt = !cleared.refused && cleared.findings.length === 0 && !hasPrompt(cleared.written.after);
    if (!cleared.refused && typeof left === "string" && left !== "")
      findings.push({
        ...about("no prompt after null", shown(left)),
        // Null may stand for what is left out.
        ...((await isNullIgnored(context)) && { kind: "observation" as const }),
      });
    return findings;
  },
};

/**
 * Sets a copy of the prompt that is there, before any other file: where that goes wrong, nothing else could be put back.
 * Answers with whether it went well.
 */
const rehearse = async (context: Context, pointer: string, findings: Finding[]): Promise<boolean> => {
  const guard = guardOf(context);
  if (!guard.prompt.wantsCopy) return true;
  // A prompt of another kind than is documented may be there from before, and not be taken anew.
  const lawfully = (found: Finding[]): Finding[] =>
    guard.prompt.isDocumented ? found : found.map((one) => ({ ...one, kind: "observation" }));
  const ofUpload: Finding[] = [];
  const id = await uploaded(context, ofUpload, (onAnswer) => guard.prompt.copy(onAnswer));
  findings.push(...lawfully(ofUpload));
  if (id === undefined) return false;
  const othersIn = (after: Settings) => guard.differences(guard.before, after).filter(concernsPrompt);
  const set = await expectAccepted(context, {
    code,
    wanted: { prompt_file_id: id },
    what: "the prompt that is there, uploaded anew",
    pointer,
    pending: (after) => othersIn(after).length > 0,
  });
  findings.push(...(set.refused ? lawfully(set.findings) : set.findings));
  const { exchange, after } = set.written;
  const others = set.refused ? [] : othersIn(after);
  if (others.length > 0)
    findings.push(
      finding(context, {
        code: `${code}.read_back`,
        operation,
        documented: "the prompt that is there, uploaded anew, is set by its id",
        received: changes(guard.before, after, others),
        pointer,
        exchange,
      }),
    );
  if (set.refused || others.length > 0) return false;
  guard.prompt.isCopiedTo(id);
  return true;
};

type OnAnswer = NonNullable<Parameters<OwnPrompt["copy"]>[0]>;

/** Undefined where a step of it was refused, which is a finding then. */
const uploaded = async (
  context: Context,
  findings: Finding[],
  upload: (onAnswer: OnAnswer) => Promise<string>,
): Promise<string | undefined> => {
  try {
    return await upload((step, exchange) => {
      const isAbsent = step === "start" && (exchange.status === 403 || exchange.status === 404);
      if (!isAbsent) findings.push(...granted(context, uploadSteps[step], `blobs.uploads.${step}`, exchange));
    });
  } catch (error) {
    if (!(error instanceof UploadError)) throw error;
    if (findings.length > 0) return undefined;
    if (error.status === 403) throw new Skip("This user may not upload a prompt (403).");
    if (error.status === 404) throw new Skip("This PBX takes no uploads (404).");
    throw error;
  }
};
