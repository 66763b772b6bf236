import { createHash } from "node:crypto";
import { type Context, type Handlers, tenantOf } from "../context.ts";
import { fieldError, forbidden, notFound, refused, validateFailed } from "../errors.ts";
import { sameSecret } from "../store/secrets.ts";
import type { UploadRow } from "../store/uploads.ts";

/** The sandbox's own limit to a file, in bytes. */
const largestFile = 64 * 1024 * 1024;
/** And to all uploads of a tenant that go on at once. */
const largestUploads = 256 * 1024 * 1024;

type Addressed = Pick<Context, "store" | "session"> & { path: { id: string } };

const uploadOf = (context: Addressed): UploadRow => {
  const upload = context.store.uploads.show(tenantOf(context), context.path.id);
  if (!upload) throw notFound("There is no such upload");
  return upload;
};

const append = (context: Context<"appendBlobUpload" | "completeBlobUpload">): UploadRow => {
  const upload = uploadOf(context);
  if (!sameSecret(upload.token, context.header["PortSIP-Upload-Token"]))
    throw forbidden("PortSIP-Upload-Token is not the newest token of this upload");
  if (upload.size + context.bytes.length > largestFile)
    throw refused(413, `A file may have at most ${largestFile} bytes`);
  if (context.store.uploads.bytesOf(tenantOf(context)) + context.bytes.length > largestUploads)
    throw refused(413, `All uploads of a tenant together may have at most ${largestUploads} bytes`);
  return context.store.uploads.append(upload, context.bytes);
};

const progress = (upload: UploadRow): Record<string, string> => ({
  "PortSIP-Upload-ID": upload.id,
  "PortSIP-Upload-Token": upload.token,
  Range: `0-${Math.max(upload.size - 1, 0)}`,
});

/** The name as RFC 6266 writes it: plain for all, and exact for those who read more than ASCII. */
const disposition = (fileName: string): string => {
  const plain = fileName.replace(/[^\x20-\x7e]|["\\%]/g, "_");
  const exact = encodeURIComponent(fileName).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
  return plain === fileName
    ? `attachment; filename="${plain}"`
    : `attachment; filename="${plain}"; filename*=UTF-8''${exact}`;
};

export const blobs: Handlers<
  | "initBlobUpload"
  | "appendBlobUpload"
  | "completeBlobUpload"
  | "getBlobUploadStatus"
  | "deleteBlobUpload"
  | "downloadBlobs"
> = {
  initBlobUpload: (context) => {
    const upload = context.store.uploads.create(tenantOf(context), context.query.filename ?? "unnamed");
    return { status: 202, headers: progress(upload) };
  },
  appendBlobUpload: (context) => ({ status: 203, headers: progress(append(context)) }),
  completeBlobUpload: (context) => {
    const upload = append(context);
    const content = context.store.uploads.content(upload.id);
    const digest = createHash("sha256").update(content).digest("hex");
    if (digest !== context.query.digest.toLowerCase())
      throw validateFailed(fieldError("digest", "does not match what has arrived"));
    const id = context.store.blobs.create(tenantOf(context), upload.file_name, content);
    context.store.uploads.remove(upload.id);
    return { status: 201, json: { id } };
  },
  getBlobUploadStatus: (context) => ({ status: 204, headers: progress(uploadOf(context)) }),
  deleteBlobUpload: (context) => {
    context.store.uploads.remove(uploadOf(context).id);
    return { status: 204 };
  },
  downloadBlobs: ({ store, path }) => {
    const file = store.blobs.byKey(path.digest);
    if (!file) throw notFound("There is no such file");
    return {
      status: 200,
      bytes: file.content,
      headers: { "Content-Disposition": disposition(file.file_name), "X-Content-Type-Options": "nosniff" },
    };
  },
};
