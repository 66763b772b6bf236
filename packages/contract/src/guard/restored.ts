import type { Logbook } from "../journal/logbook.ts";
import { ownPart } from "../left-by-run.ts";
import { messageOf } from "../message-of.ts";
import { keepCurrent, type RestoreResult } from "../report.ts";
import type { Session } from "../session.ts";
import { ConflictError } from "./delivery.ts";
import type { Knowledge } from "./knowledge.ts";
import { patiently } from "./patience.ts";
import { type Proof, prove } from "./proof.ts";
import { NotPutBackError } from "./put-back.ts";
import { readSettings } from "./readings.ts";
import { concernsPrompt, hasPrompt, type Settings } from "./settings.ts";
import type { SettingsReader } from "./settings-reader.ts";
import type { SettingsWriter } from "./settings-writer.ts";

/** What may be changed where nothing can be put back from here. */
export interface Beyond {
  /** Says what has changed, if it still has. */
  still: () => Promise<string | undefined>;
  /** Can a restore see it for itself? Else it goes by what was said. */
  isSeenByRestore: boolean;
}

/** What it takes to end a run that wrote. */
export interface Ending {
  settings: "put back" | "keep";
  /** Was what is put back changed by a run that ended before? */
  isResumed: boolean;
  session: Session;
  logbook: Logbook;
  knowledge: Knowledge;
  reader: SettingsReader;
  writer: SettingsWriter;
  prompt: Uint8Array | undefined;
  cleanups: (() => Promise<void>)[];
  beyond: readonly Beyond[];
  undo: (always: boolean) => Promise<void>;
  curl: string;
  curlBringsPrompt: boolean;
}

/** Nothing that can be read but its bytes tells it from the one that was there. */
const sameName =
  "A prompt of the same name and size, with other bytes, is there. It may be somebody else's, spoken anew, and is left as it is.";

/** It is written by the id of an upload, which no command can know. */
const promptByHand = "The command to put it back by hand does not bring the prompt back: callpark restore uploads it.";

/** What a run that ended early had seen of anything else is not known any more. */
const isBack =
  "The call park settings and the prompt are as they were, by two equal readings, and nothing that the run had made is left.";

const settingsAreBack = "The tenant's own settings are as they were, by two equal readings.";

const unseen = "What else was there before the run could not be read again";

/** How often everything is put back, should a write of the run's own come true in between. */
const mostRounds = 3;

/** Undoes everything, proves it, and puts the journal away or says in it why not. Never throws. */
export const restored = async (ending: Ending): Promise<RestoreResult> => {
  const { settings, session, logbook, knowledge, writer, cleanups, curl } = ending;
  await writer.note({ phase: "restoring" });
  const failures = new Set<string>();
  for (const step of cleanups.reverse())
    await patiently(step).catch((error) => {
      failures.add(messageOf(error));
    });
  const { seen, known, intent, uploads } = knowledge;
  const { proof, failure } =
    settings === "keep" ? { proof: { failures: [], left: [], isPromptLeft: false } } : await putBackAndProve(ending);
  // What the journal says of that cannot be looked at from here: it is left until its user says that it may be.
  const noted = settings === "put back" ? logbook.journal?.elsewhere : undefined;
  const elsewhere = noted === undefined ? [] : [sentence(noted)];
  const beside: string[] = [];
  for (const { still, isSeenByRestore } of settings === "keep" ? [] : ending.beyond) {
    const reason = await patiently(still).catch((error) => `${unseen}: ${messageOf(error)}`);
    if (reason !== undefined) (isSeenByRestore ? beside : elsewhere).push(sentence(reason));
  }
  const ofSettings = reasonsFor(failure, proof);
  const isElsewhere = failures.size === 0 && ofSettings.length === 0;
  for (const reason of [...elsewhere, ...beside, ...ofSettings]) failures.add(reason);
  const { before } = knowledge;
  if (failures.size > 0) {
    const reason = [...failures].map(sentence).join(" ");
    await writer.note({ phase: "left", reason, ...(elsewhere.length > 0 && { elsewhere: elsewhere.join(" ") }) });
    // Only its user can tell when what no restore puts back is as it was.
    const command = isElsewhere ? `${session.restoreCommand} ${keepCurrent}` : session.restoreCommand;
    // Then it is something else that is left.
    if ("now" in proof && ofSettings.length === 0)
      return { status: "failed", detail: `${reason} ${settingsAreBack}`, command };
    return {
      status: "failed",
      detail: [reason, ...adviceOn(ending, proof)].join(" "),
      before,
      ...(failure instanceof ConflictError && {
        // What was sent last may have been done after the last reading.
        ours: { ...seen, ...(!known && "now" in proof && ownPart(proof.now, intent?.bodies, uploads)) },
      }),
      ...("now" in proof && { now: proof.now }),
      curl,
      command,
    };
  }
  await writer.note(settings === "keep" ? { phase: "left", reason: "as its user wished" } : { phase: "restored" });
  const keepsPrompt = settings === "keep" && (await isPromptAnother(ending));
  const kept = await logbook.close(keepsPrompt).then(
    (prompt) => (prompt === undefined ? "" : ` The prompt that was there before the run is kept in ${prompt}.`),
    (error) => ` Its journal could not be put away: ${messageOf(error)}`,
  );
  const detail = ending.isResumed ? isBack : "Everything is as it was, by two equal readings.";
  return {
    status: "restored",
    detail: `${settings === "keep" ? "The settings are left as they are now." : detail}${kept}`,
  };
};

