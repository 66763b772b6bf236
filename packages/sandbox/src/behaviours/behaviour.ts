import type { Answer, Pbx } from "../context.ts";
import type { VersionLine } from "../lines.ts";
import type { PbxRequest } from "../pbx.ts";
import type { WitnessRequest } from "./witness.ts";

/** What answers a request; throws a Refusal where it refuses. */
export type Answering = (request: PbxRequest) => Promise<Answer>;

/** Puts itself before what answers otherwise. Called once for each PBX, so that state can live in its closure. */
export type Alter = (answering: Answering, pbx: Pbx) => Answering;

/** Which kind of promise it is about. */
export type BehaviourClass =
  | "what an answer says"
  | "who is let in"
  | "how it refuses"
  | "what it refuses"
  | "what it accepts"
  | "what it stores"
  | "protocol"
  | "answers that change"
  | "prompt and files"
  | "groups and members"
  | "lists"
  | "tenants"
  | "sessions";

/** What a run must be given to meet it. */
export interface Needs {
  /** The version line of the PBX. */
  version?: VersionLine;
  /** The name and password of the system administrator. */
  systemAdministrator?: true;
  /** The user's name and password. */
  credentials?: true;
  /** Ids of lawful variants that the PBX must be at the same time. */
  variants?: readonly string[];
}

/** A way in which a PBX differs from the sandbox: a fault breaks the contract, a variant keeps it. */
export interface Behaviour {
  /** Stable: `call_park.get.recall_time.above_maximum`. */
  readonly id: string;
  /** One sentence, for people: "GET /call_park answers with a recall_time of 901." */
  readonly what: string;
  readonly class: BehaviourClass;
  /** The operation whose promise it breaks or bends: `GET /call_park`. */
  readonly operation: string;
  /** The field that it is about, if it is about one. */
  readonly field?: string;
  /** Operations that can tell of it as well, since they write or show the same thing. */
  readonly alsoAt?: readonly string[];
  readonly needs?: Needs;
  /** Why a run that writes cannot put everything back, if it cannot. */
  readonly unrestorable?: string;
  /** Requests that are answered otherwise than by the sandbox as it is, the first to the last. */
  readonly witness: readonly WitnessRequest[];
  readonly alter: Alter;
}
