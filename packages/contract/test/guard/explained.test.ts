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
  unnamed: {},
  isTenantInDoubt: false,
  ...more,
});

test.each<[string, Record<string, unknown>]>([
  ["nothing has changed", {}],
  ["the field is as it was sent", { recall_time: 60 }],
  ["the field is as it was sent, in other words", { recall_time: "60" }],
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

const { prompt_file_name, prompt_file_size, prompt_file_url } = before;
const prompt = { prompt_file_name, prompt_file_size, prompt_file_url };
const noPrompt = { prompt_file_name: null, prompt_file_size: null, prompt_file_url: null };
/** What is left out, of a PBX that was seen to keep it. */
const kept = Object.fromEntries([...Object.keys(before), "prompt_file_id"].map((name) => [name, "kept" as const]));
/** All that a body with nothing but a recall time leaves out. */
const reset = {
  ...{
    enabled: false,
    extension_number: null,
    recall_to: "USER_ONLY",
    recall_ring_group_time: 300,
    ring_group_id: null,
  },
  ...noPrompt,
};

test.each<[string, Record<string, unknown>]>([
  ["went back to its default", { recall_ring_group_time: 300, recall_to: "USER_ONLY" }],
  ["became blank", { extension_number: null, enabled: false }],
])("what was left out %s as this PBX was seen to do: that may be the run's own doing", (_, now) => {
  const unnamed = Object.fromEntries(Object.keys(now).map((name) => [name, "reset" as const]));
  expect(notOurs(sent({ recall_time: 60 }, { unnamed }), { ...before, ...now })).toEqual([]);
});

test("of a PBX that was not seen to take a partial body yet, what is left out may be reset all at once", () => {
  expect(notOurs(sent({ recall_time: 60 }), { ...before, recall_time: 60, ...reset })).toEqual([]);
});

test.each<[string, Record<string, unknown>, Partial<OwnDoing>, string[]]>([
  ["of which the rest is as it was", { enabled: false }, {}, ["enabled"]],
  ["of which the prompt is as it was", { ...reset, ...prompt }, {}, Object.keys(reset).slice(0, 5)],
  ["that this PBX was seen to keep", reset, { unnamed: kept }, Object.keys(reset)],
])("a default of something left out %s is somebody else's", (_, now, more, fields) => {
  expect(notOurs(sent({ recall_time: 60 }, more), { ...before, ...now }).sort()).toEqual([...fields].sort());
});

test("a server that is off was not reset where nothing else was to be", () => {
  const plain = { ...before, ...reset, enabled: true };
  const doing = sent({ recall_time: 60 }, { before: plain, seen: plain });
  expect(notOurs(doing, { ...plain, enabled: false })).toEqual(["enabled"]);
});

test("what means nothing any more may read as anything where the run has changed the mode", () => {
  const now = { ...before, enabled: false, extension_number: "555", recall_to: "USER_ONLY", ring_group_id: null };
  expect(notOurs(sent({ enabled: false, recall_to: "USER_ONLY" }, { unnamed: kept }), now)).toEqual([]);
});

test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
  ["the number of a server that is off", { enabled: false }, { extension_number: "777" }],
  ["the number of a server that is off, blank", { enabled: false }, { extension_number: null }],
  ["the ring group in USER_ONLY", { recall_to: "USER_ONLY" }, { ring_group_id: "b3RoZXI=" }],
])("%s is somebody else's where the run has not changed the mode", (_, mode, change) => {
  const was = { ...before, ...mode };
  const now = { ...was, ...change };
  const more = { before: was, seen: was };
  expect(notOurs(sent(was, more), now)).toEqual(Object.keys(change));
  expect(notOurs(sent({}, { ...more, intent: undefined, known: true }), now)).toEqual(Object.keys(change));
});

test("what means nothing is somebody else's with the mode that they chose", () => {
  const now = { ...before, enabled: false, extension_number: "777" };
  expect(notOurs(sent({ ...before, recall_time: 60 }), now)).toEqual(["enabled", "extension_number"]);
});

test("where nobody is sure whose settings they are, what nobody sent or saw is somebody else's", () => {
  const doubt = sent({ recall_time: 60 }, { isTenantInDoubt: true });
  expect(notOurs(doubt, { ...before, recall_time: 60 })).toEqual([]);
  const defaults = { recall_time: 300, recall_to: "USER_ONLY", extension_number: null, enabled: false };
  expect(notOurs(doubt, { ...before, ...defaults, ...noPrompt }).sort()).toEqual(
    [...Object.keys(defaults), ...Object.keys(noPrompt)].sort(),
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
