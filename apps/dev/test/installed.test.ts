import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { examplesFor, type Installed, importAll, install } from "./support/installed.ts";
import { nodeVersion } from "./support/node-version.ts";
import { packAll, type Tarball } from "./support/tarballs.ts";

const folder = mkdtempSync(join(tmpdir(), "callpark installed "));
afterAll(() => rmSync(folder, { recursive: true }));
const minutes = 60_000;
let tarballs: Tarball[];
beforeAll(async () => {
  tarballs = await packAll(folder);
});

/** Those of the wanted lines that are there, one after the other. */
const inOrder = (lines: string[], wanted: string[]): string[] => {
  let from = 0;
  return wanted.filter((line) => {
    const found = lines.indexOf(line, from);
    if (found >= 0) from = found + 1;
    return found >= 0;
  });
};

const runExamples = async (installed: Installed, names: string[]): Promise<void> => {
  const examples = examplesFor(names);
  expect(examples.length, "README code blocks after a line <!-- run -->").toBeGreaterThan(0);
  for (const { at, code, prints } of examples) {
    const lines = (await installed.script(code)).split("\n");
    // Between them it may print what is another thing each time.
    expect(inOrder(lines, prints), at).toEqual(prints);
  }
};

const startsMock = `import { startMock } from "@callpark/mock";
const mock = await startMock({ port: 0 });
const { status } = await fetch(mock.url + "/call_park", { headers: { Authorization: "Bearer any" } });
console.log(status);
await mock.close();
`;

describe.each(["22.23.3", "24.21.0"])("all packages on Node %s", (version) => {
  let installed: Installed;
  beforeAll(async () => {
    installed = await install(join(folder, version), await nodeVersion(version), tarballs);
  }, 5 * minutes);

  test("import", async () => {
    expect(await installed.script(importAll(installed))).toBe("all imported\n");
  });

  test(
    "run the examples of the READMEs",
    async () => {
      const names = installed.names.filter((name) => version.startsWith("24.") || name !== "@callpark/mock");
      await runExamples(installed, names);
    },
    2 * minutes,
  );

  test("have types that hold in the examples of the READMEs, for those who bring none of Node", async () => {
    expect(await installed.check(examplesFor(installed.names).map(({ source }) => source))).toBe("");
  });

  test("bring the command", async () => {
    const cli = tarballs.find(({ name }) => name === "callpark");
    expect(await installed.on.npx(["callpark", "--version"], installed.folder)).toBe(`${cli?.version}\n`);
  });

  test(
    "verify the embedded sandbox",
    async () => {
      // Ends with an error where the sandbox does not conform.
      expect(await installed.on.npx(["callpark", "verify"], installed.folder)).toMatch(/\S/);
    },
    minutes,
  );

  if (version.startsWith("22."))
    test("say that the mock needs a newer Node", async () => {
      await expect(installed.script(startsMock)).rejects.toThrow(/24\.18/);
    });
  else
    test("start the mock", async () => {
      expect(await installed.script(startsMock)).toBe("200\n");
    });
});

describe("the client on Node 20", () => {
  let installed: Installed;
  beforeAll(async () => {
    const needed = ["@callpark/client", "@callpark/types", "@callpark/validators"];
    const own = tarballs.filter(({ name }) => needed.includes(name));
    installed = await install(join(folder, "20"), await nodeVersion("20.20.2"), own);
  }, 5 * minutes);

  test("imports", async () => {
    expect(await installed.script(importAll(installed))).toBe("all imported\n");
  });

  test("runs the examples of the READMEs", () => runExamples(installed, installed.names));
});
