import type { Check } from "../check.ts";
import { type Context, finding } from "../context.ts";
import type { Finding } from "../finding.ts";
import { shown } from "../judge.ts";

const forgotten = (context: Context): Finding[] =>
  [...(context.guard?.forgotten ?? [])].map(([name, [from, to]]) =>
    finding(context, {
      code: "call_park.get.always.forgotten",
      operation: "POST /call_park",
      documented: `${name} stays as it was read back until it is written again`,
      received: `it went from ${shown(from)} back to ${shown(to)}`,
      pointer: "#/paths/~1call_park/post",
    }),
  );

const ignored = (context: Context): Finding[] => {
  const names = [...(context.guard?.ignored ?? [])];
  if (names.length === 0) return [];
  return [
    finding(context, {
      code: "call_park.post.always.ignored",
      operation: "POST /call_park",
      documented: "what is answered with 200 is done, however often and soon it is sent",
      received: `${names.join(", ")} written only when the same was sent once more, half a second later`,
      pointer: "#/paths/~1call_park/post",
    }),
  ];
};

/** What other checks read and wrote is all that this one looks at. */
export const callParkAlways: Check = {
  id: "call_park.get.always",
  title: "Every answer of the run is as good as the others",
  operation: "GET /call_park",
  level: "read",
  last: true,
  run: async (context) => [
    ...(context.watch?.findings ?? []),
    ...forgotten(context),
    ...ignored(context),
    ...context.aftermath,
  ],
};
