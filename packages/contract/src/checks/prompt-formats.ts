import { createHash } from "node:crypto";
import { request } from "../asking.ts";
import { type Check, Skip } from "../check.ts";
import { type Context, finding, send } from "../context.ts";
import type { Finding } from "../finding.ts";
import { settled } from "../guard/patience.ts";
import {
  destroyUpload,
  downloadPrompt,
  isPromptPath,
  nextUploadToken,
  UploadError,
  uploadToken,
} from "../guard/prompt.ts";
import { hasPrompt } from "../guard/settings.ts";
import { excerpt, shown } from "../judge.ts";
import { judgeRefusal } from "../judge-refusal.ts";
import { post } from "../marks.ts";
import { rulesOf, silence } from "../silence.ts";
import type { Exchange, WireRequest } from "../wire.ts";
import { guardOf, operation } from "../writing.ts";
import { skipDoubtfulPrompt } from "./prompt-doubt.ts";
import { skipAbsent } from "./readable.ts";

const code = "prompt_formats";
const pointer = "#/components/schemas/CallParkUpdate/properties/prompt_file_id/x-wav";
/** With a letter that is not English: it must come back as it was sent. */
const name = "callpark-contract-ä.wav";

const begun = async (context: Context, size: number) => {
  const started = await send(
    context,
    request("POST", `/blobs/uploads?filename=${encodeURIComponent(name)}&temporary=true`),
  );
  skipAbsent(started, "/blobs/uploads");
  const id = started.headers.get("PortSIP-Upload-ID") ?? "";
  if (id !== "") await guardOf(context).belongings.beganUpload(id, name, size);
  return { id, token: nextUploadToken(started, "") };
};

/** Uploads a file in as few requests as it takes. Undefined where the PBX refuses it there already. */
const uploaded = async (context: Context, bytes: Uint8Array): Promise<string | undefined> => {
  const { id: upload, token } = await begun(context, bytes.length);
  const digest = createHash("sha256").update(bytes).digest("hex");
  const completed = await send(context, {
    method: "POST",
    path: `/blobs/uploads/${encodeURIComponent(upload)}/complete?digest=${digest}`,
    headers: { ...uploadToken(token), "Content-Type": "application/octet-stream" },
    body: bytes,
  });
  const id = (completed.json as { id?: unknown } | undefined)?.id;
  if (completed.status < 300) guardOf(context).belongings.completedUpload(upload);
  if (completed.status < 300 && typeof id === "string") return id;
  await destroyUpload(context.session, upload, nextUploadToken(completed, token));
  return undefined;
};

/** @throws Skip where a prompt could not be put back, which is tried first: it takes an upload. */
const withPrompts = async (context: Context): Promise<void> => {
  const guard = guardOf(context);
  skipDoubtfulPrompt(context);
  if (!hasPrompt(guard.before) && context.canClearPrompt !== true)
    throw new Skip("There is no prompt, and it was not seen that one could be taken away again.");
  if (context.doUploadsWork) return;
  try {
    await guard.belongings.upload(silence(rulesOf(context)), "callpark-contract.wav", "temporary");
    context.doUploadsWork = true;
  } catch (error) {
    if (error instanceof UploadError) throw new Skip(`The prompt could not be put back: ${error.message}`);
    throw error;
  }
};

