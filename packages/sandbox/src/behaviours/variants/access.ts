import type { Answer, Pbx } from "../../context.ts";
import type { Alter, Behaviour } from "../behaviour.ts";
import { all, answerOf, at, everywhere, itemsOf, remembering } from "../tools/at.ts";
import { operations } from "../tools/document.ts";
import { behaviour } from "../tools/fault.ts";
import { tokenOf } from "../tools/seen.ts";
import { get, post, reach, type WitnessRequest } from "../witness.ts";

export const access = (name: string, what: string, alter: Alter, witness: readonly WitnessRequest[]): Behaviour => ({
  ...behaviour("GET /call_park", "", what, { class: "how it refuses", alter, witness }),
  id: `access.${name}`,
});

const under = (path: RegExp) => operations.map(({ name }) => name).filter((name) => path.test(name));
const uploads = under(/ \/blobs\/uploads/);
const groups = under(/ \/call_park_groups/);
const ringGroups = under(/ \/ring_groups/);
const numbers = under(/ \/extension_numbers/);

const without = (of: readonly string[], refusal: Answer): Alter =>
  at(of, ({ session }, next) => (session ? refusal : next()));

export const errors = (
  message: string,
  code = "UNKNOWN",
): { errors: readonly { code: string; message: string }[] } => ({ errors: [{ code, message }] });
const noRight: Answer = { status: 403, json: errors("This user may not do this") };
const noSuchApi: Answer = { status: 404, json: errors("There is no such resource") };

/** A token ends after so many requests, and is refreshed as ever. */
const endsAfter = (uses: number, refreshed: (answer: Answer, sent: unknown) => Answer): Alter =>
  remembering(() => {
    const used = new Map<string, number>();
    return all(
      at(everywhere, ({ request, session }, next) => {
        const token = tokenOf(request);
        if (!session || token === undefined) return next();
        const count = (used.get(token) ?? 0) + 1;
        used.set(token, count);
        return count > uses
          ? {
              status: 401,
              json: errors("The access token is not valid", "UNAUTHORIZED"),
              headers: { "WWW-Authenticate": "Bearer" },
            }
          : next();
      }),
      answerOf("POST /auth/refresh_token", (answer, { fields }) => refreshed(answer, fields["refresh_token"])),
    );
  });

/** Ids of another look, in answers and in what comes back. */
const ids: Alter = at(everywhere, async ({ request, path, bytes }, next) => {
  const plain = (text: string) => text.replaceAll(/urn:pbx:/g, "").replaceAll(/urn%3Apbx%3A/gi, "");
  const query = request.target.includes("?") ? `?${request.target.split("?")[1]}` : "";
  const isText = String(request.headers["content-type"] ?? "").includes("json");
  const answer = await next({
    path: plain(`${path}${query}`),
    ...(isText && { bytes: Buffer.from(plain(bytes.toString())) }),
  });
  const upload = answer.headers?.["PortSIP-Upload-ID"];
  return {
    ...answer,
    ...(answer.json !== undefined && {
      json: JSON.parse(JSON.stringify(answer.json).replace(/"(id|ring_group_id)":"/g, '"$1":"urn:pbx:')),
    }),
    ...(upload !== undefined && { headers: { ...answer.headers, "PortSIP-Upload-ID": `urn:pbx:${upload}` } }),
  };
});

const extraFields: Alter = at(everywhere, async (_, next) => {
  const answer = await next();
  return { ...answer, ...(answer.json !== undefined && { json: widened(answer.json) }) };
});

function widened(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(widened);
  if (typeof value !== "object" || value === null) return value;
  return {
    ...Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, widened(inner)])),
    x_vendor: { since: 22 },
  };
}

const noRingGroups: Alter = all(
  at("GET /ring_groups", async (_, next) => {
    const answer = await next();
    return answer.status === 200 ? { ...answer, json: { count: 0, items: [] } } : answer;
  }),
  at("GET /ring_groups/{id}", ({ session }, next) => (session ? noSuchApi : next())),
  at("GET /extension_numbers/{extension_number}", async (_, next) => {
    const answer = await next();
    return (answer.json as { type?: string }).type === "RING_GROUP" ? noSuchApi : answer;
  }),
  at(["POST /call_park", "POST /call_park_groups", "POST /call_park_groups/{id}"], ({ fields, session }, next) =>
    session && fields["recall_to"] !== undefined && fields["recall_to"] !== "USER_ONLY"
      ? { status: 400, json: errors("The tenant has no ring group", "VALIDATE_FAILED") }
      : next(),
  ),
);

const memberships = (pbx: Pbx) => {
  const [tenant] = pbx.store.tenants.list();
  if (!tenant) return;
  const [group] = pbx.store.groups.list(tenant.id);
  const [user] = pbx.store.numbers.ofType(tenant.id, "EXTENSION");
  if (group && user && pbx.store.groups.ofMember(user.id) === undefined) pbx.store.groups.addMember(group.id, user.id);
};

/** What there is from the first request on. */
const beginning = (begin: (pbx: Pbx) => void): Alter =>
  remembering(() => {
    let begun = false;
    return at(everywhere, (_, next, pbx) => {
      if (!begun) begin(pbx);
      begun = true;
      return next();
    });
  });

