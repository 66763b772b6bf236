import { denied, deniedToOthers, deniedToSpoilt, deniedToStrangers, granted, leftOpen, request } from "../asking.ts";
import { wrongToken } from "../bad-credentials.ts";
import { type Context, finding, send } from "../context.ts";
import type { Finding } from "../finding.ts";
import { destroyUpload, nextUploadToken, uploadToken } from "../guard/prompt.ts";
import { concernsPrompt, type Settings } from "../guard/settings.ts";
import { pathPointer, shown } from "../judge.ts";
import { judgeRefusal } from "../judge-refusal.ts";
import type { Exchange, WireRequest } from "../wire.ts";
import { changes, guardOf } from "../writing.ts";
import { skipAbsent } from "./readable.ts";

type Step = "start" | "append" | "complete" | "status" | "destroy";

export const operations: Readonly<Record<Step, string>> = {
  start: "POST /blobs/uploads",
  append: "POST /blobs/uploads/{id}/append",
  complete: "POST /blobs/uploads/{id}/complete",
  status: "GET /blobs/uploads/{id}/status",
  destroy: "POST /blobs/uploads/{id}/destroy",
};

const file = "callpark-contract.wav";
export const start: string = `/blobs/uploads?filename=${file}&temporary=true`;
const idHeader = "PortSIP-Upload-ID";
const codeOf = (step: Step) => `blobs.uploads.${step}`;

/** One upload on its way: what is asked of it, and what it must answer. */
export class Upload {
  readonly findings: Finding[] = [];
  /** Has the PBX said that it is complete, or given up, and does not know it any more? */
  over = false;
  readonly #context: Context;
  #path = "";
  #id: string | null = null;
  #token = "";
  #range: string | null = null;

  constructor(context: Context) {
    this.#context = context;
  }

