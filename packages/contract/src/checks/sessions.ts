import { granted } from "../asking.ts";
import { withLastCaseSwapped } from "../bad-credentials.ts";
import { type Check, Skip } from "../check.ts";
import { type Context, finding } from "../context.ts";
import type { Finding } from "../finding.ts";
import { isSettings } from "../guard/settings.ts";
import { shown } from "../judge.ts";
import { refreshRequests } from "../refresh.ts";
import { signInRequest } from "../sign-in.ts";
import type { Credentials } from "../target.ts";
import type { Exchange } from "../wire.ts";
import { asSession, bad, credentialsOf, newer, older, settings, signedInAs, signOut, wayOf } from "./own-session.ts";
import { sessionEnds } from "./sessions-ended.ts";

/** A token that was given must be good for the settings. */
const isGood = async (context: Context, operation: string, code: string, token: string): Promise<Finding[]> => {
  const exchange = await asSession(context, token, settings);
  if (exchange.status !== 401) return [];
  return [
    finding(context, {
      code: `${code}.token`,
      operation,
      documented: "a token that is good at once",
      received: "401 for GET /call_park with it",
      pointer: "#/components/schemas/Token/properties/access_token",
    }),
  ];
};

/** A token that comes of a user of the tenant must be that tenant's. */
const isOfTenant = async (context: Context, operation: string, code: string, token: string): Promise<Finding[]> => {
  // A new session of the system administrator's may be in any tenant.
  if (context.tenantId === undefined || context.credentials?.domain === undefined) return [];
  const { status, json } = await asSession(context, token, { method: "GET", path: "/tenant" });
  const id = isSettings(json) ? json["id"] : undefined;
  if (status !== 200 || typeof id !== "string" || id === context.tenantId) return [];
  return [
    finding(context, {
      code: `${code}.other_tenant`,
      operation,
      documented: `a token of the user's own tenant, ${shown(context.tenantId)}`,
      received: `one of the tenant ${shown(id)}`,
      pointer: "#/components/schemas/Token/properties/access_token",
    }),
  ];
};

const wrong = "callpark-wrong-password";
const unauthorized = "UNAUTHORIZED";

/** Whoever is not let in is told so by one code. */
const wrongCode = (context: Context, code: string, what: string, exchange: Exchange): Finding[] => {
  const { errors } = isSettings(exchange.json) ? exchange.json : { errors: undefined };
  const codes = Array.isArray(errors) ? errors.filter(isSettings).map((one) => one["code"]) : [];
  if (codes.length === 0 || codes.includes(unauthorized)) return [];
  return [
    finding(context, {
      code: `${code}.code`,
      operation: newer.signIn,
      documented: `${what} is refused with the code ${unauthorized}`,
      received: codes.map(shown).join(", "),
      pointer: "#/paths/~1auth~1sign_in/post/responses",
      exchange,
    }),
  ];
};

