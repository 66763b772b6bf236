import { exitCodeOf, type Finding, type Report, type VerifyTarget, verify } from "@callpark/contract";
import {
  type BehaviourSummary,
  type Sandbox,
  type SandboxOptions,
  startSandbox,
  type TenantState,
} from "@callpark/sandbox";

const acme = { username: "admin", domain: "acme.example" };
const system = { username: "admin", domain: null };
const passwordOf = (pbx: Sandbox, { username, domain }: { username: string; domain: string | null }) =>
  pbx.accounts.find((account) => account.username === username && account.domain === domain)?.password ?? "";
const globex = { username: "admin", domain: "globex.example" };

/** What a run against one behaviour came to. */
export interface Run {
  /** Undefined where the run could not begin. */
  report: Report | undefined;
  /** Why it could not begin. */
  refusal: string | undefined;
  before: TenantState[];
  after: TenantState[];
}

const readable =
  /^GET \/(info|tenant|tenants|admin\/status|ring_groups|ring_groups\/\{id\}|call_park_groups|call_park_groups\/\{id\})$/;

/** How far a run must go to meet a behaviour: what the answer to a plain read says, a run that only reads meets. */
const levelOf = ({ class: kind, operation }: BehaviourSummary): "none" | "full" =>
  kind === "what an answer says" && readable.test(operation) ? "none" : "full";

/** A run against a sandbox with one behaviour, given all that a run can be given: of every check, or of some only. */
export const runAgainst = async (
  behaviour: BehaviourSummary,
  chosen: SandboxOptions,
  only?: string[],
): Promise<Run> => {
  const { version, variants = [] } = behaviour.needs ?? {};
  const options = { ...chosen, variants: [...(chosen.variants ?? []), ...variants] };
  await using pbx = await startSandbox({ ...options, ...(version && { version }) });
  await begin(pbx);
  const before = pbx.state();
  try {
    const report = await verify(await targetOf(pbx, behaviour), {
      write: levelOf(behaviour),
      ...(only && { only }),
      ...(version && { version }),
    });
    return { report, refusal: undefined, before, after: pbx.state() };
  } catch (error) {
    const refusal = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return { report: undefined, refusal, before, after: pbx.state() };
  }
};

/** Behaviours that start from another state take it up at the first request. */
const begin = async (pbx: Sandbox): Promise<void> => {
  await (await fetch(`${pbx.apiUrl}/nothing`)).arrayBuffer();
};

const targetOf = async (pbx: Sandbox, { needs }: BehaviourSummary): Promise<VerifyTarget> => {
  const { accessToken, refreshToken } = await pbx.signIn(acme);
  return {
    url: pbx.url,
    token: accessToken,
    refreshToken,
    otherToken: (await pbx.signIn(globex)).accessToken,
    ...(needs?.credentials && { credentials: { ...acme, password: passwordOf(pbx, acme) } }),
    ...(needs?.systemAdministrator && {
      systemAdministrator: { username: system.username, password: passwordOf(pbx, system) },
    }),
  };
};

export const exitOf = ({ report }: Run): number | undefined => report && exitCodeOf(report);

/** The findings of a run, each with the check that made it. */
export const findingsOf = ({ report }: Run): { check: string; finding: Finding }[] =>
  (report?.checks ?? []).flatMap(({ id, findings }) =>
    findings.filter(({ kind }) => kind === "finding").map((finding) => ({ check: id, finding })),
  );

/** Is a finding about what a fault breaks: its operation, or one that shows the same, and its field if it has one? */
export const isMeantFor = ({ operation, alsoAt = [], field }: BehaviourSummary, finding: Finding): boolean => {
  if (![operation, ...alsoAt].includes(finding.operation)) return false;
  if (field === undefined) return true;
  const { code, documented, received } = finding;
  return [code, documented, received].some((text) => text.toLowerCase().includes(field.toLowerCase()));
};
