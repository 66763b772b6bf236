import type { components, operations, paths } from "./generated/openapi.ts";

export type { components, operations, paths };

type Schemas = components["schemas"];

/** A tenant's call park settings as the PBX answers with them (GET /call_park): a union by `recall_to`. */
export type CallPark = Schemas["CallPark"];

/** The call park settings to change (POST /call_park): a union by `recall_to`. */
export type CallParkUpdate = Schemas["CallParkUpdate"];

/** Where a parked call goes that nobody picks up in time. */
export type RecallTo = CallPark["recall_to"];

/** A call park group (GET /call_park_groups/{id}). */
export type CallParkGroup = Schemas["CallParkGroup"];

/** A page of call park groups (GET /call_park_groups). */
export type CallParkGroupList = Schemas["CallParkGroupList"];

/** What a call park group is to be (POST /call_park_groups and /call_park_groups/{id}). */
export type CallParkGroupWrite = Schemas["CallParkGroupWrite"];

/** A member of a call park group (GET /call_park_groups/{id}/members). */
export type CallParkGroupMember = Schemas["CallParkGroupMember"];

/** All members of a call park group (GET /call_park_groups/{id}/members). */
export type CallParkGroupMemberList = Schemas["CallParkGroupMemberList"];

/** The id of what was created: a call park group, or a file to be a prompt. */
export type CreatedResource = Schemas["CreatedResource"];

/** What a name and password are sent in (POST /auth/sign_in, from 22.2). */
export type SignIn = Schemas["SignIn"];

/** What signing in answers with: a token, or a two-factor challenge. */
export type Session = Schemas["Session"];

/** An access token, its refresh token and how long it is good for, in seconds. */
export type Token = Schemas["Token"];

/** A second factor is asked for, in place of a token. */
export type TwoFactorChallenge = Schemas["TwoFactorChallenge"];

/** What a new token is asked for with (POST /auth/refresh_token, from 22.2). */
export type RefreshToken = Schemas["RefreshToken"];

/** What an older PBX's sign-in takes (POST /login/oauth/token, 22.0 and 22.1). */
export type TokenRequest = Schemas["TokenRequest"];

/** A tenant (GET /tenant). */
export type Tenant = Schemas["Tenant"];

/** A tenant as the system administrator sees it listed. */
export type TenantListItem = Schemas["TenantListItem"];

/** A page of tenants (GET /tenants). */
export type TenantList = Schemas["TenantList"];

/** A ring group (GET /ring_groups/{id}). */
export type RingGroup = Schemas["RingGroup"];

/** A page of ring groups (GET /ring_groups). */
export type RingGroupList = Schemas["RingGroupList"];

/** What a number of the tenant belongs to (GET /extension_numbers/{extension_number}). */
export type ExtensionNumber = Schemas["ExtensionNumber"];

/** What the PBX is (GET /info). */
export type PbxInfo = Schemas["PbxInfo"];

/** The PBX's version and more (GET /admin/status). */
export type SystemStatus = Schemas["SystemStatus"];

/** The opaque id of a resource. */
export type ResourceId = Schemas["ResourceId"];

/** One reason why the PBX refused a request. */
export type PbxError = Schemas["PbxError"];

/** The body of every refusal: one or more reasons. */
export type PbxErrors = Schemas["PbxErrors"];
