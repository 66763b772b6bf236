import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { FleetReport } from "@callpark/contract/fleet";
import { type Sandbox, startSandbox } from "@callpark/sandbox";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseAllDocuments } from "yaml";
import { loadConfig } from "../src/fleet/config/load.ts";
import { callpark } from "./callpark.ts";

interface Container {
  command: string[];
  args: string[];
  env?: { name: string; value: string }[];
  volumeMounts: { name: string; mountPath: string; readOnly?: boolean }[];
  securityContext: Record<string, unknown>;
}

interface Manifest {
  kind: string;
  data?: Record<string, string>;
  spec: {
    completionMode?: string;
    completions: number;
    podFailurePolicy: { rules: { action: string; onExitCodes?: { values: number[] } }[] };
    template: { spec: { restartPolicy: string; securityContext: Record<string, unknown>; containers: [Container] } };
  };
}

const manifests = async (name: string): Promise<Manifest[]> => {
  const path = fileURLToPath(new URL(`../../../deploy/kubernetes/${name}`, import.meta.url));
  return parseAllDocuments(await readFile(path, "utf8")).map((document) => {
    expect(document.errors).toStrictEqual([]);
    return document.toJS() as Manifest;
  });
};

const jobOf = async (name: string): Promise<Manifest["spec"]> => {
  const job = (await manifests(name)).find(({ kind }) => kind === "Job");
  if (job === undefined) throw new Error(`There is no job in ${name}`);
  return job.spec;
};

const pbxs: Sandbox[] = [];
let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "callpark deploy "));
  for (const folder of ["etc/callpark", "secrets", "reports", "state"])
    await mkdir(join(root, folder), { recursive: true });
  const lines: string[] = [];
  for (let at = 0; at < 6; at += 1) {
    const pbx = await startSandbox();
    pbxs.push(pbx);
    await writeFile(join(root, `secrets/token-${at}`), (await pbx.signIn()).accessToken);
    lines.push(`  - { name: pbx-${at}, url: "${pbx.url}", token: { file: "${root}/secrets/token-${at}" } }`);
  }
  await writeFile(join(root, "etc/callpark/callpark.yaml"), `targets:\n${lines.join("\n")}\n`);
});
afterAll(async () => {
  await Promise.all(pbxs.map((pbx) => pbx.close()));
  await rm(root, { recursive: true });
});

/** Runs a container's command line as Kubernetes would, with its volumes in a folder here. */
const runContainer = ({ command, args, env = [], volumeMounts }: Container, index?: number) => {
  const variables: Record<string, string> = index === undefined ? {} : { JOB_COMPLETION_INDEX: String(index) };
  const paths = new RegExp(`(^|=)(${volumeMounts.map(({ mountPath }) => mountPath).join("|")})(?=/|$)`);
  const mounted = (text: string): string => text.replace(paths, `$1${root}$2`);
  const expanded = (text: string): string =>
    mounted(text.replace(/\$\((\w+)\)/g, (whole, name: string) => variables[name] ?? whole));
  expect(command).toStrictEqual(["callpark"]);
  return callpark(args.map(expanded), {
    ...variables,
    ...Object.fromEntries(env.map(({ name, value }) => [name, mounted(value)])),
  });
};

describe("the Kubernetes job", () => {
  it("checks the fleet in as many parts as it says, whose reports are merged into one", async () => {
    const { completions, template } = await jobOf("verify.yaml");
    const [container] = template.spec.containers;
    const shards = await Promise.all(Array.from({ length: completions }, (_, index) => runContainer(container, index)));
    expect(shards.map(({ code }) => code)).toStrictEqual([0, 0, 0, 0]);
    expect((await readdir(join(root, "reports/shards"))).sort()).toStrictEqual(["0", "1", "2", "3"]);

    const [merge] = (await jobOf("merge.yaml")).template.spec.containers;
    const { code, stdout } = await runContainer(merge);
    expect([code, stdout.split("\n").at(-2)?.replace(/;.*/, "")]).toStrictEqual([
      0,
      "Conforms: 6 targets on 6 hosts: 6 conforming",
    ]);
    const merged = JSON.parse(await readFile(join(root, "reports/all/fleet.json"), "utf8")) as FleetReport;
    expect(merged.targets.map(({ name }) => name).sort()).toStrictEqual([0, 1, 2, 3, 4, 5].map((at) => `pbx-${at}`));
    expect(merged.missingShards).toStrictEqual([]);
    expect(await readdir(join(root, "reports/all/targets"))).toHaveLength(6);
  });

  it("is not green where a part has left no report", async () => {
    await rm(join(root, "reports/shards/2"), { recursive: true, force: true });
    const [merge] = (await jobOf("merge.yaml")).template.spec.containers;
    const { code, stdout } = await runContainer(merge);
    expect([code, stdout.split("\n").at(-2)]).toStrictEqual([1, expect.stringContaining("1 shard missing (2/4)")]);
  });

  it("says the same number of parts in both places, and retries none that would end alike", async () => {
    const { completionMode, completions, podFailurePolicy, template } = await jobOf("verify.yaml");
    expect([completionMode, template.spec.restartPolicy]).toStrictEqual(["Indexed", "Never"]);
    expect(template.spec.containers[0].args).toContain(`--shard=$(JOB_COMPLETION_INDEX)/${completions}`);
    const failing = podFailurePolicy.rules.find(({ action }) => action === "FailIndex");
    expect(failing?.onExitCodes?.values).toStrictEqual([1, 2, 4]);
  });

  it.each(["verify.yaml", "merge.yaml"])("%s runs as nobody, on a file system that is read only", async (name) => {
    const { securityContext, containers } = (await jobOf(name)).template.spec;
    expect(securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } });
    expect(containers[0].securityContext).toStrictEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    });
  });

  it("brings an example of the file of targets that can be used", async () => {
    const config = (await manifests("verify.yaml")).find(({ kind }) => kind === "ConfigMap");
    const file = join(root, "example.yaml");
    await writeFile(file, config?.data?.["callpark.yaml"] ?? "");
    expect((await loadConfig(file)).targets.map(({ name }) => name)).toStrictEqual(["acme", "globex"]);
  });
});
