import type { Check } from "../check.ts";

/** What other checks read and wrote is all that this one looks at. */
export const callParkAlways: Check = {
  id: "call_park.get.always",
  title: "Every answer of the run is as good as the others",
  operation: "GET /call_park",
  level: "read",
  last: true,
  run: async ({ watch }) => watch?.findings ?? [],
};
