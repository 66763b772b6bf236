import { type Context, finding } from "./context.ts";
import type { Finding } from "./finding.ts";
import { differences, isDocumented, isSettings, type Settings } from "./guard/settings.ts";
import { judgeRead, shown } from "./judge.ts";
import { notImplemented } from "./judge-refusal.ts";
import { askedForPatience } from "./patience-asked.ts";
import type { BrokenAnswerError, Exchange } from "./wire.ts";
import { writeOnly } from "./write-only.ts";

const operation = "GET /call_park";
const code = "call_park.get.always";

/** Sees every answer of a run, and remembers what was not as it should be, or not as it was a moment before. */
export class Watch {
  readonly #context: Context;
  readonly #findings = new Map<string, Finding>();
  /** What is known to be wrong with this PBX's answer: asking again is no use. */
  readonly #usual = new Set<string>();
  /** Has the run's token been good for the settings? */
  wasTaken = false;
  /** The settings as they were read since the last request that might have changed them. */
  #readings: Settings[] = [];

  constructor(context: Context) {
    this.#context = context;
  }

  get findings(): Finding[] {
    return [...this.#findings.values(), ...askedForPatience(this.#context)];
  }

  /** What is wrong with an answer that is not always so. */
  doubts(exchange: Exchange): Finding[] {
    // What is not documented may be answered so by HTTP itself: whoever asked for it judges that.
    if (exchange.status >= 500 && exchange.status !== notImplemented)
      return [this.#about(exchange, "crashed", "an answer", `status ${exchange.status}`)];
    if (exchange.request.path !== "/call_park") return [];
    const shown = isSettings(exchange.json) ? writeOnly(this.#context, code, exchange.json) : [];
    return [...judgeRead(this.#context, operation, code, exchange), ...shown].filter(
      (one) => !this.#usual.has(one.code),
    );
  }

  /** The same was asked again, and these doubts did not come up again. */
  onceOnly(doubts: Finding[]): void {
    for (const doubt of doubts)
      this.#findings.set(doubt.code, { ...doubt, received: `${doubt.received}, and the next time not` });
  }

  /** The first answer of the run: what is wrong with that one, the checks that read say. */
  begin(first: Exchange): void {
    this.wasTaken = first.status === 200;
    for (const doubt of this.doubts(first)) this.#usual.add(doubt.code);
  }

  /** The same was asked again, and is still so, though it was not at first. */
  stillSo(doubts: Finding[]): void {
    for (const doubt of doubts) {
      this.#usual.add(doubt.code);
      this.#findings.set(doubt.code, doubt);
    }
  }

  broken({ exchange, message }: BrokenAnswerError): Finding {
    return this.#about(exchange, "broken", "an answer that can be read to its end", message);
  }

  refused(exchange: Exchange): Finding {
    return this.#about(exchange, "token_refused", "the same token is taken every time", `status ${exchange.status}`);
  }

  /** An answer that is taken as it is. */
  see({ request, json }: Exchange): void {
    if (request.path !== "/call_park" || request.anonymous) return;
    if (request.method !== "GET" || !isSettings(json)) {
      this.#readings = [];
      return;
    }
    this.#readings = [...this.#readings.slice(-2), json];
    const [first, second, third] = this.#readings;
    if (first === undefined || second === undefined || third === undefined) return;
    const known = (one: Settings, other: Settings) => differences(one, other).filter(isDocumented);
    const passing = known(first, second);
    // Changed for good, it may be somebody else's doing.
    if (passing.length === 0 || known(first, third).length > 0) return;
    const received = passing.map(
      (name) => `${name} ${shown(first[name])}, ${shown(second[name])}, ${shown(third[name])}`,
    );
    this.#findings.set(
      `${code}.flickers`,
      finding(this.#context, {
        code: `${code}.flickers`,
        operation,
        documented: "the settings, the same until somebody changes them",
        received: `one reading after the other: ${received.join("; ")}`,
        pointer: "#/paths/~1call_park/get",
      }),
    );
  }

  #about(exchange: Pick<Exchange, "request" | "url">, end: string, documented: string, received: string): Finding {
    return finding(this.#context, {
      code: `${code}.${end}`,
      operation: `${exchange.request.method} ${exchange.request.path.replace(/\?.*$/, "")}`,
      documented,
      received,
      exchange,
    });
  }
}
