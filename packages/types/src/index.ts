import type { components, operations, paths } from "./generated/openapi.ts";

export type { components, operations, paths };

type Schemas = components["schemas"];

/** A tenant's call park settings as the PBX answers with them (GET /call_park). */
export type CallPark = Schemas["CallPark"];

/** The call park settings to change (POST /call_park): a union by `recall_to`. */
export type CallParkUpdate = Schemas["CallParkUpdate"];

/** Where a parked call goes that nobody picks up in time. */
export type RecallTo = CallPark["recall_to"];

/** The opaque id of a resource. */
export type ResourceId = Schemas["ResourceId"];

/** One reason why the PBX refused a request. */
export type PbxError = Schemas["PbxError"];

/** The body of every refusal: one or more reasons. */
export type PbxErrors = Schemas["PbxErrors"];
