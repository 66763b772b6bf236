import type { Check } from "../check.ts";
import { finding } from "../context.ts";
import type { Finding } from "../finding.ts";
import { guardOf, operation } from "../writing.ts";

const code = "call_park.post.twice";

export const callParkTwice: Check = {
  id: code,
  title: "POST /call_park takes the same body again",
  operation,
  level: "safe",
  run: async (context) => {
    const guard = guardOf(context);
    const findings: Finding[] = [];
    for (let time = 0; time < 2 && findings.length === 0; time += 1) {
      const { exchange } = await guard.write(guard.body());
      if (exchange.status >= 300)
        findings.push(
          finding(context, {
            code,
            operation,
            documented: "settings that are there already can be sent again",
            received: `status ${exchange.status}: ${exchange.text.slice(0, 200)}`,
            pointer: "#/paths/~1call_park/post",
            exchange,
          }),
        );
    }
    return findings;
  },
};
