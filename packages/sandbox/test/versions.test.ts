import { expect, test } from "vitest";
import { startSandbox } from "../src/index.ts";
import { handlers } from "../src/operations/index.ts";
import { lines, send, start, tokenOf } from "./support.ts";

const form = {
  grant_type: "password",
  username: "admin",
  password: "acme-park-1",
  domain: "acme.example",
  scope: "all",
  client_id: "9d806019-75b2-4b3d-bb8b-f5a3a412cc0a",
};
const credentials = { username: form.username, password: form.password, domain: form.domain };

test("every operation of every version line has a handler, and no handler is without one", () => {
  const ids = Object.values(lines).flatMap(({ document }) =>
    Object.values(document.paths).flatMap((item) =>
      Object.values(item).flatMap((operation) => operation.operationId ?? []),
    ),
  );
  expect(Object.keys(handlers).sort()).toEqual([...new Set(ids)].sort());
});

test("22.6 is what a sandbox is where none is asked for", async () => {
  expect((await start()).version).toBe("22.6");
});

test("22.0 signs in by the old form alone", async () => {
  const pbx = await start({ version: "22.0" });
  const { status, body } = await send(pbx, "POST", "/login/oauth/token", { form });
  expect(status).toBe(200);
  expect((await send(pbx, "GET", "/call_park", { token: body.access_token })).status).toBe(200);
  expect((await send(pbx, "POST", "/auth/sign_in", { json: credentials })).status).toBe(404);

  const { scope, client_id } = form;
  const refresh = { grant_type: "refresh_token", refresh_token: body.refresh_token, scope, client_id };
  expect((await send(pbx, "POST", "/login/oauth/token", { form: refresh })).status).toBe(200);
  const again = await send(pbx, "POST", "/login/oauth/token", { form: refresh });
  expect([again.status, again.body.errors[0].code]).toEqual([400, "UNAUTHORIZED"]);
  const wrong = await send(pbx, "POST", "/login/oauth/token", { form: { ...form, password: "wrong" } });
  expect([wrong.status, wrong.body.errors[0].code]).toEqual([400, "UNAUTHORIZED"]);
});

test.each(["22.2", "22.6"] as const)("%s signs in by /auth/sign_in alone", async (version) => {
  const pbx = await start({ version });
  expect((await send(pbx, "POST", "/auth/sign_in", { json: credentials })).status).toBe(200);
  expect((await send(pbx, "POST", "/login/oauth/token", { form })).status).toBe(404);
});

test.each(["22.0", "22.2"] as const)("%s knows no notification to the parker", async (version) => {
  const pbx = await start({ version });
  const token = await tokenOf(pbx);
  const before = (await send(pbx, "GET", "/call_park", { token })).body;
  expect(Object.keys(before)).not.toContain("send_notification_to_parker");
  expect(Object.keys(before).length).toBe(9);
  const json = { send_notification_to_parker: true };
  expect((await send(pbx, "POST", "/call_park", { token, json })).status).toBe(200);
  expect((await send(pbx, "GET", "/call_park", { token })).body).toEqual(before);
});

test("an unknown version is refused by name", async () => {
  await expect(startSandbox({ version: "23.0" as "22.6" })).rejects.toThrow(
    new RangeError("version is 23.0: choose one of 22.0, 22.2, 22.6"),
  );
});
