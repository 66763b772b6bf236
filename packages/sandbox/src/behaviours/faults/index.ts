import type { Behaviour } from "../behaviour.ts";
import { beyondFaults } from "./beyond.ts";
import { callParkBodyFaults } from "./call-park/bodies.ts";
import { callParkCircumstanceFaults } from "./call-park/circumstances.ts";
import { callParkOutcomeFaults } from "./call-park/outcomes.ts";
import { callParkPartialFaults } from "./call-park/partial.ts";
import { callParkRuleFaults } from "./call-park/rules.ts";
import { callParkSeldomFaults } from "./call-park/seldom.ts";
import { changingFaults } from "./changing.ts";
import { entryFaults } from "./entry.ts";
import { promptSetFaults } from "./files/prompt-set.ts";
import { promptShownFaults } from "./files/prompt-shown.ts";
import { promptSoundFaults } from "./files/prompt-sound.ts";
import { uploadSecretFaults } from "./files/upload-secrets.ts";
import { uploadFaults } from "./files/uploads.ts";
import { answerFaults } from "./generated/answers.ts";
import { refusingFaults } from "./generated/refusing.ts";
import { ruleFaults } from "./generated/rules.ts";
import { storingFaults } from "./generated/storing.ts";
import { groupKeptFaults } from "./groups/kept.ts";
import { memberFaults } from "./groups/members-joining.ts";
import { memberListFaults } from "./groups/members-listed.ts";
import { groupOutcomeFaults } from "./groups/outcomes.ts";
import { groupRuleFaults } from "./groups/rules.ts";
import { listFaults } from "./lists.ts";
import { methodFaults } from "./methods.ts";
import { numberFaults } from "./numbers.ts";
import { pastFaults } from "./past.ts";
import { protocolFaults } from "./protocol.ts";
import { refusalFaults } from "./refusing.ts";
import { oldSignInFaults } from "./sessions/old-sign-in.ts";
import { sessionEndFaults } from "./sessions/refresh.ts";
import { signInFaults } from "./sessions/sign-in.ts";
import { tenantFaults } from "./tenants.ts";

/** Every way of breaking the contract, one at a time: those made from the spec first. */
export const faults: readonly Behaviour[] = [
  ...answerFaults,
  ...ruleFaults,
  ...refusingFaults,
  ...storingFaults,
  ...entryFaults,
  ...refusalFaults,
  ...callParkRuleFaults,
  ...callParkBodyFaults,
  ...callParkOutcomeFaults,
  ...callParkPartialFaults,
  ...callParkCircumstanceFaults,
  ...callParkSeldomFaults,
  ...beyondFaults,
  ...protocolFaults,
  ...methodFaults,
  ...changingFaults,
  ...pastFaults,
  ...promptShownFaults,
  ...promptSetFaults,
  ...promptSoundFaults,
  ...uploadSecretFaults,
  ...uploadFaults,
  ...groupRuleFaults,
  ...groupOutcomeFaults,
  ...groupKeptFaults,
  ...memberFaults,
  ...memberListFaults,
  ...listFaults,
  ...numberFaults,
  ...tenantFaults,
  ...signInFaults,
  ...sessionEndFaults,
  ...oldSignInFaults,
];
