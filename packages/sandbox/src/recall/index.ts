import openapi from "@callpark/spec";
import { createTimeline, type RecallTimeline } from "./timeline.ts";

export type { RecallEvent, RecallSettings, RecallTimeline, RecallTimelineOptions } from "./timeline.ts";

/**
 * What becomes of a call that is parked, by the settings: a function of them alone, with no clock and no PBX.
 *
 * `USER_ONLY`: back to the user after `recall_time`, again after another, and from then on every 10 seconds.
 * `USER_FIRST_THEN_RING_GROUP`: back to the user, then, not answered within `recall_ring_group_time`, to the ring group.
 * `RING_GROUP_ONLY`: to the ring group after `recall_time`.
 *
 * @returns events in order of time; none where call park is not enabled, since no call can be parked then.
 * @throws RangeError for a mode that recalls to a ring group where there is none.
 *
 * @example
 * ```ts
 * const callPark = await unwrap(pbx.GET("/call_park"));
 * for (const { at, what } of recallTimeline(callPark)) console.log(at, what);
 * ```
 */
export const recallTimeline: RecallTimeline = createTimeline(
  openapi.components["schemas"]?.["RecallToUser"].properties.recall_to["x-recall-again-seconds"],
);
