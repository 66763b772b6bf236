import { createHash } from "node:crypto";
import { denied, deniedToStrangers, granted, request } from "../asking.ts";
import { wrongUploadToken } from "../bad-credentials.ts";
import { type Check, Skip } from "../check.ts";
import { type Context, finding, send } from "../context.ts";
import type { Finding } from "../finding.ts";
import { destroyUpload, nextUploadToken, uploadToken } from "../guard/prompt.ts";
import { shown } from "../judge.ts";
import { judgeRefusal } from "../judge-refusal.ts";
import { rulesOf, silence } from "../silence.ts";
import type { Exchange, WireRequest } from "../wire.ts";
import { guardOf } from "../writing.ts";
import { skipAbsent } from "./readable.ts";

const operations = {
  start: "POST /blobs/uploads",
  append: "POST /blobs/uploads/{id}/append",
  complete: "POST /blobs/uploads/{id}/complete",
  status: "GET /blobs/uploads/{id}/status",
  destroy: "POST /blobs/uploads/{id}/destroy",
} as const;

type Step = keyof typeof operations;

const file = "callpark-contract.wav";
const start = `/blobs/uploads?filename=${file}&temporary=true`;
const idHeader = "PortSIP-Upload-ID";
const codeOf = (step: Step) => `blobs.uploads.${step}`;

/** One upload on its way: what is asked of it, and what it must answer. */
class Upload {
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
  async begin(path = start): Promise<boolean> {
    const exchange = await send(this.#context, request("POST", path));
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

  complete(query: string, body?: Uint8Array, token: string = this.#token): WireRequest {
    return {
      method: "POST",
      path: `${this.#path}/complete${query}`,
      headers: {
        ...uploadToken(token),
        ...(body && { "Content-Type": "application/octet-stream" }),
      },
      ...(body && { body }),
    };
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

  /** The last thing to ask of an upload. */
  async refusesStatus(what: string): Promise<void> {
    const exchange = await send(this.#context, this.status);
    this.over = exchange.status >= 400 && exchange.status <= 499;
    if (this.over) guardOf(this.#context).belongings.completedUpload(this.#id ?? undefined);
    this.findings.push(
      ...judgeRefusal(
        this.#context,
        { operation: operations.status, code: `${codeOf("status")}.gone`, what, because: "upload token" },
        exchange,
      ),
    );
  }

  async refusesStrangers(step: Step, asked: WireRequest): Promise<void> {
    this.findings.push(...(await deniedToStrangers(this.#context, operations[step], codeOf(step), asked)));
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

const completed: Check = {
  id: "blobs.uploads.life",
  title: "A file can be uploaded in parts, by its own token and digest, and by nobody else",
  operation: operations.start,
  level: "full",
  run: async (context) => {
    await guardOf(context).prepare();
    const bytes = silence(rulesOf(context));
    const half = Math.floor(bytes.length / 2);
    const digest = createHash("sha256").update(bytes).digest("hex");
    const upload = new Upload(context);
    if (!(await upload.begin())) return upload.findings;
    try {
      await upload.refusesStrangers("start", request("POST", start));
      const first = bytes.subarray(0, half);
      await upload.refusesStrangers("append", upload.append(first));
      await upload.refusesStrangers("status", upload.status);
      await upload.refuses("append", "without_token", "an upload without its token", upload.append(first, ""));
      await upload.refuses(
        "append",
        "wrong_token",
        "another token than the upload's",
        upload.append(first, wrongUploadToken),
      );
      const appended = await send(context, upload.append(first));
      upload.takes("append", appended);
      upload.moved("append", appended);
      const status = await send(context, upload.status);
      upload.takes("status", status);
      upload.stands("status", status);
      await upload.refuses("complete", "digest_missing", "an upload without its digest", upload.complete(""));
      await upload.refuses("complete", "digest_malformed", "what is no digest", upload.complete("?digest=callpark"));
      await upload.refuses(
        "complete",
        "digest_differs",
        "another file's digest",
        upload.complete(`?digest=${"0".repeat(64)}`),
      );
      const last = bytes.subarray(half);
      const query = `?digest=${digest.toUpperCase()}`;
      await upload.refuses(
        "complete",
        "wrong_token",
        "another token than the upload's",
        upload.complete(query, last, wrongUploadToken),
      );
      await upload.refuses(
        "complete",
        "without_token",
        "an upload without its token",
        upload.complete(query, last, ""),
      );
      await upload.refusesStrangers("complete", upload.complete(query, last));
      upload.takes("complete", await send(context, upload.complete(query, last)));
      await upload.refusesStatus("an upload that is complete");
    } finally {
      await upload.giveUp();
    }
    return upload.findings;
  },
};

const givenUp: Check = {
  id: "blobs.uploads.destroy",
  title: "An upload can be given up once, and is gone then",
  operation: operations.destroy,
  level: "full",
  run: async (context) => {
    await guardOf(context).prepare();
    const upload = new Upload(context);
    if (!(await upload.begin("/blobs/uploads"))) return upload.findings;
    try {
      await upload.refusesStrangers("destroy", upload.destroy);
      upload.takes("destroy", await send(context, upload.destroy));
      await upload.refusesStatus("an upload that was given up");
      await upload.refuses("destroy", "twice", "an upload that was given up", upload.destroy);
    } finally {
      await upload.giveUp();
    }
    return upload.findings;
  },
};

const missing: Check = {
  id: "blobs.download.missing",
  title: "GET /blobs/{digest} refuses what is not there",
  operation: "GET /blobs/{digest}",
  level: "read",
  run: async (context) => {
    const exchange = await context.session.sendAs({ method: "GET", path: "/blobs/Y2FsbHBhcmstbm8tc3VjaC1ibG9i" });
    // A PBX whose prompt was downloaded has the operation; another may have no such path at all.
    if (exchange.status === 404 && exchange.json === undefined && context.isPromptDoubtful !== false)
      throw new Skip("This PBX has no GET /blobs (404).");
    const refusal = { code: "blobs.download.missing", what: "a file that is not there" };
    return judgeRefusal(context, { operation: "GET /blobs/{digest}", ...refusal }, exchange);
  },
};

export const uploads: readonly Check[] = [completed, givenUp];
export const downloads: readonly Check[] = [missing];
