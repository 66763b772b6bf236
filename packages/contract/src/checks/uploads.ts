import { createHash } from "node:crypto";
import { request } from "../asking.ts";
import { wrongUploadToken } from "../bad-credentials.ts";
import { type Check, Skip } from "../check.ts";
import { send } from "../context.ts";
import { judgeRefusal } from "../judge-refusal.ts";
import { rulesOf, silence } from "../silence.ts";
import { guardOf } from "../writing.ts";
import { operations, start, Upload } from "./upload.ts";

const completed: Check = {
  id: "blobs.uploads.life",
  title: "A file can be uploaded in parts, by its own token and digest, and by nobody else",
  operation: operations.start,
  level: "full",
  run: async (context) => {
    await guardOf(context).prepare();
    const bytes = silence(rulesOf(context));
    const digest = createHash("sha256").update(bytes).digest("hex");
    const upload = new Upload(context);
    if (!(await upload.begin())) return upload.findings;
    try {
      await upload.refusesStrangers("start", request("POST", start));
      await upload.refusesStrangers("append", upload.append(bytes));
      await upload.refusesStrangers("status", upload.status);
      await upload.refuses("append", "without_token", "an upload without its token", upload.append(bytes, ""));
      await upload.refuses(
        "append",
        "wrong_token",
        "another token than the upload's",
        upload.append(bytes, wrongUploadToken),
      );
      const appended = await send(context, upload.append(bytes));
      upload.takes("append", appended);
      upload.moved("append", appended);
      const status = await send(context, upload.status);
      upload.takes("status", status);
      upload.stands("status", status);
      await upload.refuses("complete", "digest_malformed", "what is no digest", upload.complete("?digest=callpark"));
      await upload.refuses(
        "complete",
        "digest_differs",
        "another file's digest",
        upload.complete(`?digest=${"0".repeat(64)}`),
      );
      // With nothing more: the last part comes along where a prompt is uploaded.
      const query = `?digest=${digest}`;
      await upload.refuses(
        "complete",
        "wrong_token",
        "another token than the upload's",
        upload.complete(query, wrongUploadToken),
      );
      await upload.refuses("complete", "without_token", "an upload without its token", upload.complete(query, ""));
      await upload.refusesStrangers("complete", upload.complete(query));
      // Last of all that may end it: whether the digest must be sent is not documented.
      if (await upload.endsWith("digest_missing", "an upload without its digest", upload.complete("")))
        return upload.findings;
      upload.takes("complete", await send(context, upload.complete(query)));
      await upload.refusesStatus("an upload that is complete", "whether a complete upload is still shown");
    } finally {
      await upload.giveUp();
    }
    return upload.findings;
  },
};

const givenUp: Check = {
  id: "blobs.uploads.destroy",
  title: "An upload can be given up once, and is gone then",
  operation: operations.destroy,
  level: "full",
  run: async (context) => {
    await guardOf(context).prepare();
    const upload = new Upload(context);
    if (!(await upload.begin())) return upload.findings;
    try {
      await upload.refusesStrangers("destroy", upload.destroy);
      await upload.refusesOthers("destroy", upload.destroy);
      const was = await guardOf(context).current();
      upload.takes("destroy", await send(context, upload.destroy));
      await upload.leaves(was, await guardOf(context).readAgain());
      await upload.refusesStatus("an upload that was given up");
      await upload.refuses("destroy", "twice", "an upload that was given up", upload.destroy);
    } finally {
      await upload.giveUp();
    }
    return upload.findings;
  },
};

const missing: Check = {
  id: "blobs.download.missing",
  title: "GET /blobs/{digest} refuses what is not there",
  operation: "GET /blobs/{digest}",
  level: "read",
  run: async (context) => {
    const exchange = await context.session.sendAs({ method: "GET", path: "/blobs/Y2FsbHBhcmstbm8tc3VjaC1ibG9i" });
    // A PBX whose prompt was downloaded has the operation; another may have no such path at all.
    if (exchange.status === 404 && exchange.json === undefined && context.promptDoubt !== null)
      throw new Skip("This PBX has no GET /blobs (404).");
    const refusal = { code: "blobs.download.missing", what: "a file that is not there" };
    return judgeRefusal(context, { operation: "GET /blobs/{digest}", ...refusal }, exchange);
  },
};

export const uploads: readonly Check[] = [completed, givenUp];
export const downloads: readonly Check[] = [missing];
