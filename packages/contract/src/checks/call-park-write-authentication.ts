import { type BadCredentials, badCredentials } from "../bad-credentials.ts";
import type { Check } from "../check.ts";
import { expectRefused, guardOf, operation } from "../writing.ts";

const refuses = ({ id, what, headers }: BadCredentials): Check => ({
  id: `call_park.post.authentication.${id}`,
  title: `POST /call_park refuses ${what} and changes nothing`,
  operation,
  level: "safe",
  run: async (context) => {
    const guard = guardOf(context);
    const time = Number(guard.before["recall_time"]);
    const { maximum = time } = context.contract.schema("RecallTime");
    // One second off, to see whether it is applied all the same.
    const body = JSON.stringify(guard.body({ recall_time: time < maximum ? time + 1 : time - 1 }));
    return expectRefused(
      context,
      `call_park.post.authentication.${id}`,
      {
        method: "POST",
        path: "/call_park",
        headers: { ...headers, "Content-Type": "application/json" },
        body,
        anonymous: true,
      },
      what,
    );
  },
});

export const callParkWriteAuthentication: readonly Check[] = badCredentials.map(refuses);
