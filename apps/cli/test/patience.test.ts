import { type Sandbox, startSandbox } from "@callpark/sandbox";
import { afterAll, beforeAll, expect, it } from "vitest";
import { callpark } from "./callpark.ts";
import { startProxy } from "./pbx.ts";

let pbx: Sandbox;
let token: string;
beforeAll(async () => {
  pbx = await startSandbox();
  token = (await pbx.signIn()).accessToken;
});
afterAll(() => pbx.close());

/** A PBX that asks for patience once, when it is asked for the tenant. */
const startPatient = (status: number) => {
  let asked = false;
  return startProxy(pbx.url, async ({ path }, answer) => {
    if (asked || path !== "/api/tenant") return answer();
    asked = true;
    const body = Buffer.from('{"errors":[{"code":"UNKNOWN","message":"Come again"}]}');
    return { status, type: "application/json", body, headers: { "Retry-After": "2" } };
  });
};

it.each([
  [429, "too many requests (429)"],
  [503, "it is busy (503)"],
])("a PBX that answers %i with Retry-After is waited for, and that is said", async (status, reason) => {
  await using proxy = await startPatient(status);
  const argv = ["verify", "--url", proxy.url, "--only", "call_park.get.body"];
  const { code, stderr } = await callpark(argv, { CALLPARK_TOKEN: token });
  const { host } = new URL(proxy.url);
  expect({ code, stderr }).toStrictEqual({
    code: 0,
    stderr: `${host} asks for patience: ${reason}. Waiting for 2 s.\n`,
  });
});

it("with --quiet it is waited for in silence", async () => {
  await using proxy = await startPatient(429);
  const argv = ["verify", "--url", proxy.url, "--only", "call_park.get.body", "--quiet"];
  const { code, stderr } = await callpark(argv, { CALLPARK_TOKEN: token });
  expect({ code, stderr }).toStrictEqual({ code: 0, stderr: "" });
});
