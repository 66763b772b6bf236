import type { SandboxOptions, SandboxSeed } from "@callpark/sandbox";
import type { Faults, Forwarded } from "../proxy.ts";
import { type GuardedBench, guardedBench } from "./places.ts";

export const numbered = (first: number, last: number): string[] =>
  Array.from({ length: last - first + 1 }, (_, index) => String(first + index));

/** A tenant of these users, and of groups with these members. */
export const tenantOf = (users: string[], groups: Record<string, string[]>): SandboxSeed => ({
  tenants: [
    {
      name: "Acme",
      domain: "acme.example",
      users: [{ username: "admin", password: "acme-park-1" }],
      numbers: users.map((number) => ({ extension_number: number, type: "EXTENSION", name: `user ${number}` })),
      groups: Object.entries(groups).map(([name, members]) => ({ name, members })),
    },
  ],
});

export const fourGroups: Record<string, string[]> = {
  North: ["101"],
  South: ["110"],
  East: ["120"],
  Sales: ["102", "103"],
};
export const users: string[] = numbered(101, 130);

export const membersOf = ({ sandbox }: GuardedBench): Record<string, string[]> =>
  Object.fromEntries(sandbox.state()[0]?.groups.map(({ name, members }) => [name, members]) ?? []);

export const joining: RegExp = /\/members\/(\d+)$/;
export const joined = ({ proxy }: GuardedBench): string[] => [
  ...new Set(proxy.requests.flatMap(({ method, path }) => (method === "POST" ? (joining.exec(path)?.[1] ?? []) : []))),
];
/** Somebody else changes who is in a group of the tenant's, behind the run's back. */
const change = async ({ sandbox, token }: GuardedBench, group: string, path: string): Promise<void> => {
  const headers = { Authorization: `Bearer ${token}` };
  const answer = await fetch(`${sandbox.apiUrl}/call_park_groups`, { headers });
  const { items } = (await answer.json()) as { items: { id: string; name: string }[] };
  const id = items.find(({ name }) => name === group)?.id;
  await fetch(`${sandbox.apiUrl}/call_park_groups/${id}/members/${path}`, { method: "POST", headers });
};
export const putIn = (pbx: GuardedBench, group: string, number: string): Promise<void> => change(pbx, group, number);
export const takeOut = (pbx: GuardedBench, group: string, number: string): Promise<void> =>
  change(pbx, group, `${number}/destroy`);

export const isMembers = ({ method, path }: Forwarded): boolean => method === "GET" && /\/members(\?|$)/.test(path);

export const opened = (seed: SandboxSeed, faults: Faults = {}, options: SandboxOptions = {}): Promise<GuardedBench> =>
  guardedBench(faults, { seed, ...options });
