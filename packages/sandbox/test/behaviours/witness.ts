import { setTimeout } from "node:timers/promises";
import type { WitnessRequest } from "../../src/behaviours/witness.ts";
import { type Sandbox, type SandboxOptions, startSandbox } from "../../src/index.ts";
import { acme, globex, system } from "../support.ts";

const accounts = { "tenant administrator": acme, "other tenant": globex, "system administrator": system } as const;

/** Sends the requests of a witness, and answers with what was seen, without what differs from run to run. */
export const witnessed = async (options: SandboxOptions, requests: readonly WitnessRequest[]): Promise<unknown[]> => {
  await using pbx = await startSandbox(options);
  const known = new Map<string, string>();
  const tokens = new Map<string, string>();
  const seen: unknown[] = [];
  for (const request of requests) seen.push(await exchange(pbx, request, known, tokens));
  return plain(seen);
};

const exchange = async (
  pbx: Sandbox,
  request: WitnessRequest,
  known: Map<string, string>,
  tokens: Map<string, string>,
): Promise<unknown> => {
  const {
    method,
    path,
    as = "tenant administrator",
    json,
    text,
    bytes,
    form,
    headers = {},
    after,
    twice = false,
  } = request;
  if (after !== undefined) await setTimeout(after);
  const filled = (template: string) =>
    template.replace(/\{([a-z_]+)\}/g, (whole, name: string) => known.get(name) ?? whole);
  if (as !== "nobody" && as !== "new" && !tokens.has(as)) tokens.set(as, (await pbx.signIn(accounts[as])).accessToken);
  const token = as === "new" ? known.get("access_token") : tokens.get(as);
  const body = bytes ?? text ?? (form ? new URLSearchParams(form) : undefined);
  const init: RequestInit = {
    method,
    redirect: "manual",
    headers: {
      ...(token !== undefined && { Authorization: `Bearer ${token}` }),
      ...(json !== undefined && { "Content-Type": "application/json" }),
      ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, filled(value)])),
    },
    ...(method !== "GET" && { body: body ?? (json === undefined ? null : filled(JSON.stringify(json))) }),
  };
  const ask = async (): Promise<Seen> => {
    try {
      const response = await fetch(`${pbx.apiUrl}${filled(path)}`, init);
      const content = Buffer.from(await response.arrayBuffer());
      learn(known, response.headers, content);
      const { date: _, "keep-alive": __, ...shown } = Object.fromEntries(response.headers);
      return { status: response.status, headers: shown, content: content.toString("latin1") };
    } catch (error) {
      return { failed: error instanceof Error ? error.name : "unknown" };
    }
  };
  if (!twice) return ask();
  const both = await Promise.all([ask(), ask()]);
  return both.sort((one, other) => (one.status ?? 0) - (other.status ?? 0));
};

interface Seen {
  status?: number;
  headers?: Record<string, string>;
  content?: string;
  failed?: string;
}

const learn = (known: Map<string, string>, headers: Headers, content: Buffer) => {
  const set = (name: string, value: unknown) => {
    if (typeof value === "string" && value !== "") known.set(name, value);
  };
  set("upload", headers.get("PortSIP-Upload-ID"));
  set("upload_token", headers.get("PortSIP-Upload-Token"));
  let json: Record<string, unknown> & { items?: { id?: string }[] };
  try {
    json = JSON.parse(content.toString());
  } catch {
    return;
  }
  if (typeof json !== "object" || json === null) return;
  set("id", json["id"]);
  set("first", json.items?.[0]?.id);
  if (json.items?.[0]?.id !== undefined) set("first_other_case", otherCase(json.items[0].id));
  set("second", json.items?.[1]?.id);
  set("access_token", json["access_token"]);
  set("refresh_token", json["refresh_token"]);
  if (typeof json["access_token"] === "string") {
    set("access_token_beginning", json["access_token"].slice(0, -4));
    set(
      "access_token_other_beginning",
      `${json["access_token"].startsWith("x") ? "y" : "x"}${json["access_token"].slice(1)}`,
    );
    set("access_token_other_case", otherCase(json["access_token"]));
  }
  if (typeof json["prompt_file_url"] === "string") set("prompt", json["prompt_file_url"].split("/").at(-1));
};

const otherCase = (text: string) =>
  [...text].map((letter) => (letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase())).join("");

/** Ids and tokens are random: each becomes its number, by its first appearance. */
const plain = (seen: unknown[]): unknown[] => {
  const numbers = new Map<string, number>();
  const text = JSON.stringify(seen).replace(/(?<![\w-])[\w-]{24}(?:[\w-]{8})?(?![\w-])/g, (secret) => {
    if (!numbers.has(secret)) numbers.set(secret, numbers.size);
    return `#${numbers.get(secret)}`;
  });
  return JSON.parse(text);
};
