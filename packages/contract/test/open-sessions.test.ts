import { exitCodeOf } from "@callpark/contract";
import { expect, test } from "vitest";
import { guardedBench } from "./guard/places.ts";
import type { Forwarded } from "./proxy.ts";
import { stateOf } from "./support.ts";

const error = { status: 500, headers: {}, body: Buffer.of() };

/** A run that signs in for its checks, stopped right after the PBX has let it in for the time of that number. */
const stoppedAtSignIn = async (place: number, isRefused: (signOut: Forwarded, newest: string) => boolean) => {
  const stop = new AbortController();
  const opened: string[] = [];
  const pbx = await guardedBench({
    request: (request) =>
      request.path === "/api/auth/sign_out" && isRefused(request, opened.at(-1) ?? "") ? error : undefined,
    answer: ({ status, body }, { path }) => {
      if (!/^\/api\/auth\/(sign_in|refresh_token)$/.test(path) || status !== 200) return;
      opened.push(JSON.parse(body.toString()).access_token);
      if (opened.length === place) stop.abort();
    },
  });
  const before = await stateOf(pbx);
  const [system, user] = pbx.sandbox.accounts.map(({ username, password }) => ({ username, password }));
  if (system === undefined || user === undefined) throw new Error("The sandbox has no accounts");
  const report = await pbx.run(
    { write: "safe", signal: stop.signal },
    { credentials: { ...user, domain: "acme.example" }, systemAdministrator: system },
  );
  const statusWith = async (token: string) =>
    (await fetch(`${pbx.sandbox.apiUrl}/tenant`, { headers: { Authorization: `Bearer ${token}` } })).status;
  return { pbx, before, report, statuses: await Promise.all(opened.map(statusWith)) };
};

// A user's, a refreshed one, a user's beside the system administrator's, and one of a check that writes.
test.each([1, 3, 7, 10])("a run that is interrupted at its sign-in %i is signed out everywhere", async (place) => {
  const { pbx, before, report, statuses } = await stoppedAtSignIn(place, () => false);
  await using _ = pbx;
  expect(statuses).toEqual(Array.from({ length: place }, () => 401));
  expect([report.interrupted, exitCodeOf(report), report.notes]).toEqual([true, 130, []]);
  expect(await stateOf(pbx)).toEqual(before);
});

test("a session that an interrupted run cannot sign out of is noted, without its token, and all is put back", async () => {
  const isNewest = ({ headers }: Forwarded, newest: string) => headers.authorization === `Bearer ${newest}`;
  const { pbx, before, report, statuses } = await stoppedAtSignIn(10, isNewest);
  await using _ = pbx;
  expect(statuses).toEqual([...Array.from({ length: 9 }, () => 401), 200]);
  expect([exitCodeOf(report), report.restore.status, report.notes]).toEqual([
    130,
    "restored",
    ["A session that a check opened could not be signed out, and is open until it ends by itself (status 500)."],
  ]);
  expect(await stateOf(pbx)).toEqual(before);
});
