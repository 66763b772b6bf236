import { defaultSettings } from "./defaults.ts";
import type { Line } from "./lines.ts";
import type { Store } from "./store/index.ts";
import type { NumberType } from "./store/numbers.ts";
import { makeId } from "./store/secrets.ts";
import { makePrompt } from "./wav.ts";

interface TenantSeed {
  name: string;
  domain: string;
  website: string | null;
  timezone: string | null;
  region: string | null;
  administrator: string;
  /** The user of an extension, who administers nothing. */
  user: string | null;
  numbers: { extension_number: string; type: NumberType; name: string; display_name?: string }[];
  /** The names of its call park groups. */
  groups: string[];
  hasPrompt: boolean;
}

const tenants: readonly TenantSeed[] = [
  {
    name: "Acme",
    domain: "acme.example",
    website: "https://www.acme.example",
    timezone: "Europe/Berlin",
    region: "DE",
    administrator: "acme-park-1",
    user: "ada-park-1",
    numbers: [
      { extension_number: "1001", type: "EXTENSION", name: "ada", display_name: "Ada Byron" },
      { extension_number: "1002", type: "EXTENSION", name: "grace", display_name: "Grace Hopper" },
      { extension_number: "1003", type: "EXTENSION", name: "alan" },
      { extension_number: "6000", type: "RING_GROUP", name: "Reception" },
      { extension_number: "6001", type: "RING_GROUP", name: "Warehouse" },
      { extension_number: "7000", type: "CALL_QUEUE", name: "Support" },
      { extension_number: "8000", type: "VIRTUAL_RECEPTIONIST", name: "Welcome" },
    ],
    groups: ["Sales"],
    hasPrompt: true,
  },
  {
    name: "Globex",
    domain: "globex.example",
    website: null,
    timezone: null,
    region: null,
    administrator: "globex-park-1",
    user: null,
    numbers: [
      { extension_number: "2001", type: "EXTENSION", name: "hank", display_name: "Hank Scorpio" },
      { extension_number: "2002", type: "EXTENSION", name: "homer" },
      { extension_number: "6000", type: "RING_GROUP", name: "Front desk" },
    ],
    groups: [],
    hasPrompt: false,
  },
];

const promptSound = { milliseconds: 500, sampleRate: 16_000 };

/** Fills an empty store with made-up tenants and users. The passwords are no secrets. */
export const seed = (store: Store, line: Line, ringGroups: boolean): void => {
  store.accounts.create({
    id: makeId(),
    tenant_id: null,
    username: "admin",
    password: "system-park-1",
    role: "system administrator",
  });
  for (const tenant of tenants) seedTenant(store, line, tenant, ringGroups);
};

const seedTenant = (store: Store, line: Line, tenant: TenantSeed, ringGroups: boolean) => {
  const id = makeId();
  const { name, domain, website, timezone, region, administrator, user } = tenant;
  store.tenants.create({ id, name, domain, website, timezone, currency: null, region, enabled: 1 });
  const account = { tenant_id: id, username: "admin", password: administrator, role: "tenant administrator" } as const;
  store.accounts.create({ id: makeId(), ...account });
  if (user !== null) store.accounts.create({ ...account, id: makeId(), username: "ada", password: user, role: "user" });
  for (const number of tenant.numbers)
    if (ringGroups || number.type !== "RING_GROUP")
      store.numbers.create(id, { display_name: null, ...number, id: makeId() });
  for (const group of tenant.groups)
    store.groups.create(id, { name: group, recall_to: "USER_ONLY", ring_group_id: null });
  const { milliseconds, sampleRate } = promptSound;
  const prompt = tenant.hasPrompt
    ? store.blobs.create(id, "hold-the-line.wav", makePrompt(milliseconds, sampleRate))
    : null;
  store.callPark.save(id, { ...defaultSettings(line), enabled: true, prompt_file_id: prompt });
};
