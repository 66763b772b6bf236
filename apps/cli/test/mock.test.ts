import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { callpark } from "./callpark.ts";
import { commandsOf, serve } from "./serving.ts";

const headers = { Authorization: "Bearer any" };

describe("callpark mock", () => {
  it("prints commands that work when they are pasted, and ends with 0 at Ctrl-C", async () => {
    await using mock = await serve(["mock", "--port", "0"]);
    const answers = commandsOf(mock.banner).map((command) =>
      JSON.parse(spawnSync("sh", ["-c", command], { encoding: "utf8" }).stdout),
    );
    expect(answers).toEqual([
      expect.objectContaining({ recall_to: "USER_ONLY" }),
      expect.objectContaining({ recall_to: expect.stringContaining("RING_GROUP") }),
      { errors: [{ code: "UNKNOWN", message: "Too many requests from this address" }] },
    ]);
    const { code, stderr } = await mock.interrupt();
    expect([code, stderr]).toEqual([0, expect.stringContaining("info GET /api/call_park: Request received")]);
  });

  it("is the version that is asked for, and with --quiet prints the URL alone", async () => {
    await using mock = await serve(["mock", "--port", "0", "--version", "22.0", "--quiet"], /\n/);
    const answer = await fetch(`${mock.banner.trim()}/call_park`, { headers });
    expect(Object.keys((await answer.json()) as object)).not.toContain("send_notification_to_parker");
    expect((await mock.interrupt()).stderr).toBe("");
  });

  it("makes answers up with --dynamic, which --errors leaves as they are where they hold", async () => {
    await using mock = await serve(["mock", "--port", "0", "--dynamic", "--errors", "--quiet"], /\n/);
    const url = `${mock.banner.trim()}/call_park`;
    const names = async () => (await (await fetch(url, { headers })).json()) as { prompt_file_name: string | null };
    const seen = new Set<string>();
    for (let count = 0; count < 5; count += 1) seen.add(JSON.stringify(await names()));
    expect(seen.size).toBeGreaterThan(1);
  });

  it("names a port that is taken", async () => {
    await using mock = await serve(["mock", "--port", "0", "--quiet"], /\n/);
    const { port } = new URL(mock.banner.trim());
    expect(await callpark(["mock", "--port", port])).toEqual({
      code: 2,
      stdout: "",
      stderr: `error: Port ${port} of 127.0.0.1 is taken: stop what listens there, or give another port (0 takes a free one)\n`,
    });
  });
});
