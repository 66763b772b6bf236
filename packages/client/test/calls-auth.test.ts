import { createCallParkClient, unwrap } from "@callpark/client";
import { expect, test } from "vitest";
import { json, serve } from "./server.ts";

const token = { token_type: "Bearer", access_token: "a", refresh_token: "r", expires_in: 1800 };
const unknownPath = { errors: [{ code: "UNKNOWN", message: "No such path" }] };
const client = "client_id=9d806019-75b2-4b3d-bb8b-f5a3a412cc0a";

test("signIn and refresh, on a PBX of today", async () => {
  await using pbx = await serve((_, response) => json(response, 200, token));
  const { auth } = createCallParkClient({ baseUrl: pbx.url, token: "t" });
  expect((await auth.signIn({ username: "ann", password: "p", domain: "a.example.com" })).data).toEqual(token);
  expect((await auth.refresh("r")).data).toEqual(token);
  expect(pbx.requests.map(({ path, body, headers }) => [path, body, headers.authorization])).toEqual([
    ["/api/auth/sign_in", '{"username":"ann","password":"p","domain":"a.example.com"}', undefined],
    ["/api/auth/refresh_token", '{"refresh_token":"r"}', undefined],
  ]);
});

test.each([404, 405])("signIn and refresh, on an older PBX, that answers %i to the path of today", async (status) => {
  await using pbx = await serve(({ url }, response) =>
    url === "/api/login/oauth/token" ? json(response, 200, token) : json(response, status, unknownPath),
  );
  const { auth } = createCallParkClient({ baseUrl: pbx.url });
  expect((await auth.signIn({ username: "ann", password: "p&q" })).data).toEqual(token);
  expect((await auth.refresh("r&r")).data).toEqual(token);
  const forms = pbx.requests.filter(({ path }) => path === "/api/login/oauth/token");
  expect(forms.map(({ body, headers }) => [headers["content-type"], body])).toEqual([
    ["application/x-www-form-urlencoded", `scope=all&${client}&grant_type=password&username=ann&password=p%26q`],
    ["application/x-www-form-urlencoded", `scope=all&${client}&grant_type=refresh_token&refresh_token=r%26r`],
  ]);
  expect(pbx.requests).toHaveLength(4);
});

test("a domain that is undefined is left out, of the form too", async () => {
  await using pbx = await serve(({ url }, response) =>
    url === "/api/login/oauth/token" ? json(response, 200, token) : json(response, 404, unknownPath),
  );
  const credentials = JSON.parse('{"username":"ann","password":"p"}');
  await createCallParkClient({ baseUrl: pbx.url }).auth.signIn({ ...credentials, domain: undefined });
  expect(pbx.requests.map(({ body }) => body)).toEqual([
    '{"username":"ann","password":"p"}',
    `scope=all&${client}&grant_type=password&username=ann&password=p`,
  ]);
});

test("a wrong password is a refusal, and not tried on the older path", async () => {
  const refusal = { errors: [{ code: "UNAUTHORIZED", message: "Wrong name or password" }] };
  await using pbx = await serve((_, response) => json(response, 401, refusal));
  const { auth } = createCallParkClient({ baseUrl: pbx.url });
  const answer = await auth.signIn({ username: "ann", password: "letmein" });
  expect([answer.error, pbx.requests.length]).toEqual([refusal, 1]);
  await expect(unwrap(answer)).rejects.toMatchObject({ name: "NotSignedInError", errors: refusal.errors });
});

test.each(["/api/auth/sign_in", "/api/login/oauth/token"])(
  "a wrong password at %s: what to check is said",
  async (path) => {
    const refusal = { errors: [{ code: "UNAUTHORIZED", message: "Wrong name or password" }] };
    await using pbx = await serve(({ url }, response) =>
      url === path ? json(response, 401, refusal) : json(response, 404, unknownPath),
    );
    const { auth } = createCallParkClient({ baseUrl: pbx.url });
    await expect(unwrap(auth.signIn({ username: "ann", password: "letmein" }))).rejects.toMatchObject({
      name: "NotSignedInError",
      message: `Refused by the PBX with 401 (UNAUTHORIZED: Wrong name or password), check the user name, the password and the domain: POST ${pbx.url}${path}`,
    });
  },
);

test.each(["/api/auth/refresh_token", "/api/login/oauth/token"])(
  "a refresh token that has ended, at %s: sign in again",
  async (path) => {
    const refusal = { errors: [{ code: "UNAUTHORIZED", message: "Ended" }] };
    await using pbx = await serve(({ url }, response) =>
      url === path ? json(response, 401, refusal) : json(response, 404, unknownPath),
    );
    const { auth } = createCallParkClient({ baseUrl: pbx.url });
    await expect(unwrap(auth.refresh("r"))).rejects.toMatchObject({
      name: "NotSignedInError",
      message: `Refused by the PBX with 401 (UNAUTHORIZED: Ended), sign in again: POST ${pbx.url}${path}`,
    });
  },
);

test("a second factor is reported as such", async () => {
  await using pbx = await serve((_, response) => json(response, 200, { two_factor_enabled: true, token: "2fa" }));
  const { auth } = createCallParkClient({ baseUrl: pbx.url });
  const answer = await unwrap(auth.signIn({ username: "ann", password: "p" }));
  expect(answer.two_factor_enabled === true && answer.token).toBe("2fa");
});

test("signing in that answers with nothing is not success", async () => {
  await using pbx = await serve((_, response) => response.writeHead(200).end());
  const { auth } = createCallParkClient({ baseUrl: pbx.url });
  await expect(auth.signIn({ username: "ann", password: "p" })).rejects.toThrow(
    /^Not a documented answer \(it is empty\): POST http:.*\/api\/auth\/sign_in$/,
  );
});

test("signOut ends the session of the token, also for a client that only reads", async () => {
  await using pbx = await serve((_, response) => response.writeHead(200).end());
  const { auth } = createCallParkClient({ baseUrl: pbx.url, token: "t" });
  const { error, response } = await auth.signOut();
  expect([error, response.status]).toEqual([undefined, 200]);
  expect(pbx.requests.map(({ path, headers }) => [path, headers.authorization])).toEqual([
    ["/api/auth/sign_out", "Bearer t"],
  ]);
});
