import { createHash } from "node:crypto";
import type { Alter, Behaviour } from "../../behaviour.ts";
import { at } from "../../tools/at.ts";
import { appendBytes, completeBytes } from "../../witness.ts";
import {
  append,
  appended,
  complete,
  openUpload,
  otherDigest,
  started,
  tokenless,
  upload,
  wrongToken,
} from "./upload.ts";

/** Sends on what came, with the token that the upload has. */
const withItsToken = (operation: string, when: (token: string | undefined, its: string) => boolean): Alter =>
  at(operation, (seen, next, pbx) => {
    const its = openUpload(seen, pbx)?.token;
    const sent = seen.request.headers["portsip-upload-token"];
    const admitted = its !== undefined && when(sent === undefined ? undefined : String(sent), its);
    return next(admitted ? { headers: { "portsip-upload-token": its } } : {});
  });

const tokens: readonly Behaviour[] = [append, complete].flatMap((operation) => {
  const last = operation === append ? appendBytes : completeBytes;
  const before = operation === append ? started : appended;
  return [
    upload(
      operation,
      "takes.upload_token.missing",
      `${operation} does without PortSIP-Upload-Token.`,
      withItsToken(operation, (token) => token === undefined),
      [...before, { ...last, ...tokenless }],
    ),
    upload(
      operation,
      "takes.upload_token.wrong",
      `${operation} takes any PortSIP-Upload-Token.`,
      withItsToken(operation, (token, its) => token !== undefined && token !== its),
      [...before, { ...last, ...wrongToken }],
    ),
  ];
});

const digests: readonly Behaviour[] = [
  upload(
    complete,
    "takes.digest.other",
    `${complete} takes the digest of other bytes.`,
    withRightDigest(/^[0-9a-fA-F]{64}$/),
    [...appended, { ...completeBytes, path: `/blobs/uploads/{upload}/complete?digest=${otherDigest}` }],
  ),
  upload(
    complete,
    "takes.digest.malformed",
    `${complete} takes what is no digest.`,
    withRightDigest(/^(?![0-9a-fA-F]{64}$).+$/),
    [...appended, { ...completeBytes, path: "/blobs/uploads/{upload}/complete?digest=abc" }],
  ),
];

/** Completes with the right digest, where the one that came is of this form; undefined: where none came. */
export function withRightDigest(form: RegExp | undefined): Alter {
  return at(complete, (seen, next, pbx) => {
    const sent = seen.query.get("digest");
    const found = openUpload(seen, pbx);
    if (!found || (form === undefined ? sent !== null : !form.test(sent ?? ""))) return next();
    const content = Buffer.concat([pbx.store.uploads.content(found.id), seen.bytes]);
    const digest = createHash("sha256").update(content).digest("hex");
    return next({ path: `${seen.path}?digest=${digest}` });
  });
}

export const uploadSecretFaults: readonly Behaviour[] = [...tokens, ...digests];
