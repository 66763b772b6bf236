import type { Check } from "../check.ts";
import { marked, pointerOf, post, schemaOf, type Time, times } from "../marks.ts";
import { expectRefused } from "../refusals.ts";
import { outsideBounds } from "../values.ts";
import { operation } from "../writing.ts";

const refuses = (field: Time): Check => ({
  id: `call_park.post.${field}.refuses_outside`,
  title: `POST /call_park refuses ${field} one step outside each bound`,
  operation,
  level: "safe",
  chained: true,
  run: (context) =>
    expectRefused(
      context,
      outsideBounds(schemaOf(context, field)).flatMap(({ value, what, rule }, index) => {
        const probe = (body: unknown, how = "") => ({
          code: `call_park.post.${field}.${rule}`,
          what: `${field} of ${what}${how}`,
          pointer: pointerOf(field, rule),
          request: post(JSON.stringify(body)),
        });
        const among = probe(marked(context, { [field]: value }, index));
        // Once more by itself: a PBX may look at one field only together with others, or tire of refusing.
        if (index > 0 || field !== "recall_time") return [among];
        return [among, { ...among, what: `${among.what} again` }, probe({ [field]: value }, " alone")];
      }),
    ),
});

export const callParkTimesOutside: readonly Check[] = times.map(refuses);
