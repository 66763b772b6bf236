import { readWav } from "../../wav.ts";
import type { Behaviour } from "../behaviour.ts";
import { append, appended, complete, init, openUpload, status } from "../faults/files/upload.ts";
import { withRightDigest } from "../faults/files/upload-secrets.ts";
import { all, at, isSuccess, remembering } from "../tools/at.ts";
import { refusal } from "../tools/refusals.ts";
import { isObject } from "../tools/seen.ts";
import { otherTenant } from "../tools/sessions.ts";
import { starting } from "../tools/starting.ts";
import { appendBytes, completeBytes, get, post, type WitnessRequest } from "../witness.ts";
import { uploading, wav } from "../witness-files.ts";
import { errors } from "./access.ts";
import { variant } from "./left-open-common.ts";

/** In bytes. */
const longestPart = 10 * 1024;

const [openUploadRequest] = appended as [WitnessRequest];

const otherTemporary = (query: URLSearchParams): boolean =>
  query.has("temporary") && !/^(true|false)$/.test(query.get("temporary") ?? "");

/** What the documents neither allow nor forbid of uploads and prompts. */
export const leftOpenFileVariants: readonly Behaviour[] = [
  variant(
    init,
    "temporary_of_any_text",
    "An upload may be begun with another temporary than true and false.",
    at(init, ({ query, path }, next) => next(otherTemporary(query) ? { path } : {})),
    [post("/blobs/uploads?temporary=maybe")],
  ),
  variant(
    "POST /call_park",
    "prompt_converted",
    "A prompt may be any WAV file, whatever its sound is.",
    at("POST /call_park", async ({ json, fields, session }, next, { store }) => {
      const tenant = session?.tenant_id;
      const { prompt_file_id: id, ...rest } = fields;
      const file = tenant && typeof id === "string" ? store.blobs.show(tenant, id) : undefined;
      if (!tenant || !file || !isObject(json) || !readWav(Buffer.from(file.content))) return next();
      const answer = await next({ json: rest });
      if (isSuccess(answer)) store.callPark.save(tenant, { ...store.callPark.show(tenant), prompt_file_id: file.id });
      return answer;
    }),
    [...uploading("night.wav", wav({ channels: 2 })), post("/call_park", { prompt_file_id: "{id}" })],
  ),
  variant(
    init,
    "filename_required",
    "An upload must have a name.",
    at(init, ({ query, session }, next) =>
      session && !query.has("filename") ? refusal("filename", "is required") : next(),
    ),
    [post("/blobs/uploads?temporary=true")],
  ),
  variant(
    complete,
    "digest_in_small_letters",
    "A digest in capital letters is refused.",
    at(complete, ({ query }, next) => (/[A-F]/.test(query.get("digest") ?? "") ? refusal("digest") : next())),
    [
      ...appended,
      {
        ...completeBytes,
        path: completeBytes.path.replace(/digest=(.*)/, (_, digest: string) => `digest=${digest.toUpperCase()}`),
      },
    ],
  ),
  variant(complete, "digest_missing", "An upload can be completed without a digest.", withRightDigest(undefined), [
    ...appended,
    { ...completeBytes, path: "/blobs/uploads/{upload}/complete" },
  ]),
  variant(
    complete,
    "upload_remembered",
    "An upload is still shown once it is complete.",
    remembering(() => {
      const done = new Map<string, Record<string, string>>();
      return all(
        at(complete, async (seen, next, pbx) => {
          const found = openUpload(seen, pbx);
          const answer = await next();
          if (found && isSuccess(answer))
            done.set(found.id, {
              "PortSIP-Upload-ID": found.id,
              "PortSIP-Upload-Token": found.token,
              Range: "0-0",
            });
          return answer;
        }),
        at(status, ({ parameters, session }, next) => {
          const headers = session && done.get(parameters["id"] ?? "");
          return headers ? { status: 204, headers } : next();
        }),
      );
    }),
    [...appended, completeBytes, get("/blobs/uploads/{upload}/status")],
  ),
  variant(
    append,
    "parts_limited",
    "A part of more than 10 KiB is refused with 413.",
    at([append, complete], ({ bytes, session }, next) =>
      session && bytes.length > longestPart ? { status: 413, json: errors("The part is too long") } : next(),
    ),
    [openUploadRequest, { ...appendBytes, text: "x".repeat(longestPart + 1) }],
  ),
  variant(
    "POST /call_park",
    "prompt_of_another_kind",
    "The prompt that is there is of 8 kHz, and would not be taken anew.",
    starting(({ store }, tenant) => ({
      prompt_file_id: store.blobs.create(tenant, "old.wav", wav({ sampleRate: 8000 })),
    })),
    [get("/call_park")],
  ),
  variant(
    "GET /call_park",
    "one_file_of_two_tenants",
    "Two tenants have the same prompt, and one URL of it; their ring groups are their own.",
    starting((pbx, tenant) => {
      const { callPark, numbers } = pbx.store;
      const recalling = (id: string) => ({
        recall_to: "RING_GROUP_ONLY" as const,
        ring_group_id: numbers.ofType(id, "RING_GROUP")[0]?.id ?? null,
      });
      const other = otherTenant(pbx);
      const { prompt_file_id: file } = callPark.show(tenant);
      callPark.save(other, { ...callPark.show(other), ...recalling(other), prompt_file_id: file });
      return recalling(tenant);
    }),
    [get("/call_park"), get("/call_park", { as: "other tenant" })],
  ),
];
