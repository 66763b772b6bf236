import { edit, type Faults, isCallPark } from "./proxy.ts";

const hex = (secret: string): string => Buffer.from(secret).toString("hex");

/** As HTML writes a character by its number. */
const entities = (secret: string, base: 10 | 16 = 10): string =>
  [...secret].map((one) => `&#${base === 16 ? "x" : ""}${one.charCodeAt(0).toString(base)};`).join("");

/**
 * A PBX that answers with every secret it is sent: in settings, refusals, headers, and in each encoding. It adds the
 * tokens of its uploads to them, which are only begun where its settings are in order.
 */
export const echo = (secrets: string[], where: "everywhere" | "in refusals" = "everywhere"): Faults => ({
  answer: (answer, request) => {
    const [token = ""] = secrets;
    const upload = answer.headers["portsip-upload-token"];
    if (upload !== undefined && !secrets.includes(upload)) secrets.push(upload);
    const shapes = secrets.flatMap((secret) => [
      secret,
      encodeURIComponent(secret),
      JSON.stringify(JSON.stringify(secret)),
      Buffer.from(secret).toString("base64"),
      Buffer.from(`user:${secret}`).toString("base64"),
      Buffer.from(`Bearer ${secret}`).toString("base64url"),
      hex(secret),
      hex(secret).toUpperCase(),
      entities(secret),
      entities(secret, 16),
    ]);
    answer.headers["set-cookie"] = `session=${token}; Path=/`;
    answer.headers["x-token"] = token;
    if (answer.status >= 400) {
      answer.body = Buffer.from(JSON.stringify({ errors: [{ message: shapes.join(" ") }] }));
      return;
    }
    if (where === "in refusals" || !isCallPark(request, "GET") || answer.status !== 200) return;
    edit(answer, (body) => {
      Object.assign(body, { recall_to: token, recall_time: shapes, [token]: 1, access_token: "somebody-elses-token" });
      body["prompt_file_url"] = `https://192.0.2.1/?token=${encodeURIComponent(token)}`;
    });
  },
});

/** The secrets that stand in a text, in any encoding that a reader could undo. */
export const leaks = (text: string, secrets: readonly string[]): string[] =>
  [...secrets, "somebody-elses-token"].filter((secret) => {
    const written = JSON.stringify(secret).slice(1, -1);
    const inHex = [hex(secret), hex(secret).toUpperCase()];
    const whole = [secret, written, encodeURIComponent(secret), ...inHex, entities(secret), entities(secret, 16)];
    const base64 = ["", "user:", "Bearer "].flatMap((before) =>
      (["base64", "base64url"] as const).map((encoding) =>
        Buffer.from(before + secret)
          .toString(encoding)
          .slice(12, -4),
      ),
    );
    return [...whole, ...base64].some((form) => text.includes(form));
  });
