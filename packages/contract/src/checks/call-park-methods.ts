import { marked, post } from "../marks.ts";
import type { RefusalProbe } from "../refusals.ts";
import type { Refusing } from "../refusing-checks.ts";

export const callParkMethods: Refusing = {
  id: "call_park.methods",
  title: "/call_park refuses methods that are not documented, and they change nothing",
  operation: "GET /call_park",
  probes: (context) => {
    const probe = (method: string, index: number, rest: Partial<RefusalProbe> = {}): RefusalProbe => {
      const code = `call_park.methods.${method.toLowerCase()}`;
      const request =
        index < 0 ? { method, path: "/call_park" } : { ...post(JSON.stringify(marked(context, {}, index))), method };
      return { code, what: method, because: "method", pointer: "#/paths/~1call_park", request, ...rest };
    };
    return [
      probe("PUT", 0),
      probe("PATCH", 1),
      probe("DELETE", -1),
      {
        ...probe("PUT", 2),
        code: "call_park.methods.authentication",
        what: "PUT without a token",
        request: { ...post(JSON.stringify(marked(context, {}, 2))), method: "PUT", anonymous: true },
      },
      {
        ...probe("POST", 3),
        code: "call_park.methods.authentication",
        what: "POST /call_park/ without a token",
        request: { ...post(JSON.stringify(marked(context, {}, 3))), path: "/call_park/", anonymous: true },
        mayBeRedirected: true,
      },
    ];
  },
};
