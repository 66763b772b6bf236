import { createHash } from "node:crypto";
import type { Answer, Pbx } from "../../context.ts";
import type { Alter, Behaviour } from "../behaviour.ts";
import { all, at, isSuccess, remembering } from "../tools/at.ts";
import { behaviour } from "../tools/fault.ts";
import { refusal } from "../tools/refusals.ts";
import type { Seen } from "../tools/seen.ts";
import { appendBytes, completeBytes, get, post, reach, type WitnessRequest } from "../witness.ts";
import { uploadingAtOnce, wav } from "../witness-files.ts";

const init = "POST /blobs/uploads";
const append = "POST /blobs/uploads/{id}/append";
const complete = "POST /blobs/uploads/{id}/complete";
const status = "GET /blobs/uploads/{id}/status";
const destroy = "POST /blobs/uploads/{id}/destroy";
/** A file is looked at where it is set. */
const everywhere = [init, append, complete, status, destroy, "POST /call_park"];

const upload = (
  operation: string,
  name: string,
  what: string,
  alter: Alter,
  witness: readonly WitnessRequest[],
): Behaviour => behaviour(operation, name, what, { class: "prompt and files", alsoAt: everywhere, alter, witness });

const started = reach(init);
const appended = reach(append);
const tokenless = { headers: { "Content-Type": "application/octet-stream" } };
const wrongToken = { headers: { ...tokenless.headers, "PortSIP-Upload-Token": "bm90LXRoZS10b2tlbg" } };
const otherDigest = "0".repeat(64);

const openUpload = ({ session, parameters }: Seen, { store }: Pbx) =>
  store.uploads.show(session?.tenant_id ?? "", parameters["id"] ?? "");

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
  upload(complete, "takes.digest.missing", `${complete} does without a digest.`, withRightDigest(undefined), [
    ...appended,
    { ...completeBytes, path: "/blobs/uploads/{upload}/complete" },
  ]),
];

/** Completes with the right digest, where the one that came is of this form; undefined: where none came. */
function withRightDigest(form: RegExp | undefined): Alter {
  return at(complete, (seen, next, pbx) => {
    const sent = seen.query.get("digest");
    const found = openUpload(seen, pbx);
    if (!found || (form === undefined ? sent !== null : !form.test(sent ?? ""))) return next();
    const content = Buffer.concat([pbx.store.uploads.content(found.id), seen.bytes]);
    const digest = createHash("sha256").update(content).digest("hex");
    return next({ path: `${seen.path}?digest=${digest}` });
  });
}

const headers =
  (change: (headers: Record<string, string>, seen: Seen) => Record<string, string>) =>
  (operation: string): Alter =>
    at(operation, async (seen, next) => {
      const answer = await next();
      return isSuccess(answer)
        ? { ...answer, headers: { ...answer.headers, ...change(answer.headers ?? {}, seen) } }
        : answer;
    });

