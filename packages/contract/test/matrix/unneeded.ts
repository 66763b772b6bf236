import type { CheckSummary } from "@callpark/contract";
import type { Row } from "./row.ts";

const sameReadsOnly = "A run that only reads has it; the check that catches the same faults writes.";
const otherCredentials = "Each sends other credentials, and a PBX may let in one kind alone.";

/** Checks that are never the only one to catch a fault of the library, and why they are there all the same. */
export const explained: Readonly<Record<string, string>> = {
  "call_park.get.always": "It sends nothing: it looks at what the other checks are answered.",
  "call_park.post.properties.refuses": "Values made up from the schemas, for what nobody thought of.",
  "call_park.post.properties.accepts": "Values made up from the schemas, for what nobody thought of.",
  "call_park.post.all_or_nothing":
    "It tells a refusal that is half carried out from one that is carried out as a whole.",
  "call_park.post.recall_time.refuses_outside": "A safe run has it; a full run sends the same and more.",
  "call_park.post.recall_ring_group_time.refuses_outside": "A safe run has it; a full run sends the same and more.",
  "call_park.get.authentication.empty": otherCredentials,
  "call_park.get.authentication.wrong": otherCredentials,
  "call_park.get.authentication.other_scheme": otherCredentials,
  "call_park.get.authentication.altered": otherCredentials,
  "admin_status.body": "It is for a run whose own user is the system administrator.",
  "ring_groups.show.missing": sameReadsOnly,
  "call_park_groups.show.missing": sameReadsOnly,
  "call_park_groups.list.top": sameReadsOnly,
  "call_park.post.ring_group_id.accepts": "It tells the ring group from its mode, where the mode alone is taken.",
  "call_park.post.send_notification_to_parker.accepts": "It names the field; the others see it among all fields.",
};

/** The checks without which every fault would be caught all the same, those that are explained left aside. */
export const unneeded = (checks: readonly CheckSummary[], matrix: Readonly<Record<string, Row>>): string[] => {
  const sole = new Set(
    Object.values(matrix).flatMap((row) => {
      const others = row.checks.filter((id) => !(id in explained));
      return others.length === 1 ? others : [];
    }),
  );
  return checks.map(({ id }) => id).filter((id) => !sole.has(id) && !(id in explained));
};
