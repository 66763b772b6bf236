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
      outsideBounds(schemaOf(context, field)).map(({ value, what, rule }, index) => ({
        code: `call_park.post.${field}.${rule}`,
        what: `${field} of ${what}`,
        pointer: pointerOf(field, rule),
        request: post(JSON.stringify(marked(context, { [field]: value }, index))),
      })),
    ),
});

export const callParkTimesOutside: readonly Check[] = times.map(refuses);
