import { createHash } from "node:crypto";
import type { Session } from "../session.ts";
import { type Exchange, WireError, type WireRequest } from "../wire.ts";

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

const tokenHeader = "PortSIP-Upload-Token";

/**
 * The token of an upload, as every request about it carries it. For asking how far it is and for giving it up the
 * documents name none, nor forbid it: a PBX may want it there too.
 */
export const uploadToken = (token: string): Record<string, string> => (token === "" ? {} : { [tokenHeader]: token });

/** The token for the next request about an upload: each answer may bring another one. */
export const nextUploadToken = ({ headers }: Pick<Exchange, "headers">, token: string): string =>
  headers.get(tokenHeader) ?? token;

/** The steps of an upload, as the spec names them. */
export const uploadSteps = {
  start: "POST /blobs/uploads",
  append: "POST /blobs/uploads/{id}/append",
  complete: "POST /blobs/uploads/{id}/complete",
} as const;

type Step = keyof typeof uploadSteps;

/**
 * Uploads a file and answers with its id. A file that is to be kept must not be a temporary one. One that is not comes in
 * three parts, the last of them with the end, which shows whether a PBX keeps them all.
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
  let token = "";
  const send: Send = async (step, request) => {
    const headers = { ...uploadToken(token), ...request.headers };
    const exchange = await session.send({ ...request, headers, method: "POST" });
    token = nextUploadToken(exchange, token);
    // How long a part may be is not documented: a shorter one may be taken.
    if (exchange.status === tooLong && (request.body?.length ?? 0) > shortestPart)
      throw new UploadError(step, exchange.status);
    onAnswer(step, exchange);
    if (exchange.status < 200 || exchange.status > 299) throw new UploadError(step, exchange.status);
    return exchange;
  };
  const temporary = lifetime === "temporary";
  const query = `filename=${encodeURIComponent(name)}&temporary=${temporary}`;
  const attempt = async (way: Way): Promise<string> => {
    token = "";
    const started = await send("start", { path: `/blobs/uploads?${query}` });
    const id = started.headers.get("PortSIP-Upload-ID");
    if (id === null || token === "") throw new UploadError("name", started.status);
    try {
      await onStarted(id);
      return await filled(send, `/blobs/uploads/${encodeURIComponent(id)}`, bytes, way);
    } catch (error) {
      await destroyUpload(session, id, token).catch(() => undefined);
      throw error;
    }
  };
  // Where one way is refused, another may do.
  let refused: unknown;
  for (const way of temporary ? ways.temporary : ways.kept)
    try {
      return await attempt(way);
    } catch (error) {
      // One that got no answer may well succeed when it is made again.
      if (refused === undefined || error instanceof WireError) refused = error;
      if (!(error instanceof UploadError) || error.step === "start" || error.step === "name") break;
    }
  throw refused;
};

type Send = (step: Step, request: Omit<WireRequest, "method">) => Promise<Exchange>;

/** How a file comes: so many parts, and how much of it they are. What is left, which may be all, comes with the end. */
interface Way {
  parts: number;
  share: number;
}

const atOnce: Way = { parts: 0, share: 0 };
const ways: Record<"temporary" | "kept", readonly Way[]> = {
  temporary: [{ parts: 2, share: 2 / 3 }, { parts: 2, share: 1 }, atOnce],
  kept: [atOnce, { parts: 1, share: 1 }],
};

const filled = async (send: Send, path: string, bytes: Uint8Array, { parts, share }: Way): Promise<string> => {
  const end = Math.ceil(bytes.length * share);
  if (parts > 0) await append(send, `${path}/append`, bytes.subarray(0, end), parts);
  const digest = createHash("sha256").update(bytes).digest("hex");
  const completed = await send("complete", {
    path: `${path}/complete?digest=${digest}`,
    ...(share < 1 && partOf(bytes.subarray(end))),
  });
  const fileId = (completed.json as { id?: unknown } | undefined)?.id;
  if (typeof fileId !== "string") throw new UploadError("complete", completed.status);
  return fileId;
};

/** In so many parts, or in ones as short as the PBX, or a proxy before it, wants them. */
const append = async (send: Send, path: string, bytes: Uint8Array, parts: number): Promise<void> => {
  let length = Math.ceil(bytes.length / parts);
  for (let sent = 0; sent === 0 || sent < bytes.length; )
    try {
      await send("append", { path, ...partOf(bytes.subarray(sent, sent + length)) });
      sent += length;
    } catch (error) {
      if (!(error instanceof UploadError) || error.status !== tooLong || length <= shortestPart) throw error;
      length = Math.ceil(length / 2);
    }
};

const tooLong = 413;
/** In bytes: whoever refuses so little takes no file. */
const shortestPart = 1024;

const partOf = (body: Uint8Array) => ({ headers: { "Content-Type": "application/octet-stream" }, body });

/**
 * Gives an upload up, so that the PBX drops what has arrived. One that is gone already is none the worse for it. Of an
 * earlier run's upload the token is not known.
 */
export const destroyUpload = async (session: Session, id: string, token = ""): Promise<void> => {
  const path = `/blobs/uploads/${encodeURIComponent(id)}/destroy`;
  await session.send({ method: "POST", path, headers: uploadToken(token) });
};
