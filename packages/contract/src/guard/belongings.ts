import type { Logbook } from "../journal/logbook.ts";
import type { Session } from "../session.ts";
import type { Knowledge } from "./knowledge.ts";
import { ownName } from "./leftovers.ts";
import type { Membership } from "./members.ts";
import { uploadPrompt } from "./prompt.ts";
import type { SettingsWriter } from "./settings-writer.ts";

/** What a run makes on a PBX for itself: kept on disk before it is there, so that it is gone again whatever comes. */
export class Belongings {
  readonly #session: Session;
  readonly #logbook: Logbook;
  readonly #knowledge: Knowledge;
  readonly #writer: SettingsWriter;

  constructor(session: Session, logbook: Logbook, knowledge: Knowledge, writer: SettingsWriter) {
    this.#session = session;
    this.#logbook = logbook;
    this.#knowledge = knowledge;
    this.#writer = writer;
  }

  /** How the names of all that the run makes must begin, so that they can be found again. */
  get name(): string {
    return ownName(this.#logbook.runId);
  }

  /** Uploads a prompt and answers with its id; should the run be killed, the upload is not forgotten. */
  async upload(
    bytes: Uint8Array,
    name: string,
    lifetime: "temporary" | "to keep",
    onAnswer?: Parameters<typeof uploadPrompt>[4],
  ): Promise<string> {
    await this.#writer.prepare("something else");
    let begun: string | undefined;
    const id = await uploadPrompt(this.#session, bytes, name, lifetime, onAnswer, (upload) => {
      begun = upload;
      return this.beganUpload(upload, name, bytes.length);
    });
    this.completedUpload(begun);
    return id;
  }

  /** Keeps an upload of the run's own: its file is known again, and it is given up should the run not complete it. */
  async beganUpload(id: string, name: string, size: number): Promise<void> {
    this.#knowledge.uploads.push({ id, name, size, complete: false });
    await this.#writer.note({});
  }

  completedUpload(id: string | undefined): void {
    const { uploads } = this.#knowledge;
    this.#knowledge.uploads = uploads.map((one) => (one.id === id ? { ...one, complete: true } : one));
  }

  /**
   * Keeps the name of a call park group that the run is about to make: some must not begin with the run's own. `others`
   * are the ids of the groups that had been there before.
   */
  async makesGroup(name: unknown, others: Iterable<string> = []): Promise<void> {
    const names = this.#logbook.journal?.groupNames ?? [];
    await this.#writer.note({ groupNames: [...names, String(name)], otherGroups: [...others] });
  }

  /** Keeps the id of a call park group that the run has made, so that it is destroyed whatever comes. */
  async ownsGroup(id: string): Promise<void> {
    await this.#writer.note({ groups: [...(this.#logbook.journal?.groups ?? []), id] });
  }

  /** Keeps who was in a group of the tenant's before anybody is put into one of the run's: what was kept first holds. */
  async keepsMembers(members: Membership[]): Promise<void> {
    await this.#writer.note({ members: this.#logbook.journal?.members ?? members });
  }
}
