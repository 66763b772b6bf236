import { createHash } from "node:crypto";
import type { Answer } from "../../../context.ts";
import type { Alter, Behaviour } from "../../behaviour.ts";
import { all, answerOf, at, isSuccess, itemsOf, remembering } from "../../tools/at.ts";
import { behaviour } from "../../tools/fault.ts";
import { refusal } from "../../tools/refusals.ts";
import type { Seen } from "../../tools/seen.ts";
import { onTheWire } from "../../tools/wire.ts";
import { appendBytes, completeBytes, get, post, reach, type WitnessRequest } from "../../witness.ts";
import { uploading, uploadingAtOnce, wav } from "../../witness-files.ts";
import { append, appended, complete, destroy, init, openUpload, started, status, upload } from "./upload.ts";

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
    "refuses.temporary",
    `${init} refuses temporary=true, which is lawful.`,
    at(init, ({ query, session }, next) =>
      session && query.get("temporary") === "true" ? refusal("temporary") : next(),
    ),
    started,
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

const night = wav();
const [begun, whole, finished] = uploading("night.wav", night) as [WitnessRequest, WitnessRequest, WitnessRequest];
const firstBytes = 100;
const inTwoParts: readonly WitnessRequest[] = [
  begun,
  { ...whole, bytes: new Uint8Array(night.subarray(0, firstBytes)) },
  { ...whole, bytes: new Uint8Array(night.subarray(firstBytes)) },
  finished,
];

/** What becomes of the file, or of others. */
const kept: readonly Behaviour[] = [
  upload(
    append,
    "keeps_last_part",
    `${append} keeps the last part of a file alone, whose digest is as if it were the whole.`,
    remembering(() => {
      const last = new Map<string, Buffer[]>();
      return all(
        at(append, async (seen, next, pbx) => {
          const found = openUpload(seen, pbx);
          const answer = await next();
          if (found && isSuccess(answer)) last.set(found.id, [...(last.get(found.id) ?? []), seen.bytes]);
          return answer;
        }),
        at(complete, async (seen, next, pbx) => {
          const found = openUpload(seen, pbx);
          const answer = await next();
          const given = last.get(found?.id ?? "") ?? [];
          const tenant = seen.session?.tenant_id;
          if (!found || !tenant || !isSuccess(answer) || given.length < 2) return answer;
          const content = Buffer.concat([given.at(-1) ?? Buffer.of(), seen.bytes]);
          return { ...answer, json: { id: pbx.store.blobs.create(tenant, found.file_name, content) } };
        }),
      );
    }),
    [...inTwoParts, post("/call_park", { prompt_file_id: "{id}" })],
  ),
  upload(
    destroy,
    "drops_prompt",
    `${destroy} takes the tenant's prompt away too.`,
    at(destroy, async ({ session }, next, { store }) => {
      const answer = await next();
      const tenant = session?.tenant_id;
      if (tenant && isSuccess(answer))
        store.callPark.save(tenant, { ...store.callPark.show(tenant), prompt_file_id: null });
      return answer;
    }),
    [...reach(destroy), get("/call_park")],
  ),
  behaviour("GET /call_park", "prompt_file_name.in_latin_1", "GET /call_park writes its JSON in ISO-8859-1.", {
    class: "prompt and files",
    alsoAt: ["POST /call_park", init],
    alter: answerOf("GET /call_park", (answer) =>
      onTheWire(({ body }) => ({ body: Buffer.from(body.toString(), "latin1") }))(answer),
    ),
    witness: [
      ...uploading("n%C3%A4chte.wav", night),
      post("/call_park", { prompt_file_id: "{id}" }),
      get("/call_park"),
    ],
  }),
  behaviour("GET /call_park", "prompt_file_size.nan", "GET /call_park writes NaN for the size of no prompt.", {
    class: "prompt and files",
    field: "prompt_file_size",
    alsoAt: ["POST /call_park"],
    alter: answerOf("GET /call_park", (answer) =>
      onTheWire(({ body }) => ({
        body: Buffer.from(body.toString().replace('"prompt_file_size":null', '"prompt_file_size":NaN')),
      }))(answer),
    ),
    witness: [post("/call_park", { prompt_file_id: null }), get("/call_park")],
  }),
  behaviour("GET /call_park", "prompt_file_name.garbled", "GET /call_park shows a file's name in another encoding.", {
    class: "prompt and files",
    field: "prompt_file_name",
    alsoAt: ["POST /call_park", init],
    alter: itemsOf("GET /call_park", (item) => {
      const { prompt_file_name: name } = item;
      return typeof name === "string" ? { ...item, prompt_file_name: Buffer.from(name).toString("latin1") } : item;
    }),
    witness: [
      ...uploading("n%C3%A4chte.wav", night),
      post("/call_park", { prompt_file_id: "{id}" }),
      get("/call_park"),
    ],
  }),
];

export const uploadFaults: readonly Behaviour[] = [...parts, ...ended, ...kept];
