import { createHash } from "node:crypto";
import type { Session } from "../session.ts";
import type { Exchange, WireRequest } from "../wire.ts";

/** A prompt's longest download, in bytes: far above any announcement. */
const promptLimit = 64 * 1024 * 1024;

/** Downloads what a `prompt_file_url` names, without a token. */
export const downloadPrompt = (session: Session, url: string): Promise<Exchange> => {
  // The path begins with /api and stands behind whatever prefix the API itself stands behind.
  const prefix = new URL(session.wire.baseUrl).pathname.replace(/\/api$/, "");
  return session.sendAs({ method: "GET", path: `${prefix}${url}`, fromOrigin: true, limit: promptLimit });
};

/** Is it a path below the API, and so of the PBX's own origin? */
export const isPromptPath = (url: unknown): url is string => typeof url === "string" && /^\/api\/[^\\]+$/.test(url);

/** A step of an upload was refused. */
export class UploadError extends Error {
  override readonly name = "UploadError";
  readonly status: number;
  readonly step: string;

  constructor(step: string, status: number) {
    super(`The PBX did not ${step} the upload of the prompt: it answered ${status}`);
    this.step = step;
    this.status = status;
  }
}

/** The steps of an upload, as the spec names them. */
export const uploadSteps = {
  start: "POST /blobs/uploads",
  append: "POST /blobs/uploads/{id}/append",
  complete: "POST /blobs/uploads/{id}/complete",
} as const;

type Step = keyof typeof uploadSteps;

/**
 * Uploads a file and answers with its id. A file that is to be kept must not be a temporary one.
 *
 * @throws UploadError naming the step that the PBX refused.
 */
export const uploadPrompt = async (
  session: Session,
  bytes: Uint8Array,
  name: string,
  lifetime: "temporary" | "to keep",
  onAnswer: (step: Step, exchange: Exchange) => void = () => undefined,
  onStarted: (id: string) => Promise<void> = () => Promise.resolve(),
): Promise<string> => {
  const send: Send = async (step, request) => {
    const exchange = await session.send({ ...request, method: "POST" });
    onAnswer(step, exchange);
    if (exchange.status < 200 || exchange.status > 299) throw new UploadError(step, exchange.status);
    return exchange;
  };
  const temporary = lifetime === "temporary";
  const query = `filename=${encodeURIComponent(name)}&temporary=${temporary}`;
  const attempt = async (way: Way): Promise<string> => {
    const started = await send("start", { path: `/blobs/uploads?${query}` });
    const id = started.headers.get("PortSIP-Upload-ID");
    const token = started.headers.get("PortSIP-Upload-Token");
    if (id === null || token === null) throw new UploadError("name", started.status);
    try {
      await onStarted(id);
      return await filled(send, `/blobs/uploads/${encodeURIComponent(id)}`, token, bytes, way);
    } catch (error) {
      await destroyUpload(session, id).catch(() => undefined);
      throw error;
    }
  };
  try {
    return await attempt("in parts");
  } catch (error) {
    // The last part may come with the end, and be all of it: then one step fewer can go wrong.
    if (!(error instanceof UploadError) || error.step === "start" || error.step === "name") throw error;
    return await attempt("at once").catch(() => Promise.reject(error));
  }
};

type Send = (step: Step, request: Omit<WireRequest, "method">) => Promise<Exchange>;
type Way = "in parts" | "at once";

const filled = async (send: Send, path: string, token: string, bytes: Uint8Array, way: Way): Promise<string> => {
  const part = (newest: string) => ({ "Content-Type": "application/octet-stream", "PortSIP-Upload-Token": newest });
  const appended =
    way === "in parts"
      ? await send("append", { path: `${path}/append`, headers: part(token), body: bytes })
      : undefined;
  const newest = appended?.headers.get("PortSIP-Upload-Token") ?? token;
  const digest = createHash("sha256").update(bytes).digest("hex");
  const completed = await send("complete", {
    path: `${path}/complete?digest=${digest}`,
    ...(appended ? { headers: { "PortSIP-Upload-Token": newest } } : { headers: part(newest), body: bytes }),
  });
  const fileId = (completed.json as { id?: unknown } | undefined)?.id;
  if (typeof fileId !== "string") throw new UploadError("complete", completed.status);
  return fileId;
};

/** Gives an upload up, so that the PBX drops what has arrived. One that is gone already is none the worse for it. */
export const destroyUpload = async (session: Session, id: string): Promise<void> => {
  await session.send({ method: "POST", path: `/blobs/uploads/${encodeURIComponent(id)}/destroy` });
};
