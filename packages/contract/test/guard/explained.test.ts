import { expect, test } from "vitest";
import { notOurs, type OwnDoing } from "../../src/guard/explained.ts";

const before = {
  enabled: true,
  extension_number: "668",
  recall_to: "RING_GROUP_ONLY",
  recall_time: 120,
  recall_ring_group_time: 120,
  ring_group_id: "cmc=",
  prompt_file_name: "hold.wav",
  prompt_file_size: 10,
  prompt_file_url: "/api/blobs/1",
  revision: 7,
};

/** What the run knows right after it has sent a body, before it has seen what came of it. */
const sent = (body: Record<string, unknown>, more: Partial<OwnDoing> = {}): OwnDoing => ({
  before,
  seen: before,
  intent: { bodies: [body], texts: [] },
  uploads: [],
  known: false,
  isTenantInDoubt: false,
  ...more,
});

test.each<[string, Record<string, unknown>]>([
  ["nothing has changed", {}],
  ["the field is as it was sent", { recall_time: 60 }],
  ["the field is as it was sent, in other words", { recall_time: "60" }],
  [
    "what was left out went back to its default",
    { recall_time: 60, recall_ring_group_time: 300, recall_to: "USER_ONLY" },
  ],
  ["what was left out became blank", { extension_number: null, enabled: false }],
  ["the prompt was dropped", { prompt_file_name: null, prompt_file_size: null, prompt_file_url: null }],
  ["the prompt has another URL", { prompt_file_url: "/api/blobs/2" }],
  ["a counter went on", { revision: 8 }],
  ["a field that is not documented was lost", { revision: "none" }],
])("after a partial body %s: that may be the run's own doing", (_, now) => {
  expect(notOurs(sent({ recall_time: 60 }), { ...before, ...now })).toEqual([]);
});

test.each<[string, Record<string, unknown>, string[]]>([
  ["the field is neither as before nor as sent", { recall_time: 61 }, ["recall_time"]],
  ["another field has a value that nobody sent", { recall_ring_group_time: 555 }, ["recall_ring_group_time"]],
  ["the number is another", { extension_number: "777" }, ["extension_number"]],
  ["the prompt is one that the run has not uploaded", { prompt_file_name: "theirs.wav" }, ["prompt_file_name"]],
])("after a partial body %s: that is somebody else's", (_, now, fields) => {
  expect(notOurs(sent({ recall_time: 60 }), { ...before, ...now })).toEqual(fields);
});

test("where nobody is sure whose settings they are, what nobody sent or saw is somebody else's", () => {
  const doubt = sent({ recall_time: 60 }, { isTenantInDoubt: true });
  expect(notOurs(doubt, { ...before, recall_time: 60 })).toEqual([]);
  const defaults = { recall_time: 300, recall_to: "USER_ONLY", extension_number: null, enabled: false };
  const none = { prompt_file_name: null, prompt_file_size: null, prompt_file_url: null };
  expect(notOurs(doubt, { ...before, ...defaults, ...none }).sort()).toEqual(
    [...Object.keys(defaults), ...Object.keys(none)].sort(),
  );
});

test("a field that was sent goes back to no default by itself", () => {
  expect(notOurs(sent({ recall_time: 60 }), { ...before, recall_time: 300 })).toEqual(["recall_time"]);
});

test("once it is known what came of a write, only what it named may still change", () => {
  const known = sent({ recall_time: 60 }, { known: true, seen: { ...before, recall_time: 60 } });
  expect(notOurs(known, { ...before, recall_time: 60 })).toEqual([]);
  const others = { recall_ring_group_time: 300, prompt_file_url: null, revision: 8 };
  expect(notOurs(known, { ...before, recall_time: 60, ...others })).toEqual(Object.keys(others));
});

test("a prompt is the run's own by the name and the size that it uploaded", () => {
  const uploaded = sent({ prompt_file_id: "1" }, { uploads: [{ name: "own.wav", size: 3 }] });
  const theirs = { ...before, prompt_file_name: "own.wav", prompt_file_size: 4 };
  expect(notOurs(uploaded, { ...theirs, prompt_file_size: 3 })).toEqual([]);
  expect(notOurs(uploaded, theirs)).toEqual(["prompt_file_name", "prompt_file_size"]);
});

test("of several bodies each may be the one that was taken", () => {
  const several = { ...sent({}), intent: { bodies: [{ recall_time: 59 }, { recall_time: 901 }], texts: [] } };
  for (const value of [59, 901]) expect(notOurs(several, { ...before, recall_time: value })).toEqual([]);
  expect(notOurs(several, { ...before, recall_time: 555 })).toEqual(["recall_time"]);
});
