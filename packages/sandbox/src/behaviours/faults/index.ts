import type { Behaviour } from "../behaviour.ts";
import { callParkOutcomeFaults } from "./call-park-outcomes.ts";
import { callParkRuleFaults } from "./call-park-rules.ts";
import { changingFaults } from "./changing.ts";
import { entryFaults } from "./entry.ts";
import { answerFaults } from "./generated/answers.ts";
import { refusingFaults } from "./generated/refusing.ts";
import { ruleFaults } from "./generated/rules.ts";
import { storingFaults } from "./generated/storing.ts";
import { groupFaults } from "./groups.ts";
import { listFaults } from "./lists.ts";
import { memberFaults } from "./members.ts";
import { methodFaults } from "./methods.ts";
import { numberFaults } from "./numbers.ts";
import { promptFaults } from "./prompt.ts";
import { protocolFaults } from "./protocol.ts";
import { refusalFaults } from "./refusing.ts";
import { sessionFaults } from "./sessions.ts";
import { tenantFaults } from "./tenants.ts";
import { uploadFaults } from "./uploads.ts";

/** Every way of breaking the contract, one at a time. */
export const faults: readonly Behaviour[] = [
  ...answerFaults,
  ...ruleFaults,
  ...refusingFaults,
  ...storingFaults,
  ...entryFaults,
  ...refusalFaults,
  ...callParkRuleFaults,
  ...callParkOutcomeFaults,
  ...protocolFaults,
  ...methodFaults,
  ...changingFaults,
  ...groupFaults,
  ...listFaults,
  ...memberFaults,
  ...numberFaults,
  ...promptFaults,
  ...sessionFaults,
  ...tenantFaults,
  ...uploadFaults,
];
