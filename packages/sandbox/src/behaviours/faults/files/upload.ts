import type { Pbx } from "../../../context.ts";
import type { UploadRow } from "../../../store/uploads.ts";
import type { Alter, Behaviour } from "../../behaviour.ts";
import { behaviour } from "../../tools/fault.ts";
import type { Seen } from "../../tools/seen.ts";
import { reach, type WitnessRequest } from "../../witness.ts";

export const init = "POST /blobs/uploads";
export const append = "POST /blobs/uploads/{id}/append";
export const complete = "POST /blobs/uploads/{id}/complete";
export const status = "GET /blobs/uploads/{id}/status";
export const destroy = "POST /blobs/uploads/{id}/destroy";
/** A file is looked at where it is set. */
const everywhere: readonly string[] = [init, append, complete, status, destroy, "POST /call_park"];

export const upload = (
  operation: string,
  name: string,
  what: string,
  alter: Alter,
  witness: readonly WitnessRequest[],
): Behaviour => behaviour(operation, name, what, { class: "prompt and files", alsoAt: everywhere, alter, witness });

export const started: readonly WitnessRequest[] = reach(init);
export const appended: readonly WitnessRequest[] = reach(append);
export const tokenless: Partial<WitnessRequest> = { headers: { "Content-Type": "application/octet-stream" } };
export const wrongToken: Partial<WitnessRequest> = {
  headers: { ...tokenless.headers, "PortSIP-Upload-Token": "bm90LXRoZS10b2tlbg" },
};
export const otherDigest: string = "0".repeat(64);

export const openUpload = ({ session, parameters }: Seen, { store }: Pbx): UploadRow | undefined =>
  store.uploads.show(session?.tenant_id ?? "", parameters["id"] ?? "");
