import { type MeddlingProxy, startProxy } from "./pbx.ts";

const json = (body: unknown) => ({ status: 200, type: "application/json", body: Buffer.from(JSON.stringify(body)) });

/** Each secret as it stands and as encodings write it. */
const shapesOf = (secrets: readonly string[]): string[] =>
  secrets.flatMap((secret) => [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(JSON.stringify(secret)),
    Buffer.from(secret).toString("base64"),
    Buffer.from(`user:${secret}`).toString("base64"),
    Buffer.from(`Bearer ${secret}`).toString("base64url"),
  ]);

/** A PBX that says the secrets in its settings and in each refusal. */
export const startEchoing = (origin: string, secrets: readonly string[]): Promise<MeddlingProxy> =>
  startProxy(origin, async ({ method, path }, pbx) => {
    const answer = await pbx();
    if (answer.status >= 400)
      return { ...json({ errors: [{ message: shapesOf(secrets).join(" ") }] }), status: answer.status };
    if (method !== "GET" || path !== "/api/call_park" || answer.status !== 200) return answer;
    const [token = ""] = secrets;
    const settings = JSON.parse(Buffer.from(answer.body).toString());
    return json({ ...settings, recall_to: token, recall_time: shapesOf(secrets), [token]: 1 });
  });
