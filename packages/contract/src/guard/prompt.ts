import { createHash } from "node:crypto";
import type { Session } from "../session.ts";
import type { Exchange } from "../wire.ts";

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

/**
 * Uploads a file and answers with its id.
 *
 * @throws Error naming the step that the PBX refused.
 */
export const uploadPrompt = async (session: Session, bytes: Uint8Array, name: string): Promise<string> => {
  const started = await session.send({
    method: "POST",
    path: `/blobs/uploads?filename=${encodeURIComponent(name)}&temporary=true`,
  });
  const id = started.headers.get("PortSIP-Upload-ID");
  const token = started.headers.get("PortSIP-Upload-Token");
  if (started.status !== 202 || id === null || token === null) throw refused("start", started);
  const appended = await session.send({
    method: "POST",
    path: `/blobs/uploads/${encodeURIComponent(id)}/append`,
    headers: { "Content-Type": "application/octet-stream", "PortSIP-Upload-Token": token },
    body: bytes,
  });
  if (appended.status < 200 || appended.status > 299) throw refused("append", appended);
  const digest = createHash("sha256").update(bytes).digest("hex");
  const completed = await session.send({
    method: "POST",
    path: `/blobs/uploads/${encodeURIComponent(id)}/complete?digest=${digest}`,
    headers: { "PortSIP-Upload-Token": appended.headers.get("PortSIP-Upload-Token") ?? token },
  });
  const fileId = (completed.json as { id?: unknown } | undefined)?.id;
  if (completed.status !== 201 || typeof fileId !== "string") throw refused("complete", completed);
  return fileId;
};

const refused = (step: string, { status }: Exchange) =>
  new Error(`The PBX did not ${step} the upload of the prompt: it answered ${status}`);
