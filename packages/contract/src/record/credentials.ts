import { hidden } from "../mask.ts";
import { isSecretField } from "../secret-fields.ts";

const credentials = new Set(["authorization", "proxy-authorization", "cookie", "set-cookie"]);

/** Headers without what lets somebody in: whoever's token it is, and the cookies that a PBX hands out. */
export const withoutCredentials = (headers: [name: string, value: string][]): [name: string, value: string][] =>
  headers.map(([name, value]) => {
    if (isSecretField(name)) return [name, hidden];
    if (!credentials.has(name.toLowerCase())) return [name, value];
    // The scheme, and a cookie's name and attributes, are no secret.
    if (/^set-cookie$/i.test(name)) return [name, value.replace(/=[^;]*/, `=${hidden}`)];
    if (/^cookie$/i.test(name)) return [name, value.replace(/=[^;]*/g, `=${hidden}`)];
    return [name, value.replace(/^(\S+ ).+$/s, `$1${hidden}`)];
  });
