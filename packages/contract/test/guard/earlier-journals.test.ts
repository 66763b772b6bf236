import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { type Answer, isCallPark } from "../proxy.ts";
import { stateOf } from "../support.ts";
import { guardedBench, times } from "./places.ts";

const refused: Answer = {
  status: 422,
  headers: { "content-type": "application/json" },
  body: Buffer.from('{"errors":[{"code":"VALIDATE_FAILED","message":"no"}]}'),
};

// biome-ignore lint/suspicious/noExplicitAny: a journal of any shape
type AnyJournal = any;

const withoutGroups = (journal: AnyJournal) => {
  for (const name of ["groupNames", "otherGroups", "pendingGroups", "toldGroups", "tenantGroups", "unnamed"])
    delete journal[name];
};

const first = (journal: AnyJournal, intent: object) => {
  withoutGroups(journal);
  delete journal.leftOut;
  journal.intent = intent;
};

test.each<[string, (journal: AnyJournal) => void]>([
  ["of the second version", withoutGroups],
  [
    "of the first version",
    (journal) => first(journal, { method: "POST", sent: { ...journal.intent.bodies[0], recall_time: 60 } }),
  ],
  [
    "of the first version, of a body that was no JSON",
    (journal) => {
      first(journal, { method: "POST", sent: {}, text: "{" });
      journal.seen = { ...journal.seen, recall_time: 60 };
    },
  ],
])("a journal %s puts everything back, groups too", async (_, change) => {
  let isStuck = false;
  await using pbx = await guardedBench({
    request: (request) => {
      if (!isCallPark(request, "POST")) return undefined;
      if (isStuck) return refused;
      isStuck = JSON.parse(request.body.toString())["recall_time"] === 60;
      return undefined;
    },
  });
  const before = await stateOf(pbx);
  expect((await pbx.run({ write: "full", only: times })).restore.status).toBe("failed");
  const path = await pbx.journal();
  const { journal, ...envelope } = JSON.parse(await readFile(path, "utf8"));
  const { status } = await fetch(`${pbx.sandbox.apiUrl}/call_park_groups`, {
    method: "POST",
    headers: { Authorization: `Bearer ${pbx.token}`, "Content-Type": "application/json" },
    body: JSON.stringify({ name: `callpark-${journal.runId}`, recall_to: "USER_ONLY" }),
  });
  expect(status).toBe(201);
  change(journal);
  const sha256 = createHash("sha256").update(JSON.stringify(journal)).digest("hex");
  await writeFile(path, JSON.stringify({ ...envelope, sha256, journal }));
  isStuck = false;
  expect((await pbx.settings())["recall_time"]).toBe(60);
  expect((await pbx.restore()).status).toBe("restored");
  expect([await stateOf(pbx), await pbx.files()]).toEqual([before, []]);
});
