/** Tells what is wrong with a value, and where: `tenants[0].name must be text`. */
type Check = (value: unknown, at: string) => string[];

const kind =
  (type: "string" | "boolean" | "number", words: string): Check =>
  (value, at) =>
    typeof value === type ? [] : [`${at} must be ${words}`];

const text = kind("string", "text");
const flag = kind("boolean", "true or false");
const number = kind("number", "a number");

const list =
  (item: Check): Check =>
  (value, at) =>
    Array.isArray(value) ? value.flatMap((one, index) => item(one, `${at}[${index}]`)) : [`${at} must be a list`];

/** What is optional may be left out or null. */
const record =
  (required: Record<string, Check>, optional: Record<string, Check>): Check =>
  (value, at) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return [`${at || "It"} must be an object`];
    const given = value as Record<string, unknown>;
    const inside = (name: string) => (at === "" ? name : `${at}.${name}`);
    const known = { ...required, ...optional };
    const unknown = Object.keys(given).filter((name) => !Object.hasOwn(known, name));
    return [
      ...unknown.map((name) => `${inside(name)} is not known here: there are ${Object.keys(known).join(", ")}`),
      ...Object.entries(known).flatMap(([name, check]) => {
        const field = given[name] ?? undefined;
        if (field !== undefined) return check(field, inside(name));
        return Object.hasOwn(required, name) ? [`${inside(name)} is missing`] : [];
      }),
    ];
  };

const user = record({ username: text, password: text }, { role: text, two_factor: flag });
const numbered = record({ extension_number: text, type: text, name: text }, { display_name: text });
const group = record({ name: text }, { recall_to: text, ring_group: text, members: list(text) });
const callPark = record(
  {},
  {
    enabled: flag,
    extension_number: text,
    recall_to: text,
    recall_time: number,
    recall_ring_group_time: number,
    send_notification_to_parker: flag,
    ring_group: text,
  },
);
const tenant = record(
  { name: text, domain: text, users: list(user) },
  {
    website: text,
    timezone: text,
    currency: text,
    region: text,
    enabled: flag,
    numbers: list(numbered),
    groups: list(group),
    call_park: callPark,
    prompt: flag,
  },
);

/** The shape of a seed alone: what the PBX's rules say of its values is another question. */
export const shapeErrors = (seed: unknown): string[] =>
  record({ tenants: list(tenant) }, { system_administrator: user })(seed, "");
