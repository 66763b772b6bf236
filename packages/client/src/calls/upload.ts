import type { CallParkCore } from "../client.ts";
import { pause } from "../core/signal.ts";
import { OutcomeUnknownError } from "../errors/outcome-unknown-error.ts";
import { RefusedError } from "../errors/refused-error.ts";
import { UnexpectedAnswerError } from "../errors/unexpected-answer-error.ts";
import { type Answer, unwrap } from "../unwrap.ts";
import type { UploadOptions } from "./prompt.ts";

const longestPart = 256 * 1024;
/** Of a PBX that refuses even such a part as too long nothing is to be had. */
const shortestPart = 512;
const tooLong = 413;
/** So often a part is begun again before the upload is given up; the first time that it arrives starts the count anew. */
const mostResumes = 3;
/** In milliseconds. */
const resumePause = 200;
/** How long giving up waits for the PBX to drop what has arrived, in milliseconds. */
const farewell = 2000;

/**
 * Sends a file in parts. Where the answer to one is lost, the PBX is asked how far it is.
 *
 * @param last gives up what is left of it: a client whose own signal may be aborted could not.
 */
export const sendFile = async (
  pbx: CallParkCore,
  last: CallParkCore,
  bytes: Uint8Array,
  filename: string,
  { onProgress, signal }: Omit<UploadOptions, "name">,
): Promise<{ id: string }> => {
  const own = signal && { signal };
  const total = bytes.length;
  // Before anything is sent: a page that is not of https cannot make one.
  const digest = await sha256(bytes);
  const started = await done(pbx.POST("/blobs/uploads", { ...own, params: { query: { filename, temporary: false } } }));
  const id = header(started, "PortSIP-Upload-ID");
  let token = headerOf(started, "PortSIP-Upload-Token") ?? "";
  const path = { id };
  /** Every answer brings the token for the next request. */
  const heard = (response: Response) => {
    token = headerOf(response, "PortSIP-Upload-Token") ?? token;
    return response;
  };
  const askStatus = async () => heard(await done(pbx.GET("/blobs/uploads/{id}/status", { ...own, params: { path } })));
  const upload = () => ({ "PortSIP-Upload-Token": token });

  try {
    let resumes = 0;
    let furthest = 0;
    let partSize = Math.min(longestPart, total);
    /** Runs, and where its outcome is unknown, answers with how many bytes have arrived. */
    const orAsk = async <Value>(run: () => Promise<Value>): Promise<Value | number> => {
      try {
        return await run();
      } catch (error) {
        if (!(error instanceof OutcomeUnknownError) || resumes === mostResumes) throw error;
        resumes += 1;
        await pause(resumePause, signal);
        const status = await askStatus().catch((reason: unknown) => {
          // There is no such upload, say: that tells nothing more.
          throw reason instanceof RefusedError ? error : reason;
        });
        return arrived(status, total);
      }
    };
    for (let sent = 0; ; ) {
      while (sent < total) {
        const end = Math.min(sent + partSize, total);
        const body = bytes.subarray(sent, end) as never;
        sent = await orAsk(async () => {
          try {
            heard(
              await done(pbx.POST("/blobs/uploads/{id}/append", { ...own, params: { path, header: upload() }, body })),
            );
          } catch (error) {
            // How long a part may be is not documented, and a proxy before the PBX may have its own limit.
            if ((error as { status?: number }).status !== tooLong || partSize < 2 * shortestPart) throw error;
            partSize >>= 1;
            return sent;
          }
          // Of one that forgets what has arrived, the same part would come again and again.
          if (end > furthest) [furthest, resumes] = [end, 0];
          return end;
        });
        onProgress?.({ sent, total });
      }
      const file = await orAsk(() =>
        unwrap(
          pbx.POST("/blobs/uploads/{id}/complete", { ...own, params: { path, header: upload(), query: { digest } } }),
        ),
      );
      if (typeof file !== "number") return file;
      sent = file;
    }
  } catch (error) {
    // Nobody else knows the upload: what is left of it would lie about until the PBX drops it.
    const ending = { signal: AbortSignal.timeout(farewell), params: { path } };
    await last.POST("/blobs/uploads/{id}/destroy", ending).catch(() => undefined);
    throw error;
  }
};

const done = async (answer: Promise<Answer<unknown>>): Promise<Response> => {
  await unwrap(answer);
  return (await answer).response;
};

/** Blanks around a value are no part of it, and Node's fetch leaves them on. */
const headerOf = ({ headers }: Response, name: string): string | undefined => headers.get(name)?.trim();

const header = (response: Response, name: string): string => {
  const value = headerOf(response, name);
  if (value === undefined) throw new UnexpectedAnswerError(`without ${name}`, "POST /blobs/uploads", response.status);
  return value;
};

/** `0-1023` says that 1,024 bytes have arrived. So does `0-0` that none has: no part is of one byte. */
const arrived = (response: Response, total: number): number => {
  const { status } = response;
  const last = Number(/^(?:bytes[ =])?0-(\d+)$/.exec(headerOf(response, "Range") ?? "")?.[1] ?? Number.NaN);
  if (!(last < total))
    throw new UnexpectedAnswerError(
      "its Range does not say how much has arrived",
      "GET /blobs/uploads/{id}/status",
      status,
    );
  return last === 0 ? 0 : last + 1;
};

const sha256 = async (bytes: Uint8Array): Promise<string> =>
  [...new Uint8Array(await crypto.subtle.digest("SHA-256", bytes as Uint8Array<ArrayBuffer>))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
