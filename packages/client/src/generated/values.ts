// Made from spec/openapi.yaml. Do not edit: change the spec, then `npm run generate`.

/** The most items that a page can have. */
export const mostItems: number = 100;

/** What every client tells an older PBX's sign-in. */
export const oauthClient = {"scope":"all","client_id":"9d806019-75b2-4b3d-bb8b-f5a3a412cc0a"} as const;

/** The schemas of the answers. */
export const answerSchemas: Record<string, string | undefined> = {
  "GET /call_park": "CallPark",
  "GET /call_park_groups": "CallParkGroupList",
  "POST /call_park_groups": "CreatedResource",
  "GET /call_park_groups/{id}": "CallParkGroup",
  "GET /call_park_groups/{id}/members": "CallParkGroupMemberList",
  "GET /ring_groups": "RingGroupList",
  "GET /ring_groups/{id}": "RingGroup",
  "GET /extension_numbers/{extension_number}": "ExtensionNumber",
  "POST /blobs/uploads/{id}/complete": "CreatedResource",
  "POST /auth/sign_in": "Session",
  "POST /auth/refresh_token": "Session",
  "POST /login/oauth/token": "Session",
  "GET /tenant": "Tenant",
  "GET /tenants": "TenantList",
  "GET /info": "PbxInfo",
  "GET /admin/status": "SystemStatus"
};

/** What a prompt's WAV file must be. */
export const wav: { encoding: string; bits: number; channels: number; sample_rates: readonly number[] } =
  {"encoding":"PCM","bits":16,"channels":1,"sample_rates":[16000,32000,48000]};
