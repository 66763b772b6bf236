import type { TenantGroup } from "../journal/journal.ts";
import type { Logbook } from "../journal/logbook.ts";
import type { Session } from "../session.ts";
import { GroupRecords, ownName } from "./group-records.ts";
import type { Knowledge } from "./knowledge.ts";
import type { Membership } from "./members.ts";
import { uploadPrompt } from "./prompt.ts";
import type { SettingsWriter } from "./settings-writer.ts";

/** What a run makes on a PBX for itself: kept on disk before it is there, so that it is gone again whatever comes. */
export class Belongings {
  readonly #session: Session;
  readonly #logbook: Logbook;
  readonly #knowledge: Knowledge;
  readonly #writer: SettingsWriter;
  /** The call park groups that the run makes. */
  readonly groups: GroupRecords;

  constructor(session: Session, logbook: Logbook, knowledge: Knowledge, writer: SettingsWriter) {
    this.#session = session;
    this.#logbook = logbook;
    this.#knowledge = knowledge;
    this.#writer = writer;
    this.groups = new GroupRecords((change) => writer.note(change));
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
    if (lifetime === "to keep") this.#knowledge.promptUrls.copies.add(id);
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

  /** Keeps which groups the user has been told of, should they be somebody else's. */
  async toldOfGroups(ids: readonly string[]): Promise<void> {
    await this.#writer.note({ toldGroups: [...ids] });
  }

  /** Keeps what the tenant's groups were, for a restore to see whether they are so again. */
  async keepsTenantsGroups(tenantGroups: TenantGroup[]): Promise<void> {
    await this.#writer.note({ tenantGroups });
  }

  /** Keeps who was in a group of the tenant's before anybody is put into one of the run's: what was kept first holds. */
  async keepsMembers(members: Membership[]): Promise<void> {
    await this.#writer.note({ members: this.#logbook.journal?.members ?? members });
  }
}
