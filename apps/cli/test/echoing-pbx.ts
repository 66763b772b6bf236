import { type MeddlingProxy, startProxy } from "./pbx.ts";

const json = (body: unknown) => ({ status: 200, type: "application/json", body: Buffer.from(JSON.stringify(body)) });

const numbered = (secret: string, base: 10 | 16): string =>
  [...secret].map((one) => `&#${base === 16 ? "x" : ""}${one.charCodeAt(0).toString(base)};`).join("");

/** How a page and a dump of bytes write it. */
export const otherForms = (secret: string): string[] => {
  const hex = Buffer.from(secret).toString("hex");
  return [hex, hex.toUpperCase(), numbered(secret, 10), numbered(secret, 16)];
};

/** Each secret as it stands and as encodings write it. */
const shapesOf = (secrets: readonly string[]): string[] =>
  secrets.flatMap((secret) => [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(JSON.stringify(secret)),
    Buffer.from(secret).toString("base64"),
    Buffer.from(`user:${secret}`).toString("base64"),
    Buffer.from(`Bearer ${secret}`).toString("base64url"),
    ...otherForms(secret),
  ]);

/**
 * A PBX that says the secrets in its settings and in each refusal, or in refusals alone: then uploads are begun, whose
 * tokens it adds to the secrets.
 */
export const startEchoing = (
  origin: string,
  secrets: string[],
  where: "everywhere" | "in refusals",
): Promise<MeddlingProxy> =>
  startProxy(origin, async ({ method, path }, pbx) => {
    const answer = await pbx();
    const upload = answer.headers?.["portsip-upload-token"];
    if (upload !== undefined && !secrets.includes(upload)) secrets.push(upload);
    if (answer.status >= 400)
      return { ...json({ errors: [{ message: shapesOf(secrets).join(" ") }] }), status: answer.status };
    const isReading = method === "GET" && path === "/api/call_park" && answer.status === 200;
    if (!isReading || where === "in refusals") return answer;
    const [token = ""] = secrets;
    const settings = JSON.parse(Buffer.from(answer.body).toString());
    return json({ ...settings, recall_to: token, recall_time: shapesOf(secrets), [token]: 1 });
  });