const accepts: Check = {
  id: `${code}.accepts`,
  title: "POST /call_park takes a prompt of every sample rate that is documented",
  operation,
  level: "full",
  chained: true,
  run: async (context) => {
    await withPrompts(context);
    const guard = guardOf(context);
    const rules = rulesOf(context);
    const findings: Finding[] = [];
    const about = (rate: number, received: string) =>
      finding(context, {
        code: `${code}.rate`,
        operation,
        documented: `a prompt of ${rate} Hz is taken`,
        received,
        pointer,
      });
    // The lowest one is set and downloaded by another check.
    const rates = rules.sample_rates.filter((one) => one !== Math.min(...rules.sample_rates));
    const files: { rate: number; id: string; bytes: Uint8Array }[] = [];
    for (const rate of rates) {
      const bytes = silence(rules, { rate });
      const id = await uploaded(context, bytes);
      if (id === undefined) findings.push(about(rate, "the upload was refused"));
      else files.push({ rate, id, bytes });
    }
    const { exchanges, after } = await guard.sendAll(
      files.map(({ id }) => post(JSON.stringify({ prompt_file_id: id }))),
    );
    for (const [index, { status, text }] of exchanges.entries())
      if (status >= 300) findings.push(about(files[index]?.rate ?? 0, `status ${status}${excerpt({ text })}`));
    const last = files.at(-1);
    if (last === undefined || findings.length > 0) return findings;
    const size = last.bytes.length;
    const { value: shows } = await settled(
      after,
      () => guard.readAgain(),
      ({ prompt_file_size: one }) => one !== size,
    );
    if (shows["prompt_file_size"] !== size)
      return [
        about(last.rate, `prompt_file_size ${shown(shows["prompt_file_size"])} where ${size} bytes were uploaded`),
      ];
    if (shows["prompt_file_name"] !== name)
      findings.push(
        finding(context, {
          code: `${code}.prompt_file_name`,
          operation,
          documented: `the name that the file was uploaded by, ${shown(name)}`,
          received: shown(shows["prompt_file_name"]),
          pointer: "#/components/schemas/CallPark/properties/prompt_file_name",
        }),
      );
    const url = shows["prompt_file_url"];
    const file = isPromptPath(url) ? await downloadPrompt(context.session, url) : undefined;
    if (file?.status === 200 && !Buffer.from(last.bytes).equals(file.bytes))
      findings.push(about(last.rate, `another file of ${file.bytes.length} bytes when it is downloaded`));
    return findings;
  },
};

/** A PBX that looks at the beginning of a file only, and converts what it says, is lawful. */
const noSound = "a text";

const wrong: [what: string, make: (context: Context) => Uint8Array][] = [
  [noSound, () => Buffer.from("callpark ".repeat(400))],
  ["a WAV file of 8 kHz", (context) => silence(rulesOf(context), { rate: 8000 })],
  ["a WAV file of two channels", (context) => silence(rulesOf(context), { channels: 2 })],
  ["a WAV file of 8 bits", (context) => silence(rulesOf(context), { bits: 8 })],
  ["a WAV file of A-law", (context) => silence(rulesOf(context), { bits: 8, format: 6 })],
];

/**
 * That a PBX looks into a file when it is set is not documented. One that refuses some sound files looks, and must refuse
 * all of these.
 */
const refuses: Check = {
  id: `${code}.refuses`,
  title: "POST /call_park refuses a file that is no prompt, if it looks at files at all",
  operation,
  level: "full",
  chained: true,
  run: async (context) => {
    await withPrompts(context);
    const guard = guardOf(context);
    const files: { what: string; request: WireRequest }[] = [];
    for (const [what, make] of wrong) {
      const id = await uploaded(context, make(context));
      if (id !== undefined) files.push({ what, request: post(JSON.stringify({ prompt_file_id: id })) });
    }
    const unfinished = await begun(context, 0);
    // At the end of the run: now it would cost a look at the settings. One that stays times out by itself.
    guard.onRestore(() => destroyUpload(context.session, unfinished.id, unfinished.token).catch(() => undefined));
    const early = {
      what: "an upload that is not complete",
      request: post(JSON.stringify({ prompt_file_id: unfinished.id })),
    };
    const { exchanges } = await guard.sendAll([early, ...files].map(({ request }) => request));
    const taken = new Map<string, Finding>();
    const findings = judgeRefusal(
      context,
      { operation, code: "call_park.post.prompt_file_id.unfinished", what: early.what, pointer },
      exchanges.shift() as Exchange,
    );
    for (const [index, exchange] of exchanges.entries()) {
      const what = files[index]?.what ?? "";
      if (exchange.status >= 300) findings.push(...judgeRefusal(context, { operation, code, what, pointer }, exchange));
      else
        taken.set(
          what,
          finding(context, {
            code: `${code}.taken`,
            operation,
            documented: "WAV, PCM, 16 bit, mono, 16, 32 or 48 kHz",
            received: `status ${exchange.status} for ${what}`,
            pointer,
            exchange,
          }),
        );
    }
    const looks = wrong.some(([what]) => what !== noSound && !taken.has(what));
    return [...findings, ...[...taken.values()].map((one) => (looks ? one : { ...one, kind: "observation" as const }))];
  },
};

export const promptFormats: readonly Check[] = [accepts, refuses];
