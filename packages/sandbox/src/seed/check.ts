import { defaultSettings } from "../defaults.ts";
import { SandboxSeedError } from "../errors.ts";
import { type Line, validate } from "../lines.ts";
import type { SandboxSeed, SeedGroup, SeedTenant, SeedUser } from "./seed.ts";
import { shapeErrors } from "./shape.ts";

/**
 * Holds a seed, from a file or from code, to its shape and to the rules that hold for everything that a PBX has.
 *
 * @throws SandboxSeedError that names everything that is wrong with it.
 */
export const checkedSeed = (line: Line, value: unknown): SandboxSeed => {
  const shape = shapeErrors(value);
  if (shape.length > 0) throw new SandboxSeedError(shape);
  const seed = value as SandboxSeed & { tenants: SeedTenant[] };
  const errors = [
    ...(seed.tenants.length === 0 ? ["tenants is empty: a PBX has one tenant or more"] : []),
    ...repeated(seed.tenants, "domain", "tenants"),
    ...(seed.system_administrator ? userErrors(line, seed.system_administrator, "system_administrator") : []),
    ...seed.tenants.flatMap((tenant, index) => tenantErrors(line, tenant, `tenants[${index}]`)),
  ];
  if (errors.length > 0) throw new SandboxSeedError(errors);
  return seed;
};

const tenantErrors = (line: Line, tenant: SeedTenant, at: string): string[] => {
  const { users, numbers, groups } = { numbers: [], groups: [], ...tenant };
  return [
    ...broken(line, "TenantName", tenant.name, `${at}.name`),
    ...broken(line, "TenantDomain", tenant.domain, `${at}.domain`),
    ...repeated(users, "username", `${at}.users`),
    ...users.flatMap((user, index) => userErrors(line, user, `${at}.users[${index}]`)),
    ...repeated(numbers, "extension_number", `${at}.numbers`),
    ...numbers.flatMap((number, index) =>
      broken(line, "ExtensionNumber", { ...number, id: "any" }, `${at}.numbers[${index}]`),
    ),
    ...repeated(groups, "name", `${at}.groups`),
    ...groups.flatMap((group, index) => groupErrors(line, tenant, group, `${at}.groups[${index}]`)),
    ...membersTwice(groups, `${at}.groups`),
    ...callParkErrors(line, tenant, `${at}.call_park`),
  ];
};

const roles: readonly string[] = ["tenant administrator", "user"] satisfies SeedUser["role"][];

const userErrors = (line: Line, { username, password, role }: SeedUser, at: string): string[] => [
  ...broken(line, "UserName", username, `${at}.username`),
  ...broken(line, "Password", password, `${at}.password`),
  ...(password === "" ? [`${at}.password must not be empty`] : []),
  ...(role && !roles.includes(role) ? [`${at}.role must be one of ${roles.join(", ")}`] : []),
];

const groupErrors = (line: Line, tenant: SeedTenant, group: SeedGroup, at: string): string[] => {
  const { name, recall_to = "USER_ONLY", ring_group, members = [] } = group;
  const strangers = members.filter((member) => !has(tenant, member, "EXTENSION"));
  return [
    ...broken(line, "CallParkGroupWrite", { name, recall_to, ring_group_id: ring_group ?? null }, at),
    ...ringGroupErrors(tenant, ring_group, at),
    ...strangers.map((member) => `${at}.members has ${member}: no extension of the tenant has this number`),
  ];
};

const callParkErrors = (line: Line, tenant: SeedTenant, at: string): string[] => {
  const { ring_group, ...settings } = tenant.call_park ?? {};
  const number = settings.extension_number ?? defaultSettings(line).extension_number;
  const holder = tenant.numbers?.find(({ extension_number }) => extension_number === number);
  return [
    ...broken(line, "CallParkUpdate", { ...settings, ...(ring_group ? { ring_group_id: ring_group } : {}) }, at),
    ...ringGroupErrors(tenant, ring_group, at),
    ...(holder ? [`${at}.extension_number must be free, and ${number} belongs to ${holder.name}`] : []),
  ];
};

const ringGroupErrors = (tenant: SeedTenant, ringGroup: string | undefined, at: string): string[] =>
  ringGroup && !has(tenant, ringGroup, "RING_GROUP")
    ? [`${at}.ring_group is ${ringGroup}: no ring group of the tenant has this number`]
    : [];

const has = ({ numbers }: SeedTenant, number: string, type: string): boolean =>
  numbers?.some((one) => one.extension_number === number && one.type === type) ?? false;

const membersTwice = (groups: readonly SeedGroup[], at: string): string[] => {
  const members = groups.flatMap((group) => group.members ?? []);
  const twice = new Set(members.filter((member, index) => members.indexOf(member) !== index));
  return [...twice].map((member) => `${at} have ${member} twice: a user is in one group at most`);
};

const repeated = <Item extends object>(items: readonly Item[], field: keyof Item & string, at: string): string[] => {
  const seen = new Set<unknown>();
  return items.flatMap((item, index) => {
    const value = item[field];
    if (seen.has(value)) return [`${at}[${index}].${field} is ${String(value)}, which another one has`];
    seen.add(value);
    return [];
  });
};

const broken = (line: Line, schema: string, value: unknown, at: string): string[] => {
  return validate(line, schema, value).map(({ pointer, message }) => {
    // A seed names a ring group by its number.
    const field = pointer.replaceAll("/", ".").replace(/ring_group_id$/, "ring_group");
    return `${at}${field} ${message}`;
  });
};
