import { createHash } from "node:crypto";
import { makePrompt } from "../wav.ts";
import { post, type WitnessRequest } from "./witness.ts";

/** A WAV file that says of itself what it is asked to. */
export const wav = (format: Partial<Record<"encoding" | "channels" | "sampleRate" | "bits", number>> = {}): Buffer => {
  const file = makePrompt(20, format.sampleRate ?? 16_000);
  if (format.encoding !== undefined) file.writeUInt16LE(format.encoding, 20);
  if (format.channels !== undefined) file.writeUInt16LE(format.channels, 22);
  if (format.bits !== undefined) file.writeUInt16LE(format.bits, 34);
  return file;
};

/** Requests that upload a file. */
export const uploading = (name: string, file: Buffer): readonly WitnessRequest[] => [
  post(`/blobs/uploads?filename=${name}&temporary=true`),
  post("/blobs/uploads/{upload}/append", undefined, {
    bytes: new Uint8Array(file),
    headers: { "Content-Type": "application/octet-stream", "PortSIP-Upload-Token": "{upload_token}" },
  }),
  post(`/blobs/uploads/{upload}/complete?digest=${createHash("sha256").update(file).digest("hex")}`, undefined, {
    headers: { "PortSIP-Upload-Token": "{upload_token}" },
  }),
];

/** Requests that upload a file whose bytes all come with its completion. */
export const uploadingAtOnce = (name: string, file: Buffer): readonly WitnessRequest[] => {
  const [started, appended, completed] = uploading(name, file) as [WitnessRequest, WitnessRequest, WitnessRequest];
  return [started, { ...appended, path: completed.path }];
};
