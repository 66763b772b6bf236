import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { send, start } from "./support.ts";

const entry = new URL("../src/index.ts", import.meta.url).href;
const tenants = 8;
const script = `
  import { startSandbox } from ${JSON.stringify(entry)};
  const pbx = await startSandbox({ dataFile: process.argv[1], tenants: ${tenants} });
  const tokens = [];
  for (const { domain } of pbx.tenants) tokens.push((await pbx.signIn({ username: "admin", domain })).accessToken);
  console.log(JSON.stringify({ url: pbx.apiUrl, tokens }));
`;

/** What a tenant was told that is done, and what it has not been told of. */
interface Told {
  token: string;
  recallTime: number;
  asked: number;
  groups: Set<string>;
}

/** Changes the settings and makes groups, until the PBX is gone. */
const keepWriting = async (url: string, told: Told, onAnswer: () => void): Promise<void> => {
  const headers = { Authorization: `Bearer ${told.token}`, "Content-Type": "application/json" };
  const post = async (path: string, body: object) => {
    const answer = await fetch(url + path, { method: "POST", headers, body: JSON.stringify(body) });
    const text = await answer.text();
    expect([path, Math.floor(answer.status / 100)]).toEqual([path, 2]);
    onAnswer();
    return text;
  };
  try {
    for (let count = 0; ; count += 1) {
      told.asked = 60 + ((told.recallTime + 1 - 60) % 840);
      await post("/call_park", { recall_time: told.asked });
      told.recallTime = told.asked;
      const name = `Group ${count}`;
      await post("/call_park_groups", { name, recall_to: "USER_ONLY" });
      told.groups.add(name);
    }
  } catch (error) {
    // How fetch says that the connection is gone.
    if (!(error instanceof TypeError)) throw error;
  }
};

test.each([40, 150, 333])(
  "nothing is lost that was answered with 2xx when it is killed at answer %i under load",
  async (end) => {
    const folder = mkdtempSync(join(tmpdir(), "call park sandbox "));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const dataFile = join(folder, "pbx.sqlite");
    const child = spawn(process.execPath, ["--input-type=module", "--eval", script, dataFile]);
    onTestFinished(() => void child.kill("SIGKILL"));
    const exited = once(child, "exit");
    const [line] = await once(child.stdout, "data");
    const { url, tokens }: { url: string; tokens: string[] } = JSON.parse(String(line));

    const all = tokens.map((token): Told => ({ token, recallTime: 300, asked: 300, groups: new Set() }));
    let answers = 0;
    await Promise.all(
      all.map((told) =>
        keepWriting(url, told, () => {
          answers += 1;
          if (answers === end) child.kill("SIGKILL");
        }),
      ),
    );
    expect((await exited)[1]).toBe("SIGKILL");
    expect(all.length).toBe(tenants);

    const again = await start({ dataFile });
    for (const { token, recallTime, asked, groups } of all) {
      const { recall_time } = (await send(again, "GET", "/call_park", { token })).body;
      expect([recallTime, asked]).toContain(recall_time);
      const { items } = (await send(again, "GET", "/call_park_groups", { token })).body;
      const names = items.map(({ name }: { name: string }) => name);
      expect([...groups].filter((name) => !names.includes(name))).toEqual([]);
    }
  },
);
