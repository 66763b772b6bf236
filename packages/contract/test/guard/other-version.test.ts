import { expect, test } from "vitest";
import { type Answer, edit, isCallPark } from "../proxy.ts";
import { stateOf } from "../support.ts";
import { guardedBench, times } from "./places.ts";

const field = "send_notification_to_parker";
const refused: Answer = {
  status: 422,
  headers: { "content-type": "application/json" },
  body: Buffer.from('{"errors":[{"code":"VALIDATE_FAILED","message":"no"}]}'),
};

/** A PBX that a run has left changed, and whose version is another since: so its settings are shown. */
const leftBy = async (
  version: "22.2" | "22.6",
  shown: (settings: Record<string, unknown>, reading: number) => void,
) => {
  let changed = false;
  let relented = false;
  let readings = 0;
  const pbx = await guardedBench(
    {
      request: (request) => {
        if (!isCallPark(request, "POST") || relented) return undefined;
        if (changed) return refused;
        changed = JSON.parse(request.body.toString())["recall_time"] === 60;
        return undefined;
      },
      answer: (answer, request) => {
        if (!relented || !isCallPark(request, "GET") || answer.status !== 200) return;
        readings += 1;
        edit(answer, (settings) => shown(settings, readings));
      },
    },
    { version },
  );
  const before = await stateOf(pbx);
  expect((await pbx.run({ write: "safe", only: times })).restore.status).toBe("failed");
  expect(await stateOf(pbx)).not.toEqual(before);
  relented = true;
  pbx.proxy.requests.length = 0;
  const isSent = () =>
    pbx.proxy.requests.some((one) => isCallPark(one, "POST") && field in JSON.parse(one.body.toString()));
  return Object.assign(pbx, { before, isSent });
};

const isBack =
  "The call park settings and the prompt are as they were, by two equal readings, and nothing that the run had made is left.";

test.each([
  [
    "upgraded",
    "22.2",
    { [field]: false },
    `GET /call_park has ${field} now, and had none before the run, as of another version of the PBX. It was not written, and is left as it is.`,
  ],
  [
    "downgraded",
    "22.6",
    { [field]: undefined },
    `GET /call_park has no ${field} any more, as of another version of the PBX. It was false before the run, and could not be put back: see to it where the PBX has it again.`,
  ],
] as const)("a PBX that is %s since a run has its settings back, and what is new or gone is said", async (...row) => {
  const [, version, other, note] = row;
  await using pbx = await leftBy(version, (settings) => Object.assign(settings, other));
  expect(await pbx.restore()).toMatchObject({ status: "restored", result: { detail: isBack }, notes: [note] });
  expect([await stateOf(pbx), pbx.isSent(), await pbx.files()]).toEqual([pbx.before, false, []]);
});

test("a field that one reading lacks, and the next one has, is put back as every other", async () => {
  await using pbx = await leftBy("22.6", (settings, reading) => {
    if (reading === 2) delete settings[field];
  });
  expect(await pbx.restore()).toMatchObject({ status: "restored", notes: [] });
  expect([await stateOf(pbx), pbx.isSent()]).toEqual([pbx.before, true]);
});

test("a field that is in every version is somebody's change where it is gone", async () => {
  await using pbx = await leftBy("22.6", (settings) => {
    delete settings["enabled"];
  });
  expect(await pbx.restore()).toMatchObject({
    status: "failed",
    result: {
      detail: expect.stringContaining("Somebody else changed the call park settings during the run (enabled)"),
    },
    notes: [],
  });
});
