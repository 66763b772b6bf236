import { type Report, type VerifyOptions, type VerifyTarget, verify } from "@callpark/contract";
import { type Sandbox, type SandboxOptions, startSandbox } from "@callpark/sandbox";
import { type Faults, type FaultyPbx, startProxy } from "./proxy.ts";

export interface Bench extends AsyncDisposable {
  sandbox: Sandbox;
  proxy: FaultyPbx;
  token: string;
  run: (options?: VerifyOptions, target?: Partial<VerifyTarget>) => Promise<Report>;
  /** The settings as they are, asked of the sandbox itself. */
  settings: () => Promise<Record<string, unknown>>;
  /** Changes the settings behind the run's back. */
  change: (body: object) => Promise<void>;
}

/** A sandbox behind a proxy with faults, and a run against it. */
export const bench = async (faults: Faults = {}, options: SandboxOptions = {}): Promise<Bench> => {
  const sandbox = await startSandbox(options);
  const proxy = await startProxy(sandbox.url, faults);
  const { accessToken: token } = await sandbox.signIn();
  const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
  return {
    sandbox,
    proxy,
    token,
    run: (verifyOptions, target) => verify({ url: proxy.url, token, ...target }, verifyOptions),
    settings: async () =>
      (await fetch(`${sandbox.apiUrl}/call_park`, { headers })).json() as Promise<Record<string, unknown>>,
    change: async (body) => {
      const { status } = await fetch(`${sandbox.apiUrl}/call_park`, {
        method: "POST",
        headers,
        body: JSON.stringify(body),
      });
      if (status !== 200) throw new Error(`The sandbox answered ${status}`);
    },
    [Symbol.asyncDispose]: async () => {
      await proxy[Symbol.asyncDispose]();
      await sandbox.close();
    },
  };
};

export const codes = (report: Report, kind: "finding" | "observation" = "finding"): string[] =>
  report.checks.flatMap(({ findings }) => findings.filter((one) => one.kind === kind).map(({ code }) => code));

export const statusOf = (report: Report, id: string): string | undefined =>
  report.checks.find((check) => check.id === id)?.status;

/** All that a run could change: the settings, the prompt's bytes, and the groups. Its URL may be another. */
export const stateOf = async ({
  sandbox,
  token,
  settings,
}: Pick<Bench, "sandbox" | "token" | "settings">): Promise<unknown> => {
  const { prompt_file_url: url, ...rest } = await settings();
  const prompt = typeof url === "string" ? await (await fetch(`${sandbox.url}${url}`)).arrayBuffer() : undefined;
  const groups = await fetch(`${sandbox.apiUrl}/call_park_groups`, { headers: { Authorization: `Bearer ${token}` } });
  return { ...rest, prompt: prompt && Buffer.from(prompt).toString("base64"), groups: await groups.json() };
};
