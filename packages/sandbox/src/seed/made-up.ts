import type { Filling, SeedTenant } from "./seed.ts";

const acme: SeedTenant = {
  name: "Acme",
  domain: "acme.example",
  website: "https://www.acme.example",
  timezone: "Europe/Berlin",
  region: "DE",
  users: [
    { username: "admin", password: "acme-park-1" },
    { username: "ada", password: "ada-park-1", role: "user" },
    { username: "grace", password: "grace-park-1", two_factor: true },
  ],
  numbers: [
    { extension_number: "1001", type: "EXTENSION", name: "ada", display_name: "Ada Byron" },
    { extension_number: "1002", type: "EXTENSION", name: "grace", display_name: "Grace Hopper" },
    { extension_number: "1003", type: "EXTENSION", name: "alan" },
    { extension_number: "6000", type: "RING_GROUP", name: "Reception" },
    { extension_number: "6001", type: "RING_GROUP", name: "Warehouse" },
    { extension_number: "7000", type: "CALL_QUEUE", name: "Support" },
    { extension_number: "8000", type: "VIRTUAL_RECEPTIONIST", name: "Welcome" },
  ],
  groups: [{ name: "Sales", members: ["1003"] }],
  call_park: { enabled: true },
  prompt: true,
};

const globex: SeedTenant = {
  name: "Globex",
  domain: "globex.example",
  users: [{ username: "admin", password: "globex-park-1" }],
  numbers: [
    { extension_number: "2001", type: "EXTENSION", name: "hank", display_name: "Hank Scorpio" },
    { extension_number: "2002", type: "EXTENSION", name: "homer" },
    { extension_number: "6000", type: "RING_GROUP", name: "Front desk" },
  ],
  call_park: { enabled: true },
};

const numbered = (at: number): SeedTenant => ({
  name: `Tenant ${at}`,
  domain: `tenant-${at}.example`,
  users: [{ username: "admin", password: `tenant-${at}-park-1` }],
  numbers: [
    { extension_number: "1001", type: "EXTENSION", name: "first" },
    { extension_number: "6000", type: "RING_GROUP", name: "Everybody" },
  ],
  call_park: { enabled: true },
});

/** Made-up tenants: two with a life of their own, and as many more of one kind as are asked for. */
export const madeUpSeed = (tenants: number, ringGroups: boolean): Filling => ({
  tenants: {
    *[Symbol.iterator]() {
      for (let at = 1; at <= tenants; at += 1) {
        const tenant = at === 1 ? acme : at === 2 ? globex : numbered(at);
        yield ringGroups ? tenant : withoutRingGroups(tenant);
      }
    },
  },
});

const withoutRingGroups = (tenant: SeedTenant): SeedTenant => ({
  ...tenant,
  numbers: (tenant.numbers ?? []).filter(({ type }) => type !== "RING_GROUP"),
});