const signIn: Check = {
  id: "auth.sign_in",
  title: "A user signs in with the right password and with no other",
  operation: "GET /info",
  level: "read",
  run: async (context) => {
    const who = credentialsOf(context);
    const { signIn: operation } = wayOf(context);
    const code = "auth.sign_in";
    const { findings, tokens } = await signedInAs(context, who, code);
    if (tokens !== undefined) {
      findings.push(...(await isGood(context, operation, code, tokens.access)));
      await signOut(context, tokens.access);
    }
    const refused = async (end: string, what: string, as: Partial<Credentials>, without?: keyof Credentials) => {
      const { [without ?? "none"]: _, ...sent } = { none: undefined, ...who, ...as };
      const exchange = await context.session.sendAs(signInRequest(context.contract, sent as Credentials));
      findings.push(...bad(context, operation, `${code}.${end}`, what, exchange));
      return exchange;
    };
    const unknown = async (end: string, what: string, as: Partial<Credentials>) => {
      const exchange = await refused(end, what, as);
      if (operation === newer.signIn) findings.push(...wrongCode(context, `${code}.${end}`, what, exchange));
    };
    // No more wrong ones than it takes: a PBX may lock whoever sends them. This one shows whether every letter counts.
    const swapped = withLastCaseSwapped(who.password);
    context.session.hide(swapped);
    await unknown("wrong_password", "a wrong password", { password: swapped === who.password ? wrong : swapped });
    const longer = `${who.password}x`;
    context.session.hide(longer);
    await unknown("longer_password", "the password with a letter more", { password: longer });
    await unknown("unknown_user", "a user who does not exist", { username: "callpark-no-such-user" });
    await refused("empty_password", "an empty password", { password: "" });
    await refused("no_password", "no password", {}, "password");
    const { maxLength: longest = 0 } = context.contract.schema("UserName");
    await refused("long_username", `a name of ${longest + 1} characters`, { username: "x".repeat(longest + 1) });
    if (operation === older.signIn) {
      const asked = signInRequest(context.contract, who);
      const body = new URLSearchParams(String(asked.body));
      body.set("grant_type", "callpark");
      const exchange = await context.session.sendAs({ ...asked, body: body.toString() });
      findings.push(...bad(context, operation, `${code}.grant_type`, "a grant_type that nobody knows", exchange));
    }
    if (who.domain !== undefined)
      await refused("unknown_domain", "a domain that nobody has", { domain: "callpark-no-such-domain.example" });
    return findings;
  },
};

/** What the answer to a refresh gives, told to nobody. */
const tokensIn = (context: Context, { json }: Exchange): Record<string, unknown> => {
  const answer = isSettings(json) ? json : {};
  for (const name of ["access_token", "refresh_token"])
    if (typeof answer[name] === "string") context.session.hide(answer[name]);
  return answer;
};

/** Who has but an access token is out once it ends. */
const isNoRefreshToken = async (
  context: Context,
  operation: string,
  code: string,
  token: string,
): Promise<Finding[]> => {
  const [first, second] = refreshRequests(token);
  const exchange = await context.session.sendAs(operation === older.refresh ? second : first);
  const { access_token: given } = tokensIn(context, exchange);
  if (typeof given === "string" && given !== token) await signOut(context, given);
  return bad(context, operation, `${code}.access_token`, "an access token in place of a refresh token", exchange);
};

const refresh: Check = {
  id: "auth.refresh_token",
  title: "A refresh token gives a new token, and a made-up one gives none",
  operation: "GET /info",
  level: "read",
  run: async (context) => {
    const { refresh: operation } = wayOf(context);
    const code = "auth.refresh_token";
    const { tokens } = await signedInAs(context, credentialsOf(context), code);
    if (tokens?.refresh === undefined) throw new Skip("Signing in gave no refresh token.");
    const [first, second] = refreshRequests(tokens.refresh);
    const exchange = await context.session.sendAs(operation === older.refresh ? second : first);
    const answer = tokensIn(context, exchange);
    const findings = granted(context, operation, code, exchange);
    const fresh = answer["access_token"];
    if (typeof fresh === "string") {
      findings.push(...(await isGood(context, operation, code, fresh)));
      findings.push(...(await isOfTenant(context, operation, code, fresh)));
      // A PBX may have one token for both.
      if (fresh !== tokens.refresh && fresh !== answer["refresh_token"])
        findings.push(...(await isNoRefreshToken(context, operation, code, fresh)));
      await signOut(context, fresh);
    }
    // It is hidden, and so is the beginning of it at the end of a text: it must not begin as anything else does.
    const made = "wrong-refresh-token-of-callpark";
    context.session.hide(made);
    for (const [end, what, sent] of [
      ["wrong", "a made-up refresh token", made],
      ["empty", "an empty refresh token", ""],
      ["missing", "no refresh token", undefined],
    ] as const) {
      const [wrong, wrongOlder] = refreshRequests(sent);
      const refused = await context.session.sendAs(operation === older.refresh ? wrongOlder : wrong);
      findings.push(...bad(context, operation, `${code}.${end}`, what, refused));
    }
    return findings;
  },
};

export const sessions: readonly Check[] = [signIn, refresh, sessionEnds];