/** The first user of the tenant has the id of its first ring group. */
const idsOfRingGroups: Alter = itemsOf("GET /call_park_groups/{id}/members", (item, { session }, { store }) => {
  const [user] = store.numbers.ofType(session?.tenant_id ?? "", "EXTENSION");
  const [ringGroup] = store.numbers.ofType(session?.tenant_id ?? "", "RING_GROUP");
  return user && ringGroup && item["id"] === user.id ? { ...item, id: ringGroup.id } : item;
});

/** Another tenant gets a ring group and a member of a group, of numbers that the first one has not. */
const otherNumbers = ({ store }: Pbx) => {
  const [, other] = store.tenants.list();
  if (!other || store.numbers.byNumber(other.id, "6100")) return;
  const ringGroup = { id: "b3RoZXItcmluZy1ncm91cA", extension_number: "6100", type: "RING_GROUP" } as const;
  store.numbers.create(other.id, { ...ringGroup, name: "Night desk", display_name: null });
  const [user] = store.numbers.ofType(other.id, "EXTENSION");
  const group = store.groups.create(other.id, { name: "Night shift", recall_to: "USER_ONLY", ring_group_id: null });
  if (user) store.groups.addMember(group, user.id);
};

export const accessVariants: readonly Behaviour[] = [
  access("extra_fields", "Every answer has a field more than the documents name.", extraFields, [get("/call_park")]),
  access("other_ids", "Ids are of another look.", ids, [
    get("/ring_groups"),
    post("/call_park_groups", { name: "Night shift", recall_to: "RING_GROUP_ONLY", ring_group_id: "{first}" }),
    get("/call_park_groups/{id}"),
  ]),
  access(
    "token_ends",
    "The token ends in the middle of a run, and can be refreshed.",
    endsAfter(50, (answer) => answer),
    Array.from({ length: 51 }, () => get("/call_park")),
  ),
  access(
    "token_ends.refresh_token_kept",
    "The token ends in the middle of a run, and the refresh token stays as it is.",
    remembering(() => {
      let kept: string | undefined;
      let newest: string | undefined;
      return all(
        at("POST /auth/refresh_token", ({ fields }, next) => {
          kept ??= String(fields["refresh_token"]);
          return next(
            newest !== undefined && fields["refresh_token"] === kept ? { json: { refresh_token: newest } } : {},
          );
        }),
        endsAfter(60, (answer) => {
          const json = answer.json as { refresh_token: string };
          newest = json.refresh_token;
          return { ...answer, json: { ...json, refresh_token: kept } };
        }),
      );
    }),
    Array.from({ length: 61 }, () => get("/call_park")),
  ),
  access("no_ring_groups", "The tenant has no ring group.", noRingGroups, [get("/ring_groups")]),
  access("no_right.ring_groups", "The user may not see ring groups.", without(ringGroups, noRight), [
    get("/ring_groups"),
  ]),
  access("no_right.groups", "The user may not see or change call park groups.", without(groups, noRight), [
    get("/call_park_groups"),
  ]),
  access("no_right.uploads", "The user may not upload files.", without(uploads, noRight), reach("POST /blobs/uploads")),
  access("no_right.numbers", "The user may not look numbers up.", without(numbers, noRight), [
    get("/extension_numbers/6000"),
  ]),
  access(
    "no_right.anything_else",
    "The user may do nothing but read and change call park.",
    without([...ringGroups, ...groups, ...uploads, ...numbers], noRight),
    [get("/ring_groups")],
  ),
  access("no_api.groups", "The PBX has no call park groups.", without(groups, noSuchApi), [get("/call_park_groups")]),
  access("no_api.numbers", "The PBX cannot look numbers up.", without(numbers, noSuchApi), [
    get("/extension_numbers/6000"),
  ]),
  access("no_api.uploads", "The PBX takes no files.", without(uploads, noSuchApi), reach("POST /blobs/uploads")),
  access(
    "upload_token_stays",
    "An upload has one token from beginning to end.",
    uploadTokenStays(),
    reach("POST /blobs/uploads/{id}/append"),
  ),
  access(
    "other_numbers",
    "Another tenant has a ring group and a member of a group, of numbers that are free here.",
    beginning(otherNumbers),
    [get("/ring_groups", { as: "other tenant" })],
  ),
  access("standing_members", "A call park group has a member from the start.", beginning(memberships), [
    get("/call_park_groups"),
    get("/call_park_groups/{first}/members"),
  ]),
  access(
    "ids_of_each_kind",
    "Ids are counted for each kind by itself: a member of a call park group has that of a ring group.",
    all(beginning(memberships), idsOfRingGroups),
    [get("/call_park_groups"), get("/call_park_groups/{first}/members")],
  ),
];

function uploadTokenStays(): Alter {
  return remembering(() => {
    const first = new Map<string, string>();
    return at(uploads, async ({ session, parameters, request }, next, { store }) => {
      const id = parameters["id"];
      const newest = id === undefined ? undefined : store.uploads.show(session?.tenant_id ?? "", id)?.token;
      const sent = request.headers["portsip-upload-token"];
      const good = id !== undefined && newest !== undefined && sent === first.get(id);
      const answer = await next(good ? { headers: { "portsip-upload-token": newest } } : {});
      const given = answer.headers?.["PortSIP-Upload-ID"];
      const token = answer.headers?.["PortSIP-Upload-Token"];
      if (given === undefined || token === undefined) return answer;
      if (!first.has(given)) first.set(given, token);
      return { ...answer, headers: { ...answer.headers, "PortSIP-Upload-Token": first.get(given) ?? token } };
    });
  });
}