  /**
   * Answers with false where none could be begun, though this PBX has uploads.
   *
   * @throws Skip where this PBX or this user has none.
   */
  async begin(): Promise<boolean> {
    const exchange = await send(this.#context, request("POST", start));
    skipAbsent(exchange, "/blobs/uploads");
    this.takes("start", exchange);
    this.#id = exchange.headers.get(idHeader);
    if (exchange.status >= 300 || this.#id === null) return false;
    await guardOf(this.#context).belongings.beganUpload(this.#id, file, 0);
    this.#path = `/blobs/uploads/${encodeURIComponent(this.#id)}`;
    this.#range = exchange.headers.get("Range");
    return true;
  }

  /** Judges an answer, and keeps what the next request needs. */
  takes(step: Step, exchange: Exchange): void {
    const { findings } = this;
    findings.push(...granted(this.#context, operations[step], codeOf(step), exchange));
    this.#token = nextUploadToken(exchange, this.#token);
    const id = exchange.headers.get(idHeader);
    if (this.#id !== null && id !== null && id !== this.#id)
      findings.push(this.#differs(step, idHeader, `the upload's own id, ${this.#id}`, id, exchange));
  }

  /** Which bytes have arrived must change when some have. */
  moved(step: Step, exchange: Exchange): void {
    const range = exchange.headers.get("Range");
    if (range === null) return;
    if (range === this.#range)
      this.findings.push(this.#differs(step, "Range", "another range once bytes have arrived", shown(range), exchange));
    this.#range = range;
  }

  /** What has arrived is the same for whoever asks. */
  stands(step: Step, exchange: Exchange): void {
    const range = exchange.headers.get("Range");
    if (range !== null && range !== this.#range)
      this.findings.push(
        this.#differs(step, "Range", `what has arrived, ${shown(this.#range)}`, shown(range), exchange),
      );
  }

  append(body: Uint8Array, token: string | undefined = this.#token): WireRequest {
    const headers = { "Content-Type": "application/octet-stream", ...uploadToken(token) };
    return { method: "POST", path: `${this.#path}/append`, headers, body };
  }

  complete(query: string, token: string = this.#token): WireRequest {
    return { method: "POST", path: `${this.#path}/complete${query}`, headers: uploadToken(token) };
  }

  get status(): WireRequest {
    return { ...request("GET", `${this.#path}/status`), headers: uploadToken(this.#token) };
  }

  get destroy(): WireRequest {
    return { ...request("POST", `${this.#path}/destroy`), headers: uploadToken(this.#token) };
  }

  async refuses(step: Step, end: string, what: string, asked: WireRequest): Promise<void> {
    const code = `${codeOf(step)}.${end}`;
    this.findings.push(
      ...(await denied(this.#context, { operation: operations[step], code, what, because: "upload token" }, asked)),
    );
  }

  /** Completes it as far as a PBX may allow: answers with whether it did, which is no finding. */
  async endsWith(end: string, what: string, asked: WireRequest): Promise<boolean> {
    const exchange = await send(this.#context, asked);
    const code = `${codeOf("complete")}.${end}`;
    if (exchange.status >= 300) {
      const refusal = { operation: operations.complete, code, what, because: "upload token" as const };
      this.findings.push(...judgeRefusal(this.#context, refusal, exchange));
      return false;
    }
    this.#isOver();
    this.findings.push(this.#observed("complete", code, what, "whether the digest must be sent", exchange));
    return true;
  }

  /** The last thing to ask of an upload: refused, but for what `mayBeShown` says. */
  async refusesStatus(what: string, mayBeShown?: string): Promise<void> {
    const exchange = await send(this.#context, this.status);
    const code = `${codeOf("status")}.gone`;
    const isShown = exchange.status < 300;
    if ((exchange.status >= 400 && exchange.status <= 499) || (isShown && mayBeShown !== undefined)) this.#isOver();
    if (isShown && mayBeShown !== undefined)
      this.findings.push(this.#observed("status", code, what, mayBeShown, exchange));
    else
      this.findings.push(
        ...judgeRefusal(this.#context, { operation: operations.status, code, what, because: "upload token" }, exchange),
      );
  }

  #isOver(): void {
    this.over = true;
    guardOf(this.#context).belongings.completedUpload(this.#id ?? undefined);
  }

  #observed(step: Step, code: string, what: string, open: string, exchange: Exchange): Finding {
    const received = `status ${exchange.status} for ${what}`;
    return leftOpen(this.#context, { operation: operations[step], code, open, received, exchange });
  }

  async refusesStrangers(step: Step, asked: WireRequest): Promise<void> {
    this.findings.push(...(await deniedToStrangers(this.#context, operations[step], codeOf(step), asked)));
    // A run that has more to ask with may ask more.
    if (step !== "start" || this.#context.otherToken === undefined) return;
    const place = { operation: operations[step], code: codeOf(step) };
    this.findings.push(...(await deniedToSpoilt(this.#context, wrongToken, place, asked)));
  }

  /** Whoever is of another tenant, where the run has such a token. */
  async refusesOthers(step: Step, asked: WireRequest): Promise<void> {
    if (this.#context.otherToken === undefined) return;
    this.findings.push(...(await deniedToOthers(this.#context, operations[step], codeOf(step), asked)));
  }

  /**
   * What is given up was no prompt.
   *
   * @throws ConflictError where somebody else took the prompt away: giving up another upload does not.
   */
  async leaves(before: Settings, after: Settings): Promise<void> {
    const guard = guardOf(this.#context);
    const names = guard.differences(before, after).filter(concernsPrompt);
    if (names.length === 0) return;
    const again = async () => {
      const another = new Upload(this.#context);
      if (await another.begin()) await send(this.#context, another.destroy);
    };
    await guard.refuseUnrepeated(again, before, after, names);
    this.findings.push(
      finding(this.#context, {
        code: `${codeOf("destroy")}.prompt`,
        operation: operations.destroy,
        documented: "an upload that is given up takes no prompt with it",
        received: changes(before, after, names),
        pointer: pathPointer(operations.destroy),
      }),
    );
  }

  /** What is complete or given up already is left alone. */
  async giveUp(): Promise<void> {
    if (this.#id !== null && !this.over) await destroyUpload(this.#context.session, this.#id, this.#token);
  }

  #differs(step: Step, name: string, documented: string, received: string, exchange: Exchange): Finding {
    return finding(this.#context, {
      code: `${codeOf(step)}.${name.toLowerCase()}`,
      operation: operations[step],
      documented: `${name}: ${documented}`,
      received,
      pointer: `#/components/headers/${name}`,
      exchange,
    });
  }
}
