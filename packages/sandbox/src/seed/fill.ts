import { defaultSettings } from "../defaults.ts";
import type { Line } from "../lines.ts";
import type { Store } from "../store/index.ts";
import { makeId } from "../store/secrets.ts";
import { makePrompt } from "../wav.ts";
import type { Filling, SeedGroup, SeedNumber, SeedTenant, SeedUser } from "./seed.ts";

const promptSound = { milliseconds: 500, sampleRate: 16_000 };
const usualAdministrator = { username: "admin", password: "system-park-1" };

/** Fills an empty store. */
export const fill = (store: Store, line: Line, seed: Filling): void => {
  const { system_administrator = usualAdministrator, tenants } = seed;
  const role = "system administrator";
  store.accounts.create({ ...system_administrator, id: makeId(), tenant_id: null, role, two_factor: 0 });
  for (const tenant of tenants) fillTenant(store, line, tenant);
};

const fillTenant = (store: Store, line: Line, tenant: SeedTenant) => {
  const { name, domain, website = null, timezone = null, currency = null, region = null, enabled = true } = tenant;
  const { users, numbers = [], groups = [], call_park: { ring_group, ...settings } = {}, prompt = false } = tenant;
  const id = makeId();
  store.tenants.create({ id, name, domain, website, timezone, currency, region, enabled: Number(enabled) });
  for (const user of users) createUser(store, id, user);
  const ids = new Map(numbers.map((number) => [number.extension_number, createNumber(store, id, number)]));
  for (const group of groups) createGroup(store, id, group, ids);
  store.callPark.save(id, {
    ...defaultSettings(line),
    ...settings,
    ring_group_id: (ring_group !== undefined && ids.get(ring_group)) || null,
    prompt_file_id: prompt ? createPrompt(store, id) : null,
  });
};

const createUser = (store: Store, tenant_id: string, user: SeedUser) => {
  const { username, password, role = "tenant administrator", two_factor = false } = user;
  store.accounts.create({ id: makeId(), tenant_id, username, password, role, two_factor: Number(two_factor) });
};

const createNumber = (store: Store, tenant: string, number: SeedNumber): string => {
  const id = makeId();
  store.numbers.create(tenant, { display_name: null, ...number, id });
  return id;
};

const createGroup = (store: Store, tenant: string, group: SeedGroup, ids: ReadonlyMap<string, string>) => {
  const { name, recall_to = "USER_ONLY", ring_group, members = [] } = group;
  const ring_group_id = (ring_group !== undefined && ids.get(ring_group)) || null;
  const id = store.groups.create(tenant, { name, recall_to, ring_group_id });
  for (const member of members) store.groups.addMember(id, ids.get(member) ?? member);
};

const createPrompt = (store: Store, tenant: string): string => {
  const { milliseconds, sampleRate } = promptSound;
  return store.blobs.create(tenant, "hold-the-line.wav", makePrompt(milliseconds, sampleRate));
};
