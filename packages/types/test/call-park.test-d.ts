// Compiled by `pnpm check`: a line that stops being an error fails it, as does a line that becomes one.
import type { CallPark, CallParkGroupWrite, CallParkUpdate, RecallTo, Session } from "../src/index.ts";

const give = <Value>(): Value => JSON.parse("null");

export const accepted: CallParkUpdate[] = [
  {},
  { recall_time: 120 },
  { recall_to: "USER_ONLY" },
  { recall_to: "USER_ONLY", ring_group_id: null },
  { recall_to: "RING_GROUP_ONLY", ring_group_id: "NzAw" },
  { recall_to: "USER_FIRST_THEN_RING_GROUP", ring_group_id: "NzAw", prompt_file_id: null },
];

// @ts-expect-error a ring-group mode needs its ring group
export const withoutRingGroup: CallParkUpdate = { recall_to: "RING_GROUP_ONLY" };
// @ts-expect-error a ring-group mode needs its ring group
export const nullRingGroup: CallParkUpdate = { recall_to: "USER_FIRST_THEN_RING_GROUP", ring_group_id: null };
// @ts-expect-error the prompt's URL is read-only
export const writesUrl: CallParkUpdate = { prompt_file_url: "/api/blobs/x" };
// @ts-expect-error there is no such mode
export const unknownMode: CallParkUpdate = { recall_to: "NOBODY" };
// @ts-expect-error times are numbers
export const timeAsText: CallParkUpdate = { recall_time: "300" };
// @ts-expect-error a group needs a name
export const nameless: CallParkGroupWrite = { recall_to: "USER_ONLY" };

const callPark = give<CallPark>();
// @ts-expect-error the prompt's id is write-only
export const readsId: unknown = callPark.prompt_file_id;
// @ts-expect-error a mode that recalls to the user may have no ring group
export const mayBeNull: string = callPark.ring_group_id;
export const ringGroup: string = callPark.recall_to === "USER_ONLY" ? "" : callPark.ring_group_id;
// @ts-expect-error before 22.6 it is not there
export const notEverywhere: boolean = callPark.send_notification_to_parker;
export const modes: Record<RecallTo, true> = {
  USER_ONLY: true,
  USER_FIRST_THEN_RING_GROUP: true,
  RING_GROUP_ONLY: true,
};

const session = give<Session>();
// @ts-expect-error the answer may be a two-factor challenge
export const token: string = session.access_token;
