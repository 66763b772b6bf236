import type { Check } from "../check.ts";
import { expectAccepted, operation } from "../writing.ts";

/** As many a library calls JSON, though its encoding needs no name. */
const type = "application/json; charset=utf-8";

export const callParkTwice: Check = {
  id: "call_park.post.twice",
  title: "POST /call_park takes the same body again",
  operation,
  level: "safe",
  // It was sent once before any other check that writes.
  run: async (context) =>
    (
      await expectAccepted(context, {
        code: "call_park.post.twice",
        wanted: {},
        what: `what was written a moment before, as ${type}`,
        type,
        pointer: "#/paths/~1call_park/post",
      })
    ).findings,
};