const adviceOn = ({ curlBringsPrompt, knowledge }: Ending, { isPromptLeft, left, ...proof }: Proof): string[] => {
  if (!isPromptLeft) return [];
  if ("now" in proof && hasPrompt(knowledge.before) && !left.some(concernsPrompt)) return [sameName];
  return curlBringsPrompt ? [] : [promptByHand];
};

/** What cannot be read may be another. */
const isPromptAnother = ({ session, knowledge }: Ending): Promise<boolean> =>
  patiently(() => readSettings(session, "any")).then(
    (now) =>
      knowledge.differences(knowledge.before, now).some(concernsPrompt) ||
      knowledge.others(now).some(concernsPrompt) ||
      knowledge.promptUrls.isUnknown(knowledge.before, now),
    () => true,
  );

const sentence = (text: string): string => text.replace(/(?<![.!?])$/, ".");

/** Why it failed, with no field named twice for the same reason. */
const reasonsFor = (failure: unknown, { failures, left }: Proof): string[] => {
  const told = failure instanceof NotPutBackError ? failure.fields : [];
  const untold = left.filter((name) => !told.includes(name));
  return [
    ...(failure === undefined ? [] : [messageOf(failure)]),
    ...(untold.length > 0 ? [`Not as before: ${untold.join(", ")}.`] : []),
    ...failures,
  ];
};

const putBackAndProve = async (ending: Ending): Promise<{ proof: Proof; failure?: unknown }> => {
  const { session, knowledge, reader, prompt, undo } = ending;
  const leftIn = (now: Settings) => knowledge.differences(knowledge.before, now);
  for (let round = 1; ; round += 1) {
    let failure: unknown;
    // What no reading showed may be there all the same: then a reading that is as before proves nothing yet. And where
    // what was past came back once, two writes in a row leave nothing else to come back.
    for (const always of round === 1 ? [reader.unseen] : [true, true])
      await undo(always).then(
        () => {
          failure = undefined;
        },
        (error) => {
          failure = error;
        },
      );
    const proof = await prove(session, leftIn, {
      prompt,
      lateness: reader.lateness,
      isStrange: (settings) => knowledge.others(settings).length > 0,
    });
    if (failure !== undefined) return { proof, failure };
    if (!("now" in proof)) return { proof };
    // Other bytes at a URL where the run has put none are somebody else's prompt, called as the one before.
    if (proof.isPromptLeft && knowledge.promptUrls.isUnknown(knowledge.before, proof.now)) {
      knowledge.areTheirs(["prompt_file_url"], proof.now);
      return { proof, failure: new ConflictError(["prompt_file_url"]) };
    }
    if (proof.left.length === 0) return { proof };
    const others = knowledge.others(proof.now);
    if (others.length > 0) return { proof, failure: new ConflictError(others) };
    // A write of the run's own may have come true only now, or what is past be shown now and then.
    if (round === mostRounds) return { proof };
    knowledge.known = false;
  }
};
