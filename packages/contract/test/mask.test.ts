import { describe, expect, it } from "vitest";
import { createMask } from "../src/mask.ts";
import { masked } from "../src/masked.ts";
import { hideFields } from "../src/secret-fields.ts";

const secret = 'eyJhbGciOi+JIUzI1/9."x';
const secrets = createMask();
secrets.add(secret);
const { mask } = secrets;
/** Each character of a text written in its own way. */
const each = (text: string, write: (code: number) => string): string =>
  [...text].map((character) => write(character.charCodeAt(0))).join("");
const hexOf = (code: number, digits = 2): string => code.toString(16).padStart(digits, "0");

describe("a secret is hidden", () => {
  it.each<[string, string, string]>([
    ["as it stands", `a ${secret} b`, "a ••• b"],
    ["in JSON", `{"a":${JSON.stringify(secret)}}`, '{"a":"•••"}'],
    ["in JSON inside JSON", JSON.stringify(JSON.stringify(secret)), '"\\"•••\\""'],
    ["in a URL", `?t=${encodeURIComponent(secret)}`, "?t=•••"],
    [
      "in a URL in small letters",
      `?t=${encodeURIComponent(secret).replace(/%../g, (code) => code.toLowerCase())}`,
      "?t=•••",
    ],
    ["as base64", `"${Buffer.from(secret).toString("base64")}"`, '"•••"'],
    ["as base64 after other bytes", Buffer.from(`user:${secret}`).toString("base64"), "dXNlcj•••"],
    ["as hex", `0x${Buffer.from(secret).toString("hex")};`, "0x•••;"],
    ["as hex in capitals", `=${Buffer.from(secret).toString("hex").toUpperCase()}`, "=•••"],
    ["as hex after other bytes", Buffer.from(`user:${secret}`).toString("hex"), "757365723a•••"],
    ["as numbers of HTML", `<${each(secret, (code) => `&#${code};`)}>`, "<•••>"],
    ["as numbers of HTML in hex", `<${each(secret, (code) => `&#x${hexOf(code)};`)}>`, "<•••>"],
    ["as a page escapes it", `<b>${secret.replace("/", "&#x2F;").replace('"', "&quot;")}</b>`, "<b>•••</b>"],
    ["as JSON in a page", JSON.stringify(secret).replaceAll('"', "&quot;"), "&quot;•••&quot;"],
    ["as JSON that escapes all", `"${each(secret, (code) => `\\u${hexOf(code, 4).toUpperCase()}`)}"`, '"•••"'],
    ["as a URL that escapes all", `?t=${each(secret, (code) => `%${hexOf(code)}`)}&u`, "?t=•••&u"],
    ["in a URL in a URL", `?t=${encodeURIComponent(encodeURIComponent(secret))}`, "?t=•••"],
    ["cut short at the end", `status 200: ${secret.slice(0, 12)}`, "status 200: •••"],
    ["cut short before an ellipsis", `"${secret.slice(0, 9)}…; then`, '"•••…; then'],
  ])("%s", (_, text, wanted) => {
    // What base64 shares with the bytes beside the secret may stay: no reader gets the secret from it.
    expect(mask(text).replace(/(dXNlcj)p?/, "$1")).toBe(wanted);
  });

  it.each<[string, string, string]>([
    ["without its beginning", `'${secret.slice(7)}'`, "'•••'"],
    ["without its end", `${secret.slice(0, -3)}!`, "•••!"],
    ["twice, with a part of it between", `${secret}-${secret.slice(4, 18)}-${secret}`, "•••-•••-•••"],
    ["twelve letters of it", `abc${secret.slice(5, 17)}def`, "abc•••def"],
    ["but not eleven", `abc${secret.slice(5, 16)}def`, `abc${secret.slice(5, 16)}def`],
  ])("a long part of it: %s", (_, text, wanted) => {
    expect(mask(text)).toBe(wanted);
  });

  it("a secret that looks like an escape is hidden, as it stands and escaped", () => {
    const odd = createMask();
    odd.add("a&amp;b%41\\u0041");
    expect(odd.mask("(a&amp;b%41\\u0041)")).toBe("(•••)");
    expect(odd.mask(JSON.stringify("a&amp;b%41\\u0041"))).toBe('"•••"');
  });

  it("text beside it stays as it was escaped", () => {
    expect(mask(`&lt;b&gt; %41 \\u0041 ${secret} &#65;`)).toBe("&lt;b&gt; %41 \\u0041 ••• &#65;");
  });

  it("one that is hidden as a whole only: all of it, in every form, and no part of it", () => {
    const whole = createMask();
    const token = "NzAwNTUxOTA5NzczMTQ4MTYw-a1b2c3d4e5f6";
    whole.addWhole(token);
    expect(whole.mask(`token ${token}`)).toBe("token •••");
    expect(whole.mask(Buffer.from(token).toString("hex"))).toBe("•••");
    expect(whole.mask("upload NzAwNTUxOTA5NzczMTQ4MTYw is gone")).toBe("upload NzAwNTUxOTA5NzczMTQ4MTYw is gone");
    whole.addWhole("passed");
    expect(whole.mask("passed")).toBe("passed");
  });

  it("but not what only begins like one", () => {
    expect(mask("eyJhbGci is a beginning")).toBe("eyJhbGci is a beginning");
    expect(mask("eyJhbGciAAAAAAA")).toBe("eyJhbGciAAAAAAA");
  });

  it("unless it is so short that it would hide half of the report", () => {
    const short = createMask();
    short.add("the");
    expect(short.mask("the PBX")).toBe("the PBX");
  });
});

describe("the value of a field that the spec calls a password is hidden, whoever's it is", () => {
  it.each([
    ['{"access_token":"a\\"b","recall_time":1}', '{"access_token":"•••","recall_time":1}'],
    ['{"password" : "cut sho', '{"password" : "•••'],
    ['{\\"refresh_token\\":\\"abc\\"}', '{\\"refresh_token\\":\\"•••\\"}'],
    ["grant_type=x&refresh_token=abc&scope=1", "grant_type=x&refresh_token=•••&scope=1"],
    ['{"recall_to":"password"}', '{"recall_to":"password"}'],
  ])("%s", (text, wanted) => {
    expect(hideFields(text)).toBe(wanted);
  });

  it("in data too, and in its names", () => {
    const data = { [secret]: [secret, 1, null], before: { password: "abc", recall_time: 300 } };
    expect(masked(data, mask)).toStrictEqual({
      "•••": ["•••", 1, null],
      before: { password: "•••", recall_time: 300 },
    });
  });
});
