import { listChecks, verify } from "@callpark/contract";
import { startMock } from "@callpark/mock";
import { expect, test } from "vitest";

/** What only a PBX with a memory can answer: Prism takes any token, knows every id and gives every page whole. */
const needState = [
  ...["wrong", "altered", "cut", "lengthened", "other_case"].map((way) => `call_park.get.authentication.${way}`),
  "ring_groups.show.missing",
  "call_park_groups.show.missing",
  "call_park_groups.show.body",
  "call_park_groups.list.top",
  "call_park_groups.list.skip",
  "ring_groups.list.skip",
  "blobs.download.missing",
];

test("Prism, which never saw our sandbox, meets every reading check that a stateless mock can meet", async () => {
  await using mock = await startMock();
  const { checks } = await verify({ url: mock.url, token: "any-token" }, { version: "22.6" });
  const reads = new Set(
    listChecks()
      .filter(({ level }) => level === "read")
      .map(({ id }) => id),
  );
  const status = Object.fromEntries(checks.filter(({ id }) => reads.has(id)).map(({ id, status }) => [id, status]));
  const wanted = [...reads].map((id) => [id, needState.includes(id) ? "failed" : "passed"]);
  expect(status).toEqual({
    ...Object.fromEntries(wanted),
    // The example that Prism answers with has no prompt, and there is no second tenant.
    "call_park.get.prompt": "skipped",
    "ring_groups.show.other_tenant": "skipped",
    "call_park.get.other_tenant": "skipped",
    // There is no refresh token, and nobody is signed in.
    "call_park.get.authentication.refresh_token": "skipped",
    "auth.sign_in": "skipped",
    "auth.refresh_token": "skipped",
    "auth.sign_out": "skipped",
    "admin_status.system_administrator": "skipped",
    "tenants.switch": "skipped",
  });
});
