import type { CallPark } from "@callpark/types";

/** The settings that a recall goes by, as `GET /call_park` answers them, or a part of it. */
export type RecallSettings = Pick<
  CallPark,
  "enabled" | "recall_to" | "recall_time" | "recall_ring_group_time" | "ring_group_id"
>;

/** One thing that happens to a parked call. */
export type RecallEvent = {
  /** Seconds since it was parked. */
  at: number;
} & (
  | { what: "parked" }
  /** Recalled to the user who parked it; `attempt` counts from 1. */
  | { what: "recalled to user"; attempt: number }
  /** Recalled to the ring group, where it stays: it is never reverted again. */
  | { what: "recalled to ring group"; ring_group_id: string }
  /** Somebody retrieved it or answered its recall. */
  | { what: "picked up" }
);

export interface RecallTimelineOptions {
  /** Seconds after parking at which somebody picks the call up. @default never */
  pickedUpAt?: number;
  /**
   * Seconds after parking at which the timeline ends, since `USER_ONLY` tries for ever. @default the third of the tries
   * that follow each other
   */
  until?: number;
}

/** So many of the tries that follow each other are told, where nothing else is asked for. */
const toldTries = 3;

/** @see recallTimeline */
export type RecallTimeline = (settings: RecallSettings, options?: RecallTimelineOptions) => RecallEvent[];

/** @param againAfter how long the PBX waits between tries that follow each other, in seconds. */
export const createTimeline = (againAfter: number): RecallTimeline => {
  return (settings, options = {}) => {
    if (!settings.enabled) return [];
    const { recall_to, recall_time } = settings;
    const usualEnd = recall_to === "USER_ONLY" ? 2 * recall_time + (toldTries - 1) * againAfter : undefined;
    const { pickedUpAt = Number.POSITIVE_INFINITY, until = usualEnd ?? Number.POSITIVE_INFINITY } = options;
    const events: RecallEvent[] = [];
    for (const event of recalls(settings, againAfter)) {
      if (event.at > until || event.at >= pickedUpAt) break;
      events.push(event);
    }
    if (Number.isFinite(pickedUpAt) && pickedUpAt <= until) events.push({ at: pickedUpAt, what: "picked up" });
    return events;
  };
};

/** For ever, where the user is all there is. */
function* recalls(settings: RecallSettings, againAfter: number): Generator<RecallEvent> {
  const { recall_to, recall_time, recall_ring_group_time } = settings;
  yield { at: 0, what: "parked" };
  if (recall_to === "RING_GROUP_ONLY") {
    yield toRingGroup(settings, recall_time);
    return;
  }
  yield { at: recall_time, what: "recalled to user", attempt: 1 };
  if (recall_to === "USER_FIRST_THEN_RING_GROUP") {
    yield toRingGroup(settings, recall_time + recall_ring_group_time);
    return;
  }
  for (let again = 0; ; again += 1)
    yield { at: 2 * recall_time + again * againAfter, what: "recalled to user", attempt: again + 2 };
}

const toRingGroup = ({ recall_to, ring_group_id }: RecallSettings, at: number): RecallEvent => {
  if (ring_group_id === null) throw new RangeError(`${recall_to} needs a ring_group_id, and it is null`);
  return { at, what: "recalled to ring group", ring_group_id };
};
