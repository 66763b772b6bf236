import type { CallParkCore } from "../client.ts";
import { UnexpectedAnswerError } from "../errors/unexpected-answer-error.ts";
import { type Answer, unwrap } from "../unwrap.ts";
import type { CallOptions } from "./call-options.ts";
import { getCallPark } from "./call-park.ts";
import { sendFile } from "./upload.ts";
import { checkWav } from "./wav.ts";

/** What an upload takes. */
export interface UploadOptions extends CallOptions {
  /**
   * The file's name, which the PBX shows.
   * @example "hold.wav"
   */
  name: string;
  /**
   * Called after each part, and after a cut: then `sent` is what the PBX says has arrived.
   * @default nobody is told
   * @example ({ sent, total }) => console.log(`${sent} of ${total} bytes`)
   */
  onProgress?: (event: { sent: number; total: number }) => void;
}

/** The sound file that parked callers hear. */
export interface PromptCalls {
  /**
   * Uploads a WAV file, resuming where the network failed; given up or aborted, what has arrived is destroyed. A stream
   * is read to its end before a byte is sent. The id is the `prompt_file_id` to write. Throws as `unwrap` does.
   *
   * @example
   * const { id } = await pbx.callPark.prompt.upload(await readFile("hold.wav"), { name: "hold.wav" });
   * await unwrap(pbx.callPark.update({ prompt_file_id: id }));
   * @throws ConfigurationError where the file is no prompt; nothing was sent.
   */
  upload(file: Uint8Array | ReadableStream<Uint8Array>, options: UploadOptions): Promise<{ id: string }>;
  /**
   * The prompt that is set now, undefined where there is none. Throws as `unwrap` does.
   *
   * @throws UnexpectedAnswerError where the file is not of the size that the settings name.
   */
  download(options?: CallOptions): Promise<Uint8Array | undefined>;
}

/** @param last sends when `pbx` may be aborted. */
export const promptCalls = (pbx: CallParkCore, last: CallParkCore): PromptCalls => ({
  async upload(file, { name, onProgress, signal }) {
    const bytes = file instanceof Uint8Array ? file : await readAll(file, signal);
    checkWav(bytes);
    return sendFile(pbx, last, bytes, name, { ...(onProgress && { onProgress }), ...(signal && { signal }) });
  },
  async download(options = {}) {
    const { prompt_file_url: path, prompt_file_size: size } = await unwrap(getCallPark(pbx, options));
    if (path === null) return undefined;
    // Nothing but a name below /api/blobs: the PBX must not choose what else is fetched.
    const [, digest] = /^\/api\/blobs\/((?!\.+$)[\w.~+=-]+)$/.exec(path) ?? [];
    if (digest === undefined)
      throw new UnexpectedAnswerError(
        "prompt_file_url is no path below /api/blobs, so it is not fetched",
        "GET /call_park",
      );
    const answer = pbx.GET("/blobs/{digest}", { ...options, params: { path: { digest } }, parseAs: "arrayBuffer" });
    const bytes = new Uint8Array(await unwrap(answer as Promise<Answer<ArrayBuffer>>));
    // fetch passes on what was cut, where its length was not announced or it was packed.
    if (typeof size === "number" && size !== bytes.length)
      throw new UnexpectedAnswerError(
        `it has ${bytes.length} bytes, and prompt_file_size says ${size}`,
        "GET /blobs/{digest}",
      );
    return bytes;
  },
});

const readAll = async (file: ReadableStream<Uint8Array>, signal?: AbortSignal): Promise<Uint8Array> => {
  // Through a pipe, because that can be aborted.
  const piped = file.pipeThrough(new TransformStream<Uint8Array, Uint8Array>(), { ...(signal && { signal }) });
  return new Uint8Array(await new Response(piped as ReadableStream<Uint8Array<ArrayBuffer>>).arrayBuffer());
};
