import { badCredentialsOfWrites } from "../bad-credentials.ts";
import type { Check } from "../check.ts";
import { marked, post } from "../marks.ts";
import { expectRefused, type RefusalProbe } from "../refusals.ts";
import { operation } from "../writing.ts";

export const callParkWriteAuthentication: Check = {
  id: "call_park.post.authentication",
  title: "POST /call_park refuses whoever has no good token, and changes nothing",
  operation,
  level: "safe",
  chained: true,
  run: (context) => {
    const probes = badCredentialsOfWrites.flatMap((credentials, index): RefusalProbe[] => {
      const { id, what, statuses = [401, 403] } = credentials;
      const spoilt = context.session.spoilt(credentials);
      if (spoilt === undefined) return [];
      const request = post(JSON.stringify(marked(context, {}, index)));
      return [
        {
          code: `call_park.post.authentication.${id}`,
          what,
          because: "credentials",
          statuses,
          request: { ...request, ...spoilt, headers: { ...spoilt.headers, ...request.headers }, anonymous: true },
        },
      ];
    });
    return expectRefused(context, probes, { later: true });
  },
};
