import type { Check } from "../check.ts";
import { expectRefused, guardOf } from "../writing.ts";

const refuses = (method: string): Check => ({
  id: `call_park.methods.${method.toLowerCase()}`,
  title: `${method} /call_park, which is not documented, is refused and changes nothing`,
  operation: "GET /call_park",
  level: "full",
  run: (context) =>
    expectRefused(
      context,
      `call_park.methods.${method.toLowerCase()}`,
      {
        method,
        path: "/call_park",
        ...(method !== "DELETE" && {
          headers: { "Content-Type": "application/json" },
          body: JSON.stringify(guardOf(context).body()),
        }),
      },
      method,
      "#/paths/~1call_park",
    ),
});

export const callParkMethods: readonly Check[] = ["PUT", "PATCH", "DELETE"].map(refuses);
