import type { Answer, Pbx } from "../context.ts";
import type { PbxRequest } from "../pbx.ts";

/** What answers a request; throws a Refusal where it refuses. */
export type Answering = (request: PbxRequest) => Promise<Answer>;

/** A way in which a PBX differs from the sandbox: a fault breaks the contract, a variant keeps it. */
export interface Behaviour {
  /** Stable: `call_park.get.recall_time.above_maximum`. */
  readonly id: string;
  /** One sentence, for people: "GET /call_park answers with a recall_time of 901." */
  readonly what: string;
  /** Puts itself before what answers otherwise. Called once for each PBX, so that state can live in its closure. */
  alter(answering: Answering, pbx: Pbx): Answering;
}