const parts: readonly Behaviour[] = [
  upload(
    append,
    "loses_bytes",
    `${append} answers with 203, and loses what came.`,
    at(append, (_, next) => next({ bytes: Buffer.alloc(0) })),
    [...appended, get("/blobs/uploads/{upload}/status"), completeBytes],
  ),
  upload(
    append,
    "doubles_bytes",
    `${append} adds what came twice.`,
    at(append, ({ bytes }, next) => next({ bytes: Buffer.concat([bytes, bytes]) })),
    [...appended, completeBytes],
  ),
  upload(
    append,
    "range.stays",
    `${append} shows the Range of an upload that has only begun.`,
    headers(() => ({ Range: "0-0" }))(append),
    appended,
  ),
  upload(
    status,
    "range.stays",
    `${status} shows the Range of an upload that has only begun.`,
    headers(() => ({ Range: "0-0" }))(status),
    [...appended, get("/blobs/uploads/{upload}/status")],
  ),
  upload(
    append,
    "id.other",
    `${append} names another upload in PortSIP-Upload-ID.`,
    headers((given) => ({ "PortSIP-Upload-ID": `${given["PortSIP-Upload-ID"]}x` }))(append),
    appended,
  ),
  upload(
    status,
    "id.other",
    `${status} names another upload in PortSIP-Upload-ID.`,
    headers((given) => ({ "PortSIP-Upload-ID": `${given["PortSIP-Upload-ID"]}x` }))(status),
    [...appended, get("/blobs/uploads/{upload}/status")],
  ),
  upload(
    complete,
    "last_bytes_lost",
    `${complete} loses the bytes that come with it.`,
    at(complete, (seen, next, pbx) => {
      const found = openUpload(seen, pbx);
      if (!found || seen.bytes.length === 0) return next();
      const digest = createHash("sha256").update(pbx.store.uploads.content(found.id)).digest("hex");
      return next({ bytes: Buffer.alloc(0), path: `${seen.path}?digest=${digest}` });
    }),
    [...uploadingAtOnce("night.wav", wav()), post("/call_park", { prompt_file_id: "{id}" }), get("/call_park")],
  ),
  upload(
    complete,
    "needs_last_bytes",
    `${complete} refuses whoever sends no last bytes with it.`,
    at(complete, ({ bytes }, next) => (bytes.length === 0 ? refusal("body", "is required") : next())),
    [...appended, completeBytes],
  ),
  upload(
    complete,
    "refuses.digest.upper_case",
    `${complete} refuses a digest in capital letters.`,
    at(complete, ({ query }, next) => (/[A-F]/.test(query.get("digest") ?? "") ? refusal("digest") : next())),
    [
      ...appended,
      {
        ...completeBytes,
        path: completeBytes.path.replace(/digest=(.*)/, (_, digest: string) => `digest=${digest.toUpperCase()}`),
      },
    ],
  ),
  upload(
    complete,
    "id.unknown",
    `${complete} answers with an id that no file has.`,
    at(complete, async (_, next) => {
      const answer = await next();
      return isSuccess(answer) ? { ...answer, json: { id: "bm9ib2R5LWhhcy10aGlzLWlk" } } : answer;
    }),
    [...appended, completeBytes, post("/call_park", { prompt_file_id: "{id}" })],
  ),
  upload(
    init,
    "refuses.without_filename",
    `${init} refuses an upload without a name, which is not required.`,
    at(init, ({ query, session }, next) =>
      session && !query.has("filename") ? refusal("filename", "is required") : next(),
    ),
    [post("/blobs/uploads?temporary=true")],
  ),
  upload(
    init,
    "refuses.temporary",
    `${init} refuses temporary=true, which is lawful.`,
    at(init, ({ query, session }, next) =>
      session && query.get("temporary") === "true" ? refusal("temporary") : next(),
    ),
    started,
  ),
  upload(
    init,
    "takes.temporary.other",
    `${init} takes temporary=maybe.`,
    at(init, ({ query, path }, next) =>
      next(query.has("temporary") && !/^(true|false)$/.test(query.get("temporary") ?? "") ? { path } : {}),
    ),
    [post("/blobs/uploads?temporary=maybe")],
  ),
];

/** Answers for uploads that are no more as if they were still open. */
const undead = (ended: string): Alter =>
  remembering(() => {
    const gone = new Map<string, Answer>();
    return all(
      at(ended, async (seen, next, pbx) => {
        const found = openUpload(seen, pbx);
        const answer = await next();
        if (found && isSuccess(answer))
          gone.set(found.id, {
            status: 0,
            headers: { "PortSIP-Upload-ID": found.id, "PortSIP-Upload-Token": found.token, Range: "0-0" },
          });
        return answer;
      }),
      at(append, ({ parameters }, next) => known(gone, parameters["id"], 203) ?? next()),
      at(status, ({ parameters }, next) => known(gone, parameters["id"], 204) ?? next()),
    );
  });

function known(gone: ReadonlyMap<string, Answer>, id: string | undefined, as: number): Answer | undefined {
  const answer = gone.get(id ?? "");
  return answer && { ...answer, status: as };
}

const ended: readonly Behaviour[] = [
  upload(destroy, "stays_open", `${destroy} answers with 204, and the upload stays open.`, undead(destroy), [
    ...appended,
    post("/blobs/uploads/{upload}/destroy"),
    get("/blobs/uploads/{upload}/status"),
    appendBytes,
  ]),
  upload(complete, "stays_open", `${complete} answers with 201, and the upload stays open.`, undead(complete), [
    ...appended,
    completeBytes,
    get("/blobs/uploads/{upload}/status"),
  ]),
  upload(
    destroy,
    "twice",
    `${destroy} answers with 204 for an upload that is given up.`,
    remembering(() => {
      const gone = new Set<string>();
      return at(destroy, async ({ parameters, session }, next) => {
        const answer = await next();
        if (isSuccess(answer)) gone.add(parameters["id"] ?? "");
        return session && gone.has(parameters["id"] ?? "") ? { status: 204 } : answer;
      });
    }),
    [...reach(destroy), post("/blobs/uploads/{upload}/destroy")],
  ),
];

export const uploadFaults: readonly Behaviour[] = [...tokens, ...digests, ...parts, ...ended];
